"""Records losses and their gradients for fixed logits and images. See README.md in this folder."""

import json
import pathlib

import torch

from drawing import Drawing
from losses import adversarial, discriminator_loss, generator_loss

LOGITS = (2, 1, 3, 3)
IMAGES = (2, 3, 4, 4)


def leaf(tensor):
    return tensor.clone().requires_grad_()


def listed(tensor):
    return {"shape": list(tensor.shape), "values": tensor.detach().flatten().tolist()}


def main():
    drawing = Drawing(seed=11)
    real_logits = leaf(drawing.tensor(LOGITS, scale=4.0))
    fake_logits = drawing.tensor(LOGITS, scale=4.0)
    fake_logits.view(-1)[:4] = torch.tensor([0.0, 50.0, -50.0, -800.0])  # Where a naive log(sigmoid(x)) breaks.
    fake_logits = leaf(fake_logits)
    fake = leaf(drawing.tensor(IMAGES))
    target = drawing.tensor(IMAGES)

    loss_d = discriminator_loss(real_logits, fake_logits)
    d_gradients = torch.autograd.grad(loss_d, [real_logits, fake_logits])
    loss_g = generator_loss(fake_logits, fake, target)
    g_gradients = torch.autograd.grad(loss_g, [fake_logits, fake])

    document = {
        "source": f"PyTorch {torch.__version__}, float64",
        "real_logits": listed(real_logits),
        "fake_logits": listed(fake_logits),
        "fake": listed(fake),
        "target": listed(target),
        "discriminator": {
            "loss": loss_d.item(),
            "real": adversarial(real_logits, True).item(),
            "fake": adversarial(fake_logits, False).item(),
            "gradient_real_logits": listed(d_gradients[0]),
            "gradient_fake_logits": listed(d_gradients[1]),
        },
        "generator": {
            "loss": loss_g.item(),
            "adversarial": adversarial(fake_logits, True).item(),
            "l1": (fake - target).abs().mean().item(),
            "gradient_fake_logits": listed(g_gradients[0]),
            "gradient_fake": listed(g_gradients[1]),
        },
    }
    path = pathlib.Path(__file__).parent / "values" / "losses.json"
    path.write_text(json.dumps(document, indent=1) + "\n")


if __name__ == "__main__":
    main()
