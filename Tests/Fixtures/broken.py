"""Writes the damaged files of `broken/`, which the scripts of `Tests/Scripts/nonsense` try to load.

Needs NumPy, Pillow and safetensors:  python3 Tests/Fixtures/broken.py
"""

import gzip
import io
import pathlib
import struct

import numpy
from PIL import Image
from safetensors.numpy import save

here = pathlib.Path(__file__).parent / "broken"
here.mkdir(exist_ok=True)
pixels = (numpy.arange(28 * 28, dtype=numpy.uint32) * 37 % 251).astype(numpy.uint8).reshape(28, 28)


def image(kind):
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, kind)
    return buffer.getvalue()


def saved(function, *arguments, **named):
    buffer = io.BytesIO()
    function(buffer, *arguments, **named)
    return buffer.getvalue()


def write(name, data):
    (here / name).write_bytes(data)


text = b"This is a text, whatever its name may say.\n"
for name in ("text.png", "text.jpg", "text.npy"):
    write(name, text)
write("empty.png", b"")
write("truncated.png", image("PNG")[:120])
write("truncated.jpg", image("JPEG")[:100])
idx = struct.pack(">BBBBIII", 0, 0, 8, 3, 2, 28, 28) + pixels.tobytes() * 2
write("truncated-images-idx3-ubyte", idx[:-500])
write("truncated-images-idx3-ubyte.gz", gzip.compress(idx, mtime=0)[:-60])
write("huge-images-idx3-ubyte", struct.pack(">BBBBIII", 0, 0, 8, 3, 4_000_000_000, 4_000_000_000, 28) + b"1234")
write("truncated.npz", saved(numpy.savez_compressed, x=pixels)[:-40])
npy = saved(numpy.save, pixels)
write("truncated.npy", npy[:-100])
write("huge.npy", npy.replace(b"(28, 28)", b"(2" + b"9" * 5 + b",)"))
write("truncated.safetensors", save({"x": pixels.astype(numpy.float32)})[:-100])
write("ragged.csv", b"a,b,c\n1,2,3\n4,5\n6,7,8\n")
(here / "folder").mkdir(exist_ok=True)
(here / "folder" / "README").write_text("An empty folder of images: this file is not one.\n")
