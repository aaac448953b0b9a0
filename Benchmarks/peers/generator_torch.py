"""Task 5, the generator alone on its running statistics, in PyTorch (inference mode)."""

import torch

from networks_torch import image_generator
from timing import milliseconds

torch.manual_seed(1)
generator = image_generator().eval()


@torch.inference_mode()
def generate(count):
    return generator(torch.rand(count, 128) * 2 - 1).sum().item()


print("batch_64_ms", milliseconds(60, 10, lambda: generate(64)))
print("batch_1_ms", milliseconds(300, 10, lambda: generate(1)))
