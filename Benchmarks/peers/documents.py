"""Gan's documents beside Jupyter's, Jupytext's and marimo's: prints the table of docs/performance.md. What it needs:

    pip install jupyterlab ipykernel nbconvert jupytext marimo matplotlib websockets; apt-get install chromium
    python Benchmarks/peers/documents.py .build/release/gan

Each number is the median of five. It makes and deletes a folder of its own, and asks no network.
"""

import asyncio
import importlib.metadata
import json
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../../Tests/Lab"))
from chromium import Chromium

GAN = os.path.abspath(sys.argv[1])
BIN = os.path.dirname(sys.executable)
ROUNDS = 5

GAN_TEXT = """## # Three cells
## The mean of $n$ numbers is $\\bar x = \\frac{1}{n} \\sum_i x_i$.

xs = map(0..100, i -> sin(i / 10))

# %%

print "{mean(xs):.3}"

# %%

plot xs
"""
PY_CELLS = [
    ("markdown", "# Three cells\nThe mean of $n$ numbers is $\\bar x = \\frac{1}{n} \\sum_i x_i$."),
    ("code", "import math\nxs = [math.sin(i / 10) for i in range(100)]"),
    ("code", "print(f\"{sum(xs) / len(xs):.3f}\")"),
    ("code", "import matplotlib.pyplot as plt\nplt.plot(xs)\nplt.show()"),
]
MARIMO_TEXT = """import marimo
app = marimo.App()

@app.cell
def _():
    import marimo as mo
    mo.md(r'''# Three cells
The mean of $n$ numbers is $\\bar x = \\frac{1}{n} \\sum_i x_i$.''')
    return

@app.cell
def _():
    import math
    xs = [math.sin(i / 10) for i in range(100)]
    return (xs,)

@app.cell
def _(xs):
    print(f"{sum(xs) / len(xs):.3f}")
    return

@app.cell
def _(xs):
    import matplotlib.pyplot as plt
    plt.plot(xs)
    plt.gca()
    return

if __name__ == "__main__":
    app.run()
"""


def notebook(cells, kernel):
    def cell(number, kind, text):
        more = {"outputs": [], "execution_count": None} if kind == "code" else {}
        return {"id": f"c{number}", "cell_type": kind, "metadata": {}, "source": text, **more}
    return json.dumps({"cells": [cell(n, *c) for n, c in enumerate(cells)], "metadata": {"kernelspec": kernel},
                       "nbformat": 4, "nbformat_minor": 5})


def timed(*command):
    spent = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
        spent.append(time.perf_counter() - start)
    return statistics.median(spent)


def tool(name):
    return os.path.join(BIN, name)


async def opened(path, ready):
    """What a page asks of elsewhere while it is opened, when nothing can be reached."""
    async with Chromium() as page:
        await page.open("file://" + os.path.abspath(path))
        await page.until(ready, "the page")
        await asyncio.sleep(2)
        return sum(1 for address in page.requests if address.startswith("http"))


async def painted(command, pattern, ready, query=""):
    """From the start of a server until its page has painted what can be worked with, in seconds; `query`: behind the address that it tells."""
    spent = []
    for _ in range(ROUNDS):
        async with Chromium() as page:
            start = time.perf_counter()
            server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, stdin=subprocess.DEVNULL,
                                      start_new_session=True)
            try:
                address = None
                while address is None:
                    line = server.stdout.readline()
                    if not line and server.poll() is not None:
                        raise SystemExit(f"{command[0]} does not serve")
                    if found := re.search(pattern, line):
                        # The browser resolves no names.
                        address = found.group(0).replace("localhost", "127.0.0.1") + query
                # A server tells its address before it takes the first connection.
                while not await page.open(address):
                    if time.perf_counter() - start > 60:
                        raise SystemExit(f"{command[0]} is not reached at {address}")
                    await asyncio.sleep(0.01)
                await page.until(ready, "the page", seconds=60)
                spent.append(time.perf_counter() - start)
            finally:
                os.killpg(server.pid, 15)
                server.wait()
                server.stdout.close()
    return statistics.median(spent)


def kernel(name):
    """How long a kernel takes until it answers, and then from a cell `1 + 1` to its reply, in seconds."""
    from jupyter_client.manager import start_new_kernel
    starts, replies = [], []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        manager, client = start_new_kernel(kernel_name=name)
        starts.append(time.perf_counter() - start)
        for _ in range(60):
            start = time.perf_counter()
            client.execute_interactive("1 + 1", timeout=30, output_hook=lambda message: None)
            replies.append(time.perf_counter() - start)
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    return statistics.median(starts), statistics.median(replies)


