/// What the engine found wrong with a request: a short title, the operands that show it (keyed by the operation's parameter
/// names: "x", "w", "left", "right", "shape", "axis", …, each with the text to print beneath it), and a way out.
///
/// The engine knows no places; whoever made the call adds them.
public struct TensorError: Error, Equatable, CustomStringConvertible {
  public typealias Operand = (name: String, text: String)

  public var title: String
  public var operands: [Operand]
  public var advice: String

  public init(title: String, operands: [Operand] = [], advice: String = "") {
    self.title = title
    self.operands = operands
    self.advice = advice
  }

  public var description: String {
    var text = title
    if !operands.isEmpty { text += " (" + operands.map { "\($0.name): \($0.text)" }.joined(separator: ", ") + ")" }
    if !advice.isEmpty { text += ". " + advice }
    return text
  }

  public static func == (left: TensorError, right: TensorError) -> Bool {
    left.title == right.title && left.advice == right.advice
      && left.operands.elementsEqual(right.operands) { $0.name == $1.name && $0.text == $1.text }
  }
}
