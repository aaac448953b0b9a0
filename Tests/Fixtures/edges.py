"""Writes edges.npz: what functions give for infinite, missing, huge and tiny numbers, and their derivatives, by PyTorch in float64.

    python3 Tests/Fixtures/edges.py        (needs torch and numpy)

The script `Tests/Scripts/tensors/edges_by_pytorch.gan` holds the engine to it. The inputs are in the file too, rounded to float32 as
the engine holds them.
"""

import os

import numpy as np
import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
kept = {}


def given(name, values):
    kept[name] = np.array(values, dtype=np.float32)
    return torch.tensor(kept[name].astype(np.float64)).requires_grad_()


def keep(name, x, y, weights=None):
    """The result, and the derivative by x of the sum of the results, or of their weighted sum."""
    kept[name] = y.detach().numpy()
    total = y.sum() if weights is None else (y * weights).sum()
    kept[name + ".grad"] = torch.autograd.grad(total, x, retain_graph=True)[0].numpy()


inf, nan = float("inf"), float("nan")
rows = given(
    "rows",
    [
        [1, 2, 3, -1], [inf, 0, 1, 2], [-inf, 0, 1, 2], [-inf] * 4, [inf, inf, 0, 1], [nan, 1, 2, 3], [inf, -inf, 0, 1],
        [nan, inf, 1, -inf], [100, -100, 0, 50], [-1000, -1000, -1001, -999], [1000, 999, 1001, 1000], [-0.0, 0, 5, -5],
        [3e38, -3e38, 1e38, 0], [1e8, 1e8 + 8, 1e8 - 8, 1e8],
    ],
)  # fmt: skip
weights = torch.tensor([1.0, -2.0, 0.5, 3.0])
keep("log_sum_exp", rows, torch.logsumexp(rows, 1))
keep("softmax", rows, torch.softmax(rows, 1), weights)
keep("log_softmax", rows, torch.log_softmax(rows, 1), weights)
keep("cumulative_sum", rows, torch.cumsum(rows, 1), weights)
keep("max", rows, torch.stack([row.max() for row in rows]))
keep("min", rows, torch.stack([row.min() for row in rows]))
for name, function in {
    "sigmoid": torch.sigmoid, "softplus": F.softplus, "tanh": torch.tanh, "exp": torch.exp, "abs": torch.abs, "sign": torch.sign,
    "relu": torch.relu, "leaky_relu": lambda x: F.leaky_relu(x, 0.2), "square": torch.square, "floor": torch.floor,
    "round": torch.round, "clip": lambda x: torch.minimum(torch.maximum(x, torch.tensor(-1.5)), torch.tensor(2.5)), "maximum": lambda x: torch.maximum(x, torch.tensor(0.5)),
    "minimum": lambda x: torch.minimum(x, torch.tensor(0.5)),
}.items():  # fmt: skip
    keep(name, rows, function(rows))
for name in ["sign", "abs.grad"]:
    # Of what is no number the engine and NumPy give no number, PyTorch gives 0.
    kept[name] = np.where(np.isnan(kept["rows"]), nan, kept[name])
# A derivative that is infinite passes 0 times through what is shut.
shut = given("shut", [-1, -2, 3, -0.5])
keep("root_of_relu", shut, torch.sqrt(torch.relu(shut)))
keep("root_of_clip", shut, torch.sqrt(torch.clamp(shut, 0, 2)))
keep("root_of_maximum", shut, torch.sqrt(torch.maximum(shut, torch.tensor(0.0))))

# Sizes whose squares a float cannot hold.
sizes = given(
    "sizes",
    [
        [1, 2, 3, -1], [1e30, -1e30, 2e30, 1e29], [1e38, 1e38, -1e38, 3e38], [1e-30, 2e-30, -1e-30, 0], [3e-42, 0, 0, 4e-42],
        [1e30, 1, 2, 3], [1e-30, 1, 2, 3], [inf, 1, 2, 3], [nan, 1, 2, 3], [1e8, 1e8 + 8, 1e8 - 8, 1e8], [1e-20, 2e-20, 3e-20, 5e-20],
    ],
)  # fmt: skip
keep("norm", sizes, torch.linalg.vector_norm(sizes, dim=1))
keep("std", sizes, torch.std(sizes, 1, correction=0))
keep("variance", sizes, torch.var(sizes, 1, correction=0))
kept["equal"] = np.array([[1e38] * 4, [1e30] * 4, [5.0] * 4, [-1e-30] * 4], dtype=np.float32)

# Remainders, of each x by each y.
xs = [0, 1, -1, 5, -5, 0.9, -0.9, 7.5, 1e8, 100000008, -1e8, 3e38, 1e-10, -1e-10, 1e-40, inf, -inf, nan]
ys = [1, -1, 0.1, -0.1, 3, 7, 10, 1e-3, 1e30, -1e30, inf, -inf, nan, 0, 1e-38]
x = given("x", np.repeat(xs, len(ys)))
y = given("y", np.tile(ys, len(xs)))
rest = torch.remainder(x, y)
keep("remainder", x, rest)
kept["remainder.quotient"] = (-torch.autograd.grad(rest.sum(), y)[0]).numpy()

# Transposed convolutions without padding, [height, kernel, stride]; images [n, h, w, c], filters [kh, kw, out, c].
torch.manual_seed(1)
for number, (height, width, kernel, stride) in enumerate(
    [(3, 4, 3, 1), (3, 2, 4, 2), (4, 3, 2, 2), (2, 3, 5, 3), (3, 3, 1, 2), (1, 2, 3, 2), (3, 3, 2, 3)]
):
    images = given(f"deconv{number}.x", torch.randn(2, height, width, 3).numpy())
    filters = given(f"deconv{number}.w", torch.randn(kernel, kernel, 2, 3).numpy())
    made = F.conv_transpose2d(images.permute(0, 3, 1, 2), filters.permute(3, 2, 0, 1), stride=stride).permute(0, 2, 3, 1)
    kept[f"deconv{number}.stride"] = np.array([stride], dtype=np.float32)
    keep(f"deconv{number}", filters, made, torch.arange(made.numel(), dtype=torch.float64).reshape(made.shape) % 7)

np.savez(os.path.join(os.path.dirname(os.path.abspath(__file__)), "edges.npz"), **kept)
