import Base
import Interpreter
import Networks
import Tensors

/// Derivatives, and what goes with them.
enum DerivativeBuiltins {
  private static let subject = "Derivatives"

  static func register(in catalog: Catalog) {
    catalog.add(
      Builtin(
        "grad", "The derivative of a number by a tensor, by several, or by the parameters of a net.", subject: subject,
        parameters: [
          Parameter("y", .tensor, "a tensor of one number"),
          Parameter("x", .either(.tensor, .either(.list, .network)), "a tensor, a list of tensors, or a net"),
        ],
        examples: [
          Example("x = tensor([1, 2])\nprint grad(sum(x ^ 2), x)", "[2, 4]"),
          Example("x = tensor([2])\ng = grad(sum(x ^ 3), x)\nprint grad(sum(g), x)", "[12]"),
        ],
        details: """
          The result is a tensor like any other: it can be differentiated again, to any order. Nothing has to be marked beforehand. \
          A list or a net gives a list of derivatives, one for each tensor or parameter. What `y` does not depend on has derivative 0.

          Plain numbers have no derivatives: `number(x)`, `list(x)`, and a tensor that is made of them again, are constants. So are labels and \
          indices. Piecewise constant functions have derivative 0: floor, ceil, round, sign, comparisons, and places such as those of argmax and \
          argsort. Where a function has a corner its slope is that of the middle, or shared: 0 for abs and relu at 0, for norm at 0 and for \
          std of equal numbers; half for each side of maximum; an even share for all that max finds equal. A slope that is \
          infinite stays infinite: that of sqrt at 0 (`help sqrt`), of x ^ 0.5, of log. Where no derivative can pass at all \
          (`assignment`) `grad` is an error.
          """
      ) { call in
        let y = try call.tensor("y")
        switch call.value("x") {
        case .list(let list):
          let targets = try list.elements.map { element in
            guard let tensor = element.tensor else {
              throw Failure(
                "derivatives are taken by tensors", [(.argument("x"), "\(element.typeNameWithArticle) in the list")],
                advice: "Give tensors, or a net for its parameters.")
            }
            return tensor
          }
          return .list(try gradients(of: y, withRespectTo: targets).map(Value.tensor))
        case .object(let object):
          if let network = object as? NetworkValue {
            return .list(try network.gradients(of: y).map(Value.tensor))
          }
          let x = try call.tensor("x")
          if let found = try connectedGradients(of: y, withRespectTo: [x]).first ?? nil { return .tensor(found) }
          call.session.remark(
            Remark(
              "no derivative passes from y to x, so that it is 0", [(.argument("y"), ""), (.argument("x"), "")],
              advice: [
                "Where it should: y has to be computed from this very tensor, not from one that the variable held before, and by no step "
                  + "that has no slope, such as `floor`, `number` or a comparison."
              ]))
          return .tensor(try Tensor.fill(0, shape: x.shape.dimensions))
        case .none, .boolean, .number, .string, .range, .record, .function, .builtin:
          throw call.wrong("x", wanted: "a tensor, a list of tensors, or a net")
        }
      })
    catalog.add(
      Builtin(
        "constant", "The same numbers, through which no derivative passes.", subject: subject,
        parameters: [Parameter("x", .tensor, "a tensor")],
        examples: [Example("x = tensor([3])\nprint grad(sum(x * constant(x)), x)", "[3]")],
        details: """
          What it was computed from is not kept, so a running average over any number of steps, average = constant(0.9 * average + 0.1 * x), \
          takes no more memory or time in the millionth step than in the first.
          """
      ) { call in
        .tensor(try call.tensor("x").detached())
      })
    catalog.add(
      Builtin(
        "number", "The one number of a tensor.", subject: "Making tensors",
        parameters: [Parameter("x", .tensor, "a tensor of one number")],
        examples: [Example("number(tensor([5]))", "5")], details: "The result is a plain number: no derivative passes."
      ) { call in
        .number(try call.tensor("x").scalar())
      })
    catalog.add(
      Builtin(
        "list", "The numbers of a tensor as a list; of more axes, as a list of lists.", subject: "Making tensors",
        parameters: [Parameter("x", .tensor, "a tensor")],
        examples: [Example("list(tensor([[1, 2], [3, 4]]))", "[[1, 2], [3, 4]]")],
        details: "The results are plain numbers: no derivative passes."
      ) { call in
        let x = try call.tensor("x")
        let lists = x.shape.dimensions.last.map { x.count / max($0, 1) } ?? 0
        try Memory.require(x.count * MemoryLayout<Value>.stride + lists * 128)
        return nested(try x.doubles(), x.shape.dimensions[...])
      })
  }

  private static func nested(_ numbers: [Double], _ shape: ArraySlice<Int>) -> Value {
    guard let size = shape.first else { return numbers.first.map(Value.number) ?? .none }
    let inner = shape.dropFirst()
    guard !inner.isEmpty else { return .list(numbers.map(Value.number)) }
    let step = inner.reduce(1, *)
    return .list((0..<size).map { nested(Array(numbers[$0 * step..<($0 + 1) * step]), inner) })
  }
}
