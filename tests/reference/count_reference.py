"""Records parameter counts and output shapes of the networks in full size. See README.md in this folder."""

import json
import pathlib

import torch

from networks import PatchGan, UNet

GENERATORS = [(256, 64, norm, skip) for norm in ("batch", "instance", "none") for skip in ("standard", "joined")]
GENERATORS += [(128, 32, "batch", "standard"), (64, 16, "batch", "standard")]
DISCRIMINATORS = [(256, 64, "batch"), (256, 64, "instance"), (256, 64, "none"), (128, 32, "batch"), (64, 16, "batch")]

# Known from the public implementations of the same architecture.
EXPECTED = {("generator", "batch"): 54_413_955, ("generator", "instance"): 54_409_603, ("discriminator", "batch"): 2_768_705}


def count(network):
    return sum(parameter.numel() for _, parameter in network.ordered_parameters())


def record(role, network, shape, **options):
    parameters = count(network)
    if options["filters"] == 64:
        assert parameters == EXPECTED.get((role, options["norm"]), parameters), (role, options, parameters)
    assert parameters == sum(parameter.numel() for parameter in network.parameters())
    return {"network": role, **options, "parameters": parameters, "output": list(shape)}


def main():
    records = []
    with torch.no_grad():
        for size, filters, norm, skip in GENERATORS:
            network = UNet(size, filters, norm, skip)
            shape = network(torch.zeros(1, 3, size, size)).shape
            records.append(record("generator", network, shape, size=size, filters=filters, norm=norm, skip=skip))
        for size, filters, norm in DISCRIMINATORS:
            network = PatchGan(filters, norm)
            shape = network(torch.zeros(1, 3, size, size), torch.zeros(1, 3, size, size)).shape
            records.append(record("discriminator", network, shape, size=size, filters=filters, norm=norm))
    document = {"source": f"PyTorch {torch.__version__}", "networks": records}
    path = pathlib.Path(__file__).parent / "values" / "counts.json"
    path.write_text(json.dumps(document, indent=1) + "\n")


if __name__ == "__main__":
    main()
