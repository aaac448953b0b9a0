import Interpreter
import Tensors

/// Tensors out of numbers, shapes, and chance.
enum CreationBuiltins {
  private static let subject = "Making tensors"
  private static var shape: Parameter {
    Parameter(
      "shape", .any, passing: .variadic, "the sizes of the axes, as a list or one by one; none for a single number")
  }

  static func register(in catalog: Catalog) {
    catalog.add(.tensor)
    registerValues(in: catalog)
    registerSequences(in: catalog)
    registerChance(in: catalog)
  }

  private static func registerValues(in catalog: Catalog) {
    catalog.add(
      Builtin(
        "tensor", "A tensor of the numbers in a list, a list of lists, or an image.", subject: subject,
        parameters: [
          Parameter("numbers", .any, "a number, a range, nested lists of numbers, a list of tensors of one shape, or an image")
        ],
        examples: [
          Example("tensor([[1, 2], [3, 4]]).shape", "[2, 2]"),
          Example("print tensor(0..4)", "[0, 1, 2, 3]"),
        ],
        details: """
          The numbers of a tensor are float32, of about 7 digits, where plain numbers and those in lists are float64, of about 16: whole \
          numbers are exact up to 16777216 (2^24), and a note says where a greater one is rounded.
          """
      ) { call in
        if case .object(let object) = call.value("numbers"), let image = (object as? ImageValue)?.raster {
          return .tensor(try Tensor(image.values(), shape: [image.height, image.width, image.channels]))
        }
        return .tensor(try call.tensor("numbers"))
      })
    catalog.add(
      Builtin(
        "zeros", "A tensor of zeros.", subject: subject, parameters: [shape],
        examples: [Example("print zeros([2, 3])", "[[0, 0, 0], [0, 0, 0]]")]
      ) { call in
        .tensor(try Tensor.fill(0, shape: call.shape("shape")))
      })
    catalog.add(
      Builtin(
        "ones", "A tensor of ones.", subject: subject, parameters: [shape], examples: [Example("print ones([2])", "[1, 1]")]
      ) { call in
        .tensor(try Tensor.fill(1, shape: call.shape("shape")))
      })
    catalog.add(
      Builtin(
        "full", "A tensor with one value everywhere.", subject: subject,
        parameters: [
          Parameter("shape", .either(.sequence, .number), "the sizes of the axes"), Parameter("value", .number, "the value"),
        ],
        examples: [Example("print full([3], 0.5)", "[0.5, 0.5, 0.5]")]
      ) { call in
        .tensor(try Tensor.fill(call.numberForTensor("value"), shape: try sizes(call)))
      })
    catalog.add(
      Builtin(
        "eye", "The identity matrix: ones on the diagonal, zeros elsewhere.", subject: subject,
        parameters: [Parameter("size", .integer, "rows and columns")], examples: [Example("print eye(2)", "[[1, 0], [0, 1]]")]
      ) { call in
        .tensor(try Tensor.eye(call.integer("size")))
      })
    catalog.add(
      Builtin(
        "one_hot", "A row for each label, 1 at the label's place and 0 elsewhere.", subject: subject,
        parameters: [
          Parameter("labels", .either(.tensor, .sequence), "whole numbers from 0"),
          Parameter("classes", .integer, "the number of columns"),
        ],
        examples: [Example("print one_hot([0, 2], 3)", "[[1, 0, 0], [0, 0, 1]]")],
        details: "Labels are taken as numbers: no derivative passes to them."
      ) { call in
        let labels = try Numbers.places(call.value("labels"), argument: "labels")?.map { Int(exactly: $0) ?? -1 }
        guard let labels else { throw call.wrong("labels", wanted: "a list of whole numbers") }
        return .tensor(try Tensor.oneHot(labels, classes: call.integer("classes")))
      })
  }

  private static func sizes(_ call: borrowing Invocation) throws -> [Int] {
    if let number = try Numbers.single(call.value("shape")) {
      guard let size = Int(exactly: number) else {
        throw Failure(
          "a shape is made of whole numbers", [(.argument("shape"), number.brief)], advice: "Write a shape such as [64, 10].")
      }
      return [size]
    }
    return try call.shape("shape")
  }

  private static func registerSequences(in catalog: Catalog) {
    catalog.add(
      Builtin(
        "linspace", "Evenly spaced numbers from a first to a last, both included.", subject: subject,
        parameters: [
          Parameter("first", .number, "the first number"), Parameter("last", .number, "the last number"),
          Parameter("count", .integer, default: .number(50), "how many"),
        ],
        examples: [Example("print linspace(0, 1, 5)", "[0, 0.25, 0.5, 0.75, 1]")]
      ) { call in
        let (first, last) = (try call.numberForTensor("first"), try call.numberForTensor("last"))
        return .tensor(try Tensor.linspace(first, last, count: call.integer("count")))
      })
  }

