"""Task 1, a DRAGAN step of the image networks at batch 64, in PyTorch (eager)."""

import itertools

import torch

from networks_torch import Dragan, image_discriminator, image_generator
from timing import milliseconds

torch.manual_seed(1)
run = Dragan(image_generator(), image_discriminator(), noise=128)
batches = itertools.cycle(torch.rand(20, 64, 1, 28, 28))
print("step_ms", milliseconds(15, 5, lambda: run.step(next(batches))))
