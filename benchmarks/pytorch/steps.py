#!/usr/bin/env python3
"""Steps of pix2pix in PyTorch, done when asked for: reads a number of steps a line, prints the seconds that they took.

    steps.py [--size 256] [--filters 64] [--batch 1] [--threads 2] [--device cpu] [--precision float32] [--channels-last] [--compile]

The step of peer.py on tensors that are there already: the fake is detached for the discriminator and made once, the discriminator is
frozen in the generator's step, Adam runs over lists of tensors (fused where the version and the device have it). The first line
printed says what runs.
"""

import argparse
import contextlib
import sys
import time

import torch

from unet import Generator, PatchGan, discriminator_loss, generator_loss, initialise


def adam(network, device):
    settings = {"lr": 2e-4, "betas": (0.5, 0.999)}
    if device == "cuda":
        return torch.optim.Adam(network.parameters(), fused=True, **settings)
    return torch.optim.Adam(network.parameters(), foreach=True, **settings)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--size", type=int, default=256)
    parser.add_argument("--filters", type=int, default=64)
    parser.add_argument("--batch", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--precision", choices=["float32", "tf32", "bf16"], default="float32")
    parser.add_argument("--channels-last", action="store_true")
    parser.add_argument("--compile", action="store_true")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(1)
    device = options.device
    torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = options.precision == "tf32"
    torch.backends.cudnn.benchmark = True

    generator = Generator(options.size, options.filters, "batch", "standard").to(device)
    discriminator = PatchGan(options.filters, "batch").to(device)
    initialise(generator)
    initialise(discriminator)
    layout = torch.channels_last if options.channels_last else torch.contiguous_format
    generator, discriminator = (network.to(memory_format=layout) for network in (generator, discriminator))
    adams = [adam(network, device) for network in (generator, discriminator)]
    run_generator, run_discriminator = generator, discriminator
    if options.compile:
        run_generator, run_discriminator = torch.compile(generator), torch.compile(discriminator)

    shape = (options.batch, 3, options.size, options.size)
    x, y = ((torch.rand(shape) * 2 - 1).to(device).contiguous(memory_format=layout) for _ in range(2))

    def narrowed():
        if options.precision == "bf16":
            return torch.autocast(device, torch.bfloat16)
        return contextlib.nullcontext()

    def step():
        with narrowed():
            fake = run_generator(x)
        discriminator.requires_grad_(True)
        adams[1].zero_grad(set_to_none=True)
        with narrowed():
            loss = discriminator_loss(run_discriminator(x, y), run_discriminator(x, fake.detach()))
        loss.backward()
        adams[1].step()
        discriminator.requires_grad_(False)
        adams[0].zero_grad(set_to_none=True)
        with narrowed():
            loss = generator_loss(run_discriminator(x, fake), fake, y)
        loss.backward()
        adams[0].step()

    def wait():
        if device == "cuda":
            torch.cuda.synchronize()

    where = torch.cuda.get_device_name() if device == "cuda" else f"{options.threads} threads"
    how = "".join([", channels last" if options.channels_last else "", ", compiled" if options.compile else ""])
    print(f"PyTorch {torch.__version__}, {where}, {options.precision}{how}", flush=True)
    for line in sys.stdin:
        wait()
        start = time.perf_counter()
        for _ in range(int(line)):
            step()
        wait()
        print(time.perf_counter() - start, flush=True)


if __name__ == "__main__":
    main()
