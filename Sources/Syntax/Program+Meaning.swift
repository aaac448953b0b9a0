/// What a program says, however it is written: two statements with the same text here differ at most in blanks, comments, breaks of lines,
/// parentheses, the form of calls, the order of named arguments, and `;`.
extension Statement {
  /// The statement as one text in a form of its own.
  public var meaning: String {
    switch kind {
    case .expression(let expression): expression.meaning
    case .assignment(let targets, let operation, let value):
      targets.map(\.meaning).joined(separator: ",") + (operation?.rawValue ?? "") + "=" + value.meaning
    case .definition(let name, let literal): "fn " + name.text + literal.meaning
    case .forLoop(let targets, let sequence, let body):
      "for " + targets.map(\.text).joined(separator: ",") + " in " + sequence.meaning + body.meaning
    case .whileLoop(let condition, let body): "while " + condition.meaning + body.meaning
    case .breakLoop: "break"
    case .continueLoop: "continue"
    case .returnValue(let value): "return " + (value?.meaning ?? "none")
    case .use(.standard(let name), let alias): "use " + name.text + (alias.map { " as " + $0.text } ?? "")
    case .use(.file(let path, _), let alias): "use " + quoted(path) + (alias.map { " as " + $0.text } ?? "")
    }
  }
}

extension Block {
  fileprivate var meaning: String { "{" + statements.map(\.meaning).joined(separator: ";") + "}" }
}

extension Target {
  /// The target as one text.
  public var meaning: String {
    switch self {
    case .name(let name): name.text
    case .field(let value, let name): value.meaning + "." + name.text
    case .index(let value, let parts, _): value.meaning + "[" + parts.map(\.meaning).joined(separator: ",") + "]"
    }
  }
}

extension Expression {
  /// The expression as one text in a form of its own.
  public var meaning: String {
    switch kind {
    case .none: "none"
    case .boolean(let value): "\(value)"
    case .number(let number): "\(number)"
    case .string(let pieces): pieces.map(\.meaning).joined(separator: "+")
    case .name(let name): name
    case .list(let elements): "[" + elements.map(\.meaning).joined(separator: ",") + "]"
    case .record(let fields): "{" + fields.map { $0.name.text + ":" + $0.value.meaning }.joined(separator: ",") + "}"
    case .range(let lower, let upper): "(" + (lower?.meaning ?? "") + ".." + (upper?.meaning ?? "") + ")"
    case .unary(let operation, let operand): "(" + operation.rawValue + " " + operand.meaning + ")"
    case .binary(let operation, _, let left, let right): "(" + left.meaning + operation.rawValue + right.meaning + ")"
    case .and(let left, let right): "(" + left.meaning + " and " + right.meaning + ")"
    case .or(let left, let right): "(" + left.meaning + " or " + right.meaning + ")"
    case .comparisonChain(let first, let links):
      "(" + first.meaning + links.map { $0.operator.rawValue + $0.operand.meaning }.joined() + ")"
    case .call(let call): call.meaning
    case .index(let value, let parts): value.meaning + "[" + parts.map(\.meaning).joined(separator: ",") + "]"
    case .field(let value, let name): value.meaning + "." + name.text
    case .function(let literal): literal.meaning
    case .conditional(let branches, let otherwise):
      branches.map { "if " + $0.condition.meaning + $0.body.meaning }.joined(separator: " else ")
        + (otherwise.map { " else " + $0.meaning } ?? "")
    case .attempt(let body, let name, let handler):
      "try " + body.meaning + " catch " + (name?.text ?? "") + handler.meaning
    }
  }
}

extension Call {
  fileprivate var meaning: String {
    // Named arguments stand behind the others, in any order.
    let plain = arguments.filter { $0.name == nil && !$0.isSpread }.map(\.value.meaning)
    let named = arguments.compactMap { argument in argument.name.map { $0.text + ":" + argument.value.meaning } }.sorted()
    let spread = arguments.filter(\.isSpread).map { "..." + $0.value.meaning }
    return callee.meaning + "(" + (plain + named + spread).joined(separator: ",") + ")" + (block?.meaning ?? "")
  }
}

extension StringPiece {
  fileprivate var meaning: String {
    switch self {
    case .text(let text): quoted(text)
    case .interpolation(let expression, let format): "{" + expression.meaning + (format.map { ":\($0)" } ?? "") + "}"
    }
  }
}

extension FunctionLiteral {
  fileprivate var meaning: String {
    let taken =
      parameters.map { $0.name.text + ":" + $0.kindText + "=" + ($0.defaultValue?.meaning ?? "") }
      + (options.map { ["..." + $0.name.text + ":" + $0.function.text] } ?? [])
    return "(" + taken.joined(separator: ",") + ")->" + body.meaning
  }
}

extension FunctionBody {
  fileprivate var meaning: String {
    switch self {
    case .expression(let expression): return expression.meaning
    case .block(let block):
      if block.statements.count == 1, case .expression(let only) = block.statements[0].kind { return only.meaning }
      return block.meaning
    }
  }
}

private func quoted(_ text: String) -> String {
  "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
}
