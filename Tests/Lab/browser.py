"""The page of `gan lab` in a real browser: what is painted, what the keys do, what a reload keeps, the game.

    python Tests/Lab/browser.py .build/release/gan [a test]

Needs chromium and the packages of requirements.txt. Prints a line for each test, with times that are told and not judged.
"""

import asyncio
import random
import re
import subprocess
import sys
import time

from chromium import Chromium
from lab import CELLS, GAME, READY, STEP, Lab, begin_writing, cell, check, choose, equal, gan, opened, outputs, playing, state, text

wanted = sys.argv[2] if len(sys.argv) > 2 else ""


async def first_paint(page):
    """Thirty cells are there, from few bytes, and the first screen of them can be read before a script has come."""
    program = "".join(f"## ## Part {n}\n## With $x_{{{n}}}$.\n\nx{n} = {n} ^ 2\nprint x{n}\n\n" for n in range(15))
    with Lab(program) as lab:
        await opened(page, lab, 30)
        await page.until("performance.getEntriesByName('first-contentful-paint').length", "a first paint")
        check(await page.value("document.querySelectorAll('.prose math').length") >= 15, "formulas are laid out")
        paint = await page.value("performance.getEntriesByName('first-contentful-paint')[0].startTime")
        served = await page.value("fetch('/').then((answer) => answer.text())")
        shown = re.search(r"<main .*</main>", served, re.DOTALL)[0]
        equal((shown.count("<article"), shown.count("<math"), shown.count("class=\"number\"")), (15, 8, 14), "cells, formulas and numbers in the page itself")
        cells = await page.value("Math.max(...performance.getEntriesByType('resource').map((one) => one.responseEnd))")
        sizes = dict(await page.value("[...performance.getEntriesByType('resource'), ...performance.getEntriesByType('navigation')]"
                                      ".map((one) => [new URL(one.name).pathname, one.decodedBodySize])"))
        editor = sum(size for path, size in sizes.items() if path in ("/editor.js", "/suggestions.js"))
        check(not any("game" in path for path in sizes), "the game is fetched where nothing trains")
        check(not {"/page.css", "/theme.js"} & set(sizes), "the style is waited for")
        whole = sum(sizes.values()) - editor - len(shown)
        check(0 < whole <= 100_000, f"the page is {whole} bytes before its editor and the document")
        return f"first paint {paint:.0f} ms, all files {cells:.0f} ms, {whole / 1000:.0f} kB and {editor / 1000:.0f} kB editor"


async def nothing_leaves(page):
    """Every request goes to the session, whatever prose and outputs name."""
    program = ("## ![far](https://example.com/a.png) <img src=https://example.com/b.png> [link](https://example.com)\n\n"
               "print \"<img src='https://example.com/c.png'>\"\nshow range(4)\n")
    page.requests.clear()
    with Lab(program) as lab:
        await opened(page, lab)
        await page.click("#run-all")
        await page.until(f"{outputs(1)}.includes('img src')", "the output, as text")
        far = [one for one in page.requests if not re.match(rf"(http|ws)://{lab.origin[7:]}/|data:|blob:", one)]
        equal(far, [], "requests elsewhere")
        equal(await page.value("document.querySelectorAll('#program img[src^=http]').length"), 0, "pictures from elsewhere")
        return f"{len(page.requests)} requests, all to the session"


async def by_keys(page):
    """A program written, run, corrected and kept without a mouse."""
    with Lab("x = 1\n") as lab:
        await opened(page, lab, 1)
        while not await page.value(f"document.activeElement === {cell(0)}"):
            await page.press("Tab")
        await page.press("b")
        await page.until(f"{CELLS}.length === 2", "a cell below")
        await page.press("Enter")
        await page.write("fn double(a) {\na * 2\nprint dou")
        equal(await page.value(text(1)), "fn double(a) {\n  a * 2\n  print dou\n}", "indentation and brackets")
        await page.press("Escape", "Enter")
        await page.value(f"{cell(1)}.querySelector('textarea').setSelectionRange(0, 999)")
        await page.press("Backspace")
        await page.write("prin")
        await page.press("Tab")
        await page.until(f"{text(1)}.startsWith('print')", "completion")
        await page.press("Escape", "Enter")
        await page.value(f"{cell(1)}.querySelector('textarea').setSelectionRange(0, 999)")
        await page.press("Backspace")
        await page.write("print x + 41")
        await page.press("Escape", "k", "Shift-Enter", "Shift-Enter")
        await page.until(f"{outputs(1)}.includes('42')", "the sum")
        equal(await page.value(f"{CELLS}.length"), 3, "cells after Shift-Enter in the last")
        await page.until("document.activeElement.tagName === 'TEXTAREA'", "the cursor in the new cell")
        await page.write("prin")
        await page.press("Shift-Tab")
        await page.write("t")
        await page.press("Shift-Tab")
        await page.until("!document.querySelector('.tip').hidden && document.querySelector('.tip').innerText.includes('print')", "an explanation")
        await page.press("Escape")
        equal(await page.value("document.querySelector('.tip').hidden"), True, "the explanation closes")
        await page.press("Escape", "d", "d")
        await page.until(f"{CELLS}.length === 2", "the cell goes")
        await page.press("z")
        await page.until(f"{CELLS}.length === 3", "and comes back")
        await page.press("m")
        await page.until(f"{cell(2)}.classList.contains('kind-prose')", "prose")
        await page.press("Enter")
        await page.press("Ctrl-a", "Backspace")
        await page.write("# Words $x^2$")
        await page.press("Ctrl-Enter")
        await page.until(f"{cell(2)}.querySelector('.prose math') !== null", "prose laid out")
        await page.value(f"{cell(2)}.focus()")
        await page.press("Ctrl-Shift-ArrowUp")
        await page.until(f"{cell(1)}.classList.contains('kind-prose')", "the cell moves up")
        await begin_writing(page, 2)
        await page.value(f"{cell(2)}.querySelector('textarea').setSelectionRange(8, 8)")
        await page.press("Ctrl-Shift-_")
        await page.until(f"{CELLS}.length === 4", "two cells of one")
        equal([await page.value(text(2)), await page.value(text(3))], ["print x ", "+ 41"], "the two parts")
        await page.until(f"document.activeElement === {cell(3)}.querySelector('textarea') && document.activeElement.selectionStart === 0", "the cursor in the second")
        await page.press("Escape", "k", "Shift-M")
        await page.until(f"{CELLS}.length === 3", "one cell of two")
        await page.press("Ctrl-s")
        await page.until("document.querySelector('#saved').textContent.startsWith('saved')", "saved")
        kept = lab.file.read_text()
        check("## # Words $x^2$" in kept and "x = 1" in kept, f"the file holds {kept!r}")
        await page.press("?")
        await page.until("document.querySelector('#keys').open", "the sheet of keys")
        await page.press("Escape")
        equal(await page.value("document.querySelector('#keys').open"), False, "the sheet closes")


async def undo(page):
    """The browser's undo goes through what was typed, completed and indented."""
    with Lab("x = 1\n") as lab:
        await opened(page, lab, 1)
        await begin_writing(page, 0)
        await page.write("\nfor i in 0..3 {\nprint (i")
        check("print (i)" in await page.value(text(0)), "a bracket is closed")
        for _ in range(40):
            await page.press("Ctrl-z")
        equal((await page.value(text(0))).rstrip(), "x = 1", "after undo")
        equal(await page.value(f"{cell(0)}.querySelector('.editor code').textContent.trim()"), "x = 1", "the letters below")