  private static func registerChance(in catalog: Catalog) {
    catalog.add(
      Builtin(
        "uniform", "Random numbers, evenly between two bounds.", subject: "Chance",
        parameters: [
          Parameter("shape", .either(.sequence, .number), "the sizes of the axes"),
          Parameter("low", .number, default: .number(0), "the lower bound"),
          Parameter("high", .number, default: .number(1), "the upper bound, itself never drawn (unless it is the lower one)"),
        ],
        examples: [
          Example("uniform([64, 128], -1, 1).shape", "[64, 128]"),
          Example("seed 1\na = uniform([4])\nseed 1\nlist(a) == list(uniform([4]))", "true"),
        ]
      ) { call in
        .tensor(
          try Tensor.uniform(
            sizes(call), low: call.number("low"), high: call.number("high"), key: call.session.chance.nextKey()))
      })
    catalog.add(
      Builtin(
        "normal", "Random numbers with the normal distribution.", subject: "Chance",
        parameters: [
          Parameter("shape", .either(.sequence, .number), "the sizes of the axes"),
          Parameter("mean", .finite, default: .number(0), "the mean"),
          Parameter("deviation", .amount, default: .number(1), "the standard deviation"),
        ],
        examples: [Example("normal([3, 2]).shape", "[3, 2]")]
      ) { call in
        .tensor(
          try Tensor.normal(
            sizes(call), mean: call.number("mean"), deviation: call.number("deviation"), key: call.session.chance.nextKey()))
      })
    catalog.add(
      Builtin(
        "truncated_normal", "Normal numbers, drawn again where they lie beyond two standard deviations.", subject: "Chance",
        parameters: [
          Parameter("shape", .either(.sequence, .number), "the sizes of the axes"),
          Parameter("mean", .finite, default: .number(0), "the mean"),
          Parameter("deviation", .amount, default: .number(1), "the standard deviation"),
        ],
        examples: [Example("max(abs(truncated_normal([1000]))) <= 2", "true")]
      ) { call in
        .tensor(
          try Tensor.truncatedNormal(
            sizes(call), mean: call.number("mean"), deviation: call.number("deviation"), key: call.session.chance.nextKey()))
      })
    catalog.add(
      Builtin(
        "shuffled", "The elements of a list, the rows of a tensor, or the samples of a data set, in a random order.",
        subject: "Chance",
        parameters: [
          Parameter("x", .either(.either(.tensor, .dataSet), .sequence), "what to shuffle, a tensor along its first axis")
        ],
        examples: [Example("sum(shuffled(tensor(0..10)))", "45"), Example("sort(shuffled(0..4))", "[0, 1, 2, 3]")],
        details: "A new list, tensor or data set; `shuffled(0..n)` is a random permutation of n places."
      ) { call in
        let key = call.session.chance.nextKey()
        if let tensor = call.value("x").tensor {
          guard tensor.rank > 0 else { throw call.wrong("x", wanted: "a tensor with an axis") }
          return .tensor(try tensor.taken(Permutation.shuffled(tensor.shape[0], key: key)))
        }
        if Kind.sequence.accepts(call.value("x")) {
          let values = try call.values("x")
          return .list(List(Permutation.shuffled(values.count, key: key).map { values[$0] }))
        }
        let data: DataSet = try call.object("x")
        return .object(data.selecting(Permutation.shuffled(data.size, key: key)))
      })
    catalog.add(
      Builtin(
        "seed", "Makes all chance that follows repeat itself, bit for bit, whatever the number of threads.", subject: "Chance",
        parameters: [Parameter("number", .integer, "any whole number of at most 15 digits")],
        examples: [Example("seed 1\na = number(normal([]))\nseed 1\na == number(normal([]))", "true")]
      ) { call in
        let number = try call.integer("number")
        // Beyond, two numbers that were written differently are one.
        guard number.magnitude < 1 << 53 else {
          throw Failure(
            "a seed lies within ±(2^53 - 1)", [(.argument("number"), "\(number)")],
            advice: "Greater whole numbers cannot be told apart. Take one of fewer digits.")
        }
        call.session.seed(UInt64(bitPattern: Int64(number)))
        return .none
      })
    catalog.add(
      Builtin(
        "aside", "Runs a block whose random draws do not change the draws after it.", subject: "Chance",
        parameters: [Parameter("block", .function, passing: .block, "what to run; its value is given")],
        examples: [Example("seed 1\naside { normal([3]) };\na = number(normal([]))\nseed 1\na == number(normal([]))", "true")],
        details: """
          So looking at a run (drawing samples, say) does not change how it goes on. Each `aside` draws numbers of its own, which follow from \
          the place that the main sequence of draws has come to, and from how many others have drawn there; so they repeat themselves \
          with the seed, and in a run that goes on from a checkpoint. A block that draws nothing, or begins with `seed`, does not \
          count. After the next draw of the main sequence it is as if none had been.
          """
      ) { call in
        let session = call.session
        let block = call.value("block")
        return try session.chance.source.aside { try session.call(block, []) }
      })
  }
}
