"""Numbers that Python and C# draw alike, so that weights and images need not be stored."""

import torch


class Drawing:
    """The linear congruential generator x -> 1664525 x + 1013904223 mod 2^32, of which the upper 16 bits are used."""

    def __init__(self, seed):
        self.state = seed

    def next(self):
        """A multiple of 2^-15 in [-1, 1): exact in float32 and in float64, also after the scaling below."""
        self.state = (self.state * 1664525 + 1013904223) & 0xFFFFFFFF
        return (self.state >> 16) / 32768.0 - 1.0

    def tensor(self, shape, scale=1.0, offset=0.0):
        """Row-major: the last axis runs fastest."""
        count = int(torch.Size(shape).numel())
        values = [offset + scale * self.next() for _ in range(count)]
        return torch.tensor(values, dtype=torch.float64).reshape(shape)


def draw_parameters(network, seed):
    """Fills all parameters in the order of network.ordered_parameters() from one generator."""
    drawing = Drawing(seed)
    with torch.no_grad():
        for name, parameter in network.ordered_parameters():
            if name.endswith("norm.weight"):
                parameter.copy_(drawing.tensor(parameter.shape, scale=0.25, offset=1.0))
            elif name.endswith(".bias"):
                parameter.copy_(drawing.tensor(parameter.shape, scale=0.125))
            else:
                parameter.copy_(drawing.tensor(parameter.shape, scale=0.25))
