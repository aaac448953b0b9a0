"""Writes the files of Tests/Fixtures/formats with NumPy, Pillow and safetensors.

Run it with a Python that has them:  python Tests/Fixtures/formats.py
"""

import gzip
import json
import struct
from pathlib import Path

import numpy as np
from PIL import Image
from safetensors.numpy import save_file

here = Path(__file__).parent / "formats"
here.mkdir(exist_ok=True)


def pattern(height, width, channels):
    """The picture that the tests know by its formula: 17 x + 31 y + 63 c, modulo 256."""
    y, x, c = np.mgrid[:height, :width, :channels]
    return ((17 * x + 31 * y + 63 * c) % 256).astype(np.uint8)


def smooth(height, width, channels):
    """A picture that JPEG keeps well."""
    y, x, c = np.mgrid[:height, :width, :channels].astype(float)
    return (127 + 90 * np.sin(x / 9 + c) + 35 * np.cos(y / 7 - c)).clip(0, 255).astype(np.uint8)


# PNG
Image.fromarray(pattern(7, 13, 1)[..., 0]).save(here / "gray.png")
Image.fromarray(pattern(7, 13, 3)).save(here / "color.png")
Image.fromarray(pattern(7, 13, 4)).save(here / "alpha.png")
Image.fromarray(pattern(7, 13, 2), mode="LA").save(here / "gray-alpha.png")
Image.fromarray(pattern(7, 13, 1)[..., 0].astype(np.uint16) * 257).save(here / "gray16.png")
Image.fromarray(pattern(7, 13, 1)[..., 0] > 127).save(here / "bits.png")
palette = Image.fromarray(pattern(7, 13, 1)[..., 0] % 4, mode="P")
palette.putpalette([0, 0, 0, 255, 0, 0, 0, 255, 0, 10, 20, 30])
palette.save(here / "palette.png")
palette.save(here / "palette-transparent.png", transparency=1)

# JPEG, and what Pillow makes of it
for name, picture, options in [
    ("gray", Image.fromarray(smooth(21, 34, 1)[..., 0]), {}),
    ("color", Image.fromarray(smooth(21, 34, 3)), {}),
    ("progressive", Image.fromarray(smooth(21, 34, 3)), {"progressive": True}),
    ("ink", Image.fromarray(smooth(21, 34, 3)).convert("CMYK"), {}),
    ("large", Image.fromarray(smooth(160, 240, 1)[..., 0]), {}),
]:
    picture.save(here / f"{name}.jpg", quality=90, **options)
    with Image.open(here / f"{name}.jpg") as read:
        pixels = np.asarray(read.convert("RGB") if name == "ink" else read)
        if name != "large":
            np.save(here / f"{name}-jpg.npy", pixels)
        else:
            np.save(here / "large-jpg-40x60.npy", np.asarray(read.resize((60, 40), Image.BOX)))

# Other kinds of picture
# Netpbm's formats, by Pillow where it writes them, else by hand; Pillow reads all, and its pixels are what is expected.
Image.fromarray(pattern(7, 13, 1)[..., 0]).save(here / "gray.pgm")
Image.fromarray(pattern(7, 13, 3)).save(here / "color.ppm")
Image.fromarray(pattern(7, 13, 1)[..., 0] > 127).save(here / "bits.pbm")
few = pattern(7, 13, 3).astype(int) % 12
(here / "text.ppm").write_bytes(b"P3 # few colors\n13\n#\n7 11\n" + " ".join(str(v) for v in few.ravel()).encode())
(here / "text.pbm").write_bytes(b"P1\n13 7\n" + b"".join(b"1" if v > 127 else b"0" for v in pattern(7, 13, 1).ravel()))
(here / "low.pgm").write_bytes(b"P5\n13 7\n100\n" + bytes(v % 101 for v in pattern(7, 13, 1).ravel().tolist()))
for name in ["text.ppm", "text.pbm", "low.pgm"]:
    np.save(here / f"{name.replace('.', '-')}.npy", np.asarray(Image.open(here / name).convert("RGB" if name == "text.ppm" else "L")))
(here / "wide.pgm").write_bytes(b"P5\n13 7\n65535\n" + (pattern(7, 13, 1).astype(">u2") * 257).tobytes())

Image.fromarray(pattern(7, 13, 1)[..., 0]).save(here / "picture.gif")
Image.fromarray(pattern(7, 13, 3)).save(here / "picture.bmp")
Image.fromarray(pattern(7, 13, 3)).save(here / "picture.webp")

