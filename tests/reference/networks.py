"""The networks of pix2pix and its peers in plain PyTorch, without dropout: the reference for the C# ones."""

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


class Doubling(nn.Sequential):
    """The upsampling "resize": nearest times two, padding by reflection, a 3x3 convolution. Its parameters are the convolution's."""

    def __init__(self, inputs, outputs, bias):
        super().__init__(nn.Upsample(scale_factor=2, mode="nearest"), nn.ReflectionPad2d(1), nn.Conv2d(inputs, outputs, 3, bias=bias))

    @property
    def weight(self):
        return self[-1].weight

    @property
    def bias(self):
        return self[-1].bias


class UNet(Network):
    """skip "standard": ReLU over [encoder, decoder]; "joined": [encoder, ReLU(decoder)] and nothing after it; "none": ReLU(decoder)."""

    def __init__(self, size, filters, norm, skip, upsampling="transposed"):
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
            inputs = channels[level] * (1 if level == depth - 1 or skip == "none" else 2)
            outputs = 3 if level == 0 else channels[level - 1]
            if upsampling == "resize":
                conv = Doubling(inputs, outputs, bias=bias or level == 0)
            else:
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
            skipped = skips.pop()
            if self.skip == "standard":
                x = F.relu(torch.cat([skipped, x], dim=1))
            elif self.skip == "joined":
                x = torch.cat([skipped, F.relu(x)], dim=1)
            else:
                x = F.relu(x)
            x = block(x)
        return torch.tanh(x)


class Padded(nn.Sequential):
    """A convolution of stride 1 that keeps the size by reflection. Its parameters are the convolution's."""

    def __init__(self, inputs, outputs, kernel, bias):
        super().__init__(nn.ReflectionPad2d(kernel // 2), nn.Conv2d(inputs, outputs, kernel, bias=bias))

    @property
    def weight(self):
        return self[-1].weight

    @property
    def bias(self):
        return self[-1].bias


class ResNet(Network):
    """Two halvings, residual blocks, two doublings; every convolution but the last has its norm and, after a sum none, its ReLU."""

    def __init__(self, blocks, filters, norm, upsampling="transposed"):
        super().__init__()
        bias = norm != "batch"
        f = filters

        def up(inputs, outputs):
            if upsampling == "resize":
                return Doubling(inputs, outputs, bias)
            return nn.ConvTranspose2d(inputs, outputs, 3, 2, 1, output_padding=1, bias=bias)

        self.encoder = nn.ModuleList([
            Block(Padded(3, f, 7, bias), NORMS[norm](f)),
            Block(nn.Conv2d(f, 2 * f, 3, 2, 1, bias=bias), NORMS[norm](2 * f)),
            Block(nn.Conv2d(2 * f, 4 * f, 3, 2, 1, bias=bias), NORMS[norm](4 * f)),
        ])
        self.blocks = nn.ModuleList([
            nn.ModuleList([Block(Padded(4 * f, 4 * f, 3, bias), NORMS[norm](4 * f)) for _ in range(2)]) for _ in range(blocks)])
        self.decoder = nn.ModuleList([
            Block(up(4 * f, 2 * f), NORMS[norm](2 * f)),
            Block(up(2 * f, f), NORMS[norm](f)),
            Block(Padded(f, 3, 7, True), None),
        ])

    def ordered_blocks(self):
        for place, block in enumerate(self.encoder):
            yield f"encoder.{place}", block
        for place, pair in enumerate(self.blocks):
            yield f"block.{place}.convolution1", pair[0]
            yield f"block.{place}.convolution2", pair[1]
        for place, block in enumerate(self.decoder):
            yield f"decoder.{place}", block

    def forward(self, x):
        for block in self.encoder:
            x = F.relu(block(x))
        for first, second in self.blocks:
            x = x + second(F.relu(first(x)))
        for block in self.decoder[:-1]:
            x = F.relu(block(x))
        return torch.tanh(self.decoder[-1](x))


class PatchGan(Network):
    """4x4 convolutions, of which all but the last two halve the size; for 0 layers, three 1x1 convolutions."""

    def __init__(self, filters, norm, layers=3, conditional=True):
        super().__init__()
        self.conditional = conditional
        bias = norm != "batch"
        f = filters
        channels = 6 if conditional else 3
        self.layers = nn.ModuleList()
        if layers == 0:
            self.layers.append(Block(nn.Conv2d(channels, f, 1), None))
            self.layers.append(Block(nn.Conv2d(f, 2 * f, 1, bias=bias), NORMS[norm](2 * f)))
            self.layers.append(Block(nn.Conv2d(2 * f, 1, 1), None))
            return
        widths = [min(2 ** layer, 8) * f for layer in range(layers + 1)]
        self.layers.append(Block(nn.Conv2d(channels, f, 4, 2, 1), None))
        for layer in range(1, layers + 1):
            stride = 2 if layer < layers else 1
            conv = nn.Conv2d(widths[layer - 1], widths[layer], 4, stride, 1, bias=bias)
            self.layers.append(Block(conv, NORMS[norm](widths[layer])))
        self.layers.append(Block(nn.Conv2d(widths[-1], 1, 4, 1, 1), None))

    def ordered_blocks(self):
        for place, block in enumerate(self.layers):
            yield f"layers.{place}", block

    def seen(self, condition, image):
        return torch.cat([condition, image], dim=1) if self.conditional else image

    def maps(self, x):
        """What each layer gives: activated, and the logits as they are."""
        maps = []
        for block in self.layers[:-1]:
            x = F.leaky_relu(block(x), 0.2)
            maps.append(x)
        return maps + [self.layers[-1](x)]

    def forward(self, condition, image):
        return self.maps(self.seen(condition, image))[-1]


class MultiScale(Network):
    """PatchGans that see the images at full size, at half of it, at a quarter."""

    def __init__(self, scales, filters, norm, layers=3, conditional=True):
        super().__init__()
        self.scales = nn.ModuleList([PatchGan(filters, norm, layers, conditional) for _ in range(scales)])

    def ordered_blocks(self):
        for place, scale in enumerate(self.scales):
            for name, block in scale.ordered_blocks():
                yield f"scales.{place}.{name}", block

    def forward(self, condition, image):
        """[scale][layer]"""
        x = self.scales[0].seen(condition, image)
        maps = []
        for place, scale in enumerate(self.scales):
            if place > 0:
                x = F.avg_pool2d(x, 3, stride=2, padding=1, count_include_pad=False)
            maps.append(scale.maps(x))
        return maps
