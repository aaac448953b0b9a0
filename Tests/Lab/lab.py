"""`gan lab` with a document of its own, and what is said to its page: shared by `browser.py` and `lecture.py`."""

import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile

gan = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ".build/release/gan").resolve()


class Lab:
    """`gan lab` with a document in a folder of its own."""

    def __init__(self, text):
        self.folder = tempfile.TemporaryDirectory(prefix="gan-lab-")
        self.file = pathlib.Path(self.folder.name, "program.gan")
        if text is not None:
            self.file.write_text(text)

    def __enter__(self, *options):
        self.process = subprocess.Popen([gan, "lab", "--no-browser", *options, self.file.name], cwd=self.folder.name, text=True,
                                        env={**os.environ, "XDG_STATE_HOME": self.folder.name + "/state"},
                                        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)
        for line in self.process.stdout:
            if found := re.search(r"http://127\.0\.0\.1:\d+/\S*", line):
                self.address = found[0]
                self.origin = re.match(r"http://[^/]*", self.address)[0]
                return self
        raise SystemExit("gan lab says no address")

    def kill(self):
        self.process.kill()
        self.process.wait()

    def begin_again(self):
        """Another process at the same port, which has an address of its own."""
        self.__enter__("--port", self.origin.rsplit(":", 1)[1])

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
        self.folder.cleanup()


CELLS = "document.querySelectorAll('#program > .cell')"
READY = "document.body.dataset.ready !== undefined"


def cell(place):
    return f"{CELLS}[{place}]"


def outputs(place):
    return f"{cell(place)}.querySelector('.outputs').innerText"


def text(place):
    return f"{cell(place)}.querySelector('textarea').value"


def check(holds, what):
    if not holds:
        raise AssertionError(what)


def equal(found, expected, what):
    check(found == expected, f"{what}: {found!r} in place of {expected!r}")


async def opened(page, lab, count=None):
    await page.open(lab.address)
    await page.until(f"{READY} && {CELLS}.length" + (f" === {count}" if count else ""), f"{count or 'some'} cells")


async def begin_writing(page, place):
    """Goes to a cell and into its text, by keys."""
    await page.value(f"{cell(place)}.focus()")
    await page.press("Enter")


GAME = """use gan
seed 1
run = dragan(net { dense 32; leaky_relu; dense 2 }, net { dense 32; leaky_relu; dense 1 }, ring(), noise: 2)
train run, steps: 100000
"""
STEP = "Number(document.querySelector('.standing strong').textContent)"


async def playing(page, lab):
    await opened(page, lab, 1)
    await page.value(f"{cell(0)}.focus()")
    await page.press("Ctrl-Enter")
    await page.until(f"!document.querySelector('#game').hidden && {STEP} > 3", "the game")


async def state(page, word):
    await page.until(f"document.querySelector('[data-state].primary').dataset.state === '{word}'", f"the game is {word}")


async def played_to(page, step):
    """Lets the game go on up to a step, and pauses it."""
    if await page.value("document.querySelector('#game .primary').dataset.state") != "playing":
        await page.press("p")
    await page.until(f"{STEP} >= {step}", f"step {step}", seconds=600)
    await page.press("p")
    await state(page, "paused")


async def choose(page, what, value):
    """Objective, penalty or data, as its list offers them."""
    await page.value(f"(() => {{ const list = document.querySelector('#choice-{what}'); list.value = '{value}'; list.dispatchEvent(new Event('change')); }})()")
