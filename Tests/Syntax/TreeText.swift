import Syntax

/// A program as short text, a statement a line: `(x + 1)`, `f(x, y: 1)`, commands as `f<…>`, blocks as `{…; …}`.
struct TreeText {
  static func of(_ text: String) -> String {
    switch Parser.parse(Source(name: "test.gan", text: text)) {
    case .complete(let program): return program.statements.map(statement).joined(separator: "\n")
    case .incomplete(let incompleteness): return "incomplete: \(incompleteness.awaited)"
    case .invalid(let diagnostics): return "invalid: " + diagnostics.map(\.title).joined(separator: "; ")
    }
  }

  static func statement(_ statement: Statement) -> String { kind(statement.kind) + (statement.isSilent ? ";" : "") }

  private static func kind(_ kind: StatementKind) -> String {
    switch kind {
    case .expression(let value): return expression(value)
    case .assignment(let targets, let op, let value):
      return targets.map(target).joined(separator: ", ") + " \(op?.rawValue ?? "")= " + expression(value)
    case .definition(let name, let literal): return "fn \(name.text)" + function(literal)
    case .forLoop(let names, let sequence, let body):
      return "for \(names.map(\.text).joined(separator: ", ")) in \(expression(sequence)) \(block(body))"
    case .whileLoop(let condition, let body): return "while \(expression(condition)) \(block(body))"
    case .breakLoop: return "break"
    case .continueLoop: return "continue"
    case .returnValue(let value): return "return" + (value.map { " " + expression($0) } ?? "")
    case .use(let module, let alias):
      let name =
        switch module {
        case .standard(let name): name.text
        case .file(let path, _): "\"\(path)\""
        }
      return "use \(name)" + (alias.map { " as \($0.text)" } ?? "")
    }
  }

  private static func target(_ target: Target) -> String {
    switch target {
    case .name(let name): return name.text
    case .field(let base, let name): return expression(base) + "." + name.text
    case .index(let base, let indexes, _): return expression(base) + "[" + indexes.map(expression).joined(separator: ", ") + "]"
    }
  }

  static func block(_ block: Block) -> String { "{" + block.statements.map(statement).joined(separator: "; ") + "}" }

  private static func function(_ literal: FunctionLiteral) -> String {
    let parameters = literal.parameters.map { $0.name.text + ($0.defaultValue.map { " = " + expression($0) } ?? "") }
    let head = "(" + parameters.joined(separator: ", ") + ")"
    switch literal.body {
    case .expression(let value): return head + " => " + expression(value)
    case .block(let body): return head + " " + block(body)
    }
  }

  static func expression(_ value: Expression) -> String {
    switch value.kind {
    case .none: return "none"
    case .boolean(let value): return "\(value)"
    case .number(let value): return value == value.rounded() && abs(value) < 1e15 ? "\(Int(value))" : "\(value)"
    case .string(let pieces):
      return "\""
        + pieces.map { piece in
          switch piece {
          case .text(let text): return text.debugDescription.dropFirst().dropLast().description
          case .interpolation(let value, let format): return "{" + expression(value) + (format == nil ? "" : ":") + "}"
          }
        }.joined() + "\""
    case .name(let name): return name
    case .list(let elements): return "[" + elements.map(expression).joined(separator: ", ") + "]"
    case .record(let fields):
      return "{" + fields.map { "\($0.name.text): \(expression($0.value))" }.joined(separator: ", ") + "}rec"
    case .range(let lower, let upper): return "(" + (lower.map(expression) ?? "") + ".." + (upper.map(expression) ?? "") + ")"
    case .unary(let op, let operand): return "(" + op.rawValue + (op == .not ? " " : "") + expression(operand) + ")"
    case .binary(let op, _, let left, let right): return "(\(expression(left)) \(op.rawValue) \(expression(right)))"
    case .and(let left, let right): return "(\(expression(left)) and \(expression(right)))"
    case .or(let left, let right): return "(\(expression(left)) or \(expression(right)))"
    case .comparisonChain(let first, let links):
      return "(" + expression(first) + links.map { " \($0.operator.rawValue) " + expression($0.operand) }.joined() + ")"
    case .call(let call):
      let arguments = call.arguments.map { ($0.name.map { $0.text + ": " } ?? "") + expression($0.value) }
        .joined(separator: ", ")
      let tail = call.block.map { " " + block($0) } ?? ""
      switch call.form {
      case .parentheses: return expression(call.callee) + "(" + arguments + ")" + tail
      case .command: return expression(call.callee) + "<" + arguments + ">" + tail
      case .pipe: return expression(call.callee) + "|(" + arguments + ")" + tail
      }
    case .index(let base, let indexes): return expression(base) + "[" + indexes.map(expression).joined(separator: ", ") + "]"
    case .field(let base, let name): return expression(base) + "." + name.text
    case .function(let literal): return "fn" + function(literal)
    case .conditional(let branches, let otherwise):
      return branches.map { "if \(expression($0.condition)) \(block($0.body))" }.joined(separator: " else ")
        + (otherwise.map { " else " + block($0) } ?? "")
    case .attempt(let body, let name, let handler):
      return "try \(block(body)) catch \(name.map { $0.text + " " } ?? "")\(block(handler))"
    }
  }
}