# BMP: what Pillow does not write is written by hand; Pillow reads all, and its pixels are what is expected.
def bitmap(name, bits, rows, compression=0, palette=b"", masks=b"", header=40, top_down=False, height=7):
    """A BMP of 13 pixels a row; `rows` are the bytes of its pixels, `masks` what stands behind the 40 bytes of the header."""
    if header == 12:
        info = struct.pack("<IHHHH", 12, 13, height, 1, bits)
    else:
        used = len(palette) // 4
        info = struct.pack(
            "<IiiHHIIiiII", header, 13, -height if top_down else height, 1, bits, compression, len(rows), 0, 0, used, 0)
    start = 14 + len(info) + len(masks) + len(palette)
    file = b"BM" + struct.pack("<IHHI", start + len(rows), 0, 0, start) + info + masks + palette + rows
    (here / name).write_bytes(file)


def packed(picture, bits):
    """Rows of places in a table, `bits` each, from the bottom up, in whole groups of 4 bytes."""
    rows = b""
    for row in picture[::-1]:
        digits = "".join(format(int(v), f"0{bits}b") for v in row)
        digits += "0" * (-len(digits) % 32)
        rows += int(digits, 2).to_bytes(len(digits) // 8, "big")
    return rows


def table(count):
    """Colors, blue first, with a fourth byte that means nothing."""
    return b"".join(bytes([(7 * i) % 256, (40 + 11 * i) % 256, (255 - 13 * i) % 256, 0]) for i in range(count))


gray7 = pattern(7, 13, 1)[..., 0]
rgb7 = pattern(7, 13, 3).astype(np.uint32)
Image.fromarray(gray7).save(here / "gray.bmp")
Image.fromarray(gray7 > 127).save(here / "bits.bmp")
bitmap("colors1.bmp", 1, packed(gray7 % 2, 1), palette=table(2))
bitmap("colors4.bmp", 4, packed(gray7 % 11, 4), palette=table(11))
bitmap("colors8.bmp", 8, packed(gray7 % 200, 8), palette=table(200))
bitmap("core.bmp", 8, packed(gray7, 8), palette=b"".join(table(256)[4 * i:4 * i + 3] for i in range(256)), header=12)
padded = np.concatenate([pattern(7, 13, 3)[..., ::-1].reshape(7, 39), np.zeros((7, 1), np.uint8)], axis=1)
bitmap("top-down.bmp", 24, padded.tobytes(), top_down=True)
pairs555 = (rgb7[..., 0] >> 3) << 10 | (rgb7[..., 1] >> 3) << 5 | rgb7[..., 2] >> 3
pairs565 = (rgb7[..., 0] >> 3) << 11 | (rgb7[..., 1] >> 2) << 5 | rgb7[..., 2] >> 3


def rows16(pairs):
    return np.pad(pairs, ((0, 0), (0, 1))).astype("<u2")[::-1].tobytes()


bitmap("555.bmp", 16, rows16(pairs555))
bitmap("565.bmp", 16, rows16(pairs565), 3, masks=struct.pack("<III", 0xF800, 0x7E0, 0x1F))
words = rgb7[..., 0] << 16 | rgb7[..., 1] << 8 | rgb7[..., 2]
bitmap("32.bmp", 32, words.astype("<u4")[::-1].tobytes())
swapped = rgb7[..., 0] << 24 | rgb7[..., 1] << 16 | rgb7[..., 2] << 8
bitmap("32-masks.bmp", 32, swapped.astype("<u4")[::-1].tobytes(), 3, masks=struct.pack("<III", 0xFF000000, 0xFF0000, 0xFF00))
rgba7 = pattern(7, 13, 4).astype(np.uint32)
opaque = rgba7[..., 3] << 24 | rgba7[..., 0] << 16 | rgba7[..., 1] << 8 | rgba7[..., 2]
five = struct.pack("<IIII", 0xFF0000, 0xFF00, 0xFF, 0xFF000000) + b"BGRs" + bytes(48 + 16)
bitmap("alpha.bmp", 32, opaque.astype("<u4")[::-1].tobytes(), 3, masks=five, header=124)
# Runs: repeated places, places one by one (an odd number of bytes is filled up), a jump, rows that end early.
runs8 = bytes([13, 5, 0, 0, 4, 1, 0, 5, 1, 2, 3, 4, 5, 0, 4, 9, 0, 0, 0, 4, 6, 7, 8, 9, 0, 0, 0, 2, 3, 1, 5, 2, 0, 0, 13, 3, 0, 0, 13, 4, 0, 1])
bitmap("runs8.bmp", 8, runs8, 1, palette=table(16))
runs4 = bytes([13, 0x5A, 0, 0, 4, 0x11, 0, 5, 0x12, 0x34, 0x50, 0, 4, 0x99, 0, 0, 0, 7, 0x67, 0x89, 0xAB, 0xC0, 0, 0, 0, 2, 3, 1, 5, 0x2E, 0, 0,
               13, 0x33, 0, 0, 13, 0x4F, 0, 1])
bitmap("runs4.bmp", 4, runs4, 2, palette=table(16))
for path in sorted(here.glob("*.bmp")):
    read = Image.open(path)
    gray = read.mode in ("1", "L")
    np.save(here / f"{path.stem}-bmp.npy", np.asarray(read.convert("L" if gray else "RGBA" if read.mode == "RGBA" else "RGB")))

# Resizing: Pillow's triangle and cubic filters, and means over exactly covered areas
# (far enough from black and white for nothing to be cut off between Pillow's two passes)
source = pattern(9, 14, 3) // 2 + 60
np.save(here / "resize-source.npy", source)
picture = Image.fromarray(source)
np.save(here / "resize-linear-20x31.npy", np.asarray(picture.resize((31, 20), Image.BILINEAR)))
np.save(here / "resize-cubic-20x31.npy", np.asarray(picture.resize((31, 20), Image.BICUBIC)))
np.save(here / "resize-linear-4x5.npy", np.asarray(picture.resize((5, 4), Image.BILINEAR)))
np.save(here / "resize-cubic-4x5.npy", np.asarray(picture.resize((5, 4), Image.BICUBIC)))


def covered(old, new):
    edges = np.arange(new + 1) * old / new
    low = np.maximum(edges[:-1, None], np.arange(old)[None])
    high = np.minimum(edges[1:, None], np.arange(1, old + 1)[None])
    return np.maximum(high - low, 0) * new / old


area = np.einsum("ij,jkc,lk->ilc", covered(9, 4), source.astype(float), covered(14, 5))
np.save(here / "resize-area-4x5.npy", area.astype(np.float32))

# IDX
numbers = np.array([[0, 1, 2], [100, 120, 127]])
for name, code, kind in [
    ("u1", 8, ">u1"), ("i1", 9, ">i1"), ("i2", 11, ">i2"), ("i4", 12, ">i4"), ("f4", 13, ">f4"), ("f8", 14, ">f8"),
]:
    signed = numbers if kind == ">u1" else -numbers
    data = struct.pack(">BBBBii", 0, 0, code, 2, 2, 3) + signed.astype(kind).tobytes()
    (here / f"{name}.idx").write_bytes(data)
(here / "u1.idx.gz").write_bytes(gzip.compress((here / "u1.idx").read_bytes(), mtime=0))

# NPY
for kind in ["b1", "u1", "i1", "u2", "i2", "u4", "i4", "u8", "i8", "f2", "f4", "f8"]:
    array = (numbers > 1) if kind == "b1" else (numbers if kind[0] == "u" else -numbers).astype(kind)
    np.save(here / f"{kind}.npy", array)
    if array.itemsize > 1:
        np.save(here / f"{kind}-big.npy", array.astype(array.dtype.newbyteorder(">")))
np.save(here / "fortran.npy", np.asfortranarray(np.arange(24, dtype=np.float32).reshape(2, 3, 4)))
np.save(here / "scalar.npy", np.float32(3.5))
np.save(here / "vector.npy", np.arange(5, dtype=np.float32))
np.save(here / "empty.npy", np.zeros((0, 3), dtype=np.float32))
np.save(here / "structured.npy", np.zeros(2, dtype=[("a", "f4"), ("b", "i4")]))
np.save(here / "text.npy", np.array(["a", "b"]))
np.save(here / "complex.npy", np.array([1j]))
np.save(here / "objects.npy", np.array([{}, None], dtype=object), allow_pickle=True)
np.savez(here / "stored.npz", x=numbers.astype(np.float32), y=np.array([3, 1], dtype=np.int64))
np.savez_compressed(here / "packed.npz", x=np.zeros((50, 40), dtype=np.uint8), y=np.array([3, 1], dtype=np.int64))

# safetensors
save_file(
    {
        "f32": numbers.astype(np.float32), "f64": -numbers.astype(np.float64), "f16": numbers.astype(np.float16),
        "i8": -numbers.astype(np.int8), "i64": numbers.astype(np.int64), "u8": numbers.astype(np.uint8),
        "bool": numbers > 1, "scalar": np.array(2.5, dtype=np.float32),
    },
    here / "kinds.safetensors", metadata={"format": "np", "note": "λ \"quoted\""},
)
half = (np.array([1.0, -2.5, 3.140625], dtype=np.float32).view(np.uint32) >> 16).astype("<u2").tobytes()
header = json.dumps({"w": {"dtype": "BF16", "shape": [3], "data_offsets": [0, 6]}}).encode()
(here / "bfloat.safetensors").write_bytes(struct.pack("<Q", len(header)) + header + half)

# CSV
(here / "table.csv").write_text('x,"y, the ""second""",z\r\n1,2.5,-3e2\r\n"4", ,inf\r\n# a remark\r\n\r\n7,8,0x10\r\n')
np.savetxt(here / "numpy.csv", numbers / 7, delimiter=",")
