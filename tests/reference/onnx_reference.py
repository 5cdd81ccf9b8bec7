"""Writes ONNX models as PyTorch exports them, and what PyTorch makes of a picture with one of them. See README.md."""

import pathlib

import torch
from torch import nn

from drawing import Drawing

VALUES = pathlib.Path(__file__).parent / "values"
HEIGHT, WIDTH = 24, 32


class Negative(nn.Module):
    """Pictures of [0, 1]."""

    def forward(self, picture):
        return 1 - picture


class Mixed(nn.Module):
    """Bytes with the channels last to [0, 1] with the channels first."""

    def forward(self, picture):
        return 1 - picture.permute(0, 3, 1, 2).float() / 255


class Small(nn.Module):
    """What image-to-image networks are made of, in small; of [-1, 1]."""

    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(
            nn.ReflectionPad2d(3), nn.Conv2d(3, 4, 7), nn.InstanceNorm2d(4), nn.ReLU(),
            nn.Conv2d(4, 8, 3, 2, 1), nn.InstanceNorm2d(8), nn.ReLU(),
            nn.ConvTranspose2d(8, 4, 3, 2, 1, 1), nn.InstanceNorm2d(4), nn.ReLU(),
            nn.ReflectionPad2d(3), nn.Conv2d(4, 3, 7), nn.Tanh())
        drawing = Drawing(5)
        with torch.no_grad():
            for parameter in self.parameters():
                parameter.copy_(drawing.tensor(parameter.shape, scale=0.25))

    def forward(self, picture):
        return self.layers(picture)


def export(name, network, opset, open_size, picture=torch.zeros(1, 3, 32, 32)):
    axes = {0: "batch", 2: "height", 3: "width"}
    torch.onnx.export(
        network, picture, VALUES / f"elsewhere_{name}.onnx", opset_version=opset,
        input_names=["picture"], output_names=["translation"],
        dynamic_axes={"picture": axes, "translation": axes} if open_size else None)


def main():
    export("negative", Negative(), 13, open_size=True)
    export("fixed", Negative(), 9, open_size=False)
    export("twice", nn.Upsample(scale_factor=2), 13, open_size=True)

    export("mixed", Mixed(), 13, open_size=False, picture=torch.zeros(1, 32, 32, 3, dtype=torch.uint8))

    small = Small().eval()
    export("small", small, 11, open_size=True)

    levels = ((Drawing(7).tensor([HEIGHT, WIDTH, 3]) + 1) * 127.5).round()  # (H, W, RGB)
    with torch.no_grad():
        values = small(((levels / 127.5) - 1).permute(2, 0, 1)[None].float())
    translation = ((values[0].double().permute(1, 2, 0) + 1) * 127.5).round().clamp(0, 255)
    (VALUES / "elsewhere_small.bin").write_bytes(bytes(levels.byte().flatten().tolist() + translation.byte().flatten().tolist()))


if __name__ == "__main__":
    main()
