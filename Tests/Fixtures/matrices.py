"""Writes matrices.npz: functions of whole matrices, of distances and of order with their first and second derivatives, by PyTorch
in float64.

    python3 Tests/Fixtures/matrices.py        (needs torch and numpy)

`Tests/Scripts/tensors/matrices_by_pytorch.gan` holds the engine to it. For each function there is `name`, its value y; `name.0`,
`name.1`, the derivatives of Σ sin y by its inputs; and `name.second`, the derivative of their summed squares by the first input.
The inputs are in the file too, rounded to float32 as the engine holds them.
"""

import os

import numpy as np
import torch

torch.set_default_dtype(torch.float64)
torch.manual_seed(3)
kept = {}


def given(name, tensor):
    kept[name] = tensor.numpy().astype(np.float32)
    return torch.tensor(kept[name].astype(np.float64)).requires_grad_()


def keep(name, y, *inputs):
    kept[name] = y.detach().numpy()
    slopes = torch.autograd.grad(torch.sin(y).sum(), inputs, create_graph=True)
    for number, slope in enumerate(slopes):
        kept[f"{name}.{number}"] = slope.detach().numpy()
    squares = sum((slope**2).sum() for slope in slopes)
    if squares.requires_grad:
        second = torch.autograd.grad(squares, inputs[0], allow_unused=True, retain_graph=True)[0]
        second = torch.zeros_like(inputs[0]) if second is None else second
        # Of a norm at 0 PyTorch has none, but nan.
        if torch.isfinite(second).all():
            kept[f"{name}.second"] = second.numpy()


def quantile(x, q):
    return torch.quantile(x, q, dim=0)


square, tall, wide = given("square", torch.randn(4, 4)), given("tall", torch.randn(5, 3)), given("wide", torch.randn(3, 5))
x, y = given("x", torch.randn(6, 3)), given("y", torch.randn(5, 3) + 0.5)
many_x, many_y = given("many_x", torch.randn(4, 15)), given("many_y", torch.randn(3, 15))

values, vectors = torch.linalg.eigh((square + square.T) / 2)
keep("eigenvalues", values.flip(0), square)
keep("eigenvectors", vectors.flip(1) ** 2, square)
for name, a in [("square", square), ("tall", tall), ("wide", wide)]:
    keep(f"singular_values_{name}", torch.linalg.svdvals(a), a)
    u, s, v = torch.linalg.svd(a, full_matrices=False)
    keep(f"svd_{name}", u**2 @ (s[:, None] * v**2), a)
    keep(f"spectral_norm_{name}", torch.linalg.matrix_norm(a, 2), a)
keep("squared_distances", torch.cdist(x, y, compute_mode="donot_use_mm_for_euclid_dist") ** 2, x, y)
keep("many_squared_distances", torch.cdist(many_x, many_y, compute_mode="donot_use_mm_for_euclid_dist") ** 2, many_x, many_y)
keep("distances", torch.cdist(x, y, compute_mode="donot_use_mm_for_euclid_dist"), x, y)
keep("covariance", torch.cov(x.T), x)
keep("sort", torch.sort(x, dim=0).values, x)
# PyTorch's median is the lower of two in the middle; of five there is one.
keep("median", torch.median(y, dim=0).values, y)
keep("quantile", quantile(x, 0.3), x)
keep("topk", torch.topk(x, 2, dim=0).values, x)

# Where there is no slope: what PyTorch takes it for.
zero = torch.zeros(3, requires_grad=True)
keep("norm_at_zero", torch.linalg.vector_norm(zero), zero)
rows = given("rows", torch.tensor([[0.0, 0, 0], [1, 2, 2]]))
keep("norms_of_rows", torch.linalg.vector_norm(rows, dim=1), rows)
base, exponent = given("base", torch.tensor([0.0, 0, 0, 2])), given("exponent", torch.tensor([0.0, 2, 1, 0]))
keep("powers_of_zero", base**exponent, base, exponent)

# Equations, products, logarithms and pictures in other sizes.
right = given("right", torch.randn(4, 2))
keep("solve", torch.linalg.solve(square, right), square, right)
column = given("column", torch.randn(4))
keep("solve_column", torch.linalg.solve(square, column), square, column)
keep("inverse", torch.linalg.inv(square), square)
keep("determinant", torch.linalg.det(square), square)
keep("trace", torch.trace(square @ square), square)
keep("trace_wide", (wide**2).diagonal().sum(), wide)
zeros = given("zeros", torch.tensor([[1.5, 0, 2, -1, 3], [0, 0, 2, 1, -1], [0.5, -2, 1, 0.25, 3]]))
keep("prod", torch.prod(zeros, 1), zeros)
keep("prod_of_all", torch.prod(tall), tall)
keep("cumulative_product", torch.cumprod(zeros, 1), zeros)
keep("diff", torch.diff(tall, dim=0), tall)
above = given("above", torch.rand(3, 4) * 9 + 0.1)
keep("log2", torch.log2(above), above)
keep("log10", torch.log10(above), above)
keep("atan2", torch.atan2(tall, y), tall, y)
pictures = given("pictures", torch.randn(2, 6, 8, 3))


def resized(size, mode):
    options = {"align_corners": False} if mode == "bilinear" else {}
    return torch.nn.functional.interpolate(pictures.permute(0, 3, 1, 2), size, mode=mode, **options).permute(0, 2, 3, 1)


for height, width in [(12, 16), (9, 5), (3, 4), (1, 2)]:
    keep(f"bilinear_{height}", resized((height, width), "bilinear"), pictures)
    keep(f"nearest_{height}", resized((height, width), "nearest-exact"), pictures)
# The mean of what a new pixel covers is PyTorch's only where that are whole pixels.
for height, width in [(3, 4), (2, 8), (1, 2)]:
    keep(f"area_{height}", resized((height, width), "area"), pictures)

np.savez(os.path.join(os.path.dirname(os.path.abspath(__file__)), "matrices.npz"), **kept)
