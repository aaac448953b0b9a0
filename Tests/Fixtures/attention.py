"""Writes attention.npz: a discriminator with self-attention, its loss and its gradients, by PyTorch in float64.

    python3 Tests/Fixtures/attention.py        (needs torch and numpy)

The script `Tests/Scripts/networks/self_attention_by_pytorch.gan` holds a function that is a layer, with nets and a parameter of its own, to
it. The attention is that of Zhang et al. 2018 (arXiv:1805.08318, equations 1 to 3), with the last projection left out; the penalty is
mean (‖∇D(x)‖ − 1)², so that its gradients are second derivatives through the attention. Weights lie as Gan has them: [inputs, outputs].
"""

import os

import numpy as np
import torch

torch.set_default_dtype(torch.float64)
torch.manual_seed(3)
kept = {}


def given(name, tensor):
    """An input, rounded to float32, as the engine holds it."""
    kept[name] = tensor.numpy().astype(np.float32)
    return torch.tensor(kept[name].astype(np.float64)).requires_grad_()


n, h, w, c = 3, 2, 3, 4
x = given("x", torch.randn(n, h, w, c))
gamma = given("gamma", torch.tensor([0.6]))
wf, wg, wh = given("wf", 0.7 * torch.randn(c, 2)), given("wg", 0.7 * torch.randn(c, 2)), given("wh", torch.randn(c, c))
v = given("v", torch.randn(h * w * c, 1))


def D(x):
    rows = x.reshape(n, h * w, c)
    scores = (rows @ wg) @ (rows @ wf).transpose(1, 2)
    attended = torch.softmax(scores, dim=2) @ (rows @ wh)
    y = rows + gamma * attended
    return torch.tanh(y.reshape(n, -1)) @ v


order = [wf, wg, wh, gamma, v]
logits = D(x)
loss = torch.nn.functional.softplus(-logits).mean()
slopes = torch.autograd.grad(D(x).sum(), x, create_graph=True)[0].reshape(n, -1).norm(dim=1)
penalty = ((slopes - 1) ** 2).mean()
kept["logits"] = logits.detach().numpy()
for name, value in [("loss", loss), ("penalty", penalty)]:
    kept[name] = value.detach().numpy()
    for number, gradient in enumerate(torch.autograd.grad(value, order, retain_graph=True)):
        kept[f"{name}.{number}"] = gradient.numpy()

np.savez(os.path.join(os.path.dirname(os.path.abspath(__file__)), "attention.npz"), **kept)
