import Formats
import Interpreter

/// A value as a checkpoint holds it, read out of its JSON; `RunEncoder` tells the form.
struct RunPart {
  enum Content {
    case value(any KeptKind)
    /// The value, told by its number, that this is once more.
    case ref(Int)
  }

  let content: Content
  let id: Int?

  /// Throws where a file says what no run would have written.
  init(_ node: JSON, in file: RunFile) throws {
    guard let (content, id) = try RunPart.read(node, file) else { throw RunFile.damaged(file.path) }
    (self.content, self.id) = (content, id)
  }

  private static func read(_ node: JSON, _ file: RunFile) throws -> (Content, Int?)? {
    switch node {
    case .null, .boolean, .number, .string: return KeptPlain(node, in: file).map { (.value($0), nil) }
    case .array(let elements): return (.value(KeptList(elements)), nil)
    case .object(let members):
      let told = members.filter { $0.key != "id" }
      guard let (name, content) = told.first, told.count == 1 else { return nil }
      let id = members["id"]?.whole
      if name == "ref" { return content.whole.map { (.ref($0), id) } }
      guard let kind = KeptKinds.named(name), kind != KeptPlain.self else { return nil }
      return try kind.init(content, in: file).map { (.value($0), id) }
    }
  }
}

extension JSON {
  var string: String? { if case .string(let text) = self { text } else { nil } }
  var number: Double? { if case .number(let number) = self { number } else { nil } }
  var array: [JSON]? { if case .array(let elements) = self { elements } else { nil } }
  var object: JSON.Members? { if case .object(let members) = self { members } else { nil } }
  /// A whole number from 0 up.
  var whole: Int? { number.flatMap { Int(exactly: $0) }.flatMap { $0 >= 0 ? $0 : nil } }
}

extension Value {
  /// The object that the value is, where it is of this kind.
  func object<T: Object>(_ type: T.Type) -> T? { if case .object(let object) = self { object as? T } else { nil } }
}
