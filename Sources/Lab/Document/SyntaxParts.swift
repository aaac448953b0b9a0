import Syntax

/// The parts of a statement in the order of the text: what stands in it, and the blocks within, of which each has statements of its own.
/// Bodies of functions with a name are none: they run when they are called.
extension Statement {
  /// The blocks in it that are in no other block.
  var blocks: [Block] {
    var found: [Block] = []
    forEachPart { if case .block(let block) = $0 { found.append(block) } }
    return found
  }

  /// Visits the calls in it, in its blocks too.
  func forEachCall(_ visit: (Call) -> Void) {
    forEachPart { part in
      switch part {
      case .call(let call): visit(call)
      case .block(let block): for statement in block.statements { statement.forEachCall(visit) }
      }
    }
  }

  private func forEachPart(_ visit: (SyntaxPart) -> Void) {
    switch kind {
    case .expression(let expression), .returnValue(.some(let expression)): expression.forEachPart(visit)
    case .assignment(let targets, _, let value):
      for target in targets { target.forEachPart(visit) }
      value.forEachPart(visit)
    case .forLoop(_, let sequence, let body):
      sequence.forEachPart(visit)
      visit(.block(body))
    case .whileLoop(let condition, let body):
      condition.forEachPart(visit)
      visit(.block(body))
    case .definition, .breakLoop, .continueLoop, .returnValue(.none), .use: break
    }
  }
}

/// A part of a statement.
private enum SyntaxPart {
  case call(Call)
  case block(Block)
}

extension Target {
  fileprivate func forEachPart(_ visit: (SyntaxPart) -> Void) {
    switch self {
    case .name: break
    case .field(let owner, _): owner.forEachPart(visit)
    case .index(let owner, let places, _): for part in [owner] + places { part.forEachPart(visit) }
    }
  }
}

extension Expression {
  fileprivate func forEachPart(_ visit: (SyntaxPart) -> Void) {
    switch kind {
    case .none, .boolean, .number, .name: break
    case .string(let pieces):
      for case .interpolation(let expression, _) in pieces { expression.forEachPart(visit) }
    case .call(let call):
      visit(.call(call))
      call.callee.forEachPart(visit)
      for argument in call.arguments { argument.value.forEachPart(visit) }
      if let block = call.block { visit(.block(block)) }
    case .function(let literal):
      switch literal.body {
      case .expression(let expression): expression.forEachPart(visit)
      case .block(let block): visit(.block(block))
      }
    case .conditional(let branches, let otherwise):
      for branch in branches {
        branch.condition.forEachPart(visit)
        visit(.block(branch.body))
      }
      if let otherwise { visit(.block(otherwise)) }
    case .attempt(let body, _, let handler):
      visit(.block(body))
      visit(.block(handler))
    case .list, .record, .range, .unary, .binary, .and, .or, .comparisonChain, .index, .field:
      for part in operands { part.forEachPart(visit) }
    }
  }

  /// What an operator, a list or the like is made of.
  private var operands: [Expression] {
    switch kind {
    case .list(let elements): elements
    case .record(let fields): fields.map(\.value)
    case .range(let lower, let upper): [lower, upper].compactMap { $0 }
    case .unary(_, let operand): [operand]
    case .binary(_, _, let left, let right), .and(let left, let right), .or(let left, let right): [left, right]
    case .comparisonChain(let first, let links): [first] + links.map(\.operand)
    case .index(let owner, let places): [owner] + places
    case .field(let owner, _): [owner]
    case .none, .boolean, .number, .name, .string, .call, .function, .conditional, .attempt: []
    }
  }
}
