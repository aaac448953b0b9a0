/// Names that people know from other languages, and what does the same here.
enum ForeignNames {
  static let advice: [String: String] = {
    var advice = single
    for (names, text) in shared { for name in names { advice[name] = text } }
    return advice
  }()

  private static let tensors =
    "Tensors and what is done with them are built in: `zeros([2, 3])`, `normal([3])`, `tensor([1, 2])`, `x.shape`, `grad(y, x)`."

  /// Names that mean the same to those who write them.
  private static let shared: [([String], String)] = [
    (["None", "null", "nil", "undefined", "nothing", "NULL"], "The value for nothing is `none`."),
    (["np", "numpy", "torch", "tf", "jnp", "jax", "tensorflow", "keras", "cupy"], tensors),
    (["nn", "layers"], "Layers are words between the braces of a net: `net { dense 64; relu; dense 1 }`."),
    (["Sequential", "ModuleList"], "A net is written `net { dense 64; relu; dense 1 }`."),
    (
      ["Linear", "Dense", "LazyLinear", "fc"],
      "In the braces of a net write `dense 64`; how many numbers come in, it finds by itself."
    ),
    (
      ["Conv2d", "Conv2D", "Conv1d", "Convolution2D"],
      "In the braces of a net write `conv 64, kernel: 4, stride: 2`; the channels that come in it finds by itself."
    ),
    (
      ["ConvTranspose2d", "Conv2DTranspose", "convtranspose", "conv_transpose", "conv_transpose2d"],
      "In the braces of a net write `deconv 64, kernel: 4, stride: 2`."
    ),
    (["BatchNorm1d", "BatchNorm2d", "BatchNormalization", "batchnorm"], "In the braces of a net write `batch_norm`."),
    (
      ["LayerNorm", "LayerNormalization", "GroupNorm", "layernorm"],
      "In the braces of a net write `layer_norm`, or `instance_norm`."
    ),
    (["InstanceNorm2d", "InstanceNormalization", "instancenorm"], "In the braces of a net write `instance_norm`."),
    (["ReLU", "LeakyReLU", "leakyrelu"], "In the braces of a net write `relu`, or `leaky_relu 0.2`."),
    (
      ["Sigmoid", "Tanh", "Softmax", "Softplus", "Flatten"],
      "In the braces of a net the words are `sigmoid`, `tanh`, `softmax`, `softplus`, `flatten`."
    ),
    (["Dropout", "Dropout2d"], "In the braces of a net write `dropout 0.2`."),
    (["Reshape", "Unflatten"], "In the braces of a net write `reshape 7, 7, 128`: height, width, channels."),
    (
      [
        "MaxPool2d", "AvgPool2d", "MaxPooling2D", "AveragePooling2D", "AdaptiveAvgPool2d", "maxpool", "max_pool", "avgpool",
        "avg_pool", "pool",
      ],
      "A stride makes pictures smaller: `conv 64, kernel: 4, stride: 2`. A function is a layer too: `x -> mean(x, axis: [1, 2])`."
    ),
    (
      ["Upsample", "UpSampling2D", "PixelShuffle", "upsample"],
      "`deconv 64, kernel: 4, stride: 2` makes pictures larger. A function is a layer too: `x -> resize(x, [28, 28])`."
    ),
    (
      ["GELU", "SiLU", "ELU", "Mish", "gelu", "silu", "swish", "elu"],
      "A function is a layer: `net { dense 64; x -> x * sigmoid(x); dense 1 }`."
    ),
    (["Embedding", "embedding"], "Write `one_hot(labels, classes)`, and `dense` behind it."),
    (["F"], "Functions of tensors are built in: `relu(x)`, `softmax(x)`, `log(x)`."),
    (["optim", "optimizer"], "Optimizers are built in: `adam(rate: 0.001)`, `sgd(…)`, moved by `update`."),
    (
      ["plt", "matplotlib", "pyplot", "sns", "seaborn", "figure", "subplot"],
      "Plots are built in: `plot xs`, `show x`, `panels([[a, b]])`; `save plot(xs), \"a.png\"` writes one."
    ),
    (
      ["os", "sys", "glob", "pathlib", "Path", "shutil"],
      "What a program does with files is built in: `files(\"folder/*\")`, `exists(\"a.png\")`, `arguments()`, `exit 1`."
    ),
    (["math", "cmath"], "Its functions are built in: `sqrt(x)`, `pi`."),
    (["pd", "pandas"], "A table is read by `load \"table.csv\"`."),
    (["cuda", "device"], "Everything is computed on the processor; nothing has to be moved."),
    (["self", "this"], "Functions get what they work on as an argument."),
    (
      ["with"],
      "Blocks belong to functions: `inference { … }`, `aside { … }`; a value that no derivative passes is `constant(x)`."
    ),
    (["async", "await"], "Everything runs in order."), (["raise", "throw"], "Write `error \"…\"`."),
    (["inf", "Inf", "Infinity"], "Write `infinity`."), (["NaN", "NAN"], "Write `nan`."),
    (["println", "disp", "display", "puts", "echo", "pprint", "cat"], "Write `print x`."),
    (["printf", "sprintf", "fprintf"], "Write `print \"… {x:.3} …\"`."),
    (["dir", "who", "whos", "locals", "globals", "varinfo"], "`vars` lists your variables."),
    (["ans", "Out", "In"], "In a conversation `_` is the last result, and `history` lists what was typed."),
    (["_"], "In a conversation it is the last result, and there is none yet."),
    (["quit", "bye", "logout"], "Write `exit()`."), (["typeof", "class"], "Write `type(x)`."),
    (["length", "size", "numel", "ndims"], "Write `len(x)`, and of a tensor `x.shape`, `x.count` or `x.rank`."),
    (["tic", "toc", "timeit", "perf_counter"], "Write `time { … }`, or `clock()` for seconds."),
    (["open", "fopen", "read_csv", "readlines"], "`load \"a.csv\"` reads a file, `save x, \"a.csv\"` writes one."),
    (
      ["include", "require", "reload", "using", "exec", "eval"],
      "A module is brought in by `use gan`, a file by `use \"own.gan\"`."
    ),
    (["imshow", "imread", "Image"], "`show x` shows pictures, `load \"a.png\"` reads one, `image(x)` makes one of a tensor."),
    (["end", "begin"], "Bodies stand between braces: `if c { … }`."),
    (["tuple", "array", "vector", "vec"], "Write a list: `[1, 2]`."),
    (["super", "yield"], "There are no classes and no generators; a function may return another function, or a list."),
    (["defined", "hasattr", "getattr", "setattr"], "Write `has(r, \"name\")`, `r[\"name\"]` or `r.name = x`."),
    (["DataLoader", "Dataset", "TensorDataset"], "Write `data_set(x)`; `batches(data, 64)` gives batches of it."),
  ]

