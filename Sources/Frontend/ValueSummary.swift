import Interpreter

/// A value in a few words, for lists of names; nothing is computed for it.
public enum ValueSummary {
  /// The kind of the value and its size, or the value itself where it is short.
  public static func line(_ value: Value) -> String {
    switch value {
    case .none: "none"
    case .boolean(let boolean): "\(boolean)"
    case .number: "number"
    case .string(let string): "\"" + String(string.prefix(40)) + (string.count > 40 ? "…" : "") + "\""
    case .list(let list): list.elements.count == 1 ? "list of 1 value" : "list of \(list.elements.count) values"
    case .range(let range): "range of \(range.count)"
    case .record(let record): "record of " + (record.count == 1 ? "1 field" : "\(record.count) fields")
    case .function(let function): summary(of: function)
    case .builtin(let builtin): builtin.summary
    case .object(let object): object.typeName
    }
  }

  private static func summary(of function: Function) -> String {
    let text = function.documentation?.split(separator: "\n").first.map { " " + $0.drop { $0 == " " || $0 == "#" } } ?? ""
    return "fn (\(function.parameterNames.joined(separator: ", ")))" + text
  }
}
