"""Task 1, a DRAGAN step of the image networks at batch 64, in TensorFlow (graph, or XLA)."""

import itertools

from networks_tensorflow import USES_XLA, Adam, ImageDiscriminator, ImageGenerator, tf
from timing import milliseconds

tf.random.set_seed(1)
discriminator, generator = ImageDiscriminator(), ImageGenerator()
for_discriminator, for_generator = Adam(discriminator.variables), Adam(generator.variables)


def discriminator_loss(real, noise):
    fake = tf.stop_gradient(generator(noise))
    loss = tf.reduce_mean(tf.nn.softplus(-discriminator(real))) + tf.reduce_mean(tf.nn.softplus(discriminator(fake)))
    share = tf.random.uniform([len(real), 1, 1, 1])
    near = real + share * 0.5 * tf.math.reduce_std(real) * tf.random.uniform(real.shape)
    with tf.GradientTape() as tape:
        tape.watch(near)
        logits = discriminator(near)
    slopes = tf.sqrt(tf.reduce_sum(tape.gradient(logits, near) ** 2, [1, 2, 3]) + 1e-12)
    return loss + 10 * tf.reduce_mean((slopes - 1) ** 2)


@tf.function(jit_compile=USES_XLA)
def step(real):
    """One update of the discriminator, one of the generator; both losses are looked at."""
    noise = tf.random.uniform([len(real), 128], -1, 1)
    with tf.GradientTape() as tape:
        d_loss = discriminator_loss(real, noise)
    for_discriminator.apply(tape.gradient(d_loss, discriminator.variables))
    with tf.GradientTape() as tape:
        g_loss = tf.reduce_mean(tf.nn.softplus(-discriminator(generator(noise))))
    for_generator.apply(tape.gradient(g_loss, generator.variables))
    return d_loss + g_loss


batches = itertools.cycle(list(tf.random.uniform([20, 64, 28, 28, 1])))
print("step_ms", milliseconds(15, 5, lambda: float(step(next(batches)))))