  private static let single = [
    "True": "Write `true`.", "False": "Write `false`.", "str": "Write `string(x)`, or \"{x}\".",
    "float": "Write `number(x)`.", "int": "Write `number(text)`, `floor(x)` or `round(x)`.",
    "bool": "Write a comparison: `x != 0`.", "dict": "Write a record: `{name: 1}`.", "set": "Write `unique(xs)`.",
    "repeat": "Write `for i in 0..3 { … }`.",
    "random": "Write `uniform(shape)`, `normal(shape)` or `choice(list)`.",
    "randn": "Write `normal(shape)`.", "rand": "Write `uniform(shape)`.", "randint": "Write `floor(uniform(shape) * n)`.",
    "randperm": "Write `shuffled(0..n)`.",
    "permutation": "Write `shuffled(0..n)`.", "shuffle": "Write `xs = shuffled(xs)`.", "Counter": "Write `counts(values)`.",
    "groupby": "Write `group(values, function)`.", "cumsum": "Write `cumulative_sum(x)`.", "clamp": "Write `clip(x, low, high)`.",
    "strip": "Write `trim(text)`.", "arange": "Write `tensor(0..n)`, or `linspace(a, b, count)`.",
    "sorted": "Write `sort(xs)`.", "reversed": "Write `reverse(xs)`.", "isinstance": "Write `type(x) == \"number\"`.",
    "lambda": "Write `x -> x * 2`.", "mod": "Write `a % b`.", "div": "Write `floor(a / b)`.", "pow": "Write `a ^ b`.",
    "T": "The transpose of x is `transpose(x)`.", "no_grad": "A value that no derivative passes is `constant(x)`.",
    "manual_seed": "Write `seed 1`.", "exp2": "Write `2 ^ x`.", "ln": "Write `log(x)`.",
    "matrix": "Write `tensor([[1, 2], [3, 4]])`.",
    "hstack": "Write `concat([a, b], axis: 1)`.", "vstack": "Write `concat([a, b])`.",
    "expand_dims": "Write `expand(x, axis)`.", "astype": "The numbers of a tensor are 32-bit floating-point numbers, always.",
  ]
}
