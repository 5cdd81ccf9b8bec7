"""Writes weights under the names of pytorch-CycleGAN-and-pix2pix, and what PyTorch makes of a picture with them. See README.md."""

import json
import math
import pathlib

import numpy as np
import torch
from torch import nn

from drawing import Drawing

VALUES = pathlib.Path(__file__).parent / "values"

# Names are those of torch.save's file; "statistics" are those of which pictures are recorded.
CASES = [
    {"name": "unet_half", "kind": "UNet", "width": 128, "height": 128, "depth": 7, "filters": 2, "norm": "batch", "dropout": True,
     "type": "float16", "statistics": ["image"]},
    {"name": "unet_instance", "kind": "UNet", "width": 64, "height": 32, "depth": 5, "filters": 1, "norm": "instance", "dropout": True,
     "legacy": True, "tracked": True, "statistics": ["image"]},
    {"name": "unet_none", "kind": "UNet", "width": 32, "height": 32, "depth": 5, "filters": 1, "norm": "none", "dropout": True,
     "type": "bfloat16", "outputs": 4, "statistics": ["image"]},
    {"name": "resnet_batch", "kind": "ResNet", "width": 20, "height": 36, "blocks": 2, "filters": 2, "norm": "batch", "dropout": True,
     "prefix": "module.", "statistics": ["image", "running"]},
    {"name": "resnet_instance", "kind": "ResNet", "width": 32, "height": 32, "blocks": 3, "filters": 1, "norm": "instance",
     "dropout": False, "type": "float64", "inputs": 1, "statistics": ["image"]},
    {"name": "resnet_legacy", "kind": "ResNet", "width": 32, "height": 32, "blocks": 1, "filters": 2, "norm": "batch", "dropout": False,
     "legacy": True, "outputs": 1, "statistics": ["image", "running"]},
]


class Norm:
    """The norm of a network, and whether its convolutions have a bias."""

    def __init__(self, kind, tracked):
        self.kind = kind
        self.tracked = tracked
        self.bias = kind == "instance"

    def __call__(self, channels):
        if self.kind == "batch":
            return nn.BatchNorm2d(channels)
        if self.kind == "instance":
            return nn.InstanceNorm2d(channels, affine=False, track_running_stats=self.tracked)
        return nn.Identity()


class Skip(nn.Module):
    """A block of the U-Net around the next one; all but the outermost give what they saw beside what they made of it."""

    def __init__(self, level, depth, filters, inputs, outputs, norm, dropout):
        super().__init__()
        self.outermost = level == 0
        innermost = level == depth - 1
        inner = filters * min(2 ** level, 8)
        outer = outputs if self.outermost else filters * min(2 ** (level - 1), 8)
        modules = [] if self.outermost else [nn.LeakyReLU(0.2, inplace=True)]
        modules += [nn.Conv2d(inputs if self.outermost else outer, inner, 4, 2, 1, bias=norm.bias)]
        if not self.outermost and not innermost:
            modules += [norm(inner)]
        if not innermost:
            modules += [Skip(level + 1, depth, filters, inputs, outputs, norm, dropout)]
        modules += [nn.ReLU(inplace=True)]
        modules += [nn.ConvTranspose2d(inner if innermost else 2 * inner, outer, 4, 2, 1, bias=norm.bias or self.outermost)]
        modules += [nn.Tanh()] if self.outermost else [norm(outer)]
        if dropout and not innermost and level > 3:
            modules += [nn.Dropout(0.5)]
        self.model = nn.Sequential(*modules)

    def forward(self, x):
        return self.model(x) if self.outermost else torch.cat([x, self.model(x)], dim=1)


class Residual(nn.Module):
    """Two convolutions whose result is added to what they saw."""

    def __init__(self, channels, norm, dropout):
        super().__init__()
        first = [nn.ReflectionPad2d(1), nn.Conv2d(channels, channels, 3, bias=norm.bias), norm(channels), nn.ReLU(inplace=True)]
        second = [nn.ReflectionPad2d(1), nn.Conv2d(channels, channels, 3, bias=norm.bias), norm(channels)]
        self.conv_block = nn.Sequential(*first, *([nn.Dropout(0.5)] if dropout else []), *second)

    def forward(self, x):
        return x + self.conv_block(x)