async def main():
    folder = tempfile.mkdtemp(prefix="gan-documents-")
    os.environ.update(XDG_CACHE_HOME=folder + "/cache", JUPYTER_DATA_DIR=folder + "/jupyter", JUPYTER_CONFIG_DIR=folder + "/config",
                      IPYTHONDIR=folder + "/ipython", MPLBACKEND="agg")
    os.chdir(folder)
    for name, text in (("a.gan", GAN_TEXT), ("m.py", MARIMO_TEXT), ("a.ipynb", notebook(PY_CELLS, {"name": "python3", "display_name": "Python 3", "language": "python"}))):
        with open(name, "w") as file:
            file.write(text)
    rows = []

    def row(what, unit, *numbers):
        print(what, numbers, file=sys.stderr)
        rows.append(f"| {what}, {unit} | " + " | ".join("" if n is None else f"{n:.0f}" if n >= 100 or n == int(n) else f"{n:.3g}" for n in numbers) + " |")

    run = timed(GAN, "run", "--no-cache", "--html", "a.html", "a.gan")
    timed(GAN, "run", "--html", "a.html", "a.gan")
    known = timed(GAN, "run", "--html", "a.html", "a.gan")
    nbconvert = timed(tool("jupyter-nbconvert"), "--execute", "--to", "html", "--output", "j.html", "a.ipynb")
    marimo = timed(tool("marimo"), "-q", "export", "html", "m.py", "-o", "m.html", "-f")
    row("a page of three cells, from the program", "s", run, nbconvert, None, marimo)
    row("the same again, nothing changed", "s", known, nbconvert, None, marimo)
    row("its size", "kB", *(os.path.getsize(p) / 1000 for p in ("a.html", "j.html")), None, os.path.getsize("m.html") / 1000)
    loaded = "document.readyState == 'complete'"
    row("what it asks of the network when it is opened", "requests", await opened("a.html", loaded), await opened("j.html", loaded), None, await opened("m.html", loaded))
    there, back = timed(GAN, "convert", "--force", "a.gan", "g.ipynb"), timed(GAN, "convert", "--force", "g.ipynb", "g.gan")
    shutil.copy("a.ipynb", "t.ipynb")
    out, home = timed(tool("jupytext"), "--to", "py:percent", "t.ipynb"), timed(tool("jupytext"), "--to", "ipynb", "t.py")
    row("a notebook from a program", "s", there, None, home, None)
    row("a program from a notebook", "s", back, None, out, None)
    subprocess.run([GAN, "kernel", "install", "--prefix", folder + "/prefix"], check=True, stdout=subprocess.DEVNULL)
    os.environ["JUPYTER_PATH"] = folder + "/prefix/share/jupyter"
    starts, replies = zip(kernel("gan"), kernel("python3"))
    row("a kernel, until it answers", "s", *starts, None, None)
    row("a cell `1 + 1`, until it is idle again", "ms", *(1000 * reply for reply in replies), None, None)
    lab = await painted([GAN, "lab", "--no-browser", "a.gan"], r"http://\S+", "document.querySelectorAll('.cell').length >= 3")
    jupyter = await painted(
        [tool("jupyter-lab"), "--no-browser", "--allow-root", "--IdentityProvider.token=t", "--notebook-dir=" + folder],
        # It does not tell its token.
        r"http://127\.0\.0\.1:\d+/lab", "document.querySelectorAll('.jp-Launcher-body, .jp-Notebook').length > 0", "?token=t")
    edit = await painted(
        [tool("marimo"), "edit", "m.py", "--headless", "--no-token", "--port", "27181", "--skip-update-check"], r"http://\S+",
        "document.querySelectorAll('.cm-editor').length >= 3")
    row("a server and its page, until it can be worked with", "s", lab, jupyter, None, edit)
    shutil.rmtree(folder)
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in ("jupyterlab", "nbconvert", "ipykernel", "jupytext", "marimo"))
    print(f"{versions}, CPython {platform.python_version()}.\n")
    print("| | Gan | Jupyter | Jupytext | marimo |\n|---|---|---|---|---|")
    print("\n".join(rows))


asyncio.run(main())
