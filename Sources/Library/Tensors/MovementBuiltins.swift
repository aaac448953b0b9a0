import Interpreter
import Tensors

/// The same numbers under other shapes and in other places.
enum MovementBuiltins {
  private static let subject = "Shapes and places"

  static func register(in catalog: Catalog) {
    registerShapes(in: catalog)
    registerJoining(in: catalog)
    registerParts(in: catalog)
  }

  private static func registerShapes(in catalog: Catalog) {
    catalog.add(
      Builtin(
        "shape", "The sizes of a tensor's axes.", subject: subject, parameters: [Parameter("x", .tensor, "a tensor")],
        examples: [Example("shape(zeros([2, 3]))", "[2, 3]")]
      ) { call in
        .list(try call.tensor("x").shape.dimensions.map { .number(Double($0)) })
      })
    catalog.add(
      Builtin(
        "reshape", "The same numbers, in their order, under another shape.", subject: subject,
        parameters: [
          Parameter("x", .tensor, "a tensor"),
          Parameter("shape", .any, passing: .variadic, "the new sizes, as a list or one by one; one may be -1 and is worked out"),
        ],
        examples: [Example("reshape(zeros([2, 6]), [3, -1]).shape", "[3, 4]")]
      ) { call in
        .tensor(try call.tensor("x").reshaped(call.shape("shape")))
      })
    catalog.add(
      Builtin(
        "flatten", "All axes but the first made into one.", subject: subject,
        parameters: [Parameter("x", .tensor, "a tensor [n, …]")],
        examples: [Example("flatten(zeros([2, 3, 4])).shape", "[2, 12]")]
      ) { call in
        let x = try call.tensor("x")
        guard let first = x.shape.dimensions.first else { throw call.wrong("x", wanted: "a tensor with an axis") }
        return .tensor(try x.reshaped([first, first == 0 ? 0 : -1]))
      })
    catalog.add(
      Builtin(
        "transpose", "The axes in another order.", subject: subject,
        parameters: [
          Parameter("x", .tensor, "a tensor"),
          Parameter("axes", .optional(.sequence), default: .none, "the old axes in their new order; by default reversed"),
        ],
        examples: [Example("transpose(zeros([2, 3])).shape", "[3, 2]")]
      ) { call in
        .tensor(try call.tensor("x").transposed(call.axes("axes")))
      })
    catalog.add(
      Builtin(
        "broadcast", "A tensor repeated to a larger shape.", subject: subject,
        parameters: [
          Parameter("x", .tensor, "a tensor"), Parameter("shape", .sequence, "the new sizes; only axes of size 1 are repeated"),
        ],
        examples: [Example("print broadcast(tensor([1, 2]), [2, 2])", "[[1, 2], [1, 2]]")]
      ) { call in
        .tensor(try call.tensor("x").broadcasted(to: call.shape("shape")))
      })
    catalog.add(
      Builtin(
        "expand", "A new axis of size 1.", subject: subject,
        parameters: [Parameter("x", .tensor, "a tensor"), Parameter("axis", .integer, "where; -1 is after the last")],
        examples: [Example("expand(zeros([2, 3]), 0).shape", "[1, 2, 3]")]
      ) { call in
        .tensor(try call.tensor("x").expanded(axis: call.integer("axis")))
      })
    catalog.add(
      Builtin(
        "squeeze", "A tensor without its axes of size 1.", subject: subject,
        parameters: [
          Parameter("x", .tensor, "a tensor"),
          Parameter("axis", .optional(.either(.number, .sequence)), default: .none, "only these axes"),
        ],
        examples: [Example("squeeze(zeros([1, 3, 1])).shape", "[3]")]
      ) { call in
        .tensor(try call.tensor("x").squeezed(axes: call.axes("axis")))
      })
  }

  private static func registerJoining(in catalog: Catalog) {
    catalog.add(
      Builtin(
        "concat", "Tensors one after another along an axis.", subject: subject,
        parameters: [
          Parameter("tensors", .list, "the tensors"), Parameter("axis", .integer, default: .number(0), "the axis that grows"),
        ],
        examples: [Example("concat([zeros([2, 3]), ones([1, 3])]).shape", "[3, 3]")]
      ) { call in
        .tensor(try Tensor.concat(tensors(call), axis: call.integer("axis")))
      })
    catalog.add(
      Builtin(
        "stack", "Tensors of one shape along a new axis.", subject: subject,
        parameters: [
          Parameter("tensors", .list, "the tensors"), Parameter("axis", .integer, default: .number(0), "where the new axis goes"),
        ],
        examples: [Example("stack([zeros([3]), ones([3])]).shape", "[2, 3]")]
      ) { call in
        .tensor(try Tensor.stack(tensors(call), axis: call.integer("axis")))
      })
    catalog.add(
      Builtin(
        "tile", "A tensor repeated along each of its axes.", subject: subject,
        parameters: [Parameter("x", .tensor, "a tensor"), Parameter("repeats", .sequence, "how often, for each axis")],
        examples: [Example("print tile(tensor([1, 2]), [2])", "[1, 2, 1, 2]")]
      ) { call in
        .tensor(try call.tensor("x").tiled(call.shape("repeats")))
      })
  }

