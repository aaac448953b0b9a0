"""The networks of ../gan/networks.gan in JAX, and a DRAGAN step of any two networks."""

import os

os.environ.setdefault("JAX_PLATFORMS", "cpu")

import jax
import jax.numpy as jnp
import optax
from jax import lax

LAYOUT = ("NHWC", "HWIO", "NHWC")


def leaky_relu(x):
    return jnp.maximum(x, 0.2 * x)


def weights(key, *shape):
    return 0.02 * jax.random.normal(key, shape)


def dense(p, x):
    return x @ p["w"] + p["b"]


def make_dense(key, inputs, outputs):
    return {"w": weights(key, inputs, outputs), "b": jnp.zeros(outputs)}


def make_filter(key, inputs, outputs):
    return {"w": weights(key, 4, 4, inputs, outputs), "b": jnp.zeros(outputs)}


def conv(p, x):
    return lax.conv_general_dilated(x, p["w"], (2, 2), "SAME", dimension_numbers=LAYOUT) + p["b"]


def deconv(p, x):
    return lax.conv_transpose(x, p["w"], (2, 2), "SAME", dimension_numbers=LAYOUT) + p["b"]


def make_norm(size):
    return {"scale": jnp.ones(size), "shift": jnp.zeros(size)}


def batch_norm(p, x):
    axes = tuple(range(x.ndim - 1))
    return (x - x.mean(axes)) * lax.rsqrt(x.var(axes) + 1e-5) * p["scale"] + p["shift"]


def running_norm(p, x):
    """With the running statistics `mean` and `variance`."""
    return (x - p["mean"]) * lax.rsqrt(p["variance"] + 1e-5) * p["scale"] + p["shift"]


def make_image_discriminator(key):
    k = jax.random.split(key, 4)
    return {
        "conv1": make_filter(k[0], 1, 64),
        "conv2": make_filter(k[1], 64, 128), "norm2": make_norm(128),
        "dense3": make_dense(k[2], 6272, 1024), "norm3": make_norm(1024),
        "dense4": make_dense(k[3], 1024, 1),
    }  # fmt: skip


def image_discriminator(p, x):
    h = leaky_relu(conv(p["conv1"], x))
    h = leaky_relu(batch_norm(p["norm2"], conv(p["conv2"], h)))
    h = leaky_relu(batch_norm(p["norm3"], dense(p["dense3"], h.reshape(len(h), -1))))
    return dense(p["dense4"], h)


def make_image_generator(key):
    k = jax.random.split(key, 4)
    return {
        "dense1": make_dense(k[0], 128, 1024), "norm1": make_norm(1024),
        "dense2": make_dense(k[1], 1024, 6272), "norm2": make_norm(6272),
        "deconv3": make_filter(k[2], 128, 64), "norm3": make_norm(64),
        "deconv4": make_filter(k[3], 64, 1),
    }  # fmt: skip


def image_generator(p, z, norm=batch_norm):
    h = jax.nn.relu(norm(p["norm1"], dense(p["dense1"], z)))
    h = jax.nn.relu(norm(p["norm2"], dense(p["dense2"], h))).reshape(-1, 7, 7, 128)
    h = jax.nn.relu(norm(p["norm3"], deconv(p["deconv3"], h)))
    return jax.nn.sigmoid(deconv(p["deconv4"], h))


def make_point_network(key, outputs):
    sizes = [(2, 128), (128, 128), (128, 128), (128, outputs)]
    return [make_dense(k, *size) for k, size in zip(jax.random.split(key, 4), sizes)]


def point_network(p, x):
    for layer in p[:-1]:
        x = leaky_relu(dense(layer, x))
    return dense(p[-1], x)


class Dragan:
    """A run of `generator` against `discriminator`, functions of their parameters and a batch."""

    def __init__(self, generator, g_parameters, discriminator, d_parameters, noise):
        softplus = jax.nn.softplus
        adam = optax.adam(1e-3, b1=0.5)

        def discriminator_loss(d, g, real, z, key):
            fake = lax.stop_gradient(generator(g, z))
            loss = softplus(-discriminator(d, real)).mean() + softplus(discriminator(d, fake)).mean()
            for_share, for_noise = jax.random.split(key)
            share = jax.random.uniform(for_share, (len(real),) + (1,) * (real.ndim - 1))
            near = real + share * 0.5 * real.std() * jax.random.uniform(for_noise, real.shape)
            gradient = jax.grad(lambda x: discriminator(d, x).sum())(near)
            slopes = jnp.sqrt((gradient.reshape(len(real), -1) ** 2).sum(1) + 1e-12)
            return loss + 10 * ((slopes - 1) ** 2).mean()

        def generator_loss(g, d, z):
            return softplus(-discriminator(d, generator(g, z))).mean()

        @jax.jit
        def step(state, real, key):
            d, g, d_moments, g_moments = state
            for_noise, for_penalty = jax.random.split(key)
            z = jax.random.uniform(for_noise, (len(real), noise), minval=-1, maxval=1)
            d_loss, gradients = jax.value_and_grad(discriminator_loss)(d, g, real, z, for_penalty)
            updates, d_moments = adam.update(gradients, d_moments)
            d = optax.apply_updates(d, updates)
            g_loss, gradients = jax.value_and_grad(generator_loss)(g, d, z)
            updates, g_moments = adam.update(gradients, g_moments)
            g = optax.apply_updates(g, updates)
            return (d, g, d_moments, g_moments), d_loss + g_loss

        self.state = (d_parameters, g_parameters, adam.init(d_parameters), adam.init(g_parameters))
        self.key = jax.random.PRNGKey(2)
        self.compiled = step

    def step(self, real):
        """One update of the discriminator, one of the generator; both losses are looked at."""
        self.key, key = jax.random.split(self.key)
        self.state, losses = self.compiled(self.state, real, key)
        return float(losses)
