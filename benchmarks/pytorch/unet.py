"""What peer.py and steps.py train: the reference's networks with dropout, and the losses. Needs PyTorch alone."""

import os
import sys

import torch
from torch.nn import functional as F

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "tests", "reference"))
from losses import discriminator_loss, generator_loss  # noqa: E402, F401
from networks import PatchGan, UNet  # noqa: E402, F401


class Generator(UNet):
    """The U-Net with dropout in up to three decoder blocks after the innermost."""

    def forward(self, x):
        dropouts = min(3, max(0, len(self.encoder) - 5))
        skips = []
        for level, block in enumerate(self.encoder):
            x = block(x if level == 0 else F.leaky_relu(x, 0.2))
            skips.append(x)
        x = self.decoder[0](F.relu(skips.pop()))
        for place, block in enumerate(self.decoder[1:]):
            x = block(F.relu(torch.cat([skips.pop(), x], dim=1)))
            if place < dropouts:
                x = F.dropout(x, 0.5, training=True)
        return torch.tanh(x)


def initialise(network):
    for name, parameter in network.named_parameters():
        if name.endswith("bias"):
            torch.nn.init.zeros_(parameter)
        else:
            torch.nn.init.normal_(parameter, 1.0 if ".norm." in name else 0.0, 0.02)
