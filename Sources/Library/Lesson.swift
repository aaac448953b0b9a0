import StandardLibrary
import Syntax

/// A lesson of `gan learn`: a program whose prose explains and whose code is typed by whoever learns. The files are in `docs/lessons`, and
/// are built into the program.
public struct Lesson: Sendable {
  /// Its place among the lessons, from 1.
  public let number: Int
  /// The word by which it is asked for: "collapse".
  public let name: String
  /// Its first heading.
  public let title: String
  /// The program, as it stands in its file.
  public let text: String

  /// A lesson of one's own.
  public init(number: Int, name: String, title: String, text: String) {
    self.number = number
    self.name = name
    self.title = title
    self.text = text
  }

  /// All of them, in their order.
  public static let all: [Lesson] = table.enumerated().map { place, file in
    let text = String(decoding: UnsafeBufferPointer(start: file.text, count: file.length), as: UTF8.self)
    let name = String(String(cString: file.name).drop { $0.isNumber || $0 == "_" })
    let heading = text.split(separator: "\n").first { $0.hasPrefix("## # ") }
    return Lesson(number: place + 1, name: name, title: heading.map { String($0.dropFirst(5)) } ?? name, text: text)
  }

  /// The lesson of a number or a name; nil where there is none.
  public static func named(_ word: String) -> Lesson? {
    all.first { "\($0.number)" == word || $0.name == word }
  }

  /// The name of its file: "05_collapse.gan".
  public var file: String { (number < 10 ? "0" : "") + "\(number)_\(name).gan" }

  /// The program under the name of its file.
  public var source: Source { Source(name: file, text: text) }

  private static var table: UnsafeBufferPointer<standard_module> {
    UnsafeBufferPointer(start: standard_lesson_table(), count: standard_lesson_count)
  }
}