  private static func tensors(_ call: borrowing Invocation) throws -> [Tensor] {
    try call.list("tensors").elements.map { element in
      guard let tensor = element.tensor else {
        throw Failure(
          "only tensors can be joined", [(.argument("tensors"), "\(element.typeNameWithArticle) among them")],
          advice: "Make tensors of numbers with tensor(…).")
      }
      return tensor
    }
  }

  private static func registerParts(in catalog: Catalog) {
    catalog.add(
      Builtin(
        "take", "Rows by their numbers, in the given order; a row may be taken more than once.", subject: subject,
        parameters: [
          Parameter("x", .tensor, "a tensor"),
          Parameter("indices", .either(.tensor, .sequence), "whole numbers, -1 is the last row; or a mask"),
          Parameter("axis", .integer, default: .number(0), "the axis"),
        ],
        examples: [Example("print take(tensor([5, 6, 7]), [2, 0])", "[7, 5]")],
        details: "Derivatives pass to the rows that are taken. The indices are taken as numbers: none passes to them."
      ) { call in
        let x = try call.tensor("x")
        let axis = try call.integer("axis")
        if let mask = try Mask.of(call.value("indices")) {
          let count = x.shape.dimensions[try x.shape.axis(axis)]
          guard mask.shape.dimensions == [count] else {
            throw Failure(
              "the mask does not fit", [(.argument("indices"), "a mask \(mask.shape), for \(count) rows")],
              advice: "It must say of each row whether it is taken: [\(count)].")
          }
          return .tensor(try x.taken(mask.nonzeroPlaces(), axis: axis))
        }
        let numbers = try Numbers.places(call.value("indices"), argument: "indices") ?? []
        let indices = numbers.compactMap { Int(exactly: $0) }
        guard indices.count == numbers.count else { throw call.wrong("indices", wanted: "a list of whole numbers") }
        return .tensor(try x.taken(indices, axis: axis))
      })
    catalog.add(
      Builtin(
        "nonzero", "The places of the numbers that are not 0, in order; of a mask, where it is true.", subject: subject,
        parameters: [Parameter("x", .either(.tensor, .sequence), "a tensor, such as x > 3, or a list of true and false")],
        examples: [
          Example("print nonzero(tensor([5, 0, 7]) > 4)", "[0, 2]"),
          Example("print nonzero(tensor([[0, 1], [1, 1]]))", "[[0, 1], [1, 0], [1, 1]]"),
        ],
        details: """
          Of one axis they are [k]; of more a row for each, with a column for each axis: [k, axes]. To take what stands there, \
          index with the mask itself: x[x > 3].
          """
      ) { call in
        let x = try call.tensor("x")
        guard x.rank > 0 else { throw call.wrong("x", wanted: "a tensor with an axis") }
        guard x.shape.dimensions.allSatisfy({ $0 <= 1 << 24 }) else {
          throw Failure(
            "the tensor is too long for its places to be numbers", [(.argument("x"), "\(x.shape)")],
            advice: "A tensor holds whole numbers up to 16,777,216. Look at a part of it.")
        }
        let strides = x.shape.strides
        let places = try x.nonzeroPlaces().flatMap { place in
          zip(strides, x.shape.dimensions).map { Float(place / $0 % $1) }
        }
        return .tensor(try Tensor(places, shape: x.rank == 1 ? [places.count] : [places.count / x.rank, x.rank]))
      })
    catalog.add(
      Builtin(
        "flip", "A tensor with the order along its axes reversed.", subject: subject,
        parameters: [
          Parameter("x", .tensor, "a tensor"),
          Parameter("axis", .optional(.either(.number, .sequence)), default: .none, "only these axes; by default all"),
        ],
        examples: [Example("print flip(tensor([1, 2, 3]))", "[3, 2, 1]")]
      ) { call in
        .tensor(try call.tensor("x").flipped(axes: call.axes("axis")))
      })
    catalog.add(
      Builtin(
        "pad", "A tensor with a border of one value.", subject: subject,
        parameters: [
          Parameter("x", .tensor, "a tensor"), Parameter("before", .sequence, "for each axis, how much in front"),
          Parameter(
            "after", .optional(.sequence), default: .none, "for each axis, how much behind; by default as in front"),
          Parameter("value", .number, default: .number(0), "the value of the border"),
        ],
        examples: [Example("print pad(tensor([1, 2]), [1])", "[0, 1, 2, 0]")]
      ) { call in
        let before = try call.shape("before")
        let after = call.isGiven("after") ? try call.shape("after") : before
        return .tensor(try call.tensor("x").padded(before: before, after: after, value: call.numberForTensor("value")))
      })
  }
}
