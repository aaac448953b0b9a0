"""Task 2, a DRAGAN step of the point networks at batch 256, in PyTorch (eager)."""

import itertools

import torch

from networks_torch import Dragan, point_network
from timing import milliseconds

torch.manual_seed(1)
run = Dragan(point_network(2), point_network(1), noise=2)
batches = itertools.cycle(torch.rand(10, 256, 2))
print("step_ms", milliseconds(300, 50, lambda: run.step(next(batches))))
