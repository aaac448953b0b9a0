extension Value {
  /// Does the work that has only been noted down for the value, and for what lists and records hold, as far as it is near: whoever measures a
  /// program counts it.
  ///
  /// - Throws: what goes wrong in that work.
  public func settle() throws { try settle(depth: 3) }

  private func settle(depth: Int) throws {
    guard depth > 0 else { return }
    switch self {
    case .object(let object): try object.settle()
    case .list(let list): for element in list.elements.prefix(1000) { try element.settle(depth: depth - 1) }
    case .record(let record): for field in record.fields.prefix(1000) { try field.value.settle(depth: depth - 1) }
    case .none, .boolean, .number, .string, .range, .function, .builtin: break
    }
  }
}

extension Session {
  /// Does the work that has only been noted down for the program's variables. What fails in it is told where its result is used.
  ///
  /// - Throws: `Interrupted`.
  public func settleVariables() throws {
    for name in variableNames {
      do {
        try globals.value(name)?.settle()
      } catch let interruption as Interrupted {
        throw interruption
      } catch {}
    }
  }

  /// Runs a block for somebody who measures it: the work that its value or a variable stands for afterwards is done in it.
  public func settled(_ body: () throws -> Value) throws -> Value {
    let value = try body()
    try value.settle()
    try settleVariables()
    return value
  }
}
