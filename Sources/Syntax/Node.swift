/// The syntax tree of a program. Spans are offsets into the program's one `Source`.
public struct Program: Sendable {
  /// The text that was parsed.
  public var source: Source
  /// The prose (`##` lines) at the head of the file, where no definition follows it directly.
  public var documentation: String?
  /// The statements of the file, in order.
  public var statements: [Statement]

  /// A program made of these parts.
  public init(source: Source, documentation: String? = nil, statements: [Statement]) {
    self.source = source
    self.documentation = documentation
    self.statements = statements
  }

  /// The function of this name that it defines at its top level.
  public func definition(of name: String) -> FunctionLiteral? {
    for statement in statements {
      if case .definition(name: let own, let literal) = statement.kind, own.text == name { return literal }
    }
    return nil
  }
}

/// Statements between braces.
public struct Block: Sendable {
  /// In order; the value of the last is the block's.
  public let statements: [Statement]
  /// From the opening to the closing brace, both included.
  public var span: Span
  /// Levels of the tree below and with this node; the parser bounds it, so that no walk over a tree runs out of stack.
  let height: Int32

  /// Braces around statements.
  public init(statements: [Statement], span: Span) {
    self.statements = statements
    self.span = span
    self.height = 1 + (statements.lazy.map(\.height).max() ?? 0)
  }
}

/// One step of a program: what stands on a line, or between semicolons.
public struct Statement: Sendable {
  /// What it does.
  public let kind: StatementKind
  /// The statement's text, without the `;` that ends it.
  public var span: Span
  /// Whether a `;` ends it, so that a REPL does not echo its value.
  public var isSilent: Bool
  let height: Int32

  /// A statement; its height is worked out from its parts.
  public init(_ kind: StatementKind, span: Span, isSilent: Bool = false) {
    self.kind = kind
    self.height = kind.height
    self.span = span
    self.isSilent = isSilent
  }
}

/// What a statement does.
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
  /// `use module`, or `use module as name`.
  case use(Module, alias: Name?)
}

/// What `use` names: a module of the standard library, or a file beside the script.
public enum Module: Sendable {
  case standard(Name)
  case file(path: String, span: Span)
}

/// A name as it stands in the text.
public struct Name: Hashable, Sendable {
  /// The name itself.
  public var text: String
  /// Where it stands.
  public var span: Span

  /// A name at a place.
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

/// A part of a program that has a value.
public struct Expression: Sendable {
  /// What it works out.
  public let kind: ExpressionKind
  /// The expression's text, parentheses around it included.
  public var span: Span
  let height: Int32

  /// An expression; its height is worked out from its parts.
  public init(_ kind: ExpressionKind, span: Span) {
    self.kind = kind
    self.height = 1 + kind.heightOfParts
    self.span = span
  }
}

/// How an expression's value comes about.
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

/// One operator of a chain of comparisons, with what stands on its right.
public struct ComparisonLink: Sendable {
  /// A comparison: `equal`, `less` and their kin.
  public var `operator`: BinaryOperator
  /// Where the operator stands: errors mark it.
  public var operatorSpan: Span
  /// What stands on the operator's right.
  public var operand: Expression

  /// The operator with what follows it.
  public init(_ operator: BinaryOperator, operatorSpan: Span, operand: Expression) {
    self.operator = `operator`
    self.operatorSpan = operatorSpan
    self.operand = operand
  }
}

/// One `name: value` of a record.
public struct RecordField: Sendable {
  /// The field's name.
  public var name: Name
  /// What gives the field's value.
  public var value: Expression

  /// A name with the expression of its value.
  public init(name: Name, value: Expression) {
    self.name = name
    self.value = value
  }
}

/// A stretch of a string: plain text, its escapes already resolved, or `{expression:format}`.
public enum StringPiece: Sendable {
  case text(String)
  case interpolation(Expression, format: FormatSpecification?)
}

/// A call of a function.
public struct Call: Sendable {
  /// How it was written: `f(a, b)`, `f a b`, or `a |> f(b)`, in which the value on the left is the first argument.
  public enum Form: Sendable { case parentheses, command, pipe }

  /// What gives the function: most often a name.
  public var callee: Expression
  /// In the order of the text, the piped value first; without the block.
  public var arguments: [Argument]
  /// The `{ … }` after the call: its last argument, a block that shares the variables of the function it stands in.
  public var block: Block?
  /// How the call was written.
  public var form: Form

  /// A call; `block` is the one after its arguments.
  public init(callee: Expression, arguments: [Argument], block: Block? = nil, form: Form) {
    self.callee = callee
    self.arguments = arguments
    self.block = block
    self.form = form
  }
}

/// One argument of a call, with a name or by its place.
public struct Argument: Sendable {
  /// Of `name: value`; nil for an argument that counts by its place.
  public var name: Name?
  /// What gives the argument's value.
  public var value: Expression
  /// `...value`: the fields of a record as named arguments. It is the last of a call's arguments.
  public var isSpread: Bool

  /// An argument; one without a name counts by its place.
  public init(name: Name? = nil, value: Expression, isSpread: Bool = false) {
    self.name = name
    self.value = value
    self.isSpread = isSpread
  }
}

/// A function as it was written: `fn name(…) …`, `fn(…) …` or `x -> …`.
public final class FunctionLiteral: Sendable {
  /// None for `x -> …`.
  public let name: Name?
  /// In order.
  public let parameters: [ParameterSyntax]
  /// `...options: gan` behind the parameters; nil where there is none.
  public let options: OptionsSyntax?
  /// What a call works out.
  public let body: FunctionBody
  /// The text of the `##` lines above the definition, without the marks.
  public let documentation: String?
  /// The whole definition, documentation included: what `source name` shows.
  public let span: Span

  /// A function made of these parts.
  public init(
    name: Name?, parameters: [ParameterSyntax], options: OptionsSyntax? = nil, body: FunctionBody, documentation: String?,
    span: Span
  ) {
    self.name = name
    self.parameters = parameters
    self.options = options
    self.body = body
    self.documentation = documentation
    self.span = span
  }
}

/// What a call works out: the expression behind `=` or `->`, or the block's last statement.
public enum FunctionBody: Sendable {
  case expression(Expression)
  case block(Block)
}

/// One parameter of a function, as it was written.
public struct ParameterSyntax: Sendable {
  /// Its name, by which arguments may be given too.
  public var name: Name
  /// The words after the colon, `x: number or list`; none where it takes anything.
  public var kinds: [Name]
  /// Worked out at each call that leaves the argument out; nil where none may.
  public var defaultValue: Expression?

  /// A parameter; without kinds it takes anything.
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

/// An operator with one operand; the raw value is how it is written.
public enum UnaryOperator: String, Sendable, CaseIterable {
  case negate = "-"
  case not = "not"
}

/// An operator between two operands; the raw value is how it is written. `and` and `or` are expressions of their own, as they
/// may leave their right side out.
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
