"""Writes the fixtures that the engine and the nets are held to, computed by PyTorch in float64.

    python3 Tests/Fixtures/generate.py        (needs torch and numpy)

Inputs are not stored: both sides draw them from the same integer hash (`numbers`). Of large results only the norm, the largest
entry and some 200 entries at a fixed distance are stored.
"""

import json
import os

import numpy as np
import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
HERE = os.path.dirname(os.path.abspath(__file__))


def numbers(shape, seed, scale=1.0, shift=0.0):
    """Even in [-scale, scale) + shift, by SplitMix64 of seed and place; rounded to float32, as the engine holds them."""
    count = int(np.prod(shape))
    with np.errstate(over="ignore"):
        z = (np.arange(count, dtype=np.uint64) + np.uint64(seed) * np.uint64(1 << 32) + np.uint64(1)) * np.uint64(
            0x9E3779B97F4A7C15
        )
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        z = z ^ (z >> np.uint64(31))
    unit = (z >> np.uint64(40)).astype(np.float64) * 2.0**-23 - 1
    return torch.tensor((unit * scale + shift).astype(np.float32).astype(np.float64)).reshape(shape)


def whole(tensor):
    return {"shape": list(tensor.shape), "values": [float(f"{v:.9g}") for v in tensor.detach().reshape(-1).tolist()]}


