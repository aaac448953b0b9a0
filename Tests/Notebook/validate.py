"""Holds what `gan convert` and `gan run --ipynb` write against nbformat, Jupyter's own reader: `make test-notebook`."""

import pathlib
import random
import subprocess
import sys
import tempfile

import nbformat
from nbformat import v4

root = pathlib.Path(__file__).resolve().parents[2]
gan = sys.argv[1]
folder = pathlib.Path(tempfile.mkdtemp())


def run(*words):
    done = subprocess.run([gan, *map(str, words)], capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"gan {' '.join(map(str, words))}: {done.stderr}")


def read(path):
    """The notebook, valid, and laid out as Jupyter would write it."""
    text = path.read_text()
    notebook = nbformat.reads(text, 4)
    nbformat.validate(notebook)
    if nbformat.writes(notebook) + "\n" != text:
        sys.exit(f"{path}: Jupyter would write it in another way")
    return notebook


def programs():
    for place in ["examples", "stdlib", "Benchmarks", "Tests/Scripts"]:
        for path in sorted((root / place).rglob("*.gan")):
            try:
                path.read_text()
            except UnicodeDecodeError:
                continue
            yield path


def check_programs():
    count = 0
    for path in programs():
        notebook, back = folder / "a.ipynb", folder / "a.gan"
        run("convert", "--force", path, notebook)
        read(notebook)
        run("convert", "--force", notebook, back)
        if back.read_bytes() != path.read_bytes():
            sys.exit(f"{path} does not come back")
        count += 1
    print(f"{count} programs are valid notebooks and come back byte by byte")


def without_outputs(notebook):
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    return notebook


def check_notebooks(count):
    """Notebooks of random cells, by nbformat's own functions."""
    chance = random.Random(1)
    lines = ["", "x = 1", "## text", "# %%", "# %% [raw]", "fn f(x)", "print (", "}", '"""', "$x$", "  ", "# a", "été 🎲", "|> f", "#!x", "\\", "% y", "%% z"]
    for number in range(count):
        notebook = v4.new_notebook()
        if chance.random() < 0.5:
            notebook.metadata["authors"] = [{"name": "A"}]
        for _ in range(chance.randrange(6)):
            source = "\n".join(chance.choice(lines) for _ in range(chance.randrange(5)))
            make = chance.choice([v4.new_markdown_cell, v4.new_code_cell, v4.new_raw_cell])
            cell = make(source)
            if chance.random() < 0.3:
                cell.metadata = nbformat.from_dict({"tags": ["a b", "c"], "lines": 3, "title": chance.choice(lines), "deep": {"a": [1, None, 2.5]}})
            if cell.cell_type == "markdown" and chance.random() < 0.2:
                cell.attachments = nbformat.from_dict({"p.png": {"image/png": "AA=="}})
            notebook.cells.append(cell)
        first, second, program = folder / "b.ipynb", folder / "c.ipynb", folder / "b.gan"
        nbformat.write(notebook, first)
        run("convert", "--force", first, program)
        run("convert", "--force", program, second)
        if without_outputs(read(second)) != without_outputs(nbformat.read(first, 4)):
            sys.exit(f"notebook {number} does not come back: {first}")
    print(f"{count} random notebooks come back")


def check_outputs():
    program, notebook = folder / "d.gan", folder / "d.ipynb"
    program.write_text('## $x$\nprint 1\nshow image(tensor([[0, 1]]))\n# %%\nplot [1, 2]\n# %%\n[{a: 1}, {a: 2}]\n# %%\n{b: 1}\n# %%\nhelp "print"\n# %%\nnothing\n')
    done = subprocess.run([gan, "run", "--ipynb", notebook, program], capture_output=True, text=True)
    outputs = [output for cell in read(notebook).cells if cell.cell_type == "code" for output in cell.outputs]
    kinds = {output.output_type for output in outputs}
    if done.returncode != 1 or kinds != {"stream", "display_data", "execute_result", "error"}:
        sys.exit(f"not all kinds of outputs: {kinds}, {done.stderr}")
    print(f"{len(outputs)} outputs of {len(kinds)} kinds are valid")


check_programs()
check_notebooks(300)
check_outputs()
