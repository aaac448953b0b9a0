"""The kernel under Jupyter's own programs: nbclient over the examples, papermill, jupyter console."""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from nbformat import v4

ROOT = pathlib.Path(__file__).resolve().parents[3]
GAN = os.path.abspath(os.environ["GAN"])


def run_notebook(notebook, folder, **options):
    NotebookClient(notebook, timeout=300, kernel_name="gan", resources={"metadata": {"path": str(folder)}}, **options).execute()
    nbformat.validate(notebook)
    return notebook


def outputs(notebook):
    return [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]


class Examples(unittest.TestCase):
    """Each example as a notebook, from its folder, with a training of a few steps."""

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.place = pathlib.Path(cls.folder.name) / "examples"
        shutil.copytree(ROOT / "examples", cls.place, ignore=shutil.ignore_patterns("*.png", "*.gif", "claims", "experiments"))

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def shortened(self, text):
        text = re.sub(r"\bsteps: \d+, every: \d+", "steps: 4, every: 2", text)
        text = re.sub(r"\b(train \w+), steps: \d+", r"\1, steps: 4", text)
        text = re.sub(r"\bepochs: \d+, every: \d+", "steps: 4, every: 2", text)
        return re.sub(r"^stages = \[[^\]]*\]", "stages = [0, 2, 4]", text, flags=re.M)

    def check(self, name):
        program, notebook = self.place / f"{name}.gan", self.place / f"{name}.ipynb"
        program.write_text(self.shortened(program.read_text()))
        subprocess.run([GAN, "convert", program, notebook], check=True, capture_output=True)
        done = run_notebook(nbformat.read(notebook, 4), self.place)
        self.assertTrue(outputs(done), name)


def add_example(name):
    setattr(Examples, "test_" + name.replace("-", "_"), lambda self: self.check(name))


# Measures of many samples, whatever the training: minutes.
LONG = {"evaluate", "mean_images", "seed-faults", "animation", "resume"}
for path in sorted((ROOT / "examples").glob("*.gan")):
    if path.stem not in LONG:
        add_example(path.stem)


class Programs(unittest.TestCase):
    def test_outputs_of_all_kinds_are_kept(self):
        cells = ["print 1", "show image(tensor([[0, 1]]))", "[{a: 1}, {a: 2}]", 'note "n"', "help print", 'for i in 1..40 { live { print "f {i}" }; sleep 0.02 }']
        done = run_notebook(v4.new_notebook(cells=[v4.new_code_cell(cell) for cell in cells]), tempfile.gettempdir())
        found = [[(o.output_type, o.get("name"), sorted(o.get("data", {}))) for o in cell.outputs] for cell in done.cells]
        self.assertEqual(found[0], [("stream", "stdout", [])])
        self.assertEqual(found[1], [("display_data", None, ["image/png", "text/plain"])])
        self.assertEqual(found[2], [("execute_result", None, ["text/html", "text/plain"])])
        self.assertEqual(found[3], [("stream", "stderr", [])])
        self.assertEqual(found[4], [("stream", "stdout", [])])
        self.assertEqual([o.data["text/plain"] for o in done.cells[5].outputs], ["f 39"])
        self.assertEqual([cell.execution_count for cell in done.cells], [1, 2, 3, 4, 5, 6])

    def test_numbers_of_a_run_are_a_table_where_nothing_can_be_moved(self):
        cells = ["knobs {step: 3, optimizer: adam(0.001)}"]
        done = run_notebook(v4.new_notebook(cells=[v4.new_code_cell(cell) for cell in cells]), tempfile.gettempdir())
        data = outputs(done)[0].data
        self.assertIn("optimizer.rate", data["text/plain"])
        self.assertIn('>optimizer.rate</td>', data["text/html"])
        for text in ("text/plain", "text/html"):
            self.assertIn("pip install ipywidgets", data[text])
        view = data["application/vnd.jupyter.widget-view+json"]
        states = done.metadata["widgets"]["application/vnd.jupyter.widget-state+json"]["state"]
        self.assertEqual(states[view["model_id"]]["model_name"], "VBoxModel")

    def test_an_error_ends_a_notebook(self):
        notebook = v4.new_notebook(cells=[v4.new_code_cell(cell) for cell in ["print 1", "nothing", "print 2"]])
        with self.assertRaises(CellExecutionError) as caught:
            run_notebook(notebook, tempfile.gettempdir())
        self.assertIn("there is no `nothing`", str(caught.exception))
        done = run_notebook(v4.new_notebook(cells=notebook.cells), tempfile.gettempdir(), allow_errors=True)
        self.assertEqual([o.output_type for o in outputs(done)], ["stream", "error", "stream"])

    def test_papermill(self):
        with tempfile.TemporaryDirectory() as folder:
            source, target = folder + "/a.ipynb", folder + "/b.ipynb"
            nbformat.write(v4.new_notebook(cells=[v4.new_code_cell("print 6 * 7")], metadata={"kernelspec": {"name": "gan", "display_name": "Gan", "language": "gan"}}), source)
            done = subprocess.run(
                [sys.executable, "-m", "papermill", source, target, "--no-progress-bar"], capture_output=True, text=True, timeout=120)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertEqual(outputs(nbformat.read(target, 4))[0].text, "42\n")

    def test_console(self):
        done = subprocess.run(
            [sys.executable, "-m", "jupyter_console", "--kernel", "gan", "--simple-prompt"], input="x = 6\nx * 7\nexit()\n",
            capture_output=True, text=True, timeout=120)
        self.assertIn("42", done.stdout)
        self.assertIn("Gan", done.stdout)


if __name__ == "__main__":
    unittest.main()
