/// What a kernel is called where time and plans are looked at.
extension FusedKernel {
  var name: String { "elementwise \(space): \(summary)" }

  /// Its functions in short: `subtract, multiply ×3, rsqrt; sum ×2`.
  var summary: String {
    let functions = instructions.filter { $0.function != .spread }.map { Self.name(of: $0.function) }
    return [Self.counted(functions, limit: 6), Self.counted(reductions.map { Self.name(of: $0.reduction) }, limit: 2)]
      .filter { !$0.isEmpty }.joined(separator: "; ")
  }

  private static func counted(_ names: [String], limit: Int) -> String {
    var order: [String] = []
    var counts: [String: Int] = [:]
    for name in names {
      if counts[name] == nil { order.append(name) }
      counts[name, default: 0] += 1
    }
    let texts = order.prefix(limit).map { name in
      let count = counts[name] ?? 1
      return count > 1 ? "\(name) ×\(count)" : name
    }
    return (texts + (order.count > limit ? ["…"] : [])).joined(separator: ", ")
  }

  /// As the language and its reference call it.
  static func name(of function: Function) -> String {
    switch function {
    case .unary(let function, _): function.definition.name
    case .binary(let function): function.definition.name
    case .select: "where"
    case .spread: "spread"
    case .random(.uniform, _): "uniform"
    case .random(.normal, _): "normal"
    case .random(.truncatedNormal, _): "truncated_normal"
    }
  }

  static func name(of reduction: Reduction) -> String {
    switch reduction {
    case .sum: "sum"
    case .max: "max"
    case .min: "min"
    }
  }
}
