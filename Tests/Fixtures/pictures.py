"""Writes the pictures of Tests/Fixtures/pictures, and in expected.npz the numbers that a reader must give.

Needs NumPy, Pillow, and cjpeg of libjpeg-turbo-progs:  python Tests/Fixtures/pictures.py

The numbers are Pillow's, of the picture set upright by its EXIF; opacity is laid onto white, rounded to the nearest. Where Pillow cuts
16 bits to 8 or reads no such file, they are those that the file was made of.
"""

import pathlib
import struct
import subprocess
import zlib

import numpy as np
from PIL import Image, ImageOps
from PIL.PngImagePlugin import PngInfo

here = pathlib.Path(__file__).parent / "pictures"
here.mkdir(exist_ok=True)
for old in here.iterdir():
    old.unlink()
expected = {}
chance = np.random.default_rng(3)


def smooth(height, width, channels):
    """A picture that JPEG keeps well."""
    y, x, c = np.mgrid[:height, :width, :channels].astype(float)
    return (127 + 90 * np.sin(x / 9 + c) + 35 * np.cos(y / 7 - c)).clip(0, 255).astype(np.uint8)


def on_white(pixels, white):
    colors, alpha = pixels[..., :-1].astype(np.int64), pixels[..., -1:].astype(np.int64)
    return ((colors * alpha + white * (white - alpha) + white // 2) // white).astype(pixels.dtype)


def expect(name, numbers=None):
    if numbers is None:
        picture = Image.open(here / name)
        mode, transparent = picture.mode, "transparency" in picture.info
        picture = ImageOps.exif_transpose(picture)
        if mode in ("RGBA", "LA") or transparent:
            numbers = on_white(np.asarray(picture.convert("RGBA")), 255)
        elif mode == "P" or mode == "CMYK":
            numbers = np.asarray(picture.convert("RGB"))
        else:
            numbers = np.asarray(picture.convert("L") if mode == "1" else picture)
    expected[name] = numbers


def write(name, data, numbers=None):
    (here / name).write_bytes(data)
    expect(name, numbers)


def chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def packed(row, depth):
    if depth == 16:
        return row.astype(">u2").tobytes()
    if depth == 8:
        return row.astype(np.uint8).tobytes()
    row = np.concatenate([row, np.zeros(-len(row) % (8 // depth), row.dtype)]).reshape(-1, 8 // depth)
    return bytes(sum(int(v) << (8 - depth * (i + 1)) for i, v in enumerate(group)) for group in row)


PASSES = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]


def png(name, pixels, depth, kind, interlaced, extra=b"", numbers=None):
    passes = [pixels[y::down, x::right] for x, y, right, down in PASSES] if interlaced else [pixels]
    raw = b"".join(b"\0" + packed(row.reshape(-1), depth) for part in passes if part.size for row in part)
    header = struct.pack(">IIBBBBB", pixels.shape[1], pixels.shape[0], depth, kind, 0, 0, interlaced)
    data = chunk(b"IHDR", header) + extra + chunk(b"IDAT", zlib.compress(raw, 9)) + chunk(b"IEND", b"")
    write(name, b"\x89PNG\r\n\x1a\n" + data, numbers)


# PNG: every kind and depth, interlaced and not
for kind, channels, depths in [(0, 1, [1, 2, 4, 8, 16]), (2, 3, [8, 16]), (3, 1, [1, 2, 4, 8]), (4, 2, [8, 16]), (6, 4, [8, 16])]:
    for depth in depths:
        for interlaced in (0, 1):
            pixels = chance.integers(0, 1 << depth, (9, 11, channels)).astype(np.uint16)
            extra = chunk(b"PLTE", bytes(chance.integers(0, 256, 3 << depth).astype(np.uint8))) if kind == 3 else b""
            numbers = None
            if depth == 16:
                numbers = on_white(pixels, 65535) if kind in (4, 6) else pixels
            png(f"kind{kind}-{depth}-{interlaced}.png", pixels, depth, kind, interlaced, extra, numbers)

gray = np.array([[0, 64, 128, 192, 255]])
png("gamma.png", gray, 8, 0, 0, chunk(b"gAMA", struct.pack(">I", 100000)))
png("bits.png", gray, 8, 0, 0, chunk(b"sBIT", b"\5"))
png("transparent.png", gray, 8, 0, 0, chunk(b"tRNS", struct.pack(">H", 64)))
# Pillow takes the transparent number of 2 bits for one of 8.
low = np.array([[0, 1, 2, 3]])
png("transparent-low.png", low, 2, 0, 0, chunk(b"tRNS", struct.pack(">H", 1)), np.array([[0, 255, 170, 255]], np.uint8))
deep = np.array([[0, 300, 301]])
png("transparent-deep.png", deep, 16, 0, 0, chunk(b"tRNS", struct.pack(">H", 300)), np.array([[0, 65535, 301]], np.uint16))
colors = smooth(2, 3, 3)
png("transparent-color.png", colors, 8, 2, 0, chunk(b"tRNS", struct.pack(">HHH", *[int(v) for v in colors[1, 1]])))
places = np.arange(6).reshape(2, 3)
png("palette.png", places, 4, 3, 0, chunk(b"PLTE", bytes(range(40, 88))) + chunk(b"tRNS", bytes([0, 100, 200])))

# How a picture lies: EXIF, XMP
picture = Image.fromarray(smooth(8, 17, 3))
for number in range(10):
    exif = Image.Exif()
    exif[0x112] = number
    picture.save(here / f"exif{number}.jpg", exif=exif, quality=60)
    expect(f"exif{number}.jpg")
exif = Image.Exif()
exif[0x112] = 6
for ending, options in [("png", {}), ("webp", {"lossless": True})]:
    picture.save(here / f"exif6.{ending}", exif=exif, **options)
    expect(f"exif6.{ending}")
packet = '<x:xmpmeta><rdf:Description tiff:Orientation="8"/></x:xmpmeta>'
for ending, options in [("jpg", {"quality": 60}), ("webp", {"lossless": True})]:
    picture.save(here / f"xmp8.{ending}", xmp=packet.encode(), **options)
    expect(f"xmp8.{ending}")
for compressed in (False, True):
    texts = PngInfo()
    texts.add_itxt("XML:com.adobe.xmp", packet, zip=compressed)
    picture.save(here / f"xmp8-{compressed:d}.png", pnginfo=texts)
    expect(f"xmp8-{compressed:d}.png")
    texts = PngInfo()
    block = exif.tobytes()
    texts.add_text("Raw profile type exif", f"\nexif\n{len(block):8}\n{block.hex()}\n", zip=compressed)
    picture.save(here / f"profile6-{compressed:d}.png", pnginfo=texts)
    expect(f"profile6-{compressed:d}.png")

# JPEG: samplings and codings by cjpeg
source = b"P6\n19 21\n255\n" + smooth(21, 19, 3).tobytes()
for name, options in [
    ("4x1", ["-sample", "4x1"]), ("4x2", ["-sample", "4x2"]), ("1x4", ["-sample", "1x4"]), ("1x2", ["-sample", "1x2"]),
    ("2x1", ["-sample", "2x1"]), ("2x2", ["-sample", "2x2"]), ("uneven", ["-sample", "1x1,2x2,1x1"]),
    ("blue", ["-sample", "2x2,1x1,2x1"]), ("arithmetic", ["-arithmetic"]), ("progressive", ["-progressive"]),
    ("rgb", ["-rgb"]), ("restart", ["-restart", "1"]), ("gray", ["-grayscale", "-progressive"]),
]:
    made = subprocess.run(["cjpeg", "-quality", "60", *options], input=source, capture_output=True, check=True)
    write(f"{name}.jpg", made.stdout)
Image.fromarray(chance.integers(0, 256, (8, 8, 4)).astype(np.uint8), "CMYK").save(here / "ink.jpg", quality=95)
expect("ink.jpg")

# GIF
indexed = Image.fromarray(smooth(13, 10, 3)).quantize(30)
for interlaced in (0, 1):
    indexed.save(here / f"interlaced{interlaced}.gif", interlace=interlaced)
    expect(f"interlaced{interlaced}.gif")
indexed.save(here / "transparent.gif", transparency=2)
expect("transparent.gif")
Image.fromarray(chance.integers(0, 256, (80, 90)).astype(np.uint8)).save(here / "noise.gif")
expect("noise.gif")
frames = [Image.fromarray(np.roll(smooth(9, 9, 3), 2 * k, 1)).quantize(20 + k) for k in range(3)]
frames[0].save(here / "frames.gif", save_all=True, append_images=frames[1:])
expect("frames.gif")
# A picture that covers a part of the screen, with a table of its own and none for the screen
whole = (here / "interlaced0.gif").read_bytes()
table = whole[13:13 + 3 * 32]
start = whole.index(b"\x2c", 13 + 3 * 32)
write("part.gif", b"GIF87a" + struct.pack("<HHBBB", 14, 17, 0, 0, 0) + b"\x2c" + struct.pack("<HHHHB", 3, 2, 10, 13, 0x84)
      + table + whole[start + 10:])

# WebP
veiled = Image.fromarray(smooth(11, 14, 4))
for name, made, options in [
    ("lossy", picture, {"quality": 50}), ("lossless", picture, {"lossless": True}), ("veiled", veiled, {"quality": 50}),
    ("veiled-lossless", veiled, {"lossless": True}),
]:
    made.save(here / f"{name}.webp", **options)
    expect(f"{name}.webp")
frames = [Image.fromarray(np.roll(smooth(9, 9, 3), 2 * k, 1)) for k in range(3)]
frames[0].save(here / "frames.webp", save_all=True, append_images=frames[1:])
expect("frames.webp")

# BMP without the header of a file
for name, made in [("bare-gray", Image.fromarray(smooth(5, 7, 1)[..., 0])), ("bare-color", Image.fromarray(smooth(5, 7, 3)))]:
    made.save(here / f"{name}.dib")
    expect(f"{name}.dib")

# Netpbm
for largest in (1, 7, 255, 1023, 65535):
    pixels = chance.integers(0, largest + 1, (3, 5, 3))
    stored = pixels.astype(">u2" if largest > 255 else np.uint8).tobytes()
    white = 65535 if largest > 255 else 255
    numbers = np.rint(pixels / largest * white).astype(np.uint16 if largest > 255 else np.uint8)
    write(f"bytes{largest}.ppm", b"P6\n5 3\n%d\n" % largest + stored, numbers)
    write(f"text{largest}.ppm", b"P3\n#\n5 3\n%d\n" % largest + " ".join(map(str, pixels.ravel())).encode(), numbers)
for samples, kind in [(1, "GRAYSCALE"), (2, "GRAYSCALE_ALPHA"), (3, "RGB"), (4, "RGB_ALPHA")]:
    for largest in (1, 255, 65535):
        pixels = chance.integers(0, largest + 1, (3, 5, samples)).astype(np.uint16 if largest > 255 else np.uint8)
        header = f"P7\n# a note\nWIDTH 5\nHEIGHT 3\nDEPTH {samples}\nMAXVAL {largest}\nTUPLTYPE {kind}\nENDHDR\n".encode()
        white = 65535 if largest > 255 else 255
        numbers = pixels * np.array(white // largest, pixels.dtype)
        write(f"map{samples}-{largest}.pam", header + pixels.astype(">u2" if largest > 255 else np.uint8).tobytes(),
              on_white(numbers, white) if samples in (2, 4) else numbers)

np.savez_compressed(here / "expected.npz", **expected)
