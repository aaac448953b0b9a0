"""The image networks of ../gan/networks.gan in TensorFlow, and Adam as its own kernel."""

import os
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import tensorflow as tf

# `xla` after the program's name: everything is compiled by XLA, else it runs as a graph.
USES_XLA = "xla" in sys.argv


def weights(*shape):
    return tf.Variable(tf.random.normal(shape) * 0.02)


def leaky_relu(x):
    return tf.maximum(x, 0.2 * x)


class Dense:
    def __init__(self, inputs, outputs):
        self.w, self.b = weights(inputs, outputs), tf.Variable(tf.zeros(outputs))
        self.variables = [self.w, self.b]

    def __call__(self, x):
        return x @ self.w + self.b


class Conv:
    def __init__(self, inputs, outputs):
        self.w, self.b = weights(4, 4, inputs, outputs), tf.Variable(tf.zeros(outputs))
        self.variables = [self.w, self.b]

    def __call__(self, x):
        return tf.nn.conv2d(x, self.w, [1, 2, 2, 1], "SAME") + self.b


class Deconv:
    def __init__(self, inputs, outputs):
        self.w, self.b = weights(4, 4, outputs, inputs), tf.Variable(tf.zeros(outputs))
        self.outputs = outputs
        self.variables = [self.w, self.b]

    def __call__(self, x):
        shape = [x.shape[0], 2 * x.shape[1], 2 * x.shape[2], self.outputs]
        return tf.nn.conv2d_transpose(x, self.w, shape, [1, 2, 2, 1]) + self.b


class BatchNorm:
    def __init__(self, size):
        self.scale, self.shift = tf.Variable(tf.ones(size)), tf.Variable(tf.zeros(size))
        self.mean, self.variance = tf.Variable(tf.zeros(size)), tf.Variable(tf.ones(size))
        self.variables = [self.scale, self.shift]

    def __call__(self, x, is_training=True):
        mean, variance = self.mean, self.variance
        if is_training:
            mean, variance = tf.nn.moments(x, list(range(len(x.shape) - 1)))
        return tf.nn.batch_normalization(x, mean, variance, self.shift, self.scale, 1e-5)


class ImageDiscriminator:
    def __init__(self):
        self.layers = [Conv(1, 64), Conv(64, 128), Dense(6272, 1024), Dense(1024, 1)]
        self.norms = [BatchNorm(128), BatchNorm(1024)]
        self.variables = [v for layer in self.layers + self.norms for v in layer.variables]

    def __call__(self, x):
        h = leaky_relu(self.layers[0](x))
        h = leaky_relu(self.norms[0](self.layers[1](h)))
        h = leaky_relu(self.norms[1](self.layers[2](tf.reshape(h, [h.shape[0], 6272]))))
        return self.layers[3](h)


class ImageGenerator:
    def __init__(self):
        self.layers = [Dense(128, 1024), Dense(1024, 6272), Deconv(128, 64), Deconv(64, 1)]
        self.norms = [BatchNorm(1024), BatchNorm(6272), BatchNorm(64)]
        self.variables = [v for layer in self.layers + self.norms for v in layer.variables]

    def __call__(self, z, is_training=True):
        h = tf.nn.relu(self.norms[0](self.layers[0](z), is_training))
        h = tf.nn.relu(self.norms[1](self.layers[1](h), is_training))
        h = tf.reshape(h, [h.shape[0], 7, 7, 128])
        h = tf.nn.relu(self.norms[2](self.layers[2](h), is_training))
        return tf.sigmoid(self.layers[3](h))


class Adam:
    def __init__(self, variables):
        self.variables = variables
        self.moments = [(tf.Variable(tf.zeros_like(v)), tf.Variable(tf.zeros_like(v))) for v in variables]
        self.steps = tf.Variable(0.0)

    def apply(self, gradients):
        self.steps.assign_add(1.0)
        for variable, (first, second), gradient in zip(self.variables, self.moments, gradients):
            tf.raw_ops.ResourceApplyAdam(
                var=variable.handle, m=first.handle, v=second.handle, grad=gradient, lr=1e-3, epsilon=1e-8,
                beta1=0.5, beta2=0.999, beta1_power=0.5**self.steps, beta2_power=0.999**self.steps,
            )  # fmt: skip
