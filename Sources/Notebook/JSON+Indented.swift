import Formats

extension JSON {
  /// The value as text with a line for each member and element, indented by one blank a level, and names in their order: as Jupyter writes
  /// notebooks.
  var indented: String {
    var result = ""
    write(to: &result, depth: 0)
    return result
  }

  private func write(to result: inout String, depth: Int) {
    let margin = "\n" + String(repeating: " ", count: depth)
    switch self {
    case .array(let elements) where !elements.isEmpty:
      for (place, element) in elements.enumerated() {
        result += (place == 0 ? "[" : ",") + margin + " "
        element.write(to: &result, depth: depth + 1)
      }
      result += margin + "]"
    case .object(let members) where members.count > 0:
      for (place, member) in members.sorted(by: { $0.key < $1.key }).enumerated() {
        result += (place == 0 ? "{" : ",") + margin + " " + JSON.string(member.key).text + ": "
        member.value.write(to: &result, depth: depth + 1)
      }
      result += margin + "}"
    case .null, .boolean, .number, .string, .array, .object: result += text
    }
  }
}
