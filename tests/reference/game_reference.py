"""Records the games, feature matching and the gradient penalty, with gradients. See README.md in this folder."""

import json
import pathlib

import torch
from torch.nn import functional as F

from drawing import Drawing, draw_parameters
from losses import GAMES, feature_matching, gradient_penalty, mean_over_scales
from networks import PatchGan

VALUES = pathlib.Path(__file__).parent / "values"
LOGITS = [(2, 1, 3, 3), (2, 1, 2, 2)]
MAPS = [[(2, 2, 4, 4), (2, 3, 3, 3), (2, 1, 2, 2)], [(2, 2, 2, 2), (2, 3, 2, 1), (2, 1, 1, 1)]]
SIZE, BATCH, FILTERS, SHARES = 64, 2, 1, [0.25, 0.6875]


def leaf(tensor):
    return tensor.clone().requires_grad_()


def listed(tensor):
    return {"shape": list(tensor.shape), "values": tensor.detach().flatten().tolist()}


def games():
    drawing = Drawing(seed=21)
    real = [leaf(drawing.tensor(shape, scale=4.0)) for shape in LOGITS]
    fake = [leaf(drawing.tensor(shape, scale=4.0)) for shape in LOGITS]
    result = {"real_logits": [listed(t) for t in real], "fake_logits": [listed(t) for t in fake]}
    for kind, (of_discriminator, of_generator) in GAMES.items():
        loss_d = mean_over_scales([of_discriminator(r, f) for r, f in zip(real, fake)])
        loss_g = mean_over_scales([of_generator(f) for f in fake])
        d_gradients = torch.autograd.grad(loss_d, real + fake)
        result[kind] = {
            "discriminator": loss_d.item(),
            "discriminator_gradients": [listed(t) for t in d_gradients],
            "generator": loss_g.item(),
            "generator_gradients": [listed(t) for t in torch.autograd.grad(loss_g, fake)],
        }
    return result


def features():
    drawing = Drawing(seed=22)
    fake = [[leaf(drawing.tensor(shape)) for shape in scale] for scale in MAPS]
    real = [[drawing.tensor(shape) for shape in scale] for scale in MAPS]
    loss = feature_matching(fake, real)
    maps = [t for scale in fake for t in scale[:-1]]
    return {
        "fake": [[listed(t) for t in scale] for scale in fake],
        "real": [[listed(t) for t in scale] for scale in real],
        "loss": loss.item(),
        "gradients": [listed(t) for t in torch.autograd.grad(loss, maps)],
    }


def penalty(norm, scales):
    """With two scales the same network judges the images, and the images at half the size."""
    seeds = {"discriminator": 31, "input": 32, "target": 33, "fake": 34}
    discriminator = PatchGan(FILTERS, norm).double()
    draw_parameters(discriminator, seeds["discriminator"])
    condition, target, fake = (
        Drawing(seeds[name]).tensor((BATCH, 3, SIZE, SIZE)) for name in ("input", "target", "fake"))

    # gradient_penalty goes image by image, so each image needs the critics of its own condition.
    total = 0.0
    for image in range(BATCH):
        given = condition[image:image + 1]
        critics = [
            lambda x: discriminator(given, x),
            lambda x: discriminator(F.avg_pool2d(given, 2), F.avg_pool2d(x, 2)),
        ][:scales]
        total = total + gradient_penalty(critics, target[image:image + 1], fake[image:image + 1], SHARES[image:image + 1])
    total = total / BATCH
    total.backward()
    return {
        "norm": norm, "scales": scales, "size": SIZE, "batch": BATCH, "filters": FILTERS, "shares": SHARES, "seeds": seeds,
        "penalty": total.item(),
        "gradients": [
            # A last bias has no part in any gradient.
            {"name": name, **listed(torch.zeros_like(p) if p.grad is None else p.grad)}
            for name, p in discriminator.ordered_parameters()],
    }


def main():
    document = {
        "source": f"PyTorch {torch.__version__}, float64",
        "games": games(),
        "feature_matching": features(),
        "gradient_penalty": [penalty("instance", 1), penalty("none", 2)],
    }
    (VALUES / "games.json").write_text(json.dumps(document, indent=1) + "\n")
    print(*(case["penalty"] for case in document["gradient_penalty"]))


if __name__ == "__main__":
    torch.set_num_threads(1)
    main()
