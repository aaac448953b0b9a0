"""Task 8, training on a folder of pictures of 64×64 pixels in color, by a DataLoader with a process for each processor."""

import pathlib
import sys
import time

import numpy
import torch
from PIL import Image
from torch import nn

from networks_torch import Dragan
from timing import PROCESSORS


class Folder(torch.utils.data.Dataset):
    def __init__(self, path):
        self.paths = sorted(pathlib.Path(path).glob("*/*"))

    def __len__(self):
        return len(self.paths)

    def __getitem__(self, place):
        with Image.open(self.paths[place]) as image:
            return torch.from_numpy(numpy.array(image)).permute(2, 0, 1).float() / 255


def discriminator():
    return nn.Sequential(
        nn.Conv2d(3, 32, 4, 2, 1), nn.LeakyReLU(0.2),
        nn.Conv2d(32, 64, 4, 2, 1), nn.LeakyReLU(0.2),
        nn.Flatten(), nn.Linear(16 * 16 * 64, 1),
    )  # fmt: skip


def generator():
    return nn.Sequential(
        nn.Linear(100, 16 * 16 * 64), nn.ReLU(), nn.Unflatten(1, (64, 16, 16)),
        nn.ConvTranspose2d(64, 32, 4, 2, 1), nn.ReLU(),
        nn.ConvTranspose2d(32, 3, 4, 2, 1), nn.Sigmoid(),
    )  # fmt: skip


def forever(loader):
    while True:
        yield from loader


def inside():
    pictures = torch.rand(1280, 3, 64, 64)
    while True:
        yield pictures[torch.randint(1280, (64,))]


if __name__ == "__main__":
    torch.manual_seed(1)
    start = time.monotonic()
    loader = torch.utils.data.DataLoader(
        Folder(sys.argv[1]), 64, shuffle=True, num_workers=PROCESSORS, persistent_workers=True, drop_last=True
    )
    print("load_s", time.monotonic() - start)
    batches = [forever(loader), inside()]
    runs = [Dragan(generator(), discriminator(), noise=100) for _ in range(2)]
    runs[0].step(next(batches[0]))
    print("first_at", time.monotonic())
    for run, data in zip(runs, batches):
        for _ in range(5):
            run.step(next(data))
    times = [[], []]
    for _ in range(20):
        for i in range(2):
            start = time.monotonic()
            for _ in range(5):
                runs[i].step(next(batches[i]))
            times[i].append(200 * (time.monotonic() - start))
    print("step_ms", sorted(times[0])[10])
    print("memory_step_ms", sorted(times[1])[10])
