"""Task 1, a DRAGAN step of the image networks at batch 64, in JAX (jit)."""

import itertools

from networks_jax import (
    Dragan,
    image_discriminator,
    image_generator,
    jax,
    make_image_discriminator,
    make_image_generator,
)
from timing import milliseconds

for_g, for_d, for_data = jax.random.split(jax.random.PRNGKey(1), 3)
run = Dragan(
    image_generator, make_image_generator(for_g), image_discriminator, make_image_discriminator(for_d), noise=128
)
batches = itertools.cycle(list(jax.random.uniform(for_data, (20, 64, 28, 28, 1))))
print("step_ms", milliseconds(10, 3, lambda: run.step(next(batches))))