def sampled(tensor):
    flat = tensor.detach().reshape(-1)
    stride = max(1, flat.numel() // 200)
    return {
        "shape": list(tensor.shape),
        "stride": stride,
        "values": [float(f"{v:.9g}") for v in flat[::stride].tolist()],
        "largest": float(flat.abs().max()),
        "norm": float(flat.norm()),
    }


def write(name, content):
    with open(os.path.join(HERE, name + ".json"), "w") as file:
        json.dump(content, file, separators=(",", ":"))


# Convolutions -------------------------------------------------------------------------------------------------------


def same(size, kernel, stride):
    """Zeros before and after, as TensorFlow places them."""
    total = max((-(-size // stride) - 1) * stride + kernel - size, 0)
    return total // 2, total - total // 2


def convolve(x, w, stride, padding="same"):
    """x [n, h, w, c], w [kh, kw, c, o]."""
    if padding == "same":
        top, bottom = same(x.shape[1], w.shape[0], stride[0])
        left, right = same(x.shape[2], w.shape[1], stride[1])
        x = F.pad(x, (0, 0, left, right, top, bottom))
    return F.conv2d(x.permute(0, 3, 1, 2), w.permute(3, 2, 0, 1), stride=stride).permute(0, 2, 3, 1)


def deconvolve(y, w, stride):
    """y [n, h, w, c], w [kh, kw, o, c]: what the convolution of a twice-as-large image hands back."""
    image = torch.zeros(y.shape[0], y.shape[1] * stride[0], y.shape[2] * stride[1], w.shape[2], requires_grad=True)
    return torch.autograd.grad(convolve(image, w, stride), image, y, create_graph=True)[0]


def convolutions():
    cases = []
    for kernel in (3, 4, 5):
        for stride in (1, 2, 3):
            for height, width in ((7, 6), (8, 5)):
                for padding in ("same", "valid"):
                    x = numbers((2, height, width, 2), 1).requires_grad_()
                    w = numbers((kernel, kernel, 2, 3), 2).requires_grad_()
                    y = convolve(x, w, (stride, stride), padding)
                    c = numbers(y.shape, 3)
                    dx, dw = torch.autograd.grad((y * c).sum(), (x, w))
                    cases.append(
                        {
                            "kernel": kernel, "stride": stride, "padding": padding, "input": list(x.shape),
                            "y": whole(y), "dx": whole(dx), "dw": whole(dw),
                        }  # fmt: skip
                    )
    transposed = []
    for kernel in (3, 4, 5):
        for stride in (1, 2, 3):
            x = numbers((2, 3, 4, 3), 4).requires_grad_()
            w = numbers((kernel, kernel, 2, 3), 5).requires_grad_()
            y = deconvolve(x, w, (stride, stride))
            c = numbers(y.shape, 6)
            dx, dw = torch.autograd.grad((y * c).sum(), (x, w))
            transposed.append(
                {
                    "kernel": kernel, "stride": stride, "padding": "same", "input": list(x.shape),
                    "y": whole(y), "dx": whole(dx), "dw": whole(dw),
                }  # fmt: skip
            )
    write("convolution", {"convolution": cases, "transposed": transposed})


# Batch normalization ------------------------------------------------------------------------------------------------


def normalize(x, scale, offset):
    axes = tuple(range(x.dim() - 1))
    mean = x.mean(axes, keepdim=True)
    variance = ((x - mean) ** 2).mean(axes, keepdim=True)
    return (x - mean) / torch.sqrt(variance + 1e-5) * scale + offset


def batch_normalization():
    x = numbers((4, 3, 2, 5), 1, 2, 0.5).requires_grad_()
    scale = numbers((5,), 2, 0.5, 1).requires_grad_()
    offset = numbers((5,), 3).requires_grad_()
    y = F.batch_norm(
        x.permute(0, 3, 1, 2), None, None, scale, offset, training=True, eps=1e-5
    ).permute(0, 2, 3, 1)
    assert torch.allclose(y, normalize(x, scale, offset))
    dx, dscale, doffset = torch.autograd.grad((torch.sin(y) * numbers(y.shape, 4)).sum(), (x, scale, offset), create_graph=True)
    # And a derivative of the derivative, as a penalty needs it.
    ddx, ddscale = torch.autograd.grad((dx**2).sum(), (x, scale))
    mean, variance = x.mean((0, 1, 2)), x.var((0, 1, 2), unbiased=False)
    write(
        "batch_normalization",
        {
            "y": whole(y), "dx": whole(dx), "dscale": whole(dscale), "doffset": whole(doffset), "ddx": whole(ddx),
            "ddscale": whole(ddscale), "running_mean": whole(0.1 * mean), "running_variance": whole(0.9 + 0.1 * variance),
        },  # fmt: skip
    )


# Instance normalization ---------------------------------------------------------------------------------------------


def instance_normalization():
    """Of signals, images and volumes: values, gradients, and the gradient of a gradient's square."""
    cases = []
    for seed, shape in ((1, (3, 7, 5)), (11, (4, 3, 2, 5)), (21, (2, 3, 2, 2, 4))):
        channels = shape[-1]
        x = numbers(shape, seed, 2, 0.5).requires_grad_()
        scale = numbers((channels,), seed + 1, 0.5, 1).requires_grad_()
        offset = numbers((channels,), seed + 2).requires_grad_()
        axes = tuple(range(len(shape)))
        y = F.instance_norm(x.permute(0, -1, *axes[1:-1]), weight=scale, bias=offset, eps=1e-5)
        y = y.permute(0, *axes[2:], 1)
        loss = (torch.sin(y) * numbers(y.shape, seed + 3)).sum()
        dx, dscale, doffset = torch.autograd.grad(loss, (x, scale, offset), create_graph=True)
        ddx, ddscale = torch.autograd.grad((dx**2).sum(), (x, scale))
        found = {"y": y, "dx": dx, "dscale": dscale, "doffset": doffset, "ddx": ddx, "ddscale": ddscale}
        cases.append({"seed": seed, "shape": list(shape), "found": {name: whole(tensor) for name, tensor in found.items()}})
    write("instance_normalization", cases)


# Optimizers ---------------------------------------------------------------------------------------------------------


def optimizers():
    """Five steps of each on a small nonlinear problem: loss = mean (tanh(x W + b) - t)²."""
    made = {
        "adam": lambda p: torch.optim.Adam(p, lr=0.01, betas=(0.5, 0.999), eps=1e-8),
        "rmsprop": lambda p: torch.optim.RMSprop(p, lr=0.01, alpha=0.9, eps=1e-8),
        "sgd": lambda p: torch.optim.SGD(p, lr=0.1),
        "momentum": lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9),
    }
    content = {}
    for name, make in made.items():
        x, target = numbers((6, 4), 1), numbers((6, 3), 2)
        w, b = numbers((4, 3), 3).requires_grad_(), numbers((3,), 4).requires_grad_()
        optimizer = make([w, b])
        steps = []
        for _ in range(5):
            loss = ((torch.tanh(x @ w + b) - target) ** 2).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            steps.append({"loss": loss.item(), "w": whole(w), "b": whole(b)})
        content[name] = steps
    write("optimizers", content)


# One DRAGAN step of the seed's networks -----------------------------------------------------------------------------

D_SHAPES = [
    (4, 4, 1, 64), (64,), (4, 4, 64, 128), (128,), (128,), (128,), (6272, 1024), (1024,), (1024,), (1024,), (1024, 1), (1,),
]  # fmt: skip
G_SHAPES = [
    (128, 1024), (1024,), (1024,), (1024,), (1024, 6272), (6272,), (6272,), (6272,), (4, 4, 64, 128), (64,), (64,), (64,),
    (4, 4, 1, 64), (1,),
]  # fmt: skip
# The scales of batch normalization, which lie around 1.
D_SCALES, G_SCALES = {4, 8}, {2, 6, 10}


def weights(shapes, scales, seed):
    return [
        numbers(shape, seed + i, 0.1 if i in scales else 0.0346, 1 if i in scales else 0).requires_grad_()
        for i, shape in enumerate(shapes)
    ]


def lrelu(x):
    return F.leaky_relu(x, 0.2)


def discriminator(p, x):
    h = lrelu(convolve(x, p[0], (2, 2)) + p[1])
    h = lrelu(normalize(convolve(h, p[2], (2, 2)) + p[3], p[4], p[5]))
    h = lrelu(normalize(h.reshape(h.shape[0], -1) @ p[6] + p[7], p[8], p[9]))
    return h @ p[10] + p[11]


def generator(p, z):
    h = F.relu(normalize(z @ p[0] + p[1], p[2], p[3]))
    h = F.relu(normalize(h @ p[4] + p[5], p[6], p[7])).reshape(-1, 7, 7, 128)
    h = F.relu(normalize(deconvolve(h, p[8], (2, 2)) + p[9], p[10], p[11]))
    return torch.sigmoid(deconvolve(h, p[12], (2, 2)) + p[13])


def dragan():
    d, g = weights(D_SHAPES, D_SCALES, 100), weights(G_SHAPES, G_SCALES, 200)
    # D's first filters lean to one side and its last bias is moved, so that the derivatives by the last biases of both nets are
    # no small differences of large numbers, which float32 could not hold to 1e-4.
    d[0] = numbers(D_SHAPES[0], 100, 0.0346, 0.02).requires_grad_()
    d[11] = numbers((1,), 111, 0.0346, 0.5).requires_grad_()
    # Normalized values are moved away from 0, where (leaky) relu has its kink: of 2.7 million of them, some would otherwise lie so
    # near to it that float32 takes the other side, and each such one moves a derivative by more than 1e-4.
    d[5], d[9] = (numbers(D_SHAPES[i], 100 + i, 0.0346, shift).requires_grad_() for i, shift in ((5, 3), (9, -3)))
    for i in (3, 7, 11):
        g[i] = numbers(G_SHAPES[i], 200 + i, 0.0346, 3).requires_grad_()
    real = numbers((64, 28, 28, 1), 300, 0.5, 0.5)
    z = numbers((64, 128), 301)
    noise = numbers((64, 28, 28, 1), 302, 0.5)
    fake = generator(g, z)
    near = (real + noise * real.std(unbiased=False)).requires_grad_()
    slope = torch.autograd.grad(discriminator(d, near).sum(), near, create_graph=True)[0]
    slopes = torch.sqrt((slope**2).sum((1, 2, 3)) + 1e-12)
    penalty = 10 * ((slopes - 1) ** 2).mean()
    d_loss = F.softplus(-discriminator(d, real)).mean() + F.softplus(discriminator(d, fake)).mean() + penalty
    g_loss = F.softplus(-discriminator(d, fake)).mean()
    write(
        "dragan",
        {
            "fake": sampled(fake), "slopes": whole(slopes), "penalty": penalty.item(), "dLoss": d_loss.item(),
            "gLoss": g_loss.item(),
            "dGradients": [sampled(v) for v in torch.autograd.grad(d_loss, d, retain_graph=True)],
            "gGradients": [sampled(v) for v in torch.autograd.grad(g_loss, g)],
        },  # fmt: skip
    )


if __name__ == "__main__":
    convolutions()
    batch_normalization()
    instance_normalization()
    optimizers()
    dragan()
