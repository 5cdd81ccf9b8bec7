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


# The games: (discriminator's loss of real and fake logits, generator's loss of fake logits), for one scale.
GAMES = {
    "Vanilla": (discriminator_loss, lambda fake: adversarial(fake, True)),
    "LeastSquares": (
        lambda real, fake: 0.5 * (F.mse_loss(real, torch.ones_like(real)) + F.mse_loss(fake, torch.zeros_like(fake))),
        lambda fake: F.mse_loss(fake, torch.ones_like(fake)),
    ),
    "Hinge": (
        lambda real, fake: -(torch.clamp(real - 1, max=0).mean() + torch.clamp(-fake - 1, max=0).mean()),
        lambda fake: -fake.mean(),
    ),
    "WassersteinGradientPenalty": (lambda real, fake: fake.mean() - real.mean(), lambda fake: -fake.mean()),
}


def mean_over_scales(losses):
    return sum(losses) / len(losses)


def feature_matching(fake_scales, real_scales):
    """[scale][layer], the last layer being the logits. Each layer weighs 4 / layers, each scale 1 / scales."""
    total = 0.0
    for fake, real in zip(fake_scales, real_scales):
        for f, r in zip(fake[:-1], real[:-1]):
            total = total + (f - r.detach()).abs().mean() * (4.0 / (len(fake) - 1)) * (1.0 / len(fake_scales))
    return total


def gradient_penalty(critics, target, fake, shares):
    """critics: functions of images, one for each scale, to logits. The value of an image is the mean over patches and scales."""
    penalties = []
    for target_image, fake_image, share in zip(target, fake, shares):
        between = (share * target_image + (1 - share) * fake_image)[None].requires_grad_()
        value = mean_over_scales([critic(between).mean() for critic in critics])
        (gradient,) = torch.autograd.grad(value, between, create_graph=True)
        penalties.append((gradient.pow(2).sum().sqrt() - 1) ** 2)
    return sum(penalties) / len(penalties)
