"""Records colours of sRGB in CIE L*a*b*, and back, for LabColorTests and ChannelConversionTests. See README.md in this folder."""

import json
import pathlib

import numpy

WHITE = numpy.array([0.95047, 1.0, 1.08883])  # D65 of the 2 degree observer (ASTM E308)
PRIMARIES = [(0.64, 0.33), (0.30, 0.60), (0.15, 0.06)]  # x and y of red, green, blue (IEC 61966-2-1)
EPSILON = 216 / 24389  # CIE 15:2004
KAPPA = 24389 / 27
NAMED = [(0, 0, 0), (255, 255, 255), (255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 0), (1, 1, 1), (10, 11, 12), (128, 128, 128)]


def to_xyz():
    """The matrix whose columns are the primaries, scaled so that together they give the white."""
    columns = numpy.array([(x / y, 1, (1 - x - y) / y) for x, y in PRIMARIES]).T
    return columns * numpy.linalg.solve(columns, WHITE)


def lab(rgb):
    value = numpy.array(rgb) / 255
    light = numpy.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)
    share = to_xyz() @ light / WHITE
    x, y, z = numpy.where(share > EPSILON, numpy.cbrt(share), (KAPPA * share + 16) / 116)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def rgb_of(lightness, a, b):
    y = (lightness + 16) / 116
    compressed = numpy.array([y + a / 500, y, y - b / 200])
    share = numpy.where(compressed ** 3 > EPSILON, compressed ** 3, (116 * compressed - 16) / KAPPA)
    light = numpy.clip(numpy.linalg.inv(to_xyz()) @ (share * WHITE), 0, 1)
    value = numpy.where(light <= 0.0031308, light * 12.92, 1.055 * light ** (1 / 2.4) - 0.055)
    return [int(level) for level in numpy.rint(value * 255)]


def in_bytes(lightness, a, b):
    return [int(min(max(numpy.rint(value), 0), 255)) for value in (lightness * 255 / 100, a + 128, b + 128)]


def noise(count, seed):
    state = seed
    for _ in range(count):
        state = (state * 1664525 + 1013904223) & 0xFFFFFFFF
        yield state >> 24


def triples(count, seed):
    values = list(noise(3 * count, seed))
    return [tuple(values[i:i + 3]) for i in range(0, len(values), 3)]


def main():
    forward = [{"rgb": rgb, "lab": lab(rgb), "bytes": in_bytes(*lab(rgb))} for rgb in NAMED + triples(150, seed=1)]
    # Whatever bytes a network may give: most of these colours are outside of sRGB.
    backward = [{"bytes": b, "rgb": rgb_of(b[0] * 100 / 255, b[1] - 128, b[2] - 128)} for b in triples(150, seed=2)]
    document = {
        "source": f"NumPy {numpy.__version__}",
        "to_xyz": to_xyz().tolist(),
        "from_xyz": numpy.linalg.inv(to_xyz()).tolist(),
        "forward": forward,
        "backward": backward,
        "grays": [rgb_of(level * 100 / 255, 0, 0)[1] for level in range(256)],
    }
    path = pathlib.Path(__file__).parent / "values" / "lab.json"
    path.write_text(json.dumps(document, separators=(",", ":")).replace('},{', '},\n{') + "\n")


if __name__ == "__main__":
    main()
