"""Records what small networks of each kind make of a drawn batch, in float64, without dropout. See README.md in this folder."""

import json
import pathlib

import torch

from drawing import Drawing, draw_parameters
from networks import MultiScale, ResNet, UNet
from step_reference import Recorder

VALUES = pathlib.Path(__file__).parent / "values"
FILTERS, BATCH = 2, 2
SEEDS = {"network": 1, "input": 3, "image": 4}

# (name, network, width, height, norm, further options)
GENERATORS = [
    ("encoder_decoder", "encoderdecoder", 32, 32, "batch", {"upsampling": "transposed"}),
    ("encoder_decoder_resize", "encoderdecoder", 64, 32, "instance", {"upsampling": "resize"}),
    ("unet_resize", "unet", 32, 32, "batch", {"upsampling": "resize"}),
    ("resnet_batch", "resnet", 20, 12, "batch", {"upsampling": "transposed", "blocks": 2}),
    ("resnet_instance", "resnet", 12, 20, "instance", {"upsampling": "transposed", "blocks": 3}),
    ("resnet_none_resize", "resnet", 16, 16, "none", {"upsampling": "resize", "blocks": 1}),
    ("resnet_smallest", "resnet", 8, 8, "batch", {"upsampling": "resize", "blocks": 2}),
]
DISCRIMINATORS = [
    ("pixel", 8, 12, "batch", {"layers": 0, "scales": 1, "conditional": True}),
    ("patch_16", 12, 8, "instance", {"layers": 1, "scales": 1, "conditional": True}),
    ("patch_34_unconditional", 16, 20, "batch", {"layers": 2, "scales": 1, "conditional": False}),
    ("patch_142", 48, 48, "batch", {"layers": 4, "scales": 1, "conditional": True}),
    ("two_scales", 28, 20, "batch", {"layers": 1, "scales": 2, "conditional": True}),
    ("three_scales", 36, 28, "none", {"layers": 1, "scales": 3, "conditional": False}),
]


def build(network, width, height, norm, upsampling, blocks=None):
    if network == "resnet":
        return ResNet(blocks, FILTERS, norm, upsampling)
    return UNet(min(width, height), FILTERS, norm, "standard" if network == "unet" else "none", upsampling)


def images(what, width, height):
    return Drawing(SEEDS[what]).tensor((BATCH, 3, height, width))


def drawn(network):
    network = network.double()
    draw_parameters(network, SEEDS["network"])
    return network


def described(network, name, kind, width, height, norm, options):
    parameters = [{"name": parameter, "shape": list(values.shape)} for parameter, values in network.ordered_parameters()]
    return {"name": name, "network": kind, "width": width, "height": height, "norm": norm, **options, "parameters": parameters}


def main():
    torch.set_num_threads(1)
    recorder = Recorder()
    cases = []
    with torch.no_grad():
        for name, kind, width, height, norm, options in GENERATORS:
            network = drawn(build(kind, width, height, norm, **options))
            condition = images("input", width, height)
            # Evaluation second: it uses the running statistics that the pass in training mode has moved.
            recorder.add(f"{name}.train", network.train()(condition))
            recorder.add(f"{name}.eval", network.eval()(condition))
            cases.append(described(network, name, kind, width, height, norm, options))

        for name, width, height, norm, options in DISCRIMINATORS:
            network = drawn(MultiScale(filters=FILTERS, norm=norm, **options))
            for scale, maps in enumerate(network.train()(images("input", width, height), images("image", width, height))):
                for layer, values in enumerate(maps):
                    recorder.add(f"{name}.{scale}.{layer}", values)
            cases.append(described(network, name, "discriminator", width, height, norm, options))

    (VALUES / "forward.bin").write_bytes(b"".join(recorder.chunks))
    document = {
        "source": f"PyTorch {torch.__version__}, float64", "filters": FILTERS, "batch": BATCH, "seeds": SEEDS, "cases": cases,
        "file": "forward.bin", "tensors": recorder.table,
    }
    (VALUES / "forward.json").write_text(json.dumps(document, indent=1) + "\n")


if __name__ == "__main__":
    main()
