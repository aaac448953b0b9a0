import Graphics
import Interpreter

/// What is said where numbers become pixels that do not show them.
enum PixelRemark {
  /// So large a part of the numbers may lie outside unsaid: the last layer of a net that ends in none strays a little.
  static let allowance = 0.01

  /// Nil where the pixels show the numbers.
  ///
  /// - Parameters:
  ///   - range: What becomes black and white; nil: 0…1, which nobody has asked for, so that numbers outside are told.
  ///   - call: The call with a range, which it is given as text.
  static func remark(_ numbers: [Float], range: ClosedRange<Float>?, at operand: Operand, call: (String) -> String) -> Remark? {
    let missing = numbers.count { $0.isNaN }
    if missing > 0 {
      return Remark(
        "\(missing) of \(numbers.count) numbers are nan, and drawn black", [(operand, "")],
        advice: ["`where(is_nan(x), 1, x)` draws them white."], subject: "nan")
    }
    guard range == nil else { return nil }
    // Half a level of a pixel is rounding.
    let outside = numbers.count { $0 < -1 / 510 || $0 > 1 + 1 / 510 }
    guard Double(outside) > allowance * Double(numbers.count), let low = numbers.min(), let high = numbers.max() else {
      return nil
    }
    return Remark(
      "\(share(outside, of: numbers.count)) lie outside 0…1, and are drawn black or white",
      [(operand, "\(Double(low).brief)…\(Double(high).brief)")],
      advice: ["Say which numbers are black and white: `\(call("range: \(usual(low, high))"))`."], subject: "range")
  }

  /// What is to be said of three pictures that may be one whose channels stand where other libraries have them.
  static func channelsFirst(_ shape: [Int], at operand: Operand) -> Remark? {
    guard shape.count == 3, shape[0] == 3, shape[1] > 4, shape[2] > 4 else { return nil }
    return Remark(
      "these are 3 gray pictures of \(shape[2])×\(shape[1]) pixels", [(operand, "")],
      advice: [
        "One in color is [height, width, 3]; [3, height, width], as PyTorch has it, becomes so by transpose(x, axes: [1, 2, 0])."
      ],
      subject: "channels")
  }

  private static func share(_ part: Int, of count: Int) -> String {
    part == count ? "all numbers" : "\(Int((Double(part) / Double(count) * 100).rounded(.up)))% of the numbers"
  }

  /// The range that numbers such as these mostly have: those of tanh, or of bytes; else their own.
  private static func usual(_ low: Float, _ high: Float) -> String {
    if low >= -1.01, high <= 1.01 { return "[-1, 1]" }
    if low >= 0, high <= 255 { return "[0, 255]" }
    return "[min(x), max(x)]"
  }
}

extension Invocation {
  /// Says where pixels do not show the numbers of an argument that is a tensor, or a list of tensors.
  func remarkPixels(_ name: String, range: ClosedRange<Float>? = nil, call: (String) -> String) throws {
    let values: [Value] =
      switch value(name) {
      case .list(let list): list.elements
      case let one: [one]
      }
    for value in values {
      guard let tensor = value.tensor else { continue }
      if let remark = PixelRemark.channelsFirst(tensor.shape.dimensions, at: .argument(name)) { session.remark(remark) }
      guard let remark = PixelRemark.remark(try tensor.floats(), range: range, at: .argument(name), call: call)
      else { continue }
      return session.remark(remark)
    }
  }
}
