"""Writes objectives.npz: every objective's losses, every penalty's value, and their gradients, by PyTorch in float64.

    python3 Tests/Fixtures/objectives.py        (needs torch and numpy)

The scripts `Tests/Scripts/gan/*_by_pytorch.gan` hold stdlib's functions to it. The inputs are in the file too. D is
tanh(x·w1 + b1)·w2 on images of 2×3 with one channel, G is sigmoid(z·v).
"""

import os

import numpy as np
import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
torch.manual_seed(1)
kept = {}


def keep(name, *tensors):
    """The first under the name itself, then its gradients, `name.0`, `name.1`, …"""
    for number, tensor in enumerate(tensors):
        kept[name if number == 0 else f"{name}.{number - 1}"] = tensor.detach().numpy()


def given(name, tensor):
    """An input, rounded to float32, as the engine holds it."""
    kept[name] = tensor.numpy().astype(np.float32)
    return torch.tensor(kept[name].astype(np.float64)).requires_grad_()


n = 5
w1, b1, w2 = given("w1", torch.randn(6, 7)), given("b1", torch.randn(7)), given("w2", 2 * torch.randn(7, 1))
v = given("v", torch.randn(4, 6))
z, real = given("z", torch.randn(n, 4)), given("real", torch.rand(n, 2, 3, 1))
weights = [w1, b1, w2]


def D(x):
    return torch.tanh(x.reshape(n, -1) @ w1 + b1) @ w2


def G(z):
    return torch.sigmoid(z @ v).reshape(n, 2, 3, 1)


fake = G(z)
r, q = D(real), D(fake)
keep("logits", torch.cat([r, q], 1))
distance = (real - fake).abs().sum((1, 2, 3))[:, None]
ones, zeros = torch.ones_like(r), torch.zeros_like(r)
bce = F.binary_cross_entropy_with_logits
losses = {
    "vanilla": (bce(r, ones) + bce(q, zeros), bce(q, ones)),
    "least_squares": (F.mse_loss(r, ones) / 2 + F.mse_loss(q, zeros) / 2, F.mse_loss(q, ones) / 2),
    "wasserstein": (q.mean() - r.mean(), -q.mean()),
    "hinge": (F.relu(1 - r).mean() + F.relu(1 + q).mean(), -q.mean()),
    "loss_sensitive": ((-r).mean() + F.relu(distance + (-r) - (-q)).mean(), (-q).mean()),
    "loss_sensitive_2": ((-r).mean() + 2 * F.relu(distance + (-r) - (-q)).mean(), (-q).mean()),
}
for name, (d, g) in losses.items():
    keep(f"{name}_d", d, *torch.autograd.grad(d, weights, retain_graph=True))
    keep(f"{name}_g", g, *torch.autograd.grad(g, [v], retain_graph=True))

# Penalties: at points that are given, for the forms do not know how the points were drawn.
near = given("near", torch.rand(n, 2, 3, 1))
fixed = given("fixed", fake.detach())


def penalty(name, points, value):
    points = points.detach().requires_grad_()
    gradient = torch.autograd.grad(D(points).sum(), points, create_graph=True)[0]
    result = value(gradient)
    keep(name, result, *torch.autograd.grad(result, weights))


def slopes(gradient):
    return torch.sqrt((gradient**2).sum((1, 2, 3)) + 1e-12)


lambda_, k = 3, 1.5
penalty("two_sided", near, lambda g: lambda_ * ((slopes(g) - k) ** 2).mean())
penalty("one_sided", near, lambda g: lambda_ * (F.relu(slopes(g) - k) ** 2).mean())
penalty("zero_centered", near, lambda g: lambda_ * (g**2).sum((1, 2, 3)).mean())
penalty("squared_excess", near, lambda g: lambda_ * F.relu((g**2).sum((1, 2, 3)) - k).mean())
penalty("over_the_height", near, lambda g: lambda_ * ((torch.sqrt((g**2).sum(1)) - k) ** 2).mean())
penalty("r1", real, lambda g: lambda_ / 2 * (g**2).sum((1, 2, 3)).mean())
penalty("r2", fixed, lambda g: lambda_ / 2 * (g**2).sum((1, 2, 3)).mean())

# The losses of the models that have names.
scores, code = given("scores", torch.randn(n, 6)), given("code", torch.randn(n, 4))
classes = torch.tensor([0, 3, 5, 5, 2])
kept["classes"] = classes.numpy().astype(np.float32)


def loss(name, value, *inputs):
    keep(name, value, *torch.autograd.grad(value, inputs))


loss("cross_entropy", F.cross_entropy(scores, classes), scores)
cosines = F.cosine_similarity(code[:, None], code[None, :], dim=2)
loss("pull_away_term", ((cosines**2).sum() - n) / (n * (n - 1)), code)
loss("bernoulli_loss", bce(scores, real.reshape(n, 6).detach(), reduction="sum") / n, scores)
log_variance = given("log_variance", torch.randn(n, 4))
latent = torch.distributions.Normal(code, torch.exp(log_variance / 2))
divergence = torch.distributions.kl_divergence(latent, torch.distributions.Normal(0.0, 1.0)).sum(1).mean()
loss("normal_divergence", divergence, code, log_variance)

# Autoencoders as discriminators: A(x) = sigmoid(x·a).
a = given("a", torch.randn(6, 6))


def errors(x):
    return x.reshape(n, 6) - torch.sigmoid(x.reshape(n, 6) @ a)


real_energy, fake_energy = errors(real).norm(dim=1), errors(fixed.detach()).norm(dim=1)
loss("energy_d", real_energy.mean() + F.relu(1.2 - fake_energy).mean(), a)
loss("energy_g", errors(fixed).norm(dim=1).mean(), fixed)
loss("equilibrium_d", errors(real).abs().mean() - 0.3 * errors(fixed.detach()).abs().mean(), a)
loss("equilibrium_g", errors(fixed).abs().mean(), fixed)

np.savez(os.path.join(os.path.dirname(os.path.abspath(__file__)), "objectives.npz"), **kept)
