"""Writes the files of `tables/`: tables, archives and texts of the odd kinds that the world has. Needs NumPy:
python3 Tests/Fixtures/tables.py
"""

import io
import pathlib
import struct
import zipfile
import zlib

import numpy

here = pathlib.Path(__file__).parent / "tables"
here.mkdir(exist_ok=True)


def write(name, data):
    (here / name).write_bytes(data if isinstance(data, bytes) else data.encode())


write("hash.csv", "color,count\n#ff0000,3\n#00ff00,5\nblue,7\n")
write("remarks.csv", "# made by hand, in May\nx,y\n1,2\n# half, way, through\n3,4\n")
write("latin1.csv", "name,score\nJosé,1\nMüller,2\n".encode("latin-1"))
write("1252.csv", "name,price\n“Zoë”,€5\n".encode("cp1252"))
write("utf16.csv", "name,score\nJosé,1\n😀,2\n".encode("utf-16"))
write("bom.csv", b"\xef\xbb\xbfname,score\nJos\xc3\xa9,1\n")
write("na.csv", "x,y,name\n0.1,0.2,a\n0.3,NA,\n0.5,null,NA\n,nan,none\n")
write("no_header.csv", "0.1,0.2,a\n0.3,0.4,b\n0.5,0.6,a\n")
write("blanks.csv", "1.0 2.0\n3.0 4.0\n")
write("aligned.csv", "# x     y\n  1.0   2.0 \n 10.0  20.0 \n")
write("doubled.csv", "a,b,a,,a\n1,2,x,3,5\n")
write("words.csv", "zip,id,hex,year,yes\n08123,1e5,0x1F,2001,True\n10115,abc,0xFF,1999,FALSE\n")
write("quoted.csv", '"id","n"\n"007","1"\n"008","2"\n')
write("quoted_beside.csv", 'id,n\n"7",1\n"8",2\n')
write("long.csv", "id\n9007199254740993\n5\n")
write("decimal.csv", "x;y\n1,5;a\n2,25;b\n")
write("bars.csv", "a|b, c\n1|x\n")
write("cells.csv", 'a,b\n"one\ntwo","say ""x"""\n"a,b",\n')
write("cr.csv", "a,b\r1,2\r3,4\r")
write("crlf.csv", 'a,b\r\n1,"x\r\ny"\r\n3,4\r\n')
write("header_alone.csv", "a,b\n")
write("empty.csv", "")
write("years.csv", "country,2001,2002\nA,1,2\n")
write("question.csv", "x,y\n1,?\n-,3\n")


def saved(array):
    buffer = io.BytesIO()
    numpy.save(buffer, array, allow_pickle=True)
    return buffer.getvalue()


members = {
    "x": numpy.arange(3.0), "names": numpy.array(["a", "bcd"]), "things": numpy.array([1, "a"], dtype=object),
    "waves": numpy.array([1 + 2j]), "pairs": numpy.array([(1, 2.0)], dtype=[("n", "i4"), ("v", "f8")]),
    "day": numpy.array(["2020-01-01"], dtype="datetime64[D]"), "big": numpy.arange(4, dtype=">i2"),
    "columns": numpy.asfortranarray(numpy.arange(6, dtype="f2").reshape(2, 3)), "bits": numpy.array([True, False]),
}
# Fixed dates: the same program always writes the same files.
with zipfile.ZipFile(here / "members.npz", "w") as archive:
    for name, array in members.items():
        archive.writestr(zipfile.ZipInfo(name + ".npy"), saved(array), zipfile.ZIP_DEFLATED)
    archive.writestr(zipfile.ZipInfo("notes.txt"), "made by hand")
with zipfile.ZipFile(here / "texts.npz", "w") as archive:
    archive.writestr(zipfile.ZipInfo("names.npy"), saved(members["names"]))
with zipfile.ZipFile(here / "zip64.npz", "w") as archive:
    with archive.open(zipfile.ZipInfo("x.npy"), "w", force_zip64=True) as member:
        member.write(saved(members["x"]))


def archive(entries, zip64=False):
    """A zip archive of (name, place of the local header, packed bytes, checksum, size); the local headers stand in front."""
    local, places = b"", []
    for name, data in entries:
        packed = zlib.compressobj(9, zlib.DEFLATED, -15)
        packed = packed.compress(data) + packed.flush()
        shared = struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, 0x21, zlib.crc32(data), len(packed), len(data), len(name), 0)
        places.append((name, shared, len(local), len(packed), len(data), zlib.crc32(data)))
        local += struct.pack("<I", 0x04034B50) + shared + name + packed
    return local, places


def directory(local, records, large):
    text = b""
    for name, crc, packed, size, place in records:
        numbers = (0xFFFFFFFF, 0xFFFFFFFF) if large else (packed, size)
        extra = struct.pack("<HHQQQ", 1, 24, size, packed, place) if large else b""
        text += struct.pack(
            "<IHHHHHHIIIHHHHHII", 0x02014B50, 20, 20, 0, 8, 0, 0x21, crc, *numbers, len(name), len(extra), 0, 0, 0, 0,
            0xFFFFFFFF if large else place) + name + extra
    start, end = len(local), b""
    if large:
        end += struct.pack("<IQHHIIQQQQ", 0x06064B50, 44, 45, 45, 0, 0, len(records), len(records), len(text), start)
        end += struct.pack("<IIQI", 0x07064B50, 0, start + len(text), 1)
        end += struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    else:
        end += struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, len(records), len(records), len(text), start, 0)
    return local + text + end


local, places = archive([(b"x.npy", saved(members["x"]))])
(name, _, place, packed, size, crc) = places[0]
# All numbers of the directory stand in the fields of zip64, as in an archive of more than 4 GiB.
write("large.npz", directory(local, [(name, crc, packed, size, place)], True))
# Many names for the same packed bytes: a small file that unfolds to much.
write("overlap.npz", directory(local, [(b"x%d.npy" % n, crc, packed, size, place) for n in range(50)], False))
write("data.json", '{"name": "λ \\ud83d\\ude00\\n", "list": [1, -2.5e3, true, null, {}], "inner": {"b": 1, "a": 2}}\n')
write("nan.json", "[NaN, Infinity, -Infinity]")
write("rows.jsonl", '{"a": 1}\n\n{"a": 2}\n')
write("broken.json", '{"a": 1,\n "b": [1, 2\n "c": 3}\n')
write("deep.json", "[" * 1000)
write("twice.json", '{"a": 1, "a": 2}')
write("lines.txt", b"\xef\xbb\xbfone\r\ntwo\rthree\n")
write("latin1.txt", "Größe\n".encode("latin-1"))
