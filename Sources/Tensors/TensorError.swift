/// What the engine found wrong with a request: a short title, the operands that show it (keyed by the operation's parameter
/// names: "x", "w", "left", "right", "shape", "axis", …, each with the text to print beneath it), and a way out.
///
/// The engine knows no places; whoever made the call adds them.
public struct TensorError: Error, Equatable, CustomStringConvertible {
  /// An operand by its parameter's name, with what is printed beneath its mark: a shape, a number.
  public typealias Operand = (name: String, text: String)

  /// What went wrong, as one short clause without a full stop.
  public var title: String
  /// What shows it, in the order of the parameters.
  public var operands: [Operand]
  /// The way out, in whole sentences; empty where the title says it.
  public var advice: String

  /// An error in these words.
  public init(title: String, operands: [Operand] = [], advice: String = "") {
    self.title = title
    self.operands = operands
    self.advice = advice
  }

  /// All of it in one line, for logs and tests.
  public var description: String {
    var text = title
    if !operands.isEmpty { text += " (" + operands.map { "\($0.name): \($0.text)" }.joined(separator: ", ") + ")" }
    if !advice.isEmpty { text += ". " + advice }
    return text
  }

  /// Errors are equal where all their texts are.
  public static func == (left: TensorError, right: TensorError) -> Bool {
    left.title == right.title && left.advice == right.advice
      && left.operands.elementsEqual(right.operands) { $0.name == $1.name && $0.text == $1.text }
  }
}
