"""The two objectives of pix2pix, means over all logits and all pixels."""

import torch
from torch.nn import functional as F

L1_WEIGHT = 100.0


def adversarial(logits, is_real):
    return F.binary_cross_entropy_with_logits(logits, torch.full_like(logits, float(is_real)))


def discriminator_loss(real_logits, fake_logits):
    return 0.5 * (adversarial(real_logits, True) + adversarial(fake_logits, False))


def generator_loss(fake_logits, fake, target):
    return adversarial(fake_logits, True) + L1_WEIGHT * (fake - target).abs().mean()