async def failures(page):
    """An error is shown below its cell, what stood behind it waits; `input` asks."""
    with Lab("print missing\n\n# %%\nname = input(\"your name\")\nprint \"hello {name}\"\n") as lab:
        await opened(page, lab, 2)
        await page.value(f"{cell(0)}.focus()")
        await page.press("Ctrl-Enter")
        await page.until(f"{cell(0)}.dataset.state === 'failed'", "a failure")
        check("missing" in await page.value(outputs(0)), "the error names what is missing")
        await page.press("j", "Ctrl-Enter")
        await page.until("document.activeElement.matches('.question input')", "a field for the answer")
        await page.write("Ada")
        await page.press("Enter")
        await page.until(f"{outputs(1)}.includes('hello Ada')", "the answer arrives")
        await page.until(f"document.activeElement === {cell(1)}", "the focus comes back")



async def reloads(page):
    """Fifty reloads while a cell runs: no line is lost, none comes twice."""
    with Lab("use gan\nrun = dragan(net { dense 16; relu; dense 2 }, net { dense 16; relu; dense 1 }, ring())\n"
             "train run, steps: 1000000, every: 20 { print run.step }\n\n# %%\nprint run.step\n") as lab:
        await opened(page, lab, 2)
        await page.value(f"{cell(0)}.focus()")
        await page.press("Ctrl-Enter")
        await page.until(f"{outputs(0)}.length > 10", "the first lines")
        times = []

        async def lines():
            found = (await page.value(outputs(0))).split("stopped")[0].split()
            equal(found, [str(20 * (n + 1)) for n in range(len(found))], "lines of the training")
            return len(found)

        for _ in range(50):
            await page.value("window.isOld = true")
            begun = time.perf_counter()
            await page.call("Page.reload")
            await page.until(f"!window.isOld && {READY} && {outputs(0)}.length > 10", "the page again")
            times.append(time.perf_counter() - begun)
            await lines()
        await page.value(f"{cell(0)}.focus()")
        await page.press("i", "i")
        await page.until(f"{cell(0)}.dataset.state === 'stopped'", "it stops")
        await page.press("j", "Ctrl-Enter")
        await page.until(f"{outputs(1)}.length > 1", "the step")
        equal(await lines(), int(await page.value(outputs(1))) // 20, "lines in all")
        return f"a reload {sorted(times)[25] * 1000:.0f} ms, {await lines()} lines"


async def stops(page):
    """i i stops what runs."""
    with Lab("while true { }\n\n# %%\nprint 7\n") as lab:
        await opened(page, lab, 2)
        await page.value(f"{cell(0)}.focus()")
        for _ in range(5):
            await page.press("Ctrl-Enter")
            await page.until(f"{cell(0)}.dataset.state === 'running'", "it runs")
            await page.press("i", "i")
            await page.until(f"{cell(0)}.dataset.state === 'stopped'", "it stops")
        await page.press("j", "Ctrl-Enter")
        await page.until(f"{outputs(1)}.includes('7')", "the next cell runs")


async def lost_connection(page):
    """What is typed while there is no connection is there when it comes again, here and in the file."""
    with Lab("x = 1\n\n# %%\nprint x\n") as lab:
        await opened(page, lab, 2)
        await begin_writing(page, 0)
        await page.write(" + 1")
        await page.online(False)
        await page.until("!document.querySelector('#lost').hidden", "the loss is told of")
        await page.write(" + 20")
        await page.press("Escape", "j", "Ctrl-Enter")
        await page.press("k", "Enter")
        await page.online(True)
        await page.until("document.querySelector('#lost').hidden", "the connection again")
        equal(await page.value(text(0)), "x = 1 + 1 + 20", "the text")
        equal(await page.value("document.activeElement.tagName"), "TEXTAREA", "the cursor stays in the editor")
        await page.write(" + 300")
        await page.press("Shift-Enter", "Shift-Enter")
        await page.until(f"{outputs(1)}.includes('322')", "the sum")
        await page.press("Escape", "Ctrl-s")
        await page.until("document.querySelector('#saved').textContent.startsWith('saved')", "saved")
        check("x = 1 + 1 + 20 + 300" in lab.file.read_text(), "the file holds it")
        # Those of the attempts that could not succeed.
        page.complaints[:] = [one for one in page.complaints if "WebSocket" not in one]


FRAGILE = """(() => {
  // The newest socket; from `deaf` on what the page sends does not come through.
  const Plain = WebSocket;
  window.WebSocket = class extends Plain {
    constructor(...words) { super(...words); window.newest = this; }
    send(data) { if (!this.deaf) super.send(data); }
  };
  window.breakNow = () => { newest.addEventListener("close", () => setTimeout(() => dispatchEvent(new Event("online")))); newest.close(); };
})()"""


async def breaking(page):
    """Two hundred times the connection breaks while somebody types, before or behind what is on its way: no letter is lost or doubled."""
    chance = random.Random(1)
    script = (await page.call("Page.addScriptToEvaluateOnNewDocument", source=FRAGILE))["identifier"]
    try:
        with Lab("x = 1\n") as lab:
            await opened(page, lab, 1)
            await begin_writing(page, 0)
            await page.press("Ctrl-End")
            written = "x = 1"
            for attempt in range(200):
                word = f" {attempt}"
                place = chance.randrange(len(word) + 1)
                await page.write(word[:place])
                if chance.random() < 0.5:
                    await page.value("void (newest.deaf = true)")
                await asyncio.sleep(chance.random() * 0.15)
                await page.value(f"void setTimeout(breakNow, {chance.randrange(3)})")
                await page.write(word[place:])
                written += word
                await asyncio.sleep(chance.random() * 0.1)
            await page.until("newest.readyState === 1", "the connection again")
            equal(await page.value(text(0)), written, "the text in the page")
            for _ in range(100):
                if lab.file.read_text() == written + "\n":
                    break
                await asyncio.sleep(0.1)
            equal(lab.file.read_text(), written + "\n", "the text in the file")
    finally:
        await page.call("Page.removeScriptToEvaluateOnNewDocument", identifier=script)
        # Those of sockets that were closed before they were open.
        page.complaints[:] = [one for one in page.complaints if "WebSocket" not in one]
    return "200 breaks"


async def step_and_back(page, step, back, words):
    """One step forth and one back; `step` and `back` ask for them."""
    await asyncio.sleep(0.3)
    here = await page.value(STEP)
    await step()
    await page.until(f"{STEP} === {here + 1}", words[0])
    await back()
    await page.until(f"{STEP} === {here}", words[1])


async def game(page):
    """The game by its buttons: pause, steps, back, slow motion, play, a choice, a knob written down."""
    with Lab(GAME) as lab:
        await playing(page, lab)
        await page.until("document.querySelector('.stage canvas').getAttribute('aria-label').includes('Landscape')", "the landscape")
        await page.click("#game .primary")
        await state(page, "paused")
        buttons = (lambda: page.click("[data-action=step]"), lambda: page.click("[data-action=back]"))
        await step_and_back(page, *buttons, ("one step on", "one step back"))
        for one in ("step_d", "step_g"):
            await page.click(f"[data-action={one}]")
            await asyncio.sleep(0.3)
        await page.click("[data-action=slow]")
        await page.until("!document.querySelector('.path').hidden", "slow motion")
        await page.click("[data-action=step]")
        for phase in ("noise", "generate", "opinion", "loss"):
            await page.until(f"document.querySelector('.path [aria-current]')?.dataset.phase === '{phase}'", f"the part {phase}")
            check(await page.value("document.querySelector('.says').textContent.length") > 10, f"{phase} says something")
            await page.click("[data-action=next]")
        await page.click("[data-action=slow]")
        await page.until("document.querySelector('.path').hidden", "slow motion ends")
        await page.value("document.querySelector('#knob-lambda').focus()")
        await page.press("ArrowRight", "ArrowRight", "ArrowRight")
        value = await page.value("document.querySelector('#knob-lambda').nextElementSibling.value")
        await asyncio.sleep(0.5)
        equal(await page.value("document.querySelector('#knob-lambda').nextElementSibling.value"), value, "the knob stays where it was put")
        # Turned on and written in one moment: the number that it was left at is written.
        value = await page.value(
            "(() => { const slider = document.querySelector('#knob-lambda'); "
            "for (let turn = 0; turn < 9; turn += 1) { slider.value = Number(slider.value) + 1; slider.dispatchEvent(new Event('input')); } "
            "slider.parentNode.querySelector('button').click(); return slider.nextElementSibling.value; })()")
        await page.until(f"{text(0)}.includes('run.lambda = {value}\\ntrain run')", "a line in the program, before the training")
        await page.click("#game .primary")
        await state(page, "playing")
        now = await page.value(STEP)
        await page.until(f"{STEP} > {now + 5}", "it trains on")
        await page.value("document.querySelector('#choice-data').focus()")
        await choose(page, "data", "grid_of_modes")
        await page.until("document.querySelector('#choice-data').value === 'grid_of_modes'", "other data")
        now = await page.value(STEP)
        await page.until(f"{STEP} > {now + 5}", "it trains on with them")
        await page.value(f"{cell(0)}.focus()")
        await page.press("i", "i")
        await page.until(f"['stopped', 'done', 'stale'].includes({cell(0)}.dataset.state)", "it stops")


async def game_by_keys(page):
    """The game by keys alone; points of one's own by keys too."""
    with Lab(GAME) as lab:
        await playing(page, lab)
        await page.press("3")
        await page.until("document.body.dataset.view === 'game'", "the game alone")
        await page.press("p")
        await state(page, "paused")
        await step_and_back(page, lambda: page.press("s"), lambda: page.press("x"), ("s: a step", "x: a step back"))
        await page.value("document.querySelector('.stage canvas').focus()")
        await page.press("ArrowRight", "ArrowUp")
        await page.until("document.querySelector('.stage .reading').textContent.startsWith('D(')", "D's output at the cross")
        await choose(page, "data", "draw your own …")
        await page.until("document.querySelector('.stage').classList.contains('drawing')", "drawing")
        for _ in range(12):
            await page.press("ArrowRight", "Space")
        await page.press("Enter")
        await page.until("!document.querySelector('.stage').classList.contains('drawing')", "points handed over")
        await page.press("p")
        await state(page, "playing")
        now = await page.value(STEP)
        await page.until(f"{STEP} > {now + 5}", "it trains on with them")
        await page.press("1")
        await page.until("document.body.dataset.view === 'program'", "the program alone")


FOUND = "document.querySelector('.curves canvas').getAttribute('aria-label').replaceAll('−', '-')"
# What is told at the foot of the page, and where something was refused.
NOTICES = "[...document.querySelectorAll('#notices, .refusal')].map((one) => one.textContent).join()"


async def field(page, name, value):
    """Types a number into a knob's field."""
    await page.value(f"(() => {{ const field = document.getElementById('knob-{name}').nextElementSibling; field.focus(); field.select(); }})()")
    await page.write(value)
    await page.press("Enter")


async def truth(page):
    """Slopes are said with their step; targets are those of the penalty; a refused number goes back; data have their own name."""
    with Lab(GAME.replace("ring(), ", "data, ").replace("run =", "data = ring()\nrun =").replace("train", "run.data = swissroll()\nif true { run.data = run.data }\ntrain")) as lab:
        await playing(page, lab)
        await page.click("#game .primary")
        await state(page, "paused")
        now = await page.value(STEP)
        for step in range(now + 1, 10 * (now // 10) + 13):
            await page.click("[data-action=step]")
            await page.until(f"{STEP} === {step} && document.querySelector('.run-state').textContent === 'paused'", f"step {step}")
            if step % 10:
                await page.until(f"{FOUND}.includes('step {step}:') && /slope \\S+ at step {10 * (step // 10) or 1}$/.test({FOUND})", f"the slope's step at {step}")
                check(await page.value(f"document.querySelector('.words').textContent.endsWith('at step {10 * (step // 10) or 1}')"), f"the head says it at {step}")
            else:
                await page.until(f"{FOUND}.includes('step {step}:') && /slope [^ ]+$/.test({FOUND})", f"the slope of {step}")
        equal(await page.value("document.querySelector('#choice-data').value"), "other data of the run", "the data")
        await field(page, "batch", "1000000000")
        await page.until(f"{NOTICES}.includes('Set it further in a cell')", "a refusal with advice")
        batch = "document.getElementById('knob-batch').nextElementSibling.value"
        await page.until(f"{batch} === '64'", "the field goes back")
        equal(await page.value("document.getElementById('knob-batch').getAttribute('aria-valuetext')"), "64", "the slider goes back")
        await field(page, "batch", "abc")
        await page.until(f"{NOTICES}.includes('“abc” is not a number: batch stays 64')", "a word is refused")
        equal(await page.value(batch), "64", "the field after a word")
        await choose(page, "penalty", "r1")
        off = "document.getElementById('knob-{}').disabled"
        await page.until(f"{off.format('k')} && !{off.format('lambda')}", "k does nothing with r1")
        await choose(page, "penalty", "none")
        await page.until(f"{off.format('k')} && {off.format('lambda')}", "both do nothing without a penalty")
        check("no penalty" in await page.value("document.getElementById('knob-k').closest('.knob').title"), "the reason")
        await choose(page, "penalty", "dragan_penalty")
        await page.until(f"!{off.format('k')}", "k is on again")


async def beginning(page):
    """From the start and Other seed, by mouse and by keys, are taken back by Back; the cell says where the game has moved its run."""
    with Lab(GAME.replace("100000", "60")) as lab:
        await playing(page, lab)
        await page.until(f"{cell(0)}.dataset.state === 'done' && {FOUND}.includes('latest: step 60:')", "the training's end")
        status, found = f"{cell(0)}.querySelector('.status').textContent", await page.value(FOUND)

        async def by_keys():
            await page.value("document.querySelector('[aria-label=\"Other seed\"]').focus()")
            await page.press("Enter")

        for begin in (lambda: page.click('[aria-label="From the start"]'), by_keys):
            await begin()
            await page.until(f"{STEP} === 0", "the beginning")
            await page.until(f"{status}.endsWith('the game is at step 0')", "the cell says it")
            await page.until("document.querySelector('[data-action=back]').title.includes('to step 60')", "Back leads to step 60")
            for step in (1, 2):
                await page.press("s")
                await page.until(f"{STEP} === {step}", f"step {step}")
            for step in (1, 0, 60):
                await page.press("x")
                await page.until(f"{STEP} === {step}", f"back to step {step}")
            await page.until(f"{FOUND} === {found!r}", "the curves as they were")
            await page.until(f"!{status}.includes('the game')", "the run is where the cell has left it")


async def refused(page):
    """A refusal stands at its knob, covers nothing, and leaves the field the focus; it goes with the next number, which the curves tell of."""
    with Lab(GAME) as lab:
        await playing(page, lab)
        await page.press("3", "p")
        await state(page, "paused")
        for width, height in ((1280, 800), (390, 844)):
            await page.size(width, height)
            refusal, focus = "document.querySelector('.knob .refusal')?.textContent", "document.activeElement.id"
            speed = await page.value("document.querySelector('#speed').value")
            await page.click("#knob-lambda-field")
            await page.press("Ctrl-a")
            await page.write("abc\n")
            await page.until(f"{refusal}.includes('“abc” is not a number')", "a word is refused at the knob")
            equal(await page.value(focus), "knob-lambda-field", "the focus after a word")
            await page.write("-5\n")
            await page.until(f"{refusal} && !{refusal}.includes('abc')", "a number is refused at the knob")
            equal(await page.value(focus), "knob-lambda-field", "the focus after a number")
            equal(await page.value("document.querySelector('#notices').textContent"), "", "notices at the foot")
            covered = await page.value("""[...document.querySelectorAll('.knob input, .choices-row select')].filter((one) => {
              one.scrollIntoView({ block: 'nearest' });
              const { x, y, width, height } = one.getBoundingClientRect(), top = document.elementFromPoint(x + width / 2, y + height / 2);
              return top !== one; }).length""")
            equal(covered, 0, "knobs that something covers")
            value = "3,5" if width > 400 else "4,5"
            await page.write(value + "\n")
            await page.until(f"document.querySelector('#knob-lambda').getAttribute('aria-valuetext') === '{value.replace(',', '.')}'", "the number")
            equal(await page.value(f"[{refusal}, document.querySelector('#speed').value, {focus}]"), [None, speed, "knob-lambda-field"], "what is left")
            await page.until(f"/λ {value[0]}.5 from step [0-9]+/.test({FOUND})", "the curves tell of it")
        # What is told at the foot takes room, and covers nothing.
        await page.value("import('/elements.js').then(({ notify }) => notify('a word', { level: 'error' }))")
        check(await page.value("document.querySelector('#notices').getBoundingClientRect().top >= document.querySelector('#panes').getBoundingClientRect().bottom - 1"), "a notice covers the game")


CURVES = """(async (width) => {
  const { Curves } = await import('/curves.js'), { palette } = await import('/palette.js');
  const steps = Array.from({ length: 1500 }, (_, index) => index + 1), series = (start, end) => steps.map((step) => step < 12 ? start : end + 0.01 * Math.sin(step));
  const curves = new Curves(), told = [], fill = CanvasRenderingContext2D.prototype.fillText;
  document.body.append(curves.node);
  curves.box.style.cssText = `width: ${width}px; height: 420px; flex: none`;
  curves.aim = { slope: 1, bound: true };
  curves.receive({ from: 0, step: steps, values: { d_loss: series(9.25, 0.51), g_loss: series(0.7, 0.89), d_real: series(0, 0.161), d_fake: series(-3.5, -0.0334), gradient_norm: series(7.5, 0.97) },
    marks: [{ step: 700, text: 'λ 3' }, { step: 720, text: 'wasserstein' }, { step: 1490, text: 'no penalty' }] });
  CanvasRenderingContext2D.prototype.fillText = function (text, x, y) {
    const wide = this.measureText(text).width, from = x - wide * ({ center: 0.5, right: 1 }[this.textAlign] ?? 0);
    if (text) told.push([text, from, from + wide, y]);
    fill.call(this, text, x, y);
  };
  curves.draw(palette());
  CanvasRenderingContext2D.prototype.fillText = fill;
  curves.node.remove();
  return { told, label: curves.canvas.getAttribute('aria-label') };
})"""


async def curves(page):
    """At each width no type of the curves is cut or lies upon other type, and it is said how far they run out, and what was changed where."""
    with Lab("x = 1\n") as lab:
        await opened(page, lab, 1)
        for width in (*range(240, 440, 7), 620, 900):
            found = await page.value(f"{CURVES}({width})")
            told = found["told"]
            cut = [text for text, start, end, _ in told if start < 0 or end > width]
            equal(cut, [], f"type that is cut at {width}")
            over = [(one[0], two[0]) for place, one in enumerate(told) for two in told[:place] if abs(one[3] - two[3]) < 10 and one[1] < two[2] and two[1] < one[2]]
            equal(over, [], f"type upon type at {width}")
            words = " ".join(text for text, *_ in told)
            for word in ("↑ to 9.25", "↓ to −3.5", "↑ to 7.5", "samples −0.04", "at most 1", "λ 3", "wasserstein", "no penalty", "1500"):
                check(word in words, f"{word} is not said at {width}: {words}")
            check(found["label"].startswith("Curves. λ 3 from step 700, wasserstein from step 720, no penalty from step 1490. Latest: step 1500:"), found["label"])


async def wall(page):
    """For the wall all of the game is seen at once, in slow motion too."""
    with Lab(GAME) as lab:
        await playing(page, lab)
        await page.press("3", "p")
        await state(page, "paused")
        await page.value("void (document.documentElement.requestFullscreen = undefined)")
        await page.press("w")
        for is_slow in (False, True):
            for width, height in ((1280, 800), (1920, 1080)):
                await page.size(width, height)
                await asyncio.sleep(0.4)
                below = await page.value("[...document.querySelectorAll('.knob, .choices-row select, .network, .stage-foot, .curve-box')].filter((one) => {"
                                         " const box = one.getBoundingClientRect(); return box.bottom > innerHeight || box.right > innerWidth || !box.height; }).length")
                equal(below, 0, f"parts that are not seen at {width}")
                equal(await page.value("(({ scrollHeight, clientHeight }) => scrollHeight - clientHeight)(document.querySelector('#game'))"), 0, f"scrolls at {width}")
                check(await page.value("document.querySelector('.stage canvas').clientHeight") > 0.55 * height, f"the picture is small at {width}")
                check(await page.value("document.querySelector('.curve-box').clientHeight") > 0.2 * height, f"the curves are small at {width}")
            if not is_slow:
                await page.press("l")
                await page.until("!document.querySelector('.path').hidden", "slow motion")
        check(await page.value("parseFloat(getComputedStyle(document.documentElement).fontSize)") > 20, "larger type")


async def formulas(page):
    """A long formula within prose is scrolled in its paragraph, in the page and in an exported one."""
    long = "+".join(f"x_{{{n}}}^2" for n in range(40))
    with Lab(f"## Words $y={long}$ and more.\n##\n## - a $z={long}$\n") as lab:
        exported = lab.file.with_suffix(".html")
        subprocess.run([gan, "run", "--html", exported, lab.file], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        await page.size(390, 844)
        await opened(page, lab, 1)
        wide = ("(() => { const root = document.querySelector('#program') ?? document.scrollingElement; return [root.scrollWidth <= root.clientWidth + 1, "
                "[...document.querySelectorAll('p, ul')].filter((one) => one.querySelector('math')).map((one) => { one.scrollLeft = 9999; return one.scrollLeft > 50; })]; })()")
        equal(await page.value(wide), [True, [True, True]], "the page, and what scrolls in it")
        await page.open(exported.as_uri())
        await page.until("document.querySelectorAll('math').length === 2", "the exported page")
        equal(await page.value(wide), [True, [True, True]], "the exported page, and what scrolls in it")


async def signs(page):
    """Numbers below zero have one minus sign everywhere; D's axis is that of its outputs where points are."""
    with Lab("use gan\nseed 1\nrun = wgan(net { dense 16; relu; dense 2 }, net { dense 16; relu; dense 1 }, ring(), noise: 2)\ntrain run, steps: 200\n") as lab:
        await playing(page, lab)
        for place in ("document.querySelector('.standing .words').textContent", f"{cell(0)}.querySelector('.progress-words').textContent"):
            await page.until(f"/−[0-9]/.test({place})", "a number below zero")
            check(not await page.value(f"/-[0-9]/.test({place})"), "a hyphen before a number")
        await page.until(f"{cell(0)}.dataset.state === 'done'", "the end")
        ends = await page.value("import('/histograms.js').then(({ judged }) => judged({ values: [90, 1, 2, 3, -70], bins: 5, realBars: [0, 1, 2, 0.5, 0], sampleBars: [0.001, 0, 0, 0, 0] }))")
        check(0.5 < ends[0] < 1 and 3 < ends[1] < 3.5, f"D's axis is {ends}")


async def unsaved(page):
    """What is typed while the program is gone is said to be not saved, and the browser asks before it is lost; another lab takes it."""
    with Lab("x = 1\n") as lab:
        await opened(page, lab, 1)
        lab.kill()
        await page.until("!document.querySelector('#lost').hidden", "the loss is told of")
        await begin_writing(page, 0)
        await page.press("Ctrl-End")
        await page.write(" + 41")
        await page.until("document.querySelector('#saved').textContent === 'not saved'", "the header")
        page.leaves = False
        await page.call("Page.reload")
        await asyncio.sleep(0.5)
        equal(page.questions, ["beforeunload"], "what the browser asks")
        equal(await page.value(text(0)), "x = 1 + 41", "the text")
        await page.until("document.querySelector('#lost').textContent.includes('in another tab')", "the way out", seconds=40)
        lab.begin_again()
        await page.open_beside(lab.address)
        await page.until("document.querySelector('#lost').hidden && document.querySelector('#saved').textContent.startsWith('saved')", "saved by the other lab")
        equal(lab.file.read_text(), "x = 1 + 41\n", "the file")
        # Nothing is asked where nothing would be lost.
        page.questions.clear()
        await page.value("window.isOld = true")
        await page.call("Page.reload")
        await page.until(f"!window.isOld && {READY}", "the page again")
        equal(page.questions, [], "questions without need")
        page.complaints[:] = [one for one in page.complaints if "WebSocket" not in one]


async def offered(page):
    """The empty cell that is offered behind the last one is not written into the file."""
    with Lab("print 1\n") as lab:
        await opened(page, lab, 1)
        await begin_writing(page, 0)
        await page.press("Shift-Enter")
        await page.until(f"{CELLS}.length === 2 && {cell(0)}.dataset.state === 'done'", "the cell, and an empty one")
        await page.until("document.querySelector('#saved').textContent.startsWith('saved')", "saved")
        equal(lab.file.read_text(), "print 1\n", "the file")


async def drawn(page):
    """A stroke that is nearly a line is shown in the field in which it was drawn; too few points are told of."""
    with Lab(GAME) as lab:
        await playing(page, lab)
        await page.click("#game .primary")
        await state(page, "paused")
        await choose(page, "data", "draw your own …")
        await page.until("document.querySelector('.stage').classList.contains('drawing')", "drawing")
        for count, words in ((0, "none is drawn"), (1, "one is drawn")):
            for _ in range(count):
                await page.value("document.querySelector('.stage canvas').focus()")
                await page.press("ArrowRight", "Space")
            await page.click(".draw-tools .primary")
            await page.until(f"document.querySelector('.draw-tools .refusal')?.textContent.includes('{words}')", f"it is said that {words}")
        await page.value("document.querySelector('.stage canvas').focus()")
        for _ in range(14):
            await page.press("ArrowRight", "Space")
        equal(await page.value("document.querySelector('.draw-tools .refusal')"), None, "what was said of too few points")
        await page.press("Enter")
        await page.until("!document.querySelector('.stage').classList.contains('drawing')", "points handed over")
        await asyncio.sleep(0.5)
        width, height = await page.value("(() => { const box = document.querySelector('.stage canvas').getBoundingClientRect(); return [box.width, box.height]; })()")
        check(0.5 <= width / height <= 2, f"the picture is {width} by {height}")
        await page.value("document.querySelector('#choice-data ~ button').click()")
        await page.until(f"{text(0)}.includes('run.data = data_set(tensor([')", "the points in the program")
        lines = (await page.value(text(0))).split("\n")
        check(max(len(line) for line in lines if "[" in line and "net" not in line) <= 100, "no line is too long")


async def one_coordinate(page):
    """Data of one coordinate are histograms, with D's outputs over them; where nothing can be shown it is said."""
    nets = "net { dense 16; relu; dense %d }, net { dense 16; relu; dense 1 }"
    with Lab(f"use gan\nrun = gan({nets % 1}, data_set(normal([1000, 1])), noise: 1)\ntrain run, steps: 100000\n") as lab:
        await playing(page, lab)
        await page.click("#game .primary")
        await state(page, "paused")
        label = "document.querySelector('.stage canvas').getAttribute('aria-label')"
        await page.until(f"{label}.startsWith('Histograms at step ' + {STEP})", "the picture in words, of the step")
        await page.value("document.querySelector('.stage canvas').focus()")
        await page.press("ArrowRight")
        await page.until("/^x = .*real .*samples .*, D /.test(document.querySelector('.stage .reading').textContent)", "what lies at a place")
        colors = await page.value("""(() => { const canvas = document.querySelector('.stage canvas'), found = new Set();
          const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
          for (let at = 0; at < data.length; at += 4) found.add(data.slice(at, at + 3).join());
          return found.size; })()""")
        check(colors > 8, f"{colors} colors are painted")
        check(await page.value("getComputedStyle(document.querySelector('.legend .output')).display") != "none", "D in the legend")
        equal(await page.value("document.querySelector('.shows').hidden"), True, "what a line has not got")
    with Lab(f"use gan\nrun = gan({nets % 4}, data_set(uniform([40, 4])), noise: 3)\ntrain run, steps: 100000\n") as lab:
        await playing(page, lab)
        await page.until(f"{label}.includes('has no picture')", "why there is no picture")
        equal(await page.value("document.querySelector('.legend').hidden"), True, "no legend for nothing")


async def pictures(page):
    """Samples that are pictures fill their room beside the curves, and on a phone."""
    nets = "net { dense 16; relu; dense 784; reshape 28, 28, 1; sigmoid }, net { flatten; dense 16; relu; dense 1 }"
    with Lab(f"use gan\nrun = gan({nets}, digits(100), noise: 8, batch: 8)\ntrain run, steps: 1000000\n") as lab:
        await playing(page, lab)
        await page.click("#game .primary")
        await state(page, "paused")
        for width, height, view in ((1280, 800, "both"), (1280, 800, "game"), (390, 844, "game")):
            await page.size(width, height)
            await page.value(f"document.querySelector('[data-view={view}]').click()")
            await page.until("/^[0-9]+ pictures made at step [0-9]+, below [1-8] real ones$/.test(document.querySelector('.stage canvas').getAttribute('aria-label'))", "pictures, and real ones")
            await page.until("(() => { const box = document.querySelector('.stage-box'), { offsetWidth, offsetHeight } = box.firstChild; "
                             "return offsetWidth <= box.clientWidth && Math.max(offsetWidth / box.clientWidth, offsetHeight / box.clientHeight) > 0.75; })()",
                             f"pictures that fill their room at {width} in {view}", 5)
            beside = await page.value("document.querySelector('.curves').getBoundingClientRect().left > document.querySelector('.stage').getBoundingClientRect().right - 1")
            equal(beside, width > 400, "the curves stand beside")


async def layers(page):
    """All layers are seen, before the first step too; Next waits at each part; the speed is set by keys."""
    nets = ("G = net { dense 64; batch_norm; relu; reshape 4, 4, 4; deconv 8, kernel: 4, stride: 2; relu; deconv 1, kernel: 4, stride: 2; sigmoid }\n"
            "D = net { conv 8, kernel: 4, stride: 2; leaky_relu; conv 8, kernel: 3; leaky_relu; conv 8, kernel: 3; relu; flatten; dropout 0.3; dense 32; relu; dense 16; relu; dense 1 }\n")
    with Lab(f"use gan\n{nets}run = gan(G, D, data_set(uniform([32, 16, 16, 1])), batch: 2)\ntrain run, steps: 1000000\n") as lab:
        await playing(page, lab)
        await page.click("#game .primary")
        await state(page, "paused")
        boxes = "[...document.querySelectorAll('.network')].map((net) => [...net.querySelectorAll('li:not(.end) b')].map((one) => one.textContent).join())"
        wanted = ["dense,reshape,deconv,deconv", "conv,conv,conv,flatten,dense,dense,dense"]
        equal(await page.value(boxes), wanted, "boxes once sizes are known")
        for width, height in ((1280, 800), (1920, 1080)):
            await page.size(width, height)
            for view in ("both", "game"):
                await page.value(f"document.querySelector('[data-view={view}]').click()")
                hidden = await page.value("[...document.querySelectorAll('.network ol')].filter((list) => list.scrollWidth > list.clientWidth + 1"
                                          " || [...list.children].some((one) => one.getBoundingClientRect().right > list.getBoundingClientRect().right + 1)).length")
                equal(hidden, 0, f"nets cut off in {view} at {width}")
                check(await page.value("document.querySelector('.curve-box').clientHeight") > 200, f"curves have room in {view} at {width}")
        await page.value("document.querySelector('[aria-label=\"From the start\"]').click()")
        await page.until(f"{STEP} === 0", "the start")
        equal(await page.value("document.querySelector('.run-state').textContent"), "paused", "the beginning is no end")
        equal(await page.value(boxes), wanted, "boxes before sizes are known")
        await page.value("document.querySelector('[data-action=slow]').focus()")
        await page.press("l")
        await page.until("!document.querySelector('.path').hidden", "slow motion")
        for _ in range(3):
            await page.press(".")
        await page.until("document.querySelector('#speed').getAttribute('aria-valuetext') === '1 second a part'", "the fastest")
        for phase in ("noise", "generate"):
            await page.press("n")
            await page.until(f"document.querySelector('.path [aria-current]')?.dataset.phase === '{phase}'", f"the part {phase}")
            await asyncio.sleep(1.6)
            equal(await page.value("document.querySelector('.path [aria-current]')?.dataset.phase"), phase, "it holds")
        await page.press(",")
        await page.until("document.querySelector('#speed').value === '3'", "slower by a key")
        await page.press("l")


async def names(page):
    """Everything that can have the focus has a name."""
    with Lab(GAME) as lab:
        await playing(page, lab)
        await page.press("2")
        found = await page.names()
        nameless = [role for role, name in found if not name.strip() and role not in ("RootWebArea", "generic")]
        equal(nameless, [], "controls without a name")
        check(len(found) > 40, "the tree is there")
        return f"{len(found)} controls"


async def narrow(page):
    """At a phone's width nothing is wider than the window."""
    with Lab(GAME) as lab:
        await playing(page, lab)
        for width, height in ((390, 844), (800, 600), (1280, 800), (1920, 1080)):
            await page.size(width, height)
            for view in ("program", "both", "game"):
                await page.value(f"document.querySelector('[data-view={view}]').click()")
                wide = await page.value("document.documentElement.scrollWidth > innerWidth || [...document.querySelectorAll('#program, #game')]"
                                        ".some((one) => one.scrollWidth > one.clientWidth + 1)")
                equal(wide, False, f"{view} at {width} is too wide")


async def obstacles(page):
    """Buttons that cannot act are switched off with a reason; their keys say it, too. Every knob is explained."""
    with Lab("use gan\nrun = vae(net { dense 4 }, net { dense 3 }, data_set(uniform([40, 3])), batch: 8)\ntrain run, steps: 100000\n") as lab:
        await playing(page, lab)
        await page.click("#game .primary")
        await state(page, "paused")
        found = dict(await page.value("[...document.querySelectorAll('[data-action]')].filter((one) => one.disabled).map((one) => [one.dataset.action, one.title])"))
        equal(sorted(found), ["step_d", "step_g"], "buttons that are off")
        check(all("no D and G" in title for title in found.values()), f"the reasons are {found}")
        await page.value("document.querySelector('[data-action=step]').focus()")
        await page.press("d")
        await page.until("document.querySelector('#notices').textContent.includes('no D and G')", "the key says why")
        knobs = await page.value("[...document.querySelectorAll('.knob')].map((one) => [one.querySelector('label').textContent, one.querySelector('label').title, one.querySelector('.unseen').textContent])")
        check(len(knobs) >= 3 and all(len(help) > 8 and help in title for _, title, help in knobs), f"knobs are explained: {knobs}")


async def standing(page):
    """Head, foot and curves say the same of the step at which the run stands."""
    with Lab(GAME) as lab:
        await playing(page, lab)
        await page.click("#game .primary")
        await state(page, "paused")
        agree = """(before) => {
          const plain = (text) => text.replaceAll('−', '-').replaceAll(/\\s+/g, ' ');
          const head = plain(document.querySelector('.standing').innerText), words = plain(document.querySelector('.standing .words').textContent);
          const foot = plain(document.querySelector('.progress-words').textContent), curves = plain(document.querySelector('.curves canvas').getAttribute('aria-label'));
          // The curves round to three digits.
          const near = (name, sign) => Math.abs(Number(curves.match(name)?.[1]) - Number(words.match(sign)?.[1])) < 0.006 * Math.max(1, Number(words.match(sign)?.[1]));
          return head !== before && head.endsWith('paused') && foot.includes(`step ${head.split(' ')[1]} `) && foot.includes(words)
            && near(/loss of D (\\S+?)(?: at step \\d+)?,/, /d (\\S+)/) && near(/loss of G (\\S+?)(?: at step \\d+)?,/, /g (\\S+)/) && near(/slope (\\S+?)(?: at step \\d+)?$/, /slope (\\S+)/) ? head : null;
        }"""
        head = await page.until(f"({agree})('')", "they agree")
        for action in ("step", "step_d", "back", "step_g", "back", "back"):
            await page.click(f"[data-action={action}]")
            head = await page.until(f"({agree})({head!r})", f"they agree after {action}")


async def edited_elsewhere(page):
    """What another program writes is shown by itself; what is deleted is told of, and written again."""
    with Lab("x = 1\n\n# %%\ny = 2\nprint y\n") as lab:
        await opened(page, lab, 2)
        lab.file.write_text("x = 7\n\n# %%\ny = 2\nprint y\n")
        await page.until(f"{text(0)} === 'x = 7'", "the new text", seconds=3)
        await page.value(f"{cell(1)}.focus()")
        await page.press("Ctrl-Enter")
        await page.until(f"{outputs(1)}.includes('2')", "an output")
        lab.file.write_text("x = 8\n\n# %%\ny = 2\nprint y\n")
        await page.until(f"{text(0)} === 'x = 8'", "the next text", seconds=3)
        check("2" in await page.value(outputs(1)), "a cell that stayed keeps its output")
        lab.file.unlink()
        await page.until("!document.querySelector('#conflict').hidden", "it is told that the file is gone")
        told = await page.value("document.querySelector('#conflict').innerText")
        check("program.gan was deleted" in told and lab.folder.name + "/state" in told, told)
        await page.value("document.querySelector('#conflict .choices button').click()")
        for _ in range(100):
            if lab.file.exists():
                break
            await asyncio.sleep(0.05)
        equal(lab.file.read_text(), "x = 8\n\n# %%\ny = 2\nprint y\n", "the file again")


async def anchors(page):
    """Headings take no id of the page's; links to them and to footnotes lead there, also to the second of a name."""
    titles = ("Game", "Keys", "Conflict", "Saved", "Panes", "Notices", "I play", "Program", "Suggestions", "Game")
    program = ("## [a](#game) [b](#game-2) [c](#keys) note[^1]\n##\n## [^1]: one\n\n"
               + "".join(f"## ## {title}\n\nx = {place}\n\n" for place, title in enumerate(titles))
               + "## other[^1]\n##\n## [^1]: two\n\n" + "".join(f"## {line}\n" if line else "\n" for line in GAME.splitlines() if False)
               + "# %%\n" + GAME)
    with Lab(program) as lab:
        await opened(page, lab)
        twice = await page.value("(() => { const seen = new Set(), twice = []; for (const { id } of document.querySelectorAll('[id]')) { if (seen.has(id)) twice.push(id); seen.add(id); } return twice; })()")
        equal(twice, [], "ids that are there twice")
        for link, place in (("a", 0), ("b", 1)):
            await page.value(f"[...document.querySelectorAll('.prose a')].find((one) => one.textContent === '{link}').click()")
            equal(await page.value(f"[...document.querySelectorAll('.prose h2')].filter((one) => one.textContent === 'Game').indexOf(document.activeElement)"), place, "the heading that a link leads to")
        await page.value("document.querySelector('.prose a[data-footnote-ref]').click()")
        check("one" in await page.value("document.activeElement.textContent"), "the footnote")
        await page.press("?")
        await page.until("document.querySelector('dialog#keys').open", "the sheet of keys")
        await page.press("Escape")
        await page.value(f"[...{CELLS}].at(-1).focus()")
        await page.press("Ctrl-Enter")
        await page.until("!document.querySelector('section#game').hidden && document.querySelector('section#game canvas') !== null", "the game, in its own place")
        equal(await page.value("document.querySelectorAll('.prose canvas, .prose button').length"), 0, "parts of the page in prose")


async def writing(page):
    """Who is writing goes on writing: whatever comes from elsewhere takes neither letters nor the cursor, and no letter becomes a command."""
    with Lab("x = 1\n\n# %%\ny = 2\n\n# %%\nz = 3\n") as lab:
        await opened(page, lab, 3)
        await begin_writing(page, 1)
        await page.press("Ctrl-a", "Backspace")
        await page.write("add = 1")
        lab.file.write_text("x = 1\n\n# %%\ny = 99\n\n# %%\nz = 3\n")
        for letter in "; ddrm y = 5":
            await page.write(letter)
            await asyncio.sleep(0.12)
        await page.until("!document.querySelector('#conflict').hidden", "it is told that the file was edited")
        await page.write("; rr dd")
        equal(await page.value(text(1)), "add = 1; ddrm y = 5; rr dd", "what was typed")
        equal(await page.value(f"{CELLS}.length"), 3, "cells")
        equal(lab.file.read_text(), "x = 1\n\n# %%\ny = 99\n\n# %%\nz = 3\n", "the file, over which nothing was written")
        # Put off, it can be chosen later.
        await page.click("#conflict .quiet")
        equal(await page.value(f"document.activeElement === {cell(1)}.querySelector('textarea')"), True, "the cursor is back")
        equal(await page.value("[document.querySelector('#conflict').hidden, document.querySelector('#choose').hidden]"), [True, False], "the question, put off")
        await page.value("document.querySelector('#choose').click()")
        await page.value("document.querySelector('#conflict .choices button').click()")
        await page.until("document.querySelector('#saved').textContent.startsWith('saved')", "saved")
        check("add = 1; ddrm y = 5; rr dd" in lab.file.read_text(), "the file has what was typed")
        # The cell is deleted in another window.
        async with Chromium() as other:
            await opened(other, lab, 3)
            await page.value(f"{cell(1)}.querySelector('textarea').focus()")
            await page.press("Ctrl-a", "Backspace")
            await page.write("before")
            await other.value(f"{cell(1)}.focus()")
            await other.press("d", "d")
            for letter in " dd rr after":
                await page.write(letter)
                await asyncio.sleep(0.05)
            await page.until(f"{CELLS}.length === 3 && {text(1)} === 'before dd rr after'", "all that was typed, in its place")
            await other.until(f"{CELLS}.length === 3 && {text(1)} === 'before dd rr after'", "the same in the other window")
            equal(await page.value(f"document.activeElement === {cell(1)}.querySelector('textarea')"), True, "the cursor stays")
            # One that was not written in just now goes; letters are no commands then.
            await asyncio.sleep(3.2)
            await other.value(f"{cell(1)}.focus()")
            await other.press("d", "d")
            await page.until(f"{CELLS}.length === 2", "the cell goes")
            await page.press("d", "d", "r", "m")
            await asyncio.sleep(0.3)
            equal(await page.value(f"[...{CELLS}].map((one) => one.className.includes('kind-code'))"), [True, True], "the cells that are left")
            await page.press("Escape", "d", "d")
            await page.until(f"{CELLS}.length === 1", "after Esc keys are commands again")


async def together(page):
    """Two windows write in one cell at once: no letter is lost, and both see the same."""
    with Lab("start\n") as lab:
        async with Chromium() as other:
            for one, place in ((page, 0), (other, 5)):
                await opened(one, lab, 1)
                await one.value(f"{cell(0)}.focus()")
                await one.press("Enter")
                await one.value(f"document.activeElement.setSelectionRange({place}, {place})")

            async def type(one, letters, pause):
                for letter in letters:
                    await one.write(letter)
                    await asyncio.sleep(pause)

            await asyncio.gather(type(page, "abcdefghijklmnopqrst", 0.03), type(other, "ABCDEFGHIJKLMNOPQRST", 0.04))
            whole = "abcdefghijklmnopqrststartABCDEFGHIJKLMNOPQRST"
            for one in (page, other):
                await one.until(f"{text(0)} === '{whole}'", f"all letters in their order, not {await one.value(text(0))!r}")
            # In the same place.
            for one in (page, other):
                await one.press("Ctrl-a", "Backspace")
                await one.until(f"{text(0)} === ''", "an empty cell")
            await asyncio.gather(type(page, "0123456789", 0.03), type(other, "zyxwvutsrq", 0.03))
            await page.until(f"{text(0)}.length === 20", "twenty letters")
            found = await page.value(text(0))
            await other.until(f"{text(0)} === {found!r}", "the same in both windows")
            check("".join(c for c in found if c.isdigit()) == "0123456789" and "".join(c for c in found if c.isalpha()) == "zyxwvutsrq", f"the order of each: {found}")
            equal(await page.value(f"{cell(0)}.querySelector('.editor code').textContent.trim()"), found, "the letters below")
            await page.press("Ctrl-s")
            await page.until("document.querySelector('#saved').textContent.startsWith('saved')", "saved")
            equal(lab.file.read_text().strip(), found, "the file")


async def large(page):
    """A document of very many cells is opened and run, and the page is laid out a few times alone, however many they are."""
    counts = []
    for count in (60, 240):
        program = "".join(f"## ## Part {n}\n## Words and $x_{{{n}}}$.\n\nx{n} = {n} ^ 2\nprint x{n}\n\n" for n in range(count // 2))
        with Lab(program) as lab:
            await page.call("Performance.enable", timeDomain="threadTicks")
            await opened(page, lab, count)

            async def spent():
                metrics = {one["name"]: one["value"] for one in (await page.call("Performance.getMetrics"))["metrics"]}
                return metrics["LayoutDuration"] + metrics["RecalcStyleDuration"] + metrics["ScriptDuration"]

            begun = await spent()
            await page.click("#run-all")
            await asyncio.sleep(2)
            await page.until(f"{cell(count - 1)}.dataset.state === 'done'", "the last cell", seconds=120)
            counts.append((begun, await spent() - begun))
            equal(await page.value(f"{outputs(1)}"), "0", "the first output")
            await page.call("Page.navigate", url="about:blank")
            page.complaints.clear()
    # Four times the cells: 16 times the work where each cell costs what the document is long.
    check(counts[1][1] < 9 * counts[0][1], f"it takes {counts}")
    return ", ".join(f"{opening:.2f} s and {running:.2f} s" for opening, running in counts)


async def bar(page):
    """The bar at each width: every button has its name; nothing outside of the panes scrolls; keys work after a click in it; Restart asks."""
    with Lab(GAME) as lab:
        await playing(page, lab)
        await page.click("#game .primary")
        await state(page, "paused")
        for width, height in ((1920, 1080), (1280, 800), (640, 800), (390, 844)):
            await page.size(width, height)
            found = dict((name, role) for role, name in await page.names())
            for name in ("Run all", "Stop", "Restart", "Save", "Export", "Keys", "For the wall: full screen, larger type"):
                check(name in found, f"no {name} at {width}")
            for view in ("program", "both", "game"):
                await page.value(f"document.querySelector('[data-view={view}]').click()")
                equal(await page.value("[document.documentElement.scrollHeight <= innerHeight, document.body.scrollHeight <= innerHeight]"), [True, True], f"{view} at {width} scrolls")
        await page.size(1280, 800)
        await page.value("document.querySelector('[data-view=program]').click()")
        await page.click("#restart")
        equal(await page.value("document.querySelector('#restart').innerText"), "Forget all?", "Restart asks")
        await asyncio.sleep(0.3)
        check(await page.value(f"{cell(0)}.dataset.state") in ("running", "paused"), "it still trains")
        await page.until("document.querySelector('#restart').innerText === 'Restart'", "it asks no longer")
        await page.click("#run-all")
        await page.press("i", "i")
        await page.until(f"['stopped', 'done', 'stale'].includes({cell(0)}.dataset.state)", "i i after a click in the bar")
        await page.click("#run-all")
        await page.until(f"{cell(0)}.dataset.state === 'running'", "it runs again")
        await page.click("#restart")
        await page.click("#restart")
        await page.until(f"{cell(0)}.dataset.state === 'stale'", "the second click restarts")
        await page.press("Escape")
        equal(await page.value(f"document.activeElement === {cell(0)}"), True, "Esc leads back to the cell")


async def notices(page):
    """No more than three notices are there, and each can be closed."""
    with Lab("x = 1\n") as lab:
        await opened(page, lab, 1)
        await page.value("import('/elements.js').then(({ notify }) => { for (let n = 0; n < 5; n += 1) notify(`note ${n}`, { level: n === 1 ? 'error' : 'note' }); notify('note 4'); })")
        texts = "[...document.querySelectorAll('.notice > span')].map((one) => one.textContent)"
        equal(await page.value(texts), ["note 1", "note 3", "note 4"], "the newest, and the error")
        await page.value("document.querySelector('.notice.error button').click()")
        equal(await page.value(texts), ["note 3", "note 4"], "after it was closed")
        await page.until(f"({texts}).length === 0", "they go", seconds=12)


async def read_only(page):
    """The page says where the text of a file is kept that cannot be written; a text that was saved in a copy is not told of later."""
    with Lab("x = 1\n") as lab:
        await opened(page, lab, 1)
        await begin_writing(page, 0)
        await page.write("0")
        lab.file.write_text("x = 5\n")
        await page.until("!document.querySelector('#conflict').hidden", "the question")
        await page.value("[...document.querySelectorAll('#conflict button')].find((one) => one.textContent.includes('beside')).click()")
        await page.until("document.querySelector('#name').textContent === 'program-2.gan' && document.querySelector('#saved').textContent.startsWith('saved')", "the copy")
        await asyncio.sleep(0.3)
        kept = lab.file.parent / "state/gan/lab"
        equal([one.name for one in kept.iterdir()] if kept.exists() else [], [], "texts that are kept beside")


async def outputs_of(page):
    """What a program writes for a terminal, a question with its answer, tables in prose."""
    with Lab("## | a | b | c |\n## |:-:|--:|:--|\n## | 1 | 2 | 3 |\n\nprint \"\\u{1b}[31mred\\u{1b}[0m plain \\u{1b}[1;34mblue\\u{1b}[m\\u{1b}[2K\"\n\n# %%\nname = input(\"name? \")\nprint \"hello {name}\"\n") as lab:
        await opened(page, lab, 3)
        equal(await page.value("[...document.querySelectorAll('.prose td')].map((one) => getComputedStyle(one).textAlign)"), ["center", "right", "left"], "the columns")
        await page.click("#run-all")
        await page.until("document.activeElement.matches('.question input')", "a field for the answer")
        equal(await page.value(outputs(1)), "red plain blue", "the text")
        equal(await page.value(f"[...{cell(1)}.querySelectorAll('.outputs span')].map((one) => one.className)"), ["bad", "strong name"], "the colors")
        await page.write("Ada")
        await page.press("Enter")
        await page.until(f"{outputs(2)} === 'name? Ada\\nhello Ada'", "question and answer")


async def much(page):
    """Very much output leaves the page alive, and can be had as a whole."""
    with Lab("for i in 0..100000 { print i }\n\n# %%\nprint join(map(0..200000, n -> \"-{n}\"))\n\n# %%\nfor i in 0..1000 { show image(tensor([[0, i / 1000]])) }\n"
             "\n# %%\nfor i in 0..300 { plot [1, i] }\n\n# %%\nprint 1\n") as lab:
        await opened(page, lab, 5)
        await page.value("(() => { let last = performance.now(); window.worst = 0; setInterval(() => { const now = performance.now(); window.worst = Math.max(worst, now - last - 20); last = now; }, 20); })()")
        begun = time.perf_counter()
        times = []
        for place in range(5):
            await page.value(f"{cell(place)}.focus()")
            await page.press("Ctrl-Enter")
            await page.until(f"{cell(place)}.dataset.state === 'done'", "it ends", seconds=240)
            times.append(f"{time.perf_counter() - begun:.1f}")
            begun = time.perf_counter()
        # What is out of sight is not laid out.
        await page.value(f"{cell(0)}.focus()")
        await page.until(f"{outputs(0)}.includes('99999')", "the last line", seconds=10)
        check((await page.value(outputs(0))).startswith("0\n1\n2\n"), "the first lines")
        sizes = await page.value(f"[...{CELLS}].map((one) => one.querySelector('.outputs').innerHTML.length)")
        check(sizes[0] < 600_000 and sizes[1] < 600_000, f"the outputs are {sizes}")
        equal(await page.value(f"{cell(2)}.querySelectorAll('img').length"), 100, "pictures that are kept")
        link = await page.value(f"{cell(0)}.querySelector('.whole a').href")
        whole = await page.value(f"fetch('{link}').then((answer) => answer.text())")
        equal(whole, "".join(f"{i}\n" for i in range(100000)), "the whole text")
        return f"{', '.join(times)} s; the page stood still for {await page.value('worst'):.0f} ms at most"


async def killed(page):
    """`gan lab` is killed while it trains, again and again: what was run is in the file, and the next lab opens it."""
    program = GAME
    for kill in range(3):
        with Lab(program) as lab:
            await opened(page, lab, 1)
            await begin_writing(page, 0)
            await page.value("(() => { const area = document.activeElement; area.setSelectionRange(area.value.length, area.value.length); })()")
            await page.write(f"\nkill{kill} = {kill}")
            program = await page.value(text(0)) + "\n"
            # As soon as it is typed.
            await page.press("Ctrl-Enter")
            await page.until(f"{cell(0)}.dataset.state === 'running'", "it runs")
            await asyncio.sleep(0.3 * kill)
            lab.process.kill()
            lab.process.wait()
            equal(lab.file.read_text(), program, "the file after the kill")
            check(not [one for one in lab.file.parent.iterdir() if one.name not in ("program.gan", "state")], "nothing else is left")
            await page.open("about:blank")
            page.complaints.clear()


TESTS = [first_paint, nothing_leaves, by_keys, undo, failures, stops, offered, unsaved, lost_connection, breaking, reloads, killed, edited_elsewhere, writing, together,
         read_only, anchors, outputs_of, bar, notices, large, much, game, game_by_keys, standing, obstacles, truth, beginning, refused, curves, wall, formulas, signs, drawn, one_coordinate, pictures, layers,
         names, narrow]


async def main():
    failed = 0
    for test in TESTS:
        if wanted and wanted != test.__name__:
            continue
        begun = time.perf_counter()
        try:
            async with Chromium() as page:
                told = await test(page)
                equal(page.complaints, [], "the browser complains")
            print(f"ok    {test.__name__:16} {time.perf_counter() - begun:5.1f} s  {told or ''}", flush=True)
        except (AssertionError, RuntimeError, asyncio.TimeoutError) as failure:
            failed += 1
            print(f"FAIL  {test.__name__:16} {failure}", flush=True)
    sys.exit(1 if failed else 0)


asyncio.run(main())
