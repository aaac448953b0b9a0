"""Task 5, the generator alone on its running statistics, in JAX (jit)."""

from functools import partial

from networks_jax import image_generator, jax, jnp, make_image_generator, running_norm
from timing import milliseconds

parameters = make_image_generator(jax.random.PRNGKey(1))
for layer in parameters.values():
    if "scale" in layer:
        layer.update(mean=jnp.zeros_like(layer["scale"]), variance=jnp.ones_like(layer["scale"]))


@partial(jax.jit, static_argnums=2)
def pictures(parameters, key, count):
    key, for_noise = jax.random.split(key)
    noise = jax.random.uniform(for_noise, (count, 128), minval=-1, maxval=1)
    images = image_generator(parameters, noise, norm=running_norm)
    return key, images, images.sum()


key = jax.random.PRNGKey(2)


def generate(count):
    global key
    key, _, total = pictures(parameters, key, count)
    return float(total)


print("batch_64_ms", milliseconds(60, 10, lambda: generate(64)))
print("batch_1_ms", milliseconds(300, 10, lambda: generate(1)))
