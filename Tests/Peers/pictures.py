"""Pictures that Gan writes, read by Pillow; and pictures of every mode that Pillow writes, read by Gan.

    python Tests/Peers/pictures.py .build/release/gan

Needs NumPy and Pillow. Prints a line for each kind, and fails where one differs.
"""

import pathlib
import subprocess
import sys
import tempfile

import numpy as np
from PIL import Image, ImageOps, ImageSequence

gan = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ".build/release/gan").resolve()
failures = 0


def check(what, passed, total, detail=""):
    global failures
    failures += passed != total
    print(f"{what:44} {passed:4} of {total:4}  {detail}")


def run(script, folder):
    (folder / "script.gan").write_text(script)
    done = subprocess.run([gan, "script.gan"], cwd=folder, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"gan failed:\n{done.stdout}{done.stderr}")


def written(folder):
    """What Gan writes: 1 and 3 channels, sizes that fill no row of 4 bytes, flat and noisy."""
    sizes, lines = [(1, 1), (5, 3), (8, 8), (31, 17), (64, 65)], []
    for height, width in sizes:
        for channels in (1, 3):
            for kind in ("noise", "ramp"):
                name = f"{kind}-{height}-{width}-{channels}"
                shape = [height, width, channels]
                count = height * width * channels
                numbers = f"uniform({shape})" if kind == "noise" else f"reshape(linspace(0, 1, {count}), {shape})"
                lines.append(f"x = round({numbers} * 255) / 255\nsave x, \"{name}.npy\"\ni = image(reshape(x, {[1, *shape]}))")
                for ending in ("png", "bmp", "ppm", "jpg"):
                    lines.append(f'save_image i, "{name}.{ending}"')
    for channels in (1, 3):
        lines.append(f'x = round(uniform([5, 12, 9, {channels}]) * 5) / 5\nsave x, "play-{channels}.npy"')
        lines.append(f'save_animation x, "play-{channels}.gif"\nsave_animation x, "play-{channels}.png"')
    run("\n".join(lines) + "\n", folder)

    for ending in ("png", "bmp", "ppm", "jpg"):
        passed, worst = 0, 0.0
        files = sorted(folder.glob(f"[nr]*.{ending}"))
        for file in files:
            expected = np.rint(np.load(file.with_suffix(".npy")) * 255)
            read = np.asarray(Image.open(file)).astype(float).reshape(expected.shape)
            if ending == "jpg":
                # A JPEG loses some: the mean error of noise at quality 92 is a few levels.
                worst = max(worst, abs(read - expected).mean())
                passed += abs(read - expected).mean() < 8
            else:
                passed += bool((read == expected).all())
        check(f"written by Gan, read by Pillow: {ending}", passed, len(files), f"mean error {worst:.1f}" if worst else "equal")
    for ending in ("gif", "png"):
        passed = 0
        for channels in (1, 3):
            expected = np.rint(np.load(folder / f"play-{channels}.npy") * 255)
            frames = ImageSequence.Iterator(Image.open(folder / f"play-{channels}.{ending}"))
            read = [np.asarray(frame.convert("L" if channels == 1 else "RGB")) for frame in frames]
            passed += len(read) == 5 and all((a.reshape(b.shape) == b).all() for a, b in zip(read, expected))
        check(f"written by Gan, read by Pillow: animated {ending}", passed, 2)


def read(folder):
    """What Pillow writes, in every mode and with the usual options."""
    y, x, c = np.mgrid[:37, :51, :4].astype(float)
    smooth = (127 + 90 * np.sin(x / 9 + c) + 35 * np.cos(y / 7 - c)).clip(0, 255).astype(np.uint8)
    color = Image.fromarray(smooth[..., :3])
    modes = {
        "1": Image.fromarray(smooth[..., 0] > 127), "L": Image.fromarray(smooth[..., 0]),
        "LA": Image.fromarray(smooth[..., :2], "LA"), "P": color.quantize(37), "RGB": color, "RGBA": Image.fromarray(smooth),
        "I16": Image.fromarray(smooth[..., 0].astype(np.uint16) * 201 + 3), "CMYK": color.convert("CMYK"),
    }
    turned = []
    for number in range(1, 9):
        exif = Image.Exif()
        exif[0x112] = number
        turned.append({"exif": exif})
    options = {
        "png": [{}, {"optimize": True}, *turned], "bmp": [{}], "ppm": [{}],
        "gif": [{}, {"interlace": 0}, {"transparency": 3}],
        "webp": [{}, {"lossless": True}, {"quality": 30, "method": 6}, *turned],
        "jpg": [{}, *({"quality": q, "subsampling": s} for q in (30, 95) for s in (0, 1, 2)), {"progressive": True}, *turned],
    }
    files = []
    for ending, choices in options.items():
        for mode, picture in modes.items():
            for number, choice in enumerate(choices):
                file = folder / f"{mode}-{number}.{ending}"
                try:
                    picture.save(file, **choice)
                except (OSError, ValueError, KeyError):
                    file.unlink(missing_ok=True)
                    continue
                files.append(file)
    run("".join(f'save tensor(load("{file.name}")), "{file.name}.npy"\n' for file in files), folder)
    for ending in options:
        passed, of, notes = 0, 0, []
        for file in files:
            if file.suffix != f".{ending}":
                continue
            numbers = np.load(f"{file}.npy")
            with Image.open(file) as picture:
                mode, veiled = picture.mode, "transparency" in picture.info or picture.mode in ("LA", "RGBA")
                picture = ImageOps.exif_transpose(picture)
                if mode.startswith("I"):
                    expected, white = np.asarray(picture), 65535
                elif veiled:
                    pixels = np.asarray(picture.convert("RGBA")).astype(int)
                    expected, white = (pixels[..., :3] * pixels[..., 3:] + 255 * (255 - pixels[..., 3:]) + 127) // 255, 255
                else:
                    expected, white = np.asarray(picture.convert("L" if mode in ("1", "L") else "RGB")), 255
            expected = expected.astype(np.float32) / np.float32(white)
            if expected.ndim == 3 and numbers.shape[2] == 1:
                expected = expected[..., 0]
            same = numbers.shape[:2] == expected.shape[:2]
            worst = abs(numbers - expected.reshape(numbers.shape)).max() if same else np.inf
            # The system's libjpeg and Pillow's may upsample colors in slightly different ways.
            passed += worst <= (2.01 / 255 if ending == "jpg" else 0)
            of += 1
            if worst:
                notes.append(f"{file.name} {worst:.5f}")
        check(f"written by Pillow, read by Gan: {ending}", passed, of, ", ".join(notes[:4]) or "equal")


for part in (written, read):
    with tempfile.TemporaryDirectory() as name:
        part(pathlib.Path(name))
sys.exit(failures > 0)
