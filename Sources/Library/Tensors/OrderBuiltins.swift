import Base
import Interpreter
import Tensors

/// Numbers put in order, and what stands at a place of that order.
enum OrderBuiltins {
  private static let subject = "Order"
  private static var x: Parameter { Parameter("x", .tensor, "a tensor") }
  private static var axis: Parameter {
    Parameter("axis", .integer, default: .number(-1), "the axis along which the numbers stand; each row of it by itself")
  }
  private static var anyAxis: Parameter {
    Parameter("axis", .optional(.integer), default: .none, "the axis to reduce; by default all")
  }
  private static var keep: Parameter {
    Parameter("keep", .boolean, default: .boolean(false), "whether the axis stays, with size 1")
  }
  private static var descending: Parameter {
    Parameter("descending", .boolean, default: .boolean(false), "the greatest first")
  }

  static func register(in catalog: Catalog) {
    registerSorting(in: catalog)
    registerPlaces(in: catalog)
  }

  private static func registerSorting(in catalog: Catalog) {
    catalog.add(
      Builtin(
        "sort", "The numbers of a tensor in rising order along an axis.", subject: subject, parameters: [x, axis, descending],
        examples: [
          Example("print sort(tensor([3, 1, 2]))", "[1, 2, 3]"),
          Example("print sort(tensor([[3, 1], [0, 2]]), axis: 0)", "[[0, 1], [3, 2]]"),
        ],
        details: "`nan` counts as the greatest. Derivatives pass to where each number came from."
      ) { call in
        .tensor(try call.tensor("x").sorted(axis: call.integer("axis"), descending: call.boolean("descending")))
      })
    catalog.add(
      Builtin(
        "argsort", "The places of the numbers in rising order along an axis; equal ones keep their order.", subject: subject,
        parameters: [x, axis, descending], examples: [Example("print argsort(tensor([3, 1, 2]))", "[1, 2, 0]")],
        details: "`nan` counts as the greatest. A place has derivative 0. The numbers in order have derivatives: `sort`."
      ) { call in
        .tensor(try call.tensor("x").argsorted(axis: call.integer("axis"), descending: call.boolean("descending")))
      })
    catalog.add(
      Builtin(
        "topk", "The k greatest numbers along an axis, greatest first, and their places: a list of two tensors.",
        subject: subject,
        parameters: [
          x, Parameter("k", .integer, "how many"), axis,
          Parameter("largest", .boolean, default: .boolean(true), "false for the k least, least first"),
        ],
        examples: [
          Example("greatest, places = topk(tensor([3, 9, 5]), 2)\nprint greatest, places", "[9, 5] [1, 2]"),
          Example("print topk(tensor([[3, 9, 5], [8, 6, 7]]), 1, largest: false)[0]", "[[3], [6]]"),
        ],
        details: "`nan` counts as the greatest. Derivatives pass to where each number came from. A place has derivative 0."
      ) { call in
        let (values, places) = try call.tensor("x").extremes(
          call.integer("k"), axis: call.integer("axis"), largest: call.boolean("largest"))
        return .list([.object(TensorValue(values)), .object(TensorValue(places))])
      })
  }

  private static func registerPlaces(in catalog: Catalog) {
    catalog.add(
      Builtin(
        "median", "The middle number, or the mean of the two in the middle.", subject: subject, parameters: [x, anyAxis, keep],
        examples: [Example("median(tensor([5, 1, 2, 3]))", "2.5")]
      ) { call in
        .tensor(try call.tensor("x").median(axis: call.optionalInteger("axis"), keep: call.boolean("keep")))
      })
    catalog.add(
      Builtin(
        "quantile", "The number below which a share of all lies, interpolated between the two nearest ones.", subject: subject,
        parameters: [x, Parameter("q", .number, "the share, 0 to 1"), anyAxis, keep],
        examples: [Example("quantile(tensor([1, 2, 3, 4]), 0.25)", "1.75")]
      ) { call in
        .tensor(
          try call.tensor("x").quantile(call.number("q"), axis: call.optionalInteger("axis"), keep: call.boolean("keep")))
      })
    catalog.add(
      Builtin(
        "bincount", "How often each of the whole numbers 0, 1, … occurs.", subject: subject,
        parameters: [
          Parameter("labels", .either(.tensor, .sequence), "whole numbers from 0"),
          Parameter("classes", .integer, "how many different ones there may be"),
        ],
        examples: [Example("print bincount([0, 2, 2], 4)", "[1, 0, 2, 0]")],
        details: "Labels are taken as numbers: no derivative passes to them."
      ) { call in
        guard let labels = try Numbers.places(call.value("labels"), argument: "labels") else {
          throw call.wrong("labels", wanted: "a list or a tensor of one axis")
        }
        let classes = try call.integer("classes")
        guard classes > 0, classes <= 1 << 24 else {
          throw Failure("there is at least one class, and at most 16 million", [(.argument("classes"), "\(classes)")])
        }
        try Memory.require(classes, of: Int.self)
        var counts = [Int](repeating: 0, count: classes)
        for label in labels {
          guard let place = Int(exactly: label), place >= 0, place < classes else {
            throw Failure(
              "a label is a whole number from 0 to \(classes - 1)", [(.argument("labels"), "\(label.brief) among them")],
              advice: "Say how many classes there are: bincount(labels, 10).")
          }
          counts[place] += 1
        }
        guard let odd = counts.first(where: { Int(exactly: Float($0)) != $0 }) else {
          return .tensor(try Tensor(counts.map(Float.init), shape: [classes]))
        }
        throw Failure(
          "a count is too great for a tensor", [(.argument("labels"), "\(odd) of one number")],
          advice: "A tensor's numbers are float32, exact for whole numbers up to 16777216 (2^24). Count parts by themselves.")
      })
  }
}
