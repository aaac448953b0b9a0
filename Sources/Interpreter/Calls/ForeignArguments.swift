/// Names that people know for arguments from other libraries.
enum ForeignArguments {
  /// What is said of a name that a function does not have; nil where nothing is known of it.
  ///
  /// - Parameter own: the names that the function has.
  static func advice(for name: String, among own: [String]) -> String? {
    if let called = (names[name] ?? []).first(where: own.contains) { return "It is called `\(called)` here." }
    return notes.first { $0.foreign.contains(name) && ($0.beside.isEmpty || own.contains($0.beside)) }?.text
  }

  /// What they may be called here.
  private static let names: [String: [String]] = {
    let ours: [(String, [String])] = [
      ("rate", ["lr", "learning_rate", "step_size", "p", "drop_prob"]), ("epsilon", ["eps"]), ("decay", ["rho", "alpha"]),
      ("kernel", ["kernel_size", "filter_size", "ksize"]), ("filters", ["out_channels", "channels", "features"]),
      ("units", ["out_features", "features", "size"]), ("biases", ["bias", "use_bias"]),
      ("weights", ["kernel_initializer", "initializer", "weight_init", "init"]),
      ("axis", ["dim", "dims", "axes"]), ("keep", ["keepdim", "keepdims"]),
      ("deviation", ["std", "stddev", "sigma", "scale"]), ("mean", ["loc", "mu"]),
      ("low", ["minval", "lower"]), ("high", ["maxval", "upper"]),
      ("batch", ["batch_size", "bs"]), ("steps", ["num_steps", "n_steps", "iterations", "iters", "max_steps", "num_iterations"]),
      ("epochs", ["num_epochs", "n_epochs", "nb_epoch"]),
      ("d_steps", ["n_critic", "critic_steps", "critic_iterations", "d_iters", "n_dis"]),
      ("lambda", ["gp_weight", "penalty_weight", "lambda_gp", "gp_lambda", "gamma", "lam", "gradient_penalty_weight"]),
      ("noise", ["latent_dim", "latent_size", "z_dim", "nz", "noise_dim", "latent"]),
      ("latent", ["latent_dim", "latent_size", "z_dim", "nz"]), ("objective", ["loss", "loss_fn", "criterion", "losses"]),
      ("G", ["generator", "gen"]), ("D", ["discriminator", "disc", "critic"]),
      ("data", ["dataset", "dataloader", "train_loader", "loader"]), ("clip", ["clip_value", "weight_clip", "clip_weights"]),
      ("labels", ["targets", "target", "y", "classes"]),
      ("size", ["shape", "image_size", "target_size", "img_size", "output_size"]),
      ("channels", ["color_mode", "grayscale", "num_channels"]), ("limit", ["nrows", "max_rows", "count"]),
      ("separator", ["sep", "delimiter", "delim"]), ("comments", ["comment"]), ("missing", ["na_values", "missing_values"]),
      ("part", ["train_size", "ratio", "fraction"]), ("descending", ["reverse"]), ("by", ["key"]),
      ("x_label", ["xlabel"]), ("y_label", ["ylabel"]), ("x_range", ["xlim"]), ("y_range", ["ylim"]),
      ("log", ["yscale", "logy", "log_y", "log_scale"]), ("log_x", ["xscale", "logx"]), ("names", ["labels", "label"]),
      ("name", ["label"]), ("color", ["c", "colour"]), ("opacity", ["alpha"]),
      ("bins", ["nbins", "n_bins", "num_bins"]), ("density", ["normed", "stat", "normalize"]),
      ("seconds", ["duration", "delay"]), ("columns", ["nrow", "ncols", "ncol", "cols"]),
      ("range", ["vmin", "vmax", "value_range", "clim"]),
      ("y", ["other"]),
    ]
    var names: [String: [String]] = [:]
    for (own, foreign) in ours { for name in foreign { names[name, default: []].append(own) } }
    return names
  }()

  /// What has no name here; `beside`: where the function has this one.
  private static let notes: [(foreign: [String], beside: String, text: String)] = [
    (["betas"], "beta1", "It takes two: `beta1: 0.5, beta2: 0.9`."),
    (["optimizer"], "d_optimizer", "Each network has one: `d_optimizer: adam(0.001), g_optimizer: adam(0.001)`."),
    (
      ["d_rate", "d_lr", "lr_d", "g_rate", "g_lr", "lr_g", "d_learning_rate", "g_learning_rate"], "d_optimizer",
      "Each network has an optimizer: `d_optimizer: adam(0.0004), g_optimizer: adam(0.0001)`."
    ),
    (["weight_decay"], "rate", "There is none; a penalty or an objective of your own can add the squares of the weights."),
    (["momentum"], "decay", "Its running statistics keep `decay` of what they were: 0.9 where PyTorch's momentum is 0.1."),
    (
      ["in_channels", "in_features", "input_shape", "input_dim", "input_size"], "biases",
      "What comes in is found at the first call; only what comes out is written."
    ),
    (["figsize"], "width", "Write `width:` and `height:`, in pixels."),
    (
      ["shuffle", "drop_last", "num_workers"], "batch",
      "Batches are drawn in an order of their own each epoch, and read ahead by themselves."
    ),
    (["seed", "random_state"], "", "`seed 1` before it sets the random numbers that follow."),
    (["dtype"], "", "The numbers of a tensor are 32-bit floating-point numbers, always."),
    (["device"], "", "Everything is computed on the processor; nothing has to be moved."),
    (["requires_grad"], "", "A tensor that is trained is made by `parameter(x)`."),
    (["callback", "callbacks", "on_step"], "every", "Write a block: `train run, steps: 1000, every: 100 { print run.d_loss }`."),
  ]
}
