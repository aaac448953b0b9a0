import Syntax

/// What a body assigns, and what the functions and blocks in it mention: found before it is made ready, so that every variable's
/// kind is known at its first use.
struct NameCollector {
  /// Names assigned in the body itself, with the blocks that share its variables.
  private(set) var assigned: Set<String> = []
  /// In the order of their first assignment.
  private(set) var assignedInOrder: [String] = []
  /// Names mentioned inside functions and blocks of the body. Too many do no harm: their variables only go into cells.
  private(set) var mentionedWithin: Set<String> = []
  /// How many functions or blocks stand around the place that is being looked at.
  private var depth = 0
  /// How many of these are functions with variables of their own.
  private var functionDepth = 0

  mutating func visit(_ block: Block) { visit(block.statements) }

  mutating func visit(_ statements: [Statement]) {
    for statement in statements { visit(statement) }
  }

  private mutating func assign(_ name: String) {
    if functionDepth == 0, assigned.insert(name).inserted { assignedInOrder.append(name) }
    mention(name)
  }

  private mutating func mention(_ name: String) {
    if depth > 0 { mentionedWithin.insert(name) }
  }

  private mutating func visit(_ statement: Statement) {
    switch statement.kind {
    case .expression(let expression): visit(expression)
    case .assignment(let targets, let operation, let value):
      visit(value)
      for target in targets {
        switch target {
        case .name(let name): if operation == nil { assign(name.text) } else { mention(name.text) }
        case .field(let owner, _): visit(owner)
        case .index(let owner, let indices, _):
          visit(owner)
          for index in indices { visit(index) }
        }
      }
    case .definition(let name, let literal):
      assign(name.text)
      visit(literal)
    case .forLoop(let targets, let sequence, let body):
      visit(sequence)
      for target in targets { assign(target.text) }
      visit(body)
    case .whileLoop(let condition, let body):
      visit(condition)
      visit(body)
    case .returnValue(let value): if let value { visit(value) }
    case .use(_, let alias): if let alias { assign(alias.text) }
    case .breakLoop, .continueLoop: break
    }
  }

  mutating func visit(_ literal: FunctionLiteral) {
    depth += 1
    functionDepth += 1
    for parameter in literal.parameters {
      mention(parameter.name.text)
      if let value = parameter.defaultValue { visit(value) }
    }
    switch literal.body {
    case .expression(let expression): visit(expression)
    case .block(let block): visit(block)
    }
    depth -= 1
    functionDepth -= 1
  }

  mutating func visit(_ expression: Expression) {
    switch expression.kind {
    case .none, .boolean, .number: break
    case .string(let pieces):
      for case .interpolation(let inner, _) in pieces { visit(inner) }
    case .name(let name): mention(name)
    case .list(let elements): for element in elements { visit(element) }
    case .record(let fields): for field in fields { visit(field.value) }
    case .range(let lower, let upper):
      if let lower { visit(lower) }
      if let upper { visit(upper) }
    case .unary(_, let operand): visit(operand)
    case .binary(_, _, let left, let right), .and(let left, let right), .or(let left, let right):
      visit(left)
      visit(right)
    case .comparisonChain(let first, let links):
      visit(first)
      for link in links { visit(link.operand) }
    case .call(let call):
      visit(call.callee)
      for argument in call.arguments { visit(argument.value) }
      if let block = call.block {
        depth += 1
        visit(block)
        depth -= 1
      }
    case .index(let owner, let indices):
      visit(owner)
      for index in indices { visit(index) }
    case .field(let owner, _): visit(owner)
    case .function(let literal): visit(literal)
    case .conditional(let branches, let otherwise):
      for branch in branches {
        visit(branch.condition)
        visit(branch.body)
      }
      if let otherwise { visit(otherwise) }
    case .attempt(let body, let name, let handler):
      visit(body)
      if let name { assign(name.text) }
      visit(handler)
    }
  }
}
