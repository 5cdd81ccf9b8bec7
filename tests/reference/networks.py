"""The two networks of pix2pix in plain PyTorch, without dropout: the reference for the C# ones."""

import math

import torch
from torch import nn
from torch.nn import functional as F

NORMS = {
    "batch": lambda channels: nn.BatchNorm2d(channels, eps=1e-5, momentum=0.1),
    "instance": lambda channels: nn.InstanceNorm2d(channels, eps=1e-5),
    "none": lambda channels: None,
}


class Block(nn.Module):
    """A convolution and, where asked for, a normalisation of its output."""

    def __init__(self, conv, norm):
        super().__init__()
        self.conv = conv
        self.norm = norm

    def forward(self, x):
        x = self.conv(x)
        return x if self.norm is None else self.norm(x)

    def ordered_parameters(self, prefix):
        yield f"{prefix}.weight", self.conv.weight
        if self.conv.bias is not None:
            yield f"{prefix}.bias", self.conv.bias
        if isinstance(self.norm, nn.BatchNorm2d):
            yield f"{prefix}.norm.weight", self.norm.weight
            yield f"{prefix}.norm.bias", self.norm.bias

    def ordered_buffers(self, prefix):
        if isinstance(self.norm, nn.BatchNorm2d):
            yield f"{prefix}.norm.running_mean", self.norm.running_mean
            yield f"{prefix}.norm.running_var", self.norm.running_var


class Network(nn.Module):
    def ordered_parameters(self):
        for prefix, block in self.ordered_blocks():
            yield from block.ordered_parameters(prefix)

    def ordered_buffers(self):
        for prefix, block in self.ordered_blocks():
            yield from block.ordered_buffers(prefix)


class UNet(Network):
    """skip "standard": ReLU over [encoder, decoder]; skip "joined": [encoder, ReLU(decoder)] and nothing after it."""

    def __init__(self, size, filters, norm, skip):
        super().__init__()
        self.skip = skip
        depth = int(math.log2(size))
        bias = norm != "batch"
        channels = [min(2 ** level, 8) * filters for level in range(depth)]

        self.encoder = nn.ModuleList()
        for level in range(depth):
            conv = nn.Conv2d(3 if level == 0 else channels[level - 1], channels[level], 4, 2, 1, bias=bias)
            middle = 0 < level < depth - 1
            self.encoder.append(Block(conv, NORMS[norm](channels[level]) if middle else None))

        self.decoder = nn.ModuleList()
        for level in reversed(range(depth)):
            inputs = channels[level] * (1 if level == depth - 1 else 2)
            outputs = 3 if level == 0 else channels[level - 1]
            conv = nn.ConvTranspose2d(inputs, outputs, 4, 2, 1, bias=bias or level == 0)
            self.decoder.append(Block(conv, None if level == 0 else NORMS[norm](outputs)))

    def ordered_blocks(self):
        for level, block in enumerate(self.encoder):
            yield f"encoder.{level}", block
        for place, block in enumerate(self.decoder):
            yield f"decoder.{place}", block

    def forward(self, x):
        skips = []
        for level, block in enumerate(self.encoder):
            x = block(x if level == 0 else F.leaky_relu(x, 0.2))
            skips.append(x)

        x = self.decoder[0](F.relu(skips.pop()))
        for block in self.decoder[1:]:
            if self.skip == "standard":
                x = F.relu(torch.cat([skips.pop(), x], dim=1))
            else:
                x = torch.cat([skips.pop(), F.relu(x)], dim=1)
            x = block(x)
        return torch.tanh(x)


class PatchGan(Network):
    """Five 4x4 convolutions, of which the first three halve the size: each logit sees 70x70 pixels."""

    def __init__(self, filters, norm):
        super().__init__()
        bias = norm != "batch"
        f = filters
        self.layers = nn.ModuleList([
            Block(nn.Conv2d(6, f, 4, 2, 1), None),
            Block(nn.Conv2d(f, 2 * f, 4, 2, 1, bias=bias), NORMS[norm](2 * f)),
            Block(nn.Conv2d(2 * f, 4 * f, 4, 2, 1, bias=bias), NORMS[norm](4 * f)),
            Block(nn.Conv2d(4 * f, 8 * f, 4, 1, 1, bias=bias), NORMS[norm](8 * f)),
            Block(nn.Conv2d(8 * f, 1, 4, 1, 1), None),
        ])

    def ordered_blocks(self):
        for place, block in enumerate(self.layers):
            yield f"layers.{place}", block

    def forward(self, condition, image):
        x = torch.cat([condition, image], dim=1)
        for block in self.layers[:-1]:
            x = F.leaky_relu(block(x), 0.2)
        return self.layers[-1](x)
