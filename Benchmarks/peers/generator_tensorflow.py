"""Task 5, the generator alone on its running statistics, in TensorFlow (graph, or XLA)."""

from networks_tensorflow import USES_XLA, ImageGenerator, tf
from timing import milliseconds

tf.random.set_seed(1)
generator = ImageGenerator()


@tf.function(jit_compile=USES_XLA)
def pictures(count):
    images = generator(tf.random.uniform([count, 128], -1, 1), is_training=False)
    return images, tf.reduce_sum(images)


print("batch_64_ms", milliseconds(60, 10, lambda: float(pictures(64)[1])))
print("batch_1_ms", milliseconds(300, 10, lambda: float(pictures(1)[1])))
