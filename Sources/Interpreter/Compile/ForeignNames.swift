/// Names that people know from other languages, and what does the same here.
enum ForeignNames {
  /// Names that stand by themselves.
  static let names = table(single, shared)

  /// Fields and methods of tensors, nets, lists and texts elsewhere.
  static let fields = table(
    [
      "T": "The transpose of x is `transpose(x)`.", "H": "The transpose of x is `transpose(x)`.",
      "view": "Write `reshape(x, [2, 3])`.", "item": "Write `number(x)`.", "tolist": "Write `list(x)`.",
      "numpy": "Write `list(x)`; `save x, \"x.npy\"` writes a file for NumPy.",
      "clone": "Write `y = x`: a tensor does not change in place.",
      "detach": "Write `constant(x)`.", "contiguous": "Tensors are always contiguous; nothing has to be done.",
      "repeat": "Write `tile(x, [2, 1])`.", "fill_": "Write `full(x.shape, 1)`: a tensor does not change in place.",
      "zero_": "Write `zeros(x.shape)`: a tensor does not change in place.",
      "add_": "Write `x += 1`: it makes a new tensor.", "mul_": "Write `x *= 2`: it makes a new tensor.",
      "zero_grad": "Derivatives are values, and nothing has to be set to zero: `grad(loss, x)`.",
      "train":
        "`train run, steps: 1000` trains a run; in a loop of your own, batch_norm and dropout learn within `training { … }`.",
      "eval": "Outside of `training { … }` nets run as they are used, without dropout; within it `inference { … }` does that.",
      "losses": "Curves are in the history: `run.history.d_loss`, and `plot run` draws them.",
      "encode": "A text is made of characters; there are no bytes.",
    ],
    [
      (["dtype", "float", "double", "half", "long", "int", "astype"], singlePrecision),
      (["cpu", "cuda", "device", "to"], processor),
      (["backward", "grad"], "Derivatives are values: `grad(loss, x)`."),
      (["requires_grad", "requires_grad_"], "A tensor that is trained is made by `parameter(x)`."),
      (["numel", "nelement"], "Write `x.count`."), (["ndim", "dim"], "Write `x.rank`."),
      (["forward", "predict", "__call__"], "A net is called as a function is: `D(x)`."),
      (["fit", "train_on_batch"], "`train run, steps: 1000` trains a run."),
      (
        ["weights", "trainable_variables", "trainable_weights", "named_parameters"],
        "They are the net's `parameters`: `D.parameters`."
      ),
      (["modules", "children", "named_modules"], "They are the net's `layers`: `D.layers`."),
      (["get", "setdefault"], "Write `r[\"name\"]`; `has(r, \"name\")` tells whether there is one."),
      (["compile"], "Nothing has to be compiled: what is computed is planned at its first step."),
    ])

  private static func table(_ single: [String: String], _ shared: [([String], String)]) -> [String: String] {
    var advice = single
    for (names, text) in shared { for name in names { advice[name] = text } }
    return advice
  }

