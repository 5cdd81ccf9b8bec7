#!/usr/bin/env python3
"""The same task in PyTorch: trains pix2pix on side-by-side images, translates every tenth file, prints scores and seconds per epoch.

    peer.py --data DIR [--direction AtoB|BtoA] [--size 128] [--filters 32] [--batch 4] [--epochs 10] [--seed 1] [--out DIR]

It follows the settings that the public implementations use: images kept at 286/256 of the size (Pillow's bicubic), random crop and
mirror, Adam 2e-4 with betas 0.5 and 0.999, a rate that is constant for half of the epochs and then falls linearly, batch statistics
and dropout when testing, one image at a time. It is a fair peer: the fake is detached for the discriminator, made once a step, the
discriminator is frozen in the generator's step, Adam runs over lists of tensors where the version has that.
"""

import argparse
import json
import math
import os
import random
import sys
import time

import numpy as np
import torch
from PIL import Image
from torch.nn import functional as F

from unet import Generator, PatchGan, discriminator_loss, generator_loss, initialise


def read(folder, direction):
    rows = []
    for name in sorted(os.listdir(folder)):
        with Image.open(os.path.join(folder, name)) as file:
            image = file.convert("RGB")
        half = image.width // 2
        left, right = image.crop((0, 0, half, image.height)), image.crop((half, 0, image.width, image.height))
        rows.append((name, left, right) if direction == "AtoB" else (name, right, left))
    test = rows[9::10]
    return [row for place, row in enumerate(rows) if place % 10 != 9], test


def to_tensor(images):
    stacked = np.stack([np.asarray(image) for image in images]).astype(np.float32)
    return torch.from_numpy(stacked / 127.5 - 1).permute(0, 3, 1, 2).contiguous()


def augmented(rows, size, load):
    inputs, targets = [], []
    for row in rows:
        x, y, mirror = random.randint(0, load - size), random.randint(0, load - size), random.random() < 0.5
        for image, kept in ((row[1], inputs), (row[2], targets)):
            part = image.crop((x, y, x + size, y + size))
            kept.append(part.transpose(Image.FLIP_LEFT_RIGHT) if mirror else part)
    return to_tensor(inputs), to_tensor(targets)


def structural_similarity(a, b):
    """Wang et al. 2004: Gaussian window of 11 pixels and sigma 1.5, channels averaged, levels 0..255."""
    window = torch.exp(-((torch.arange(11.0) - 5) ** 2) / (2 * 1.5 ** 2))
    window = (window / window.sum()).double()
    kernel = (window[:, None] * window[None, :])[None, None]

    def blur(x):
        return F.conv2d(x, kernel)

    a, b = (torch.from_numpy(image.astype(np.float64)).permute(2, 0, 1)[:, None] for image in (a, b))
    mean_a, mean_b = blur(a), blur(b)
    var_a, var_b, both = blur(a * a) - mean_a ** 2, blur(b * b) - mean_b ** 2, blur(a * b) - mean_a * mean_b
    c1, c2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2
    return (((2 * mean_a * mean_b + c1) * (2 * both + c2)) / ((mean_a ** 2 + mean_b ** 2 + c1) * (var_a + var_b + c2))).mean().item()


def scores(output, target):
    a, b = output.astype(np.float64), target.astype(np.float64)
    found, wanted = output[..., 0] > output[..., 2], target[..., 0] > target[..., 2]
    union = (found | wanted).sum()
    return {
        "l1": np.abs(a - b).mean() / 255,
        "psnr": 10 * math.log10(255 ** 2 / ((a - b) ** 2).mean()),
        "ssim": structural_similarity(output, target),
        "redBlueIou": (found & wanted).sum() / union if union else 1.0,
    }


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", required=True)
    parser.add_argument("--direction", choices=["AtoB", "BtoA"], default="AtoB")
    parser.add_argument("--size", type=int, default=128)
    parser.add_argument("--filters", type=int, default=32)
    parser.add_argument("--batch", type=int, default=4)
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out")
    options = parser.parse_args()
    random.seed(options.seed)
    torch.manual_seed(options.seed)

    train, test = read(options.data, options.direction)
    size, load = options.size, round(options.size * 286 / 256)
    train = [(name, a.resize((load, load), Image.BICUBIC), b.resize((load, load), Image.BICUBIC)) for name, a, b in train]

    generator, discriminator = Generator(size, options.filters, "batch", "standard"), PatchGan(options.filters, "batch")
    initialise(generator)
    initialise(discriminator)
    adams = [torch.optim.Adam(n.parameters(), 2e-4, (0.5, 0.999), foreach=True) for n in (generator, discriminator)]
    constant = options.epochs - options.epochs // 2
    schedules = [torch.optim.lr_scheduler.LambdaLR(
        adam, lambda epoch: 1 - max(0, epoch + 1 - constant) / (options.epochs - constant + 1)) for adam in adams]

    seconds = []
    for epoch in range(options.epochs):
        start = time.perf_counter()
        random.shuffle(train)
        for first in range(0, len(train), options.batch):
            x, y = augmented(train[first:first + options.batch], size, load)
            fake = generator(x)
            discriminator.requires_grad_(True)
            adams[1].zero_grad(set_to_none=True)
            discriminator_loss(discriminator(x, y), discriminator(x, fake.detach())).backward()
            adams[1].step()
            discriminator.requires_grad_(False)
            adams[0].zero_grad(set_to_none=True)
            generator_loss(discriminator(x, fake), fake, y).backward()
            adams[0].step()
        for schedule in schedules:
            schedule.step()
        seconds.append(time.perf_counter() - start)
        print(f"epoch {epoch + 1}/{options.epochs} {seconds[-1]:.1f} s", file=sys.stderr, flush=True)

    results = []
    with torch.no_grad():
        for name, a, b in test:
            x = to_tensor([a.resize((size, size), Image.BICUBIC)])
            output = ((generator(x)[0].permute(1, 2, 0).numpy() + 1) * 127.5).round().clip(0, 255).astype(np.uint8)
            results.append(scores(output, np.asarray(b.resize((size, size), Image.BICUBIC))))
            if options.out:
                os.makedirs(options.out, exist_ok=True)
                Image.fromarray(output).save(os.path.join(options.out, os.path.splitext(name)[0] + ".png"))
    means = {key: float(np.mean([result[key] for result in results])) for key in results[0]}
    print(json.dumps({**means, "secondsPerEpoch": float(np.median(seconds)), "torch": torch.__version__}, indent=2))


if __name__ == "__main__":
    main()
