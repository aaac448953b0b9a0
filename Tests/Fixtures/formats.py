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
Image.fromarray(pattern(7, 13, 1)[..., 0]).save(here / "grey.png")
Image.fromarray(pattern(7, 13, 3)).save(here / "colour.png")
Image.fromarray(pattern(7, 13, 4)).save(here / "alpha.png")
Image.fromarray(pattern(7, 13, 2), mode="LA").save(here / "grey-alpha.png")
Image.fromarray(pattern(7, 13, 1)[..., 0].astype(np.uint16) * 257).save(here / "grey16.png")
Image.fromarray(pattern(7, 13, 1)[..., 0] > 127).save(here / "bits.png")
palette = Image.fromarray(pattern(7, 13, 1)[..., 0] % 4, mode="P")
palette.putpalette([0, 0, 0, 255, 0, 0, 0, 255, 0, 10, 20, 30])
palette.save(here / "palette.png")
palette.save(here / "palette-transparent.png", transparency=1)

# JPEG, and what Pillow makes of it
for name, picture, options in [
    ("grey", Image.fromarray(smooth(21, 34, 1)[..., 0]), {}),
    ("colour", Image.fromarray(smooth(21, 34, 3)), {}),
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

# Other kinds of picture, which are refused by name
# Netpbm's formats, by Pillow where it writes them, else by hand; Pillow reads all, and its pixels are what is expected.
Image.fromarray(pattern(7, 13, 1)[..., 0]).save(here / "grey.pgm")
Image.fromarray(pattern(7, 13, 3)).save(here / "colour.ppm")
Image.fromarray(pattern(7, 13, 1)[..., 0] > 127).save(here / "bits.pbm")
few = pattern(7, 13, 3).astype(int) % 12
(here / "text.ppm").write_bytes(b"P3 # few colours\n13\n#\n7 11\n" + " ".join(str(v) for v in few.ravel()).encode())
(here / "text.pbm").write_bytes(b"P1\n13 7\n" + b"".join(b"1" if v > 127 else b"0" for v in pattern(7, 13, 1).ravel()))
(here / "low.pgm").write_bytes(b"P5\n13 7\n100\n" + bytes(v % 101 for v in pattern(7, 13, 1).ravel().tolist()))
for name in ["text.ppm", "text.pbm", "low.pgm"]:
    np.save(here / f"{name.replace('.', '-')}.npy", np.asarray(Image.open(here / name).convert("RGB" if name == "text.ppm" else "L")))
(here / "wide.pgm").write_bytes(b"P5\n13 7\n65535\n" + (pattern(7, 13, 1).astype(">u2") * 257).tobytes())

Image.fromarray(pattern(7, 13, 1)[..., 0]).save(here / "picture.gif")
Image.fromarray(pattern(7, 13, 3)).save(here / "picture.bmp")
Image.fromarray(pattern(7, 13, 3)).save(here / "picture.webp")

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
