"""Records two training steps of small networks in float64, without dropout. See README.md in this folder."""

import json
import pathlib

import torch

from drawing import Drawing, draw_parameters
from losses import GAMES, L1_WEIGHT, adversarial, feature_matching, gradient_penalty
from networks import PatchGan, UNet

VALUES = pathlib.Path(__file__).parent / "values"
SIZE, FILTERS, BATCH, STEPS = 32, 2, 2, 2
SEEDS = {"generator": 1, "discriminator": 2, "input": 3, "target": 4}
ADAM = {"lr": 2e-4, "betas": (0.5, 0.999), "eps": 1e-8}
PAPER = {"game": "Vanilla", "l1_weight": L1_WEIGHT}
ALL_LOSSES = {
    "game": "WassersteinGradientPenalty", "l1_weight": L1_WEIGHT, "l2_weight": 50.0, "feature_matching_weight": 10.0,
    "gradient_penalty_weight": 10.0,
}
SCENARIOS = [
    ("step_batch_standard", "batch", "standard", PAPER),
    ("step_instance_standard", "instance", "standard", PAPER),
    ("step_none_standard", "none", "standard", PAPER),
    ("step_batch_joined", "batch", "joined", PAPER),
    ("step_all_losses", "instance", "standard", ALL_LOSSES),
]

# The share of the target in the point between, for each image of each step: those that the C# trainer draws from its seed 1.
SHARES = [[0.2224407350748967, 0.3391231644615173], [0.5368623587008856, 0.7546782706653132]]


class Recorder:
    """Raw little-endian float64 one after the other, and a table that says where each tensor lies."""

    def __init__(self):
        self.table = []
        self.chunks = []
        self.offset = 0

    def add(self, name, tensor):
        data = tensor.detach().contiguous().numpy().astype("<f8").tobytes()
        self.table.append({"name": name, "shape": list(tensor.shape), "offset": self.offset})
        self.chunks.append(data)
        self.offset += tensor.numel()


def penalty(discriminator, condition, target, fake, shares):
    """Each image alone, with the discriminator that is given its condition."""
    images = [(condition[i:i + 1], target[i:i + 1], fake[i:i + 1], shares[i:i + 1]) for i in range(len(shares))]
    return sum(gradient_penalty([lambda x: discriminator(c, x)], t, f, share) for c, t, f, share in images) / len(images)


def train_step(generator, discriminator, optimizer_g, optimizer_d, condition, target, options, recorder, step):
    discriminator_loss, generator_loss = GAMES[options["game"]]
    fake = generator(condition)
    recorder.add(f"step{step}.fake", fake)

    # The discriminator, on the real pair first and on the detached fake pair second.
    optimizer_d.zero_grad()
    real_logits = discriminator(condition, target)
    fake_logits = discriminator(condition, fake.detach())
    loss_d = discriminator_loss(real_logits, fake_logits)
    losses = {"discriminator": loss_d.item()}
    if options["game"] == "Vanilla":
        losses["discriminator_real"] = adversarial(real_logits, True).item()
        losses["discriminator_fake"] = adversarial(fake_logits, False).item()
    if "gradient_penalty_weight" in options:
        loss_penalty = penalty(discriminator, condition, target, fake.detach(), SHARES[step - 1])
        losses["gradient_penalty"] = loss_penalty.item()
        loss_d = loss_d + options["gradient_penalty_weight"] * loss_penalty
    loss_d.backward()
    for name, parameter in discriminator.ordered_parameters():
        recorder.add(f"step{step}.gradient.discriminator.{name}", parameter.grad)
    optimizer_d.step()

    # The generator, against the updated discriminator.
    discriminator.requires_grad_(False)
    optimizer_g.zero_grad()
    judged = discriminator(condition, fake)
    parts = {"l1": (fake - target).abs().mean()}
    if "l2_weight" in options:
        parts["l2"] = (fake - target).pow(2).mean()
    if "feature_matching_weight" in options:
        fake_maps, real_maps = (discriminator.maps(discriminator.seen(condition, image)) for image in (fake, target))
        parts["feature_matching"] = feature_matching([fake_maps], [real_maps])
    loss_adversarial = generator_loss(judged)
    loss_g = loss_adversarial + sum(options[f"{name}_weight"] * part for name, part in parts.items())
    loss_g.backward()
    for name, parameter in generator.ordered_parameters():
        recorder.add(f"step{step}.gradient.generator.{name}", parameter.grad)
    optimizer_g.step()
    discriminator.requires_grad_(True)

    recorder.add(f"step{step}.real_logits", real_logits)
    recorder.add(f"step{step}.fake_logits", fake_logits)
    recorder.add(f"step{step}.judged_logits", judged)
    losses.update({"generator": loss_g.item(), "generator_adversarial": loss_adversarial.item()})
    return losses | {f"generator_{name}": part.item() for name, part in parts.items()}


def listed(network):
    return [{"name": name, "shape": list(parameter.shape)} for name, parameter in network.ordered_parameters()]


def record(name, norm, skip, options):
    generator = UNet(SIZE, FILTERS, norm, skip).double()
    discriminator = PatchGan(FILTERS, norm).double()
    draw_parameters(generator, SEEDS["generator"])
    draw_parameters(discriminator, SEEDS["discriminator"])
    condition = Drawing(SEEDS["input"]).tensor((BATCH, 3, SIZE, SIZE))
    target = Drawing(SEEDS["target"]).tensor((BATCH, 3, SIZE, SIZE))
    networks = {"generator": generator, "discriminator": discriminator}
    optimizers = {role: torch.optim.Adam(network.parameters(), **ADAM) for role, network in networks.items()}

    recorder = Recorder()
    losses = []
    for step in range(1, STEPS + 1):
        # Later steps show in the losses and in the parameters after them; only the first one is kept in full, to save space.
        step_recorder = recorder if step == 1 else Recorder()
        losses.append(train_step(
            generator, discriminator, optimizers["generator"], optimizers["discriminator"], condition, target, options,
            step_recorder, step))

    for role, network in networks.items():
        for place, tensor in [*network.ordered_parameters(), *network.ordered_buffers()]:
            recorder.add(f"after.{role}.{place}", tensor)
    with torch.no_grad():
        # Evaluation first: it uses the running statistics, and the forward pass in training mode moves them.
        recorder.add("after.eval_output", generator.eval()(condition))
        recorder.add("after.train_output", generator.train()(condition))

    (VALUES / f"{name}.bin").write_bytes(b"".join(recorder.chunks))
    document = {
        "source": f"PyTorch {torch.__version__}, float64",
        "norm": norm, "skip": skip, "size": SIZE, "filters": FILTERS, "batch": BATCH, "steps": STEPS,
        **options, "adam": {**ADAM, "betas": list(ADAM["betas"])}, "seeds": SEEDS,
        "parameters": {role: listed(network) for role, network in networks.items()},
        "losses": losses,
        "file": f"{name}.bin",
        "tensors": recorder.table,
    }
    (VALUES / f"{name}.json").write_text(json.dumps(document, indent=1) + "\n")
    print(name, losses)


if __name__ == "__main__":
    torch.set_num_threads(1)
    for scenario in SCENARIOS:
        record(*scenario)
