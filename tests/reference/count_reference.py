"""Records parameter counts and output shapes of the networks in full size. See README.md in this folder."""

import json
import pathlib

import torch

from networks import MultiScale, ResNet, UNet

NORMS = ("batch", "instance", "none")

UNETS = [(256, 64, norm, skip, "transposed") for norm in NORMS for skip in ("standard", "joined")]
UNETS += [(128, 32, "batch", "standard", "transposed"), (64, 16, "batch", "standard", "transposed")]
UNETS += [(256, 64, "batch", "none", "transposed"), (256, 64, "instance", "none", "transposed")]
UNETS += [(256, 64, "batch", "standard", "resize"), (128, 64, "instance", "none", "resize")]

# (width, height, filters, norm, blocks, upsampling)
RESNETS = [(64, 64, 64, norm, blocks, "transposed") for norm in NORMS for blocks in (6, 9)]
RESNETS += [(64, 64, 64, "instance", 9, "resize"), (44, 36, 16, "batch", 6, "transposed"), (8, 8, 16, "batch", 2, "resize")]

# (size, filters, norm, layers, scales, conditional)
DISCRIMINATORS = [(256, 64, norm, 3, 1, True) for norm in NORMS]
DISCRIMINATORS += [(128, 32, "batch", 3, 1, True), (64, 16, "batch", 3, 1, True)]
DISCRIMINATORS += [(256, 64, norm, layers, 1, True) for layers in (0, 1, 2, 4, 5) for norm in ("batch", "instance")]
DISCRIMINATORS += [(256, 64, "batch", 3, 1, False), (256, 64, "instance", 3, 2, True), (200, 16, "batch", 2, 3, False)]

# Known from the public implementations of the same architectures, the ResNets in thousands.
EXPECTED = {("unet", "batch"): 54_413_955, ("unet", "instance"): 54_409_603, ("discriminator", "batch"): 2_768_705}
EXPECTED_THOUSANDS = {("instance", 9): 11_378, ("instance", 6): 7_838}


def count(network):
    parameters = sum(parameter.numel() for _, parameter in network.ordered_parameters())
    assert parameters == sum(parameter.numel() for parameter in network.parameters())
    return parameters


def image(width, height):
    return torch.zeros(1, 3, height, width)


def unet(size, filters, norm, skip, upsampling):
    network = UNet(size, filters, norm, skip, upsampling)
    if (filters, upsampling) == (64, "transposed") and skip != "none":
        assert count(network) == EXPECTED.get(("unet", norm), count(network))
    kind = "encoderdecoder" if skip == "none" else "unet"
    return {
        "network": kind, "width": size, "height": size, "filters": filters, "norm": norm, "skip": skip, "upsampling": upsampling,
        "parameters": count(network), "outputs": [list(network(image(size, size)).shape)],
    }


def resnet(width, height, filters, norm, blocks, upsampling):
    network = ResNet(blocks, filters, norm, upsampling)
    if (filters, upsampling) == (64, "transposed") and (norm, blocks) in EXPECTED_THOUSANDS:
        assert round(count(network) / 1000) == EXPECTED_THOUSANDS[norm, blocks]
    return {
        "network": "resnet", "width": width, "height": height, "filters": filters, "norm": norm, "blocks": blocks, "upsampling": upsampling,
        "parameters": count(network), "outputs": [list(network(image(width, height)).shape)],
    }


def discriminator(size, filters, norm, layers, scales, conditional):
    network = MultiScale(scales, filters, norm, layers, conditional)
    if (filters, layers, scales, conditional) == (64, 3, 1, True):
        assert count(network) == EXPECTED.get(("discriminator", norm), count(network))
    return {
        "network": "discriminator", "width": size, "height": size, "filters": filters, "norm": norm, "layers": layers, "scales": scales,
        "conditional": conditional, "parameters": count(network),
        "outputs": [list(maps[-1].shape) for maps in network(image(size, size), image(size, size))],
    }


def main():
    with torch.no_grad():
        records = [unet(*options) for options in UNETS]
        records += [resnet(*options) for options in RESNETS]
        records += [discriminator(*options) for options in DISCRIMINATORS]
    document = {"source": f"PyTorch {torch.__version__}", "networks": records}
    path = pathlib.Path(__file__).parent / "values" / "counts.json"
    path.write_text(json.dumps(document, indent=1) + "\n")


if __name__ == "__main__":
    main()
