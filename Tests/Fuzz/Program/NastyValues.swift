/// Values that a function may not expect, as a program writes them.
enum NastyValues {
  /// What the values below need, and names that programs may change.
  static let prelude = """
    fn cyclic() { l = [1]; append(l, l); return l }
    fn cyclic_record() { r = {a: 1}; r.self = r; return r }
    fn deep(n) { l = []; for i in 0..n { l = [l] }; return l }
    fn throws() { error "thrown" }
    fn throws_late(x) { error "thrown of {x}" }
    empty_net = net { flatten }
    small_net = net input: [3] { dense 4; relu; dense 1 }
    picture_net = net input: [8, 8, 1] { conv 2, kernel: 3; batch_norm; relu; flatten; dense 1 }
    weights = parameter(normal([2, 3]))
    long_text = join(map(0..10000, i -> "a"), "")
    data = data_set(zeros(4, 3))
    """

  /// Each is one value; those that are made anew can be changed by what is called.
  static let all =
    numbers + strings + lists + ranges + records + tensors + functions + ["none", "true", "false", "small_net", "empty_net"] + [
      "picture_net", "weights", "adam(0.1)", "sgd(0.5)", "data_set(zeros(4, 3))", "data", "shuffled_batches(data, 2)",
      "image(zeros(4, 4))", "plot([1, 2, 3])", "net", "gan", "print",
    ]

  static let numbers = [
    "-1", "0", "1", "2", "3", "0.5", "-0.0", "1e308", "-1e308", "5e-324", "nan", "infinity", "-infinity", "-9223372036854775808",
    "9223372036854775808", "9007199254740993", "4611686018427387904", "4294967296", "1e12", "-2147483649", "pi",
  ]
  static let strings = [
    "\"\"", "\"a\"", "\"-1\"", "\"nan\"", "\"\\u{1B}[2J\"", "\"\\n\"", "\"é日本\\u{1F600}\\u{301}\"", "long_text", "\"x.png\"",
    "\"x.csv\"", "\"x.npz\"", "\"x.safetensors\"", "\"sum\"", "\"linear\"", "\"\\u{0}\"", "\"{{}}\"", "\"%s%n\"",
  ]
  static let lists = [
    "[]", "[1]", "[1, 2, 3]", "[0, 3]", "[-1, 2]", "[nan, infinity]", "[[]]", "[[1, 2], [3]]", "[[1, 2], [3, 4]]", "[none]",
    "[\"a\", \"b\"]", "[1, \"a\"]", "cyclic()", "deep(100)", "deep(5000)", "[1e308, 1e308]", "[4294967296, 4294967296]",
    "[true, false]",
    "[small_net, small_net]", "[zeros(2), zeros(3)]", "[{a: 1}, {a: 2}]", "[x -> x, sum]", "list(0..1000)",
  ]
  static let ranges = ["0..0", "0..3", "3..0", "0..1e15", "-1e15..1e15", "range(0, 1, step: 0.1)", "range(0, 1e15, step: 0.5)"]
  static let records = [
    "{}", "{a: 1}", "{a: none, b: [1, 2]}", "{loss: 1, step: -1, G: small_net, D: none}", "{name: \"\\u{1B}\", x: {y: {z: nan}}}",
    "cyclic_record()", "{a: x -> x, b: throws}", "{x: zeros(3), y: [0, 1]}",
  ]
  static let tensors = [
    "zeros(0)", "zeros(0, 3)", "zeros(3, 0, 2)", "tensor(1)", "tensor(nan)", "tensor([1, 2, 3])", "tensor([nan, infinity, -1])",
    "zeros(2, 3)", "ones(3, 3)", "normal([4, 3])", "normal([2, 8, 8, 1])", "ones(1, 1, 1, 1, 1, 1)", "normal([3, 3]) * 1e30",
    "normal([5]) - nan",
    "tensor([[1, 2], [3, 4]])", "uniform([8, 8, 3])", "zeros(1000)", "weights * 2",
  ]
  static let functions = [
    "x -> x", "() -> 1", "(x, y) -> x", "throws", "throws_late", "x -> throws()", "x -> none", "x -> \"\"", "x -> x * nan", "sum",
    "(x, y) -> x < y", "x -> zeros(0)", "small_net",
  ]
}
