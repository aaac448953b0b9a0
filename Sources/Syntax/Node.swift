/// The syntax tree of a program. Spans are offsets into the program's one `Source`.
public struct Program: Sendable {
  public var source: Source
  /// The prose (`##` lines) at the head of the file, where no definition follows it directly.
  public var documentation: String?
  public var statements: [Statement]

  public init(source: Source, documentation: String? = nil, statements: [Statement]) {
    self.source = source
    self.documentation = documentation
    self.statements = statements
  }
}

/// Statements between braces.
public struct Block: Sendable {
  public let statements: [Statement]
  public var span: Span
  /// Levels of the tree below and with this node; the parser bounds it, so that no walk over a tree runs out of stack.
  let height: Int32

  public init(statements: [Statement], span: Span) {
    self.statements = statements
    self.span = span
    self.height = 1 + (statements.lazy.map(\.height).max() ?? 0)
  }
}

public struct Statement: Sendable {
  public let kind: StatementKind
  public var span: Span
  /// Whether a `;` ends it, so that a REPL does not echo its value.
  public var isSilent: Bool
  let height: Int32

  public init(_ kind: StatementKind, span: Span, isSilent: Bool = false) {
    self.kind = kind
    self.height = kind.height
    self.span = span
    self.isSilent = isSilent
  }
}

public indirect enum StatementKind: Sendable {
  case expression(Expression)
  /// `a, b = value`; `operator` is set for `x += 1` and its kin, which have one target.
  case assignment(targets: [Target], operator: BinaryOperator?, value: Expression)
  /// `fn name(…) …` with the `##` lines above it in `literal.documentation`.
  case definition(name: Name, literal: FunctionLiteral)
  case forLoop(targets: [Name], sequence: Expression, body: Block)
  case whileLoop(condition: Expression, body: Block)
  case breakLoop
  case continueLoop
  case returnValue(Expression?)
  case use(Module)
}

/// What `use` names: a module of the standard library, or a file beside the script.
public enum Module: Sendable {
  case standard(Name)
  case file(path: String, span: Span)
}

public struct Name: Hashable, Sendable {
  public var text: String
  public var span: Span

  public init(_ text: String, span: Span) {
    self.text = text
    self.span = span
  }
}

/// A place that can be assigned to.
public enum Target: Sendable {
  case name(Name)
  case field(Expression, Name)
  case index(Expression, [Expression], span: Span)
}

public struct Expression: Sendable {
  public let kind: ExpressionKind
  public var span: Span
  let height: Int32

  public init(_ kind: ExpressionKind, span: Span) {
    self.kind = kind
    self.height = 1 + kind.heightOfParts
    self.span = span
  }
}

public indirect enum ExpressionKind: Sendable {
  case none
  case boolean(Bool)
  case number(Double)
  case string([StringPiece])
  case name(String)
  case list([Expression])
  case record([RecordField])
  /// `a..b`; open ends (`..3`, `2..`, `..`) only inside an index.
  case range(lower: Expression?, upper: Expression?)
  case unary(UnaryOperator, Expression)
  case binary(BinaryOperator, operatorSpan: Span, Expression, Expression)
  case and(Expression, Expression)
  case or(Expression, Expression)
  /// `a < b <= c`, two comparisons or more: each operand is evaluated once, from the left, up to the first that is false.
  case comparisonChain(Expression, [ComparisonLink])
  case call(Call)
  case index(Expression, [Expression])
  case field(Expression, Name)
  /// `x -> …` and `(x, y) -> …`.
  case function(FunctionLiteral)
  /// The value of the branch taken; `none` where there is none.
  case conditional(branches: [(condition: Expression, body: Block)], otherwise: Block?)
  /// The value of the body, or of the handler, in which `name` is a record of the error.
  case attempt(body: Block, name: Name?, handler: Block)
}

public struct ComparisonLink: Sendable {
  public var `operator`: BinaryOperator
  public var operatorSpan: Span
  public var operand: Expression

  public init(_ operator: BinaryOperator, operatorSpan: Span, operand: Expression) {
    self.operator = `operator`
    self.operatorSpan = operatorSpan
    self.operand = operand
  }
}

public struct RecordField: Sendable {
  public var name: Name
  public var value: Expression

  public init(name: Name, value: Expression) {
    self.name = name
    self.value = value
  }
}

public enum StringPiece: Sendable {
  case text(String)
  case interpolation(Expression, format: FormatSpecification?)
}

public struct Call: Sendable {
  public enum Form: Sendable { case parentheses, command, pipe }

  public var callee: Expression
  public var arguments: [Argument]
  /// The `{ … }` after the call: its last argument, a block that shares the variables of the function it stands in.
  public var block: Block?
  public var form: Form

  public init(callee: Expression, arguments: [Argument], block: Block? = nil, form: Form) {
    self.callee = callee
    self.arguments = arguments
    self.block = block
    self.form = form
  }
}

public struct Argument: Sendable {
  public var name: Name?
  public var value: Expression

  public init(name: Name? = nil, value: Expression) {
    self.name = name
    self.value = value
  }
}

public final class FunctionLiteral: Sendable {
  /// None for `x -> …`.
  public let name: Name?
  public let parameters: [ParameterSyntax]
  public let body: FunctionBody
  /// The text of the `##` lines above the definition, without the marks.
  public let documentation: String?
  /// The whole definition, documentation included: what `source name` shows.
  public let span: Span

  public init(
    name: Name?, parameters: [ParameterSyntax], body: FunctionBody, documentation: String?, span: Span
  ) {
    self.name = name
    self.parameters = parameters
    self.body = body
    self.documentation = documentation
    self.span = span
  }
}

public enum FunctionBody: Sendable {
  case expression(Expression)
  case block(Block)
}

public struct ParameterSyntax: Sendable {
  public var name: Name
  /// The words after the colon, `x: number or list`; none where it takes anything.
  public var kinds: [Name]
  public var defaultValue: Expression?

  public init(name: Name, kinds: [Name] = [], defaultValue: Expression? = nil) {
    self.name = name
    self.kinds = kinds
    self.defaultValue = defaultValue
  }

  /// The kind as it is written: "count or function"; empty where it has none.
  public var kindText: String { kinds.map(\.text).joined(separator: " or ") }

  /// The parameter as it is written in its function: `batch: count = 64`.
  public func text(in source: Source) -> String {
    name.text + (kinds.isEmpty ? "" : ": \(kindText)") + (defaultValue.map { " = \(source.text(of: $0.span))" } ?? "")
  }
}

public enum UnaryOperator: String, Sendable, CaseIterable {
  case negate = "-"
  case not = "not"
}

public enum BinaryOperator: String, Sendable, CaseIterable {
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "/"
  case remainder = "%"
  case matrixProduct = "@"
  case power = "^"
  case equal = "=="
  case notEqual = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
}
