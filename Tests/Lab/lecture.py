"""A lecture of ten minutes given in the page of `gan lab`, from a collapse to what helps against it.

    python Tests/Lab/lecture.py .build/release/gan FOLDER [quick]

At each station it looks whether the page shows what the lecturer says, and puts a picture of it into FOLDER, 1920×1080, light and dark.
`quick` trains a few steps where the lecture trains thousands: what the networks learn is not judged then.
"""

import asyncio
import json
import pathlib
import sys
import time

from chromium import Chromium
from lab import STEP, Lab, cell, check, choose, equal, opened, played_to, state, text

folder = pathlib.Path(sys.argv[2] if len(sys.argv) > 2 else "lecture")
quick = "quick" in sys.argv[3:]
PROGRAM = """## # Why GANs collapse
##
## Two networks play: $G$ makes points of noise, $D$ tells them from the real ones. The real points lie in eight heaps on a ring.

use gan
seed 1

data = ring()
fn hidden() = net { for i in 0..2 { dense 128, weights: he(); relu } }
G = net { hidden(); dense 2 }
D = net { hidden(); dense 1 }
run = gan(G, D, data, batch: 128, noise: 4, rate: 0.002, beta1: 0.9, d_steps: 5)
run.g_optimizer.rate = 0.004

## A plain GAN: $\\\\min_G \\\\max_D \\\\; \\\\mathbb E \\\\log D(x) + \\\\mathbb E \\\\log (1 - D(G(z)))$. Nothing bounds the slope of $D$.

train run, steps: 1000000
""".replace("\\\\", "\\")
WORDS = "document.querySelector('.standing').innerText"
SEEN = "(() => { const canvas = document.querySelector('.stage canvas'); return canvas.toDataURL().length + ' ' + canvas.toDataURL().slice(-400); })()"


class Lecture:
    """The page, and the pictures of it."""

    def __init__(self, page):
        self.page, self.count, self.begun = page, 0, time.perf_counter()

    async def station(self, name):
        """A picture in the light and one in the dark."""
        self.count += 1
        for dark in (False, True):
            await self.page.size(1920, 1080, dark)
            await asyncio.sleep(0.4)
            await self.page.picture(folder / f"{self.count:02}-{name}-{'dark' if dark else 'light'}.png")
        await self.page.size(1920, 1080)
        words = " ".join((await self.page.value(WORDS) or "").split()) if self.count > 1 else ""
        print(f"{time.perf_counter() - self.begun:6.1f} s  {name}  {words}", flush=True)

    async def train(self, steps):
        """Lets the training go on for so many steps, and pauses it."""
        await played_to(self.page, await self.page.value(STEP) + (12 if quick else steps) + 1)

    async def act(self, key, what):
        """A key of the game, and what it does to the step."""
        before = await self.page.value(WORDS)
        await self.page.press(key)
        await self.page.until(f"{WORDS} !== {json.dumps(before)}", what)


async def collapse(page, lecture):
    await page.value(f"{cell(1)}.focus()")
    await page.press("Ctrl-Enter")
    await page.until(f"{cell(1)}.dataset.state === 'done'", "the networks are there")
    await page.value(f"{cell(3)}.focus()")
    await page.press("Ctrl-Enter")
    await page.until(f"!document.querySelector('#game').hidden && {STEP} > 3", "the game", seconds=60)
    await page.value("document.querySelector('#game').querySelector('canvas').focus()")
    await lecture.train(60)
    await lecture.station("begins")
    await lecture.train(540)
    await lecture.station("collapses")
    check(await page.value("document.querySelector('.curves canvas').getAttribute('aria-label').includes('slope')"), "the slope has a curve")


async def steps(page, lecture):
    await page.value("document.querySelector('#game').querySelector('canvas').focus()")
    await lecture.act("d", "D's step")
    await lecture.act("g", "G's step")
    await lecture.act("s", "a step of both")
    await asyncio.sleep(0.5)
    seen, words = await page.value(SEEN), await page.value(WORDS)
    await lecture.act("x", "a step back")
    await lecture.act("s", "the step again")
    await page.until(f"{WORDS} === {json.dumps(words)}", "the same numbers")
    await page.until(f"{SEEN} === {json.dumps(seen)}", "the same picture, to the bit")
    await page.value("document.querySelector('.shows input').click()")
    await asyncio.sleep(0.5)
    await lecture.station("slopes")
    await page.press("3", "l")
    await page.until("!document.querySelector('.path').hidden", "slow motion")
    await page.press("s")
    # Held, so that there is time to talk.
    await page.until("document.querySelector('.path [aria-current]') !== null", "a part")
    await state(page, "playing")
    await page.press("p")
    await state(page, "paused")
    for phase in ("noise", "generate", "opinion", "loss", "slopes", "update"):
        await page.until(f"document.querySelector('.path [aria-current]')?.dataset.phase === '{phase}'", f"the part {phase}")
        check(len(await page.value("document.querySelector('.says').textContent")) > 10, f"{phase} says something")
        if phase in ("opinion", "slopes"):
            await lecture.station(f"slow-{phase}")
        await page.press("n")
    await page.press("l")
    await page.until("document.querySelector('.path').hidden", "slow motion ends")
    await state(page, "paused")


