"""Task 2, a DRAGAN step of the point networks at batch 256, in JAX (jit)."""

import itertools

from networks_jax import Dragan, jax, make_point_network, point_network
from timing import milliseconds

for_g, for_d, for_data = jax.random.split(jax.random.PRNGKey(1), 3)
run = Dragan(point_network, make_point_network(for_g, 2), point_network, make_point_network(for_d, 1), noise=2)
batches = itertools.cycle(list(jax.random.uniform(for_data, (10, 256, 2))))
print("step_ms", milliseconds(300, 50, lambda: run.step(next(batches))))
