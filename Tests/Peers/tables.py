"""What Gan writes, read back by those who made the formats: NumPy, pandas, json, safetensors and TensorBoard. `make test-peers` runs it with
the program in GAN."""

import json
import math
import os
import subprocess
import tempfile
import unittest

import numpy
import pandas
import safetensors.numpy
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

GAN = os.environ.get("GAN", ".build/release/gan")


class Peers(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def path(self, name):
        return os.path.join(self.folder.name, name)

    def gan(self, program):
        """What a program prints; it runs in the test's own folder."""
        done = subprocess.run(
            [os.path.abspath(GAN), "-e", program], cwd=self.folder.name, capture_output=True, text=True, timeout=120)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    X = "x = tensor([[1, 2.5, -3], [0.1, infinity, 1e-20]])"
    EXPECTED = numpy.array([[1, 2.5, -3], [0.1, numpy.inf, 1e-20]], dtype=numpy.float32)

    def same(self, array, expected=None):
        expected = self.EXPECTED if expected is None else expected
        self.assertEqual(array.dtype, numpy.float32)
        self.assertEqual(array.shape, expected.shape)
        numpy.testing.assert_array_equal(array, expected)

    def test_npy(self):
        self.gan(f'{self.X}; save x, "x.npy"; save tensor(7), "scalar.npy"; save zeros([0, 3]), "empty.npy"')
        self.same(numpy.load(self.path("x.npy")))
        self.same(numpy.load(self.path("scalar.npy")), numpy.float32(7))
        self.same(numpy.load(self.path("empty.npy")), numpy.zeros((0, 3), numpy.float32))
        self.same(numpy.load(self.path("x.npy"), mmap_mode="r"))

    def test_npz(self):
        self.gan(f'{self.X}; r = {{x: x}}; r["größe"] = tensor([1, 2]); save r, "x.npz"')
        with numpy.load(self.path("x.npz")) as file:
            self.assertEqual(file.files, ["x", "größe"])
            self.same(file["x"])
            self.same(file["größe"], numpy.array([1, 2], numpy.float32))

    def test_safetensors(self):
        self.gan(
            f'{self.X}; save {{x: x, y: tensor([1, 2])}}, "x.safetensors"; '
            'D = net input: [3] { dense 2 }; save D, "net.safetensors"')
        arrays = safetensors.numpy.load_file(self.path("x.safetensors"))
        self.assertEqual(sorted(arrays), ["x", "y"])
        self.same(arrays["x"])
        net = safetensors.numpy.load_file(self.path("net.safetensors"))
        self.assertEqual(sorted(a.shape for a in net.values()), [(2,), (3, 2)])

    def test_csv_of_a_tensor(self):
        self.gan(f'{self.X}; save x, "x.csv"')
        numpy.testing.assert_array_equal(numpy.loadtxt(self.path("x.csv"), delimiter=",", dtype=numpy.float32), self.EXPECTED)
        read = pandas.read_csv(self.path("x.csv"), header=None).to_numpy(numpy.float32)
        numpy.testing.assert_array_equal(read, self.EXPECTED)

    def test_csv_of_columns(self):
        self.gan(
            'save {step: [1, 2, 3], loss: [0.5, none, nan], note: ["a, b", "say \\"x\\"", "two\\nlines"], done: [true, false, true],'
            ' name: ["λ", "", none]}, "x.csv"')
        table = pandas.read_csv(self.path("x.csv"))
        self.assertEqual(list(table.columns), ["step", "loss", "note", "done", "name"])
        self.assertEqual(list(table.step), [1, 2, 3])
        self.assertEqual(table.loss[0], 0.5)
        self.assertTrue(math.isnan(table.loss[1]) and math.isnan(table.loss[2]))
        self.assertEqual(list(table.note), ["a, b", 'say "x"', "two\nlines"])
        self.assertEqual(list(table.done), [True, False, True])
        self.assertEqual(table.name[0], "λ")

    def test_csv_of_one_column(self):
        self.gan('save {a: ["x", none, "y"]}, "x.csv"')
        table = pandas.read_csv(self.path("x.csv"))
        self.assertEqual(len(table), 3)
        self.assertTrue(pandas.isna(table.a[1]))

    VALUE = (
        '{name: "quote \\" back \\\\ λ 😀\\n", n: 3, x: 0.1, big: 1e300, yes: true, nothing: none, list: [1, [2, []], {}],'
        ' tensor: tensor([[1, 2], [3, 4]]), range: 0..3}')
    DATA = {
        "name": 'quote " back \\ λ 😀\n', "n": 3, "x": 0.1, "big": 1e300, "yes": True, "nothing": None, "list": [1, [2, []], {}],
        "tensor": [[1, 2], [3, 4]], "range": [0, 1, 2],
    }

    def test_json(self):
        self.gan(f'save {self.VALUE}, "x.json"; save [nan, -infinity, 1], "odd.json"')
        with open(self.path("x.json"), encoding="utf-8") as file:
            data = json.load(file)
        self.assertEqual(data, self.DATA)
        self.assertEqual(list(data), list(self.DATA))
        with open(self.path("odd.json")) as file:
            self.assertEqual(json.load(file), [None, None, 1])

    def test_json_lines(self):
        self.gan(f'save [{self.VALUE}, 1, "a\\nb"], "x.jsonl"')
        with open(self.path("x.jsonl"), encoding="utf-8") as file:
            self.assertEqual([json.loads(line) for line in file], [self.DATA, 1, "a\nb"])
        self.gan('save [{a: 1, b: "x"}, {a: 2, b: "y"}], "rows.jsonl"')
        table = pandas.read_json(self.path("rows.jsonl"), lines=True)
        self.assertEqual(table.to_dict("list"), {"a": [1, 2], "b": ["x", "y"]})

    def test_text(self):
        self.gan('save "größer\\n\\t😀", "x.txt"')
        with open(self.path("x.txt"), encoding="utf-8", newline="") as file:
            self.assertEqual(file.read(), "größer\n\t😀")

    def test_events(self):
        self.gan(
            'log = event_log("events"); for i in 0..5 { write_scalar log, "loss", i / 4, step: i };'
            ' write_histogram log, "w", tensor([1, 2, 3]), step: 4')
        events = EventAccumulator(self.path("events"), size_guidance={"scalars": 0, "histograms": 0})
        events.Reload()
        self.assertEqual([(e.step, e.value) for e in events.Scalars("loss")], [(i, i / 4) for i in range(5)])
        histogram = events.Histograms("w")[0].histogram_value
        self.assertEqual((histogram.num, histogram.min, histogram.max, histogram.sum), (3, 1, 3, 6))

    def test_what_peers_write_is_read(self):
        """The other way: what NumPy, pandas, json and safetensors write."""
        numpy.savetxt(self.path("blanks.csv"), [[1, 2], [3, 4.5]], header="made by savetxt, with a header")
        self.assertEqual(self.gan('print load("blanks.csv")'), "[[1, 2], [3, 4.5]]\n")
        pandas.DataFrame({"a": [1.5, None], "b": ["x", "y, z"]}).to_csv(self.path("frame.csv"), index=False)
        self.assertEqual(self.gan('print load("frame.csv")'), '{a: [1.5, nan], b: ["x", "y, z"]}\n')
        with open(self.path("x.json"), "w") as file:
            json.dump(self.DATA, file)
        self.assertEqual(self.gan('d = load("x.json"); print d.list, d.name == "quote \\" back \\\\ λ 😀\\n", d.nothing'),
                         "[1, [2, []], {}] true none\n")
        arrays = {"f": numpy.asfortranarray(self.EXPECTED), "big": self.EXPECTED.astype(">f8"), "half": numpy.float16([1, 2]),
                  "bits": numpy.array([True, False])}
        numpy.savez(self.path("x.npz"), **arrays)
        numpy.savez_compressed(self.path("y.npz"), **arrays)
        for name in ("x.npz", "y.npz"):
            self.assertEqual(
                self.gan(f'd = load("{name}"); print keys(d), mean(d.f == d.big), d.half, d.bits'),
                '["f", "big", "half", "bits"] 1 [1, 2] [1, 0]\n')
        safetensors.numpy.save_file({"x": self.EXPECTED}, self.path("x.safetensors"))
        self.assertEqual(self.gan('print load("x.safetensors").x[0]'), "[1, 2.5, -3]\n")


if __name__ == "__main__":
    unittest.main(verbosity=2)