async def turn(page, name, key, value):
    """Turns a knob by a key until it stands at a number."""
    knob = f"document.querySelector('#knob-{name}')"
    await page.until(f"!{knob}.disabled", f"{name} does something")
    await page.value(f"{knob}.focus()")
    for _ in range(400):
        if await page.value(f"{knob}.nextElementSibling.value") == str(value):
            return
        await page.press(key)
    check(False, f"{name} comes to {value}")


async def dragan(page, lecture):
    await page.press("2")
    await choose(page, "penalty", "dragan_penalty")
    await page.until("document.querySelector('#choice-penalty').value === 'dragan_penalty'", "DRAGAN")
    await turn(page, "lambda", "ArrowLeft", 4)
    await page.value("document.querySelector('#game canvas').focus()")
    await lecture.train(3000)
    await lecture.station("dragan")
    await page.value("document.querySelector('#choice-penalty').parentNode.querySelector('button').click()")
    await page.click("#knob-lambda ~ button")
    await page.until(f"['run.penalty = dragan_penalty', 'run.lambda = 4'].every((line) => {text(3)}.includes(line))", "both in the program")
    await lecture.station("written")


async def points(page, lecture):
    await choose(page, "data", "draw your own …")
    await page.until("document.querySelector('.stage').classList.contains('drawing')", "drawing")
    box = await page.value("(() => { const box = document.querySelector('.stage canvas.cross').getBoundingClientRect(); return [box.x, box.y, box.width, box.height]; })()")

    def at(x, y):
        return {"x": box[0] + box[2] * x, "y": box[1] + box[3] * y}
    # The letter G.
    stroke = [(0.72, 0.3), (0.6, 0.22), (0.45, 0.22), (0.33, 0.32), (0.28, 0.5), (0.33, 0.68), (0.45, 0.78), (0.6, 0.78), (0.72, 0.7), (0.72, 0.54), (0.55, 0.54)]
    await page.call("Input.dispatchMouseEvent", type="mousePressed", button="left", buttons=1, clickCount=1, **at(*stroke[0]))
    for place in stroke[1:]:
        await page.call("Input.dispatchMouseEvent", type="mouseMoved", button="left", buttons=1, **at(*place))
    await page.call("Input.dispatchMouseEvent", type="mouseReleased", button="left", clickCount=1, **at(*stroke[-1]))
    await lecture.station("draws")
    await page.value("document.querySelector('.draw-tools .primary').click()")
    await page.until("!document.querySelector('.stage').classList.contains('drawing')", "the points are taken")
    await page.value("document.querySelector('#game canvas').focus()")
    await lecture.train(3000)
    await lecture.station("learns-them")


async def main():
    folder.mkdir(parents=True, exist_ok=True)
    async with Chromium() as page:
        with Lab(PROGRAM) as lab:
            await page.size(1920, 1080)
            await opened(page, lab, 4)
            lecture = Lecture(page)
            await lecture.station("opens")
            for part in (collapse, steps, dragan, points):
                await part(page, lecture)
            await page.press("w")
            await page.until("document.documentElement.classList.contains('wall') && document.body.dataset.view === 'game'", "the wall")
            await lecture.station("wall")
            await page.press("w")
            equal(await page.value("document.body.dataset.view"), "both", "the view after the wall")
            await page.press("1")
            await page.value(f"{cell(3)}.focus()")
            await page.press("i", "i")
            # Its text was written into meanwhile.
            await page.until(f"{cell(3)}.dataset.state === 'stale'", "the training stops")
            check("Go on with: train run, steps: " in await page.value(f"{cell(3)}.querySelector('.outputs').innerText"), "how to go on")
            equal(page.complaints, [], "the browser complains")
    print(f"ok    lecture, {lecture.count} stations in {time.perf_counter() - lecture.begun:.0f} s; the pictures are in {folder}")


asyncio.run(main())
