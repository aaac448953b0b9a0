import Interpreter
import Tensors

/// Kernels, strides and paddings as they are written.
enum Geometry {
  /// One number for both directions, or a list of two.
  static func pair(_ call: borrowing Invocation, _ name: String) throws -> (Int, Int) {
    let numbers: [Double]
    if let number = try Numbers.single(call.value(name)) {
      numbers = [number, number]
    } else {
      numbers = try Numbers.list(call.value(name)) ?? []
    }
    guard numbers.count == 2, let down = Int(exactly: numbers[0]), let right = Int(exactly: numbers[1]), down > 0, right > 0,
      max(down, right) < 1 << 30
    else {
      throw Failure(
        "the \(name) is one whole number above 0, or two", [(.argument(name), try call.value(name).printed())],
        advice: "Write \(name): 2, or \(name): [2, 1] for different steps down and to the right.")
    }
    return (down, right)
  }

  static func padding(_ call: borrowing Invocation) throws -> Padding {
    switch try call.string("padding") {
    case "same": .same
    case "valid": .valid
    case let other:
      throw Failure("there is no padding of this name", [(.argument("padding"), other)], advice: "Use \"same\" or \"valid\".")
    }
  }
}
