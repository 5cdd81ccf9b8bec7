"""Records what Pillow's resize makes of formula-drawn images, for ImageResizerTests. See README.md in this folder."""

import base64
import hashlib
import json
import pathlib

import PIL
from PIL import Image

# (from width, from height, to width, to height)
SIZES = [
    (1, 1, 4, 3),
    (7, 5, 1, 1),
    (5, 4, 13, 9),
    (32, 24, 11, 7),
    (17, 13, 9, 21),
    (13, 29, 31, 11),
    (64, 2, 20, 5),
    (3, 40, 7, 9),
    (16, 16, 16, 9),
    (16, 16, 9, 16),
    (30, 30, 29, 31),
    (512, 512, 286, 286),
    (256, 256, 286, 286),
    (400, 301, 256, 256),
]
KERNELS = {"Cubic": Image.BICUBIC, "Nearest": Image.NEAREST}
LARGEST_STORED = 4096


def noise(width, height, seed):
    """Bytes of a linear congruential generator; about half of them pushed to 0 or 255, so that the kernel overshoots."""
    state = seed
    pixels = bytearray()
    for _ in range(3 * width * height):
        state = (state * 1664525 + 1013904223) & 0xFFFFFFFF
        value = state >> 24
        pixels.append(value if state >> 16 & 1 else (255 if value > 127 else 0))
    return bytes(pixels)


def on_boundary(source, target):
    """Whether the centre of some new pixel falls between two old ones: there Pillow's nearest kernel hangs on rounding errors."""
    return any((2 * x + 1) * source % (2 * target) == 0 for x in range(target))


def main():
    cases = []
    for seed, (width, height, to_width, to_height) in enumerate(SIZES, start=1):
        image = Image.frombytes("RGB", (width, height), noise(width, height, seed))
        for name, kernel in KERNELS.items():
            if name == "Nearest" and (on_boundary(width, to_width) or on_boundary(height, to_height)):
                continue
            result = image.resize((to_width, to_height), kernel).tobytes()
            case = {"kernel": name, "seed": seed, "from": [width, height], "to": [to_width, to_height]}
            case["sha256"] = hashlib.sha256(result).hexdigest()
            if len(result) <= LARGEST_STORED:
                case["pixels"] = base64.b64encode(result).decode()
            cases.append(case)
    document = {"source": f"Pillow {PIL.__version__}", "cases": cases}
    path = pathlib.Path(__file__).parent / "values" / "resize.json"
    path.write_text(json.dumps(document, indent=1) + "\n")


if __name__ == "__main__":
    main()