class Generator(nn.Module):
    """Either network: all that it is made of is in its "model"."""

    def __init__(self, case):
        super().__init__()
        norm = Norm(case["norm"], case.get("tracked", False))
        f, inputs, outputs = case["filters"], case.get("inputs", 3), case.get("outputs", 3)
        if case["kind"] == "UNet":
            self.model = Skip(0, case["depth"], f, inputs, outputs, norm, case["dropout"])
            return
        modules = [nn.ReflectionPad2d(3), nn.Conv2d(inputs, f, 7, bias=norm.bias), norm(f), nn.ReLU(inplace=True)]
        for c in (f, 2 * f):
            modules += [nn.Conv2d(c, 2 * c, 3, 2, 1, bias=norm.bias), norm(2 * c), nn.ReLU(inplace=True)]
        modules += [Residual(4 * f, norm, case["dropout"]) for _ in range(case["blocks"])]
        for c in (2 * f, f):
            modules += [nn.ConvTranspose2d(2 * c, c, 3, 2, 1, output_padding=1, bias=norm.bias), norm(c), nn.ReLU(inplace=True)]
        modules += [nn.ReflectionPad2d(3), nn.Conv2d(f, outputs, 7), nn.Tanh()]
        self.model = nn.Sequential(*modules)

    def forward(self, x):
        return self.model(x)


def draw(network, seed, dtype):
    """Wide, as after a training, and exact in the type that is saved."""
    drawing = Drawing(seed)
    for name, values in network.state_dict().items():
        if not values.is_floating_point():
            continue
        if values.dim() > 1:
            drawn = drawing.tensor(values.shape, scale=math.sqrt(6.0 * values.shape[0] / values.numel()))
        elif name.endswith("running_var") or (name.endswith("weight")):
            drawn = drawing.tensor(values.shape, scale=0.25, offset=1.0)
        else:
            drawn = drawing.tensor(values.shape, scale=0.125)
        values.copy_(drawn.to(dtype))


def picture(seed, width, height, channels):
    drawing = Drawing(seed)
    values = [int((drawing.next() + 1) * 128) for _ in range(width * height * channels)]
    return np.array(values, dtype=np.uint8).reshape(height, width, channels)


def translate(network, image):
    x = torch.from_numpy(image.astype(np.float32) / 127.5 - 1).permute(2, 0, 1).unsqueeze(0)
    y = network(x)[0].permute(1, 2, 0).numpy()
    return np.clip(np.rint((y + 1) * 127.5), 0, 255).astype(np.uint8)


def save_variants():
    """The same small network in files that only newer pickle protocols, or an option of torch.save, set apart."""
    case = {"kind": "ResNet", "blocks": 1, "filters": 1, "norm": "none", "dropout": False, "inputs": 1, "outputs": 1}
    network = Generator(case)
    draw(network, 50, torch.float16)
    state = network.half().state_dict()
    for protocol in (2, 4, 5):
        torch.save(state, VALUES / f"variant_protocol{protocol}.pth", pickle_protocol=protocol)
        if protocol > 2:
            path = VALUES / f"variant_protocol{protocol}_legacy.pth"
            torch.save(state, path, pickle_protocol=protocol, _use_new_zipfile_serialization=False)
    torch.serialization.set_crc32_options(False)
    torch.save(state, VALUES / "variant_no_checksums.pth")
    torch.serialization.set_crc32_options(True)


def main():
    torch.set_num_threads(1)
    described, pictures = [], b""
    with torch.no_grad():
        save_variants()
        for seed, case in enumerate(CASES, start=1):
            dtype = getattr(torch, case.get("type", "float32"))
            network = Generator(case)
            draw(network, seed, dtype)
            prefix = case.get("prefix", "")
            state = network.state_dict()
            saved = type(state)((prefix + name, v.to(dtype) if v.is_floating_point() else v) for name, v in state.items())
            torch.save(saved, VALUES / f"import_{case['name']}.pth", _use_new_zipfile_serialization=not case.get("legacy", False))

            image = picture(100 + seed, case["width"], case["height"], case.get("inputs", 3))
            entry = {**case, "input_seed": 100 + seed, "pictures": {}}
            for module in network.modules():
                if isinstance(module, nn.Dropout):
                    module.p = 0.0
            network.eval()
            running = translate(network, image)
            network.train()  # of one image: its own statistics
            for statistics in case["statistics"]:
                result = running if statistics == "running" else translate(network, image)
                entry["pictures"][statistics] = len(pictures)
                pictures += result.tobytes()
            described.append(entry)

    (VALUES / "import_pictures.bin").write_bytes(pictures)
    document = {"source": f"PyTorch {torch.__version__}, float32", "cases": described}
    (VALUES / "import.json").write_text(json.dumps(document, indent=1) + "\n")


if __name__ == "__main__":
    main()
