"""Makes the pictures of the page anew: docs/lab/ring.png, slow.png and digits.png. About a minute.

    .build/lab/bin/python docs/tools/lab.py .build/release/gan
"""

import asyncio
import pathlib
import sys

root = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(root / "Tests/Lab"))

from chromium import Chromium
from lab import STEP, Lab, cell, choose, opened, played_to

RING = """## # A ring of eight
## Eight clouds of points on a circle. A plain GAN finds some of them, and not the same for long. DRAGAN, switched on at step 600, keeps the slope of $D$ near
## $k$ around the real points $x$:
##
## $$\\lambda \\cdot \\mathbb{E}_x (\\| \\nabla D(x + \\delta) \\| - k)^2$$

use gan
seed 1
fn hidden() = net { for i in 0..2 { dense 128, weights: he(); relu } }
G = net { hidden(); dense 2 }
D = net { hidden(); dense 1 }

## Both learn in turn. The game beside this program shows how.

run = gan(G, D, ring(), batch: 128, noise: 4, rate: 0.002,
  beta1: 0.9, d_steps: 5)
run.g_optimizer.rate = 0.004
train run, steps: 3000
"""
DIGITS = """## # Digits
## The same game with pictures: $G$ draws digits, $D$ tells them from those that people wrote.

use gan
seed 1
G = net { dense 256; relu; dense 784; sigmoid; reshape 28, 28, 1 }
D = net { flatten; dense 256; leaky_relu; dense 1 }
run = dragan(G, D, digits(), noise: 32)
train run, steps: 3000
"""


async def begun(page, lab, count):
    """All cells of code are run; the last one trains."""
    await page.size(1280, 800)
    await opened(page, lab, count)
    for place in range(1, count, 2):
        await page.value(f"{cell(place)}.focus()")
        await page.press("Ctrl-Enter")
    await page.until(f"!document.querySelector('#game').hidden && {STEP} > 3", "the game", seconds=60)
    await page.value("document.querySelector('#game canvas').focus()")


async def taken(page, name, dark=False):
    await page.value("(document.activeElement?.blur(), document.querySelector('#program').scrollTo(0, 0))")
    await page.size(1280, 800, dark)
    await asyncio.sleep(1)
    await page.picture(root / "docs/lab" / name)


async def ring():
    async with Chromium() as page:
        with Lab(RING) as lab:
            await begun(page, lab, 4)
            await played_to(page, 600)
            await choose(page, "penalty", "dragan_penalty")
            await page.until("!document.querySelector('#knob-lambda').disabled", "the penalty counts")
            await page.value("(() => { const field = document.querySelector('#knob-lambda-field'); field.value = 4; "
                             "field.dispatchEvent(new Event('input')); field.dispatchEvent(new Event('change')); })()")
            await played_to(page, 2600)
            await taken(page, "ring.png")
            await page.value("document.querySelector('#game canvas').focus()")
            await page.press("l", "s")
            await page.until("document.querySelector('.path [aria-current]') !== null", "a part")
            await page.press("p")
            for phase in ("noise", "generate", "opinion"):
                await page.until(f"document.querySelector('.path [aria-current]')?.dataset.phase === '{phase}'", f"the part {phase}")
                await page.press("n")
            await page.until("document.querySelector('.path [aria-current]')?.dataset.phase === 'loss'", "the loss")
            await taken(page, "slow.png", dark=True)


async def digits():
    async with Chromium() as page:
        with Lab(DIGITS) as lab:
            await begun(page, lab, 2)
            await played_to(page, 1500)
            await taken(page, "digits.png")


asyncio.run(ring())
asyncio.run(digits())
