"""The networks of ../gan/networks.gan in PyTorch, and a DRAGAN step of any two networks."""

import torch
from torch import nn
from torch.nn import functional as F

from timing import PROCESSORS

torch.set_num_threads(PROCESSORS)


def image_discriminator():
    return nn.Sequential(
        nn.Conv2d(1, 64, 4, 2, 1), nn.LeakyReLU(0.2),
        nn.Conv2d(64, 128, 4, 2, 1), nn.BatchNorm2d(128), nn.LeakyReLU(0.2),
        nn.Flatten(),
        nn.Linear(6272, 1024), nn.BatchNorm1d(1024), nn.LeakyReLU(0.2),
        nn.Linear(1024, 1),
    )  # fmt: skip


def image_generator():
    return nn.Sequential(
        nn.Linear(128, 1024), nn.BatchNorm1d(1024), nn.ReLU(),
        nn.Linear(1024, 6272), nn.BatchNorm1d(6272), nn.ReLU(),
        nn.Unflatten(1, (128, 7, 7)),
        nn.ConvTranspose2d(128, 64, 4, 2, 1), nn.BatchNorm2d(64), nn.ReLU(),
        nn.ConvTranspose2d(64, 1, 4, 2, 1), nn.Sigmoid(),
    )  # fmt: skip


def point_network(outputs):
    return nn.Sequential(
        nn.Linear(2, 128), nn.LeakyReLU(0.2),
        nn.Linear(128, 128), nn.LeakyReLU(0.2),
        nn.Linear(128, 128), nn.LeakyReLU(0.2),
        nn.Linear(128, outputs),
    )  # fmt: skip


def adam(network):
    return torch.optim.Adam(network.parameters(), 1e-3, (0.5, 0.999), fused=True)


class Dragan:
    """A run of `generator` against `discriminator` on batches of the shape of `real`."""

    def __init__(self, generator, discriminator, noise):
        self.generator, self.discriminator, self.noise = generator, discriminator, noise
        self.optimizers = adam(discriminator), adam(generator)

    def discriminator_loss(self, real, noise):
        with torch.no_grad():
            fake = self.generator(noise)
        loss = F.softplus(-self.discriminator(real)).mean() + F.softplus(self.discriminator(fake)).mean()
        share = torch.rand([len(real)] + [1] * (real.dim() - 1))
        near = (real + share * 0.5 * real.std() * torch.rand_like(real)).requires_grad_(True)
        (gradient,) = torch.autograd.grad(self.discriminator(near).sum(), near, create_graph=True)
        return loss + 10 * ((gradient.flatten(1).norm(dim=1) - 1) ** 2).mean()

    def step(self, real):
        """One update of the discriminator, one of the generator; both losses are looked at."""
        noise = torch.rand(len(real), self.noise) * 2 - 1
        for_discriminator, for_generator = self.optimizers

        for_discriminator.zero_grad(set_to_none=True)
        d_loss = self.discriminator_loss(real, noise)
        d_loss.backward()
        for_discriminator.step()

        for_generator.zero_grad(set_to_none=True)
        self.discriminator.requires_grad_(False)
        g_loss = F.softplus(-self.discriminator(self.generator(noise))).mean()
        g_loss.backward()
        for_generator.step()
        self.discriminator.requires_grad_(True)
        return d_loss.item() + g_loss.item()
