import Base
import Formats

extension FoundOutputs {
  /// The outputs as HTML: texts, pictures and errors. Of forms that hold markup of their own only pictures are shown, as pictures: nothing in
  /// them can act in the page.
  public var html: [String] {
    outputs.compactMap { output in
      guard case .object(let members) = output, case .string(let type)? = members["output_type"] else { return nil }
      switch type {
      case "stream":
        guard let text = Self.text(members["text"]) else { return nil }
        return PageOutput.html(members["name"] == .string("stderr") ? .note(text) : .text(text))
      case "error":
        guard let text = Self.text(members["traceback"], separator: "\n") else { return nil }
        return "<pre class=\"out error\">\(StyledHTML.terminal(text))</pre>\n"
      case "execute_result", "display_data":
        guard case .object(let data)? = members["data"] else { return nil }
        return Self.shown(data, isResult: type == "execute_result")
      default: return nil
      }
    }
  }

  private static func shown(_ data: JSON.Members, isResult: Bool) -> String? {
    let words = text(data["text/plain"]) ?? ""
    if let svg = text(data["image/svg+xml"]) { return picture("image/svg+xml", Base64.text(of: Array(svg.utf8)), words) }
    for type in ["image/png", "image/jpeg"] {
      guard let content = text(data[type])?.filter({ !$0.isWhitespace }) else { continue }
      return picture(type, content, words)
    }
    return words.isEmpty ? nil : "<pre class=\"out value\">\(Markup.escaped(words))</pre>\n"
  }

  private static func picture(_ type: String, _ content: String, _ words: String) -> String {
    "<figure class=\"plot\"><img src=\"data:\(type);base64,\(Markup.escaped(content))\" alt=\"\(Markup.escaped(words))\"></figure>\n"
  }

  /// A text, or the list of its pieces.
  private static func text(_ json: JSON?, separator: String = "") -> String? {
    if case .string(let text)? = json { return text }
    guard case .array(let pieces)? = json else { return nil }
    return pieces.compactMap { if case .string(let piece) = $0 { piece } else { nil } }.joined(separator: separator)
  }
}