  private static let singlePrecision =
    "The numbers of a tensor are 32-bit floating-point numbers, always; `floor(x)` makes them whole."
  private static let processor = "Everything is computed on the processor; nothing has to be moved."

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
      ["plt", "matplotlib", "pyplot", "sns", "seaborn", "figure", "subplot", "subplots", "savefig"],
      "Plots are built in: `plot xs`, `show x`, `panels([[a, b]])`; `save plot(xs), \"a.png\"` writes one."
    ),
    (
      ["os", "sys", "glob", "pathlib", "Path", "shutil"],
      "What a program does with files is built in: `files(\"folder/*\")`, `exists(\"a.png\")`, `arguments()`, `exit 1`."
    ),
    (["math", "cmath"], "Its functions are built in: `sqrt(x)`, `pi`."),
    (["pd", "pandas"], "A table is read by `load \"table.csv\"`."),
    (["cuda", "device"], processor),
    (["self", "this"], "Functions get what they work on as an argument."),
    (
      ["with"],
      "Blocks belong to functions: `inference { … }`, `aside { … }`; a value that no derivative passes is `constant(x)`."
    ),
    (["async", "await"], "Everything runs in order."), (["raise", "throw"], "Write `error \"…\"`."),
    (["inf", "Inf", "Infinity"], "Write `infinity`."), (["NaN", "NAN"], "Write `nan`."),
    (["println", "disp", "display", "puts", "echo", "pprint"], "Write `print x`."),
    (["printf", "sprintf", "fprintf"], "Write `print \"… {x:.3} …\"`."),
    (["dir", "who", "whos", "locals", "globals", "varinfo"], "`vars` lists your variables."),
    (
      ["history", "clear", "reset", "learn"],
      "It is a command of the prompt, which `gan` begins in a terminal; in a notebook the session is begun anew by restarting it."
    ),
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
    (["tuple", "array", "vector", "vec"], "Write a list, `[1, 2]`, or a tensor, `tensor([1, 2])`."),
    (["super", "yield"], "There are no classes and no generators; a function may return another function, or a list."),
    (["defined", "hasattr", "getattr", "setattr"], "Write `has(r, \"name\")`, `r[\"name\"]` or `r.name = x`."),
    (["DataLoader", "Dataset", "TensorDataset"], "Write `data_set(x)`; `batches(data, 64)` gives batches of it."),
    (["concatenate", "cat", "append_axis"], "Write `concat([a, b])`; of columns `concat([x, y], axis: 1)`."),
    (["moveaxis", "swapaxes", "permute", "swapdims"], "Write `transpose(x, axes: [1, 0])`."),
    (["einsum", "tensordot", "bmm", "mm"], "Products are `x @ y`, and sums of products `sum(x * y, axis: 1)`."),
    (["zeros_like", "empty_like"], "Write `zeros(x.shape)`."), (["rand_like"], "Write `uniform(x.shape)`."),
    (["randn_like", "normal_like"], "Write `normal(x.shape)`."), (["empty"], "Write `zeros([2, 3])`."),
    (["inv", "pinv"], "Write `inverse(m)`, or `solve(m, v)`."), (["det", "slogdet"], "Write `determinant(m)`."),
    (["qr", "cholesky", "lu", "lstsq"], "There are `solve(m, v)`, `inverse(m)`, `svd(m)` and `eigh(m)`."),
    (["diag", "diagonal"], "A diagonal matrix is `eye(3) * v`, the diagonal of one `sum(m * eye(3), axis: 1)`."),
    (["MSELoss", "mse_loss", "mse", "mean_squared_error"], "Write `mean((x - y) ^ 2)`."),
    (["L1Loss", "l1_loss", "mae", "mean_absolute_error"], "Write `mean(abs(x - y))`."),
    (
      ["BCEWithLogitsLoss", "BCELoss", "bce_loss", "bce", "binary_cross_entropy", "binary_cross_entropy_with_logits"],
      "Of logits x and labels y it is `mean(softplus(x) - y * x)`; a run names its objective: `objective: vanilla`."
    ),
    (["CrossEntropyLoss", "NLLLoss", "nll_loss"], "With `use gan` write `cross_entropy(x, one_hot(labels, 10))`."),
    (["kl_div", "KLDivLoss"], "Write `sum(p * log(p / q))`."),
    (["cosine_similarity", "CosineSimilarity"], "Write `dot(a, b) / (norm(a) * norm(b))`."),
    (["linear"], "The word is `dense`: `net { dense 64 }`."),
    (["cdist", "pdist"], "Write `sqrt(squared_distances(x, y))`."),
    (["gather", "index_select", "take_along_axis"], "Write `take(x, [0, 1])`: rows by their numbers."),
    (["masked_fill", "masked_fill_"], "Write `where(x > 0, 1, x)`."), (["masked_select"], "Write `a[a > 0]`."),
    (
      ["LSTM", "GRU", "RNN", "Transformer", "MultiheadAttention"],
      "Layers of one's own are functions (docs/layers.md): `net { x -> tanh(x); dense 1 }`."
    ),
    (["train_test_split", "random_split"], "Write `split(data, 0.8)`: two data sets."),
    (["hist"], "Write `histogram(x)`."),
    (
      ["xlabel", "ylabel", "title", "xlim", "ylim", "legend", "semilogy", "loglog", "yscale"],
      "They are arguments of the plot: `plot(xs, title: \"loss\", x_label: \"step\", y_range: [0, 1], log: true)`."
    ),
    (
      ["save_model", "load_model", "state_dict", "load_state_dict"],
      "`save D, \"D.safetensors\"` writes the weights, `load \"D.safetensors\", into: D` reads them."
    ),
    (["parameters", "named_parameters"], "Write `D.parameters`."),
    (["num_params", "count_parameters"], "Write `D.parameter_count`."),
    (["index", "indexOf"], "Write `find(xs, 3)`."), (["extend"], "Write `xs += [3, 4]`."), (["format"], "Write \"{x:.3}\"."),
    (["deepcopy"], "Write `copy(r)` of a record, a list or a net; tensors do not change in place."),
    (["datetime", "now", "today", "strftime"], "Write `date()`."),
    (["ravel", "reshape_as"], "Write `flatten(x)`, or `reshape(x, [-1])`."),
    (["arctan"], "Write `atan(x)`."), (["arctan2"], "Write `atan2(y, x)`."),
    (["arcsin", "asin"], "Write `atan2(x, sqrt(1 - x ^ 2))`."), (["arccos", "acos"], "Write `atan2(sqrt(1 - x ^ 2), x)`."),
    (["sinh"], "Write `(exp(x) - exp(-x)) / 2`."), (["cosh"], "Write `(exp(x) + exp(-x)) / 2`."),
    (["fmax", "fmin"], "Write `maximum(x, y)`, or `minimum(x, y)`."),
    (["amax", "amin"], "Write `max(x, axis: 0)`, or `min(x, axis: 0)`."),
    (["allclose", "isclose", "array_equal"], "Write `max(abs(x - y)) < 0.0001`."), (["isinf"], "Write `abs(x) == infinity`."),
    (["AdamW", "weight_decay"], "Add the squares of the weights to the loss: `loss + 0.0001 * sum(w ^ 2)`."),
    (
      ["StepLR", "lr_scheduler", "scheduler"], "The rate is a field: in a training's block write `run.d_optimizer.rate *= 0.99`."
    ),
    (["interpolate"], "Write `resize(x, [32, 32])`."), (["make_grid"], "Write `grid(x)`."),
    (["tqdm", "trange"], "`train` shows how far it is; for loops of one's own there is `progress`."),
    (["argparse", "argv"], "Write `arguments()`."),
    (["freeze"], "`update` moves the nets that it names, and no others; the gradient stops at `constant(x)`."),
    (
      ["tril", "triu"],
      "A mask is a comparison: `x * (expand(tensor(0..3), 1) >= tensor(0..3))` is the lower triangle of a 3 × 3 matrix."
    ),
  ]

  private static let single = [
    "True": "Write `true`.", "False": "Write `false`.", "str": "Write `string(x)`, or \"{x}\".",
    "float": "Write `number(x)`.", "int": "Write `number(text)`, `floor(x)` or `round(x)`.",
    "bool": "Write a comparison: `x != 0`.", "dict": "Write a record: `{name: 1}`.", "set": "Write `unique(xs)`.",
    "repeat": "Write `for i in 0..3 { … }`; a tensor is repeated by `tile(x, [2, 1])`.",
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
    "hstack": "Write `concat([x, y], axis: 1)`.", "vstack": "Write `concat([a, b])`.",
    "expand_dims": "Write `expand(x, axis)`.", "roll": "Write `concat([x[-1..], x[..-1]])`.",
    "cumprod": "Write `cumulative_product(x)`.",
    "percentile": "Write `quantile(x, 0.9)`.", "outer": "Write `expand(a, 1) * b`.",
    "meshgrid": "Sizes are broadcast: `expand(a, 1) + b`.",
    "argwhere": "Write `nonzero(x)`.", "ones_like": "Write `ones(x.shape)`.", "full_like": "Write `full(x.shape, 2)`.",
    "identity": "Write `eye(3)`.", "trunc": "Write `sign(x) * floor(abs(x))`.", "rint": "Write `round(x)`.",
    "expm1": "Write `exp(x) - 1`.", "log1p": "Write `log(1 + x)`.", "hypot": "Write `sqrt(x ^ 2 + y ^ 2)`.",
    "hardtanh": "Write `clip(x, -1, 1)`.", "logspace": "Write `10 ^ linspace(0, 3, 4)`.", "average": "Write `mean(x)`.",
    "var": "Write `variance(x)`.", "nan_to_num": "Write `where(is_nan(x), 0, x)`.", "unsqueeze": "Write `expand(x, axis)`.",
  ]
}
