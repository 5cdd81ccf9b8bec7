"""Records the edges that OpenCV and scikit-image find in drawn pictures, for EdgeDrawingTests. See README.md in this folder."""

import base64
import hashlib
import json
import pathlib

import cv2
import numpy as np
import skimage
from skimage import feature


def picture(width, height, seed, noise):
    """Boxes and discs on a gradient, with noise of up to that many levels. Integers alone: C# draws the same bytes."""
    state = seed

    def draw(limit):
        nonlocal state
        state = (state * 1664525 + 1013904223) & 0xFFFFFFFF
        return (state >> 16) % limit

    y, x = np.mgrid[0:height, 0:width]
    levels = np.stack([60 + x * 90 // width, 70 + y * 80 // height, 90 + (x + y) * 60 // (width + height)], axis=-1)
    for shape in range(10):
        cx, cy, size = draw(width), draw(height), 4 + draw(height // 4)
        colour = [draw(256), draw(256), draw(256)]
        if shape % 2 == 0:
            inside = (abs(x - cx) <= size) & (abs(y - cy) <= size * 2 // 3)
        else:
            inside = (x - cx) ** 2 + (y - cy) ** 2 <= size * size
        levels[inside] = colour
    if noise:
        grain = [draw(2 * noise + 1) - noise for _ in range(levels.size)]
        levels = levels + np.array(grain).reshape(levels.shape)
    return np.clip(levels, 0, 255).astype(np.uint8)


def gray(image):
    red, green, blue = (image[..., channel].astype(np.int64) for channel in range(3))
    return ((19595 * red + 38470 * green + 7471 * blue + 32768) >> 16).astype(np.uint8)


def opencv(image, sigma, low, high):
    if sigma:
        image = cv2.GaussianBlur(image, (0, 0), sigma, borderType=cv2.BORDER_REPLICATE)
    return cv2.Canny(image, low, high, L2gradient=True) > 0


def scikit(image, sigma, low, high):
    # The border goes on before the call, so that its mask of them does not touch the picture.
    pad = 16
    padded = np.pad(image, pad, mode="edge") / 255.0
    edges = feature.canny(padded, sigma, low / 255, high / 255, mode="nearest")
    return edges[pad:-pad, pad:-pad]


def main():
    cases = []
    for by, find in (("OpenCV", opencv), ("scikit-image", scikit)):
        for channels in (1, 3):
            for sigma, low, high, noise in ((0, 100, 250, 0), (0, 60, 140, 4), (1.4, 40, 100, 4), (2, 30, 80, 8)):
                if by == "scikit-image" and (channels == 3 or sigma == 0):
                    continue  # it knows gray alone, and smooths always
                for seed, (width, height) in ((1, (96, 80)), (2, (67, 101))):
                    image = picture(width, height, seed, noise)
                    image = gray(image) if channels == 1 else image
                    edges = find(image, sigma, low, high)
                    cases.append({
                        "by": by, "width": width, "height": height, "seed": seed, "noise": noise, "channels": channels,
                        "sigma": sigma, "low": low, "high": high,
                        "picture": hashlib.sha256(image.tobytes()).hexdigest(),
                        "edges": base64.b64encode(np.packbits(edges).tobytes()).decode(),
                    })
    document = {"source": f"OpenCV {cv2.__version__}, scikit-image {skimage.__version__}", "cases": cases}
    path = pathlib.Path(__file__).parent / "values" / "edges.json"
    path.write_text(json.dumps(document, indent=1) + "\n")


if __name__ == "__main__":
    main()
