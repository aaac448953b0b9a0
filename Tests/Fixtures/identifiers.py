"""Writes files of whole numbers that float32 has not, beside some that it has, into Tests/Fixtures/identifiers.

Run it with a Python that has NumPy:  python Tests/Fixtures/identifiers.py
"""

import json
import struct
from pathlib import Path

import numpy as np

here = Path(__file__).parent / "identifiers"
here.mkdir(exist_ok=True)

whole = np.array([[7, 2**24, 2**24 + 1], [2**31 + 1, 2**53 + 1, 2**40]], dtype=np.int64)
np.save(here / "i8.npy", whole)
np.save(here / "i8-fortran.npy", np.asfortranarray(whole))
np.save(here / "u8-big.npy", np.array([2**64 - 1, 2**63], dtype=">u8"))
np.save(here / "i4.npy", np.array([-(2**24) - 1, 5, 2**31 - 1], dtype=np.int32))
# Fractions are rounded too, which is no news; whole numbers among them are counted.
np.save(here / "f8.npy", np.array([0.1, 1 / 3, 16777217.5, 1e300, 2.0**60 + 256, 16777217.0]))
np.save(here / "exact.npy", np.array([0, 2**24, -(2**24), 2**30, 3 * 2**40], dtype=np.int64))
np.savez(here / "some.npz", a=whole[0], b=np.arange(5), c=whole[1])

numbers = np.array([16777217, 3], dtype=">i4")
(here / "i4.idx").write_bytes(bytes([0, 0, 0x0C, 1]) + struct.pack(">I", 2) + numbers.tobytes())

header = json.dumps({"id": {"dtype": "I64", "shape": [2], "data_offsets": [0, 16]}}).encode()
(here / "id.safetensors").write_bytes(struct.pack("<Q", len(header)) + header + np.array([3, 2**53 + 1]).tobytes())

(here / "numbers.csv").write_text("0.1,16777217\n123456789.5,16777216\n123456789,1e300\n")
(here / "named.csv").write_text("id,value\n16777217,0.1\n9007199254740991,0.2\n")
