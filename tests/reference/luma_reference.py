"""Records Pillow's conversion of colours to gray, for ChannelConversionTests. See README.md in this folder."""

import hashlib
import json
import pathlib

import PIL
from PIL import Image


def main():
    # All 16.7 million colours: the pixel at (x, y) is red y, green x / 256, blue x % 256.
    digest = hashlib.sha256()
    for red in range(256):
        row = bytes(value for x in range(65536) for value in (red, x >> 8, x & 255))
        digest.update(Image.frombytes("RGB", (65536, 1), row).convert("L").tobytes())
    document = {"source": f"Pillow {PIL.__version__}", "sha256": digest.hexdigest()}
    path = pathlib.Path(__file__).parent / "values" / "luma.json"
    path.write_text(json.dumps(document, indent=1) + "\n")


if __name__ == "__main__":
    main()
