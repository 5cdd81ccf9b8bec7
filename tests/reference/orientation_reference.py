"""Records how Pillow rotates small JPEG, PNG and WebP files with EXIF data of many forms: values/orientation.json."""
import base64
import io
import json
import pathlib
import struct
import warnings
import zlib

import PIL
from PIL import Image, ImageOps

PREFIX = b"Exif\0\0"
FORMATS = {1: "B", 3: "H", 4: "I"}  # BYTE, SHORT, LONG
WIDTH, HEIGHT = 16, 8


def picture():
    """Gray, with a different level in each quarter."""
    image = Image.new("L", (WIDTH, HEIGHT))
    image.putdata([40 + 60 * (x >= WIDTH // 2) + 120 * (y >= HEIGHT // 2) for y in range(HEIGHT) for x in range(WIDTH)])
    return image


def encoded(name, **options):
    stream = io.BytesIO()
    picture().save(stream, name, **options)
    return stream.getvalue()


def tiff(orientation, order="<", kind=3, before=0):
    """A TIFF directory with the orientation behind other entries."""
    entries = [struct.pack(order + "HHII", 0x0100 + i, 4, 1, i) for i in range(before)]
    value = struct.pack(order + FORMATS[kind], orientation).ljust(4, b"\0")
    entries.append(struct.pack(order + "HHI", 0x0112, kind, 1) + value)
    mark = b"II" if order == "<" else b"MM"
    return mark + struct.pack(order + "HIH", 42, 8, len(entries)) + b"".join(entries) + bytes(4)


def jpeg(*contents):
    whole = encoded("JPEG", quality=90)
    segments = b"".join(b"\xff\xe1" + struct.pack(">H", len(content) + 2) + content for content in contents)
    return whole[:2] + segments + whole[2:]


def png(exif):
    whole = encoded("PNG")
    named = b"eXIf" + exif
    return whole[:33] + struct.pack(">I", len(exif)) + named + struct.pack(">I", zlib.crc32(named)) + whole[33:]


def webp(exif):
    chunks = encoded("WEBP", lossless=True)[12:]
    header = struct.pack("<II", 0x08, 0)[:4] + (WIDTH - 1).to_bytes(3, "little") + (HEIGHT - 1).to_bytes(3, "little")
    chunks = b"VP8X" + struct.pack("<I", len(header)) + header + chunks
    chunks += b"EXIF" + struct.pack("<I", len(exif)) + exif + b"\0" * (len(exif) % 2)
    return b"RIFF" + struct.pack("<I", len(chunks) + 4) + b"WEBP" + chunks


def files():
    for orientation in range(10):
        for order in "<>":
            data = tiff(orientation, order)
            yield f"JPEG {orientation} {order}", jpeg(PREFIX + data)
            yield f"PNG {orientation} {order}", png(data)
            yield f"WebP {orientation} {order}", webp(data)
    for order in "<>":
        for kind in FORMATS:
            data = tiff(6, order, kind, before=3)
            yield f"JPEG type {kind} {order}", jpeg(PREFIX + data)
            yield f"PNG type {kind} {order}", png(data)
            yield f"WebP type {kind} {order}", webp(data)
        yield f"WebP prefix {order}", webp(PREFIX + tiff(8, order))
    other = b"http://ns.adobe.com/xap/1.0/\0<x/>"
    yield "JPEG XMP before EXIF", jpeg(other, PREFIX + tiff(6))
    yield "JPEG XMP after EXIF", jpeg(PREFIX + tiff(6), other)
    yield "JPEG two EXIF segments", jpeg(PREFIX + tiff(6), PREFIX + tiff(3))
    yield "JPEG EXIF without a directory", jpeg(PREFIX + b"II*\0\xff\xff\0\0")
    yield "JPEG EXIF of another byte order", jpeg(PREFIX + b"XX" + tiff(6)[2:])


def recorded(name, data):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        image = Image.open(io.BytesIO(data))
        try:
            upright = ImageOps.exif_transpose(image)
        except Exception:  # Pillow refuses EXIF data without a TIFF header
            upright = image
    upright = upright.convert("L")
    right, bottom = upright.width - 1, upright.height - 1
    corners = [upright.getpixel(at) for at in ((0, 0), (right, 0), (0, bottom), (right, bottom))]
    return {"name": name, "file": base64.b64encode(data).decode(), "size": upright.size, "corners": corners}


cases = [json.dumps(recorded(name, data)) for name, data in files()]
path = pathlib.Path(__file__).parent / "values" / "orientation.json"
path.write_text("{\n" + f'"pillow": "{PIL.__version__}",\n"cases": [\n' + ",\n".join(cases) + "\n]\n}\n")
