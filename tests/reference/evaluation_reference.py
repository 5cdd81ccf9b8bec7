"""Records scores of images, label maps and features, for the tests of Evaluation. See README.md in this folder."""

import json
import pathlib

import numpy
import scipy
import skimage
import torch
from scipy import linalg
from skimage import metrics

import lab_reference

SIZES = [(24, 17), (40, 33), (176, 161), (200, 177), (256, 256)]  # width, height
WEIGHTS = [0.0448, 0.2856, 0.3001, 0.2363, 0.1333]
PALETTE = [(0, 0, 170), (255, 85, 0), (0, 255, 255), (170, 0, 0), (255, 255, 0)]
FEATURES = [(40, 6), (30, 16), (12, 20)]  # vectors, dimensions; the last ones have singular covariances


def noise(count, seed):
    state = seed
    values = numpy.empty(count, dtype=numpy.int64)
    for i in range(count):
        state = (state * 1664525 + 1013904223) & 0xFFFFFFFF
        values[i] = state >> 24
    return values


def images(width, height, seed):
    """A picture with slopes and noise, and one that is near to it."""
    y, x, channel = numpy.meshgrid(numpy.arange(height), numpy.arange(width), numpy.arange(3), indexing="ij")
    a = ((channel + 1) * x + 2 * y + noise(a_size := width * height * 3, seed).reshape(height, width, 3) // 4) % 256
    b = (3 * a + noise(a_size, seed + 1).reshape(height, width, 3)) // 4
    return a.astype(numpy.uint8), b.astype(numpy.uint8)


def multi_scale(a, b):
    """Equation 7 of Wang, Simoncelli and Bovik 2003 for each channel, by PyTorch's convolutions; the mean over the channels."""
    x, y = (torch.from_numpy(image.astype(numpy.float64)).permute(2, 0, 1)[:, None] for image in (a, b))  # (3, 1, H, W)
    gauss = torch.exp(-torch.arange(-5, 6, dtype=torch.float64) ** 2 / (2 * 1.5 ** 2))
    gauss = gauss / gauss.sum()
    window = torch.outer(gauss, gauss)[None, None]
    c1, c2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2
    result = 1
    for scale, weight in enumerate(WEIGHTS):
        if scale > 0:
            x, y = (halved(image) for image in (x, y))
        mean_x, mean_y, xx, yy, xy = (torch.conv2d(part, window) for part in (x, y, x * x, y * y, x * y))
        contrast = (2 * (xy - mean_x * mean_y) + c2) / (xx - mean_x ** 2 + yy - mean_y ** 2 + c2)
        luminance = (2 * mean_x * mean_y + c1) / (mean_x ** 2 + mean_y ** 2 + c1)
        part = contrast * luminance if scale == len(WEIGHTS) - 1 else contrast
        result = result * part.mean(dim=(1, 2, 3)).clamp(min=0) ** weight
    return result.mean().item()


def halved(image):
    padded = torch.nn.functional.pad(image, (0, image.shape[3] % 2, 0, image.shape[2] % 2), mode="replicate")
    return torch.nn.functional.avg_pool2d(padded, 2)


def overlap(a, b):
    def histograms(image):
        colors = numpy.array([lab_reference.in_bytes(*lab_reference.lab(pixel)) for pixel in image.reshape(-1, 3).tolist()])
        return [numpy.bincount(colors[:, i], minlength=256) / len(colors) for i in range(3)]

    return [float(numpy.minimum(p, q).sum()) for p, q in zip(histograms(a), histograms(b))]


def pair(width, height, seed):
    a, b = images(width, height, seed)
    record = {
        "width": width, "height": height, "seed": seed,
        "l1": float(numpy.abs(a.astype(float) - b).mean() / 255),
        "l2": metrics.mean_squared_error(a, b) / 255 ** 2,
        "psnr": metrics.peak_signal_noise_ratio(a, b, data_range=255),
        "ssim": metrics.structural_similarity(
            a.astype(float), b.astype(float), channel_axis=2, gaussian_weights=True, sigma=1.5, use_sample_covariance=False, data_range=255),
    }
    if min(width, height) >= 161:
        record["multi_scale_ssim"] = multi_scale(a, b)
    else:
        record["overlap"] = overlap(a, b)
    return record


def labels(width, height, seed):
    """Label maps whose colours are up to 20 levels away from the palette's."""
    count = width * height
    target = noise(count, seed) % len(PALETTE)
    wrong = noise(count, seed + 1) < 64
    image = numpy.where(wrong, noise(count, seed + 2) % 4, target)  # the last label is never painted by mistake
    confusion = numpy.zeros((len(PALETTE), len(PALETTE)), dtype=numpy.int64)
    numpy.add.at(confusion, (target, image), 1)
    right, in_target, in_image = confusion.diagonal(), confusion.sum(1), confusion.sum(0)
    return {
        "width": width, "height": height, "seed": seed, "palette": PALETTE, "confusion": confusion.tolist(),
        "accuracy": right.sum() / count,
        "label_accuracy": (right / in_target).mean(),
        "iou": (right / (in_target + in_image - right)).tolist(),
    }


def features(count, dimensions, seed):
    def draw(seed):
        return noise(count * dimensions, seed).reshape(count, dimensions) / 128.0

    x, y = draw(seed), draw(seed + 1) * 0.75 + 0.5  # exact in float32
    c1, c2 = numpy.cov(x, rowvar=False), numpy.cov(y, rowvar=False)
    root = linalg.sqrtm(c1 @ c2)
    fid = ((x.mean(0) - y.mean(0)) ** 2).sum() + numpy.trace(c1) + numpy.trace(c2) - 2 * numpy.trace(root).real

    def kernel(p, q):
        return (p @ q.T / dimensions + 1) ** 3

    xx, yy, xy = kernel(x, x), kernel(y, y), kernel(x, y)
    within = (xx.sum() - numpy.trace(xx) + yy.sum() - numpy.trace(yy)) / (count * (count - 1))
    return {"count": count, "dimensions": dimensions, "seed": seed, "fid": float(fid), "kid": float(within - 2 * xy.mean())}


def main():
    document = {
        "source": f"scikit-image {skimage.__version__}, PyTorch {torch.__version__}, SciPy {scipy.__version__}, NumPy {numpy.__version__}",
        "pairs": [pair(width, height, seed=10 * i + 1) for i, (width, height) in enumerate(SIZES)],
        "labels": labels(37, 29, seed=5),
        "features": [features(count, dimensions, seed=10 * i + 1) for i, (count, dimensions) in enumerate(FEATURES)],
    }
    path = pathlib.Path(__file__).parent / "values" / "evaluation.json"
    path.write_text(json.dumps(document, indent=1) + "\n")


if __name__ == "__main__":
    main()
