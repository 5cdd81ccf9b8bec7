"""Records two training steps of small networks in float64, without dropout. See README.md in this folder."""

import json
import pathlib

import torch

from drawing import Drawing, draw_parameters
from losses import L1_WEIGHT, adversarial, discriminator_loss, generator_loss
from networks import PatchGan, UNet

VALUES = pathlib.Path(__file__).parent / "values"
SIZE, FILTERS, BATCH, STEPS = 32, 2, 2, 2
SEEDS = {"generator": 1, "discriminator": 2, "input": 3, "target": 4}
ADAM = {"lr": 2e-4, "betas": (0.5, 0.999), "eps": 1e-8}
SCENARIOS = [("batch", "standard"), ("instance", "standard"), ("none", "standard"), ("batch", "joined")]


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


def train_step(generator, discriminator, optimizer_g, optimizer_d, condition, target, recorder, step):
    fake = generator(condition)
    recorder.add(f"step{step}.fake", fake)

    # The discriminator, on the real pair first and on the detached fake pair second.
    optimizer_d.zero_grad()
    real_logits = discriminator(condition, target)
    fake_logits = discriminator(condition, fake.detach())
    loss_d = discriminator_loss(real_logits, fake_logits)
    loss_d.backward()
    for name, parameter in discriminator.ordered_parameters():
        recorder.add(f"step{step}.gradient.discriminator.{name}", parameter.grad)
    optimizer_d.step()

    # The generator, against the updated discriminator.
    discriminator.requires_grad_(False)
    optimizer_g.zero_grad()
    judged = discriminator(condition, fake)
    loss_g = generator_loss(judged, fake, target)
    loss_g.backward()
    for name, parameter in generator.ordered_parameters():
        recorder.add(f"step{step}.gradient.generator.{name}", parameter.grad)
    optimizer_g.step()
    discriminator.requires_grad_(True)

    recorder.add(f"step{step}.real_logits", real_logits)
    recorder.add(f"step{step}.fake_logits", fake_logits)
    recorder.add(f"step{step}.judged_logits", judged)
    return {
        "discriminator": loss_d.item(),
        "discriminator_real": adversarial(real_logits, True).item(),
        "discriminator_fake": adversarial(fake_logits, False).item(),
        "generator": loss_g.item(),
        "generator_adversarial": adversarial(judged, True).item(),
        "generator_l1": (fake - target).abs().mean().item(),
    }


def listed(network):
    return [{"name": name, "shape": list(parameter.shape)} for name, parameter in network.ordered_parameters()]


def record(norm, skip):
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
            generator, discriminator, optimizers["generator"], optimizers["discriminator"], condition, target, step_recorder, step))

    for role, network in networks.items():
        for name, parameter in network.ordered_parameters():
            recorder.add(f"after.{role}.{name}", parameter)
        for name, buffer in network.ordered_buffers():
            recorder.add(f"after.{role}.{name}", buffer)
    with torch.no_grad():
        # Evaluation first: it uses the running statistics, and the forward pass in training mode moves them.
        recorder.add("after.eval_output", generator.eval()(condition))
        recorder.add("after.train_output", generator.train()(condition))

    name = f"step_{norm}_{skip}"
    (VALUES / f"{name}.bin").write_bytes(b"".join(recorder.chunks))
    document = {
        "source": f"PyTorch {torch.__version__}, float64",
        "norm": norm, "skip": skip, "size": SIZE, "filters": FILTERS, "batch": BATCH, "steps": STEPS,
        "l1_weight": L1_WEIGHT, "adam": {**ADAM, "betas": list(ADAM["betas"])}, "seeds": SEEDS,
        "parameters": {role: listed(network) for role, network in networks.items()},
        "losses": losses,
        "file": f"{name}.bin",
        "tensors": recorder.table,
    }
    (VALUES / f"{name}.json").write_text(json.dumps(document, indent=1) + "\n")
    print(name, losses)


if __name__ == "__main__":
    torch.set_num_threads(1)
    for norm, skip in SCENARIOS:
        record(norm, skip)
