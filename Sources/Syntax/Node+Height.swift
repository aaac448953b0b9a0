/// The greatest height among some parts of a node.
private func tallest(_ parts: some Sequence<Int32>) -> Int32 { parts.max() ?? 0 }

extension ExpressionKind {
  var heightOfParts: Int32 {
    switch self {
    case .none, .boolean, .number, .name: return 0
    case .string(let pieces):
      return tallest(
        pieces.lazy.map { piece in
          switch piece {
          case .text: return 0
          case .interpolation(let value, _): return value.height
          }
        })
    case .list(let elements): return tallest(elements.lazy.map(\.height))
    case .record(let fields): return tallest(fields.lazy.map(\.value.height))
    case .range(let lower, let upper): return max(lower?.height ?? 0, upper?.height ?? 0)
    case .unary(_, let operand): return operand.height
    case .binary(_, _, let left, let right), .and(let left, let right), .or(let left, let right):
      return max(left.height, right.height)
    case .comparisonChain(let first, let links): return max(first.height, tallest(links.lazy.map(\.operand.height)))
    case .call(let call):
      return max(call.callee.height, tallest(call.arguments.lazy.map(\.value.height)), call.block?.height ?? 0)
    case .index(let base, let indexes): return max(base.height, tallest(indexes.lazy.map(\.height)))
    case .field(let base, _): return base.height
    case .function(let literal): return literal.height
    case .conditional(let branches, let otherwise):
      return max(tallest(branches.lazy.map { max($0.condition.height, $0.body.height) }), otherwise?.height ?? 0)
    case .attempt(let body, _, let handler): return max(body.height, handler.height)
    }
  }
}

extension FunctionLiteral {
  var height: Int32 {
    let defaults = tallest(parameters.lazy.map { $0.defaultValue?.height ?? 0 })
    switch body {
    case .expression(let value): return 1 + max(value.height, defaults)
    case .block(let block): return 1 + max(block.height, defaults)
    }
  }
}

extension StatementKind {
  var height: Int32 {
    switch self {
    case .expression(let value): return value.height
    case .assignment(let targets, _, let value): return max(value.height, tallest(targets.lazy.map(\.height)))
    case .definition(_, let literal): return literal.height
    case .forLoop(_, let sequence, let body): return max(sequence.height, body.height)
    case .whileLoop(let condition, let body): return max(condition.height, body.height)
    case .breakLoop, .continueLoop, .use: return 0
    case .returnValue(let value): return value?.height ?? 0
    }
  }
}

extension Target {
  fileprivate var height: Int32 {
    switch self {
    case .name: return 0
    case .field(let base, _): return base.height
    case .index(let base, let indexes, _): return max(base.height, tallest(indexes.lazy.map(\.height)))
    }
  }
}
