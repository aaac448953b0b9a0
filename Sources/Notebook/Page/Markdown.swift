import Base
import CMarkdown
import Glibc

/// Prose as HTML: GitHub's Markdown with formulas between dollar signs. HTML in it is shown as text.
public struct Markdown {
  /// A heading, as a table of contents lists it.
  public struct Heading: Equatable {
    /// 1…6.
    public var level: Int
    /// Its words, without marks; formulas in their source.
    public var text: String
    /// By which the page can be pointed at.
    public var anchor: String
  }

  /// Gives what a picture's address becomes; nil for a picture that becomes a link.
  public var picture: (String) -> String? = { _ in nil }
  /// Those of all texts so far.
  public private(set) var headings: [Heading] = []
  private var anchors: Set<String> = []
  /// How often each title has been met, so that many of one title are not counted anew each time.
  private var counts: [String: Int] = [:]

  /// Without headings yet; `picture` gives what a picture's address becomes.
  public init(picture: @escaping (String) -> String? = { _ in nil }) { self.picture = picture }

  /// The HTML of a text; its headings are added to `headings`.
  public mutating func html(_ text: String) -> String {
    let marked = FormulaMarks(text)
    let visitor = Visitor(picture: picture)
    let bytes = Array(marked.text.utf8)
    let made = bytes.withUnsafeBytes { bytes in
      markdown_html(
        bytes.baseAddress?.assumingMemoryBound(to: CChar.self), bytes.count,
        { node, text, plain, context in
          guard let context, let text, let plain else { return nil }
          let visitor = Unmanaged<Visitor>.fromOpaque(context).takeUnretainedValue()
          return visitor.visit(node, String(cString: text), String(cString: plain))
        }, Unmanaged.passUnretained(visitor).toOpaque())
    }
    guard let made else { return "<pre>\(Markup.escaped(text))</pre>" }
    defer { free(made) }
    return marked.restored(anchored(String(cString: made), visitor.headings.map(marked.plain)))
  }

  /// Gives the headings their names, one after another: no other text holds such a tag.
  private mutating func anchored(_ html: String, _ titles: [String]) -> String {
    var result = ""
    var rest = html[...]
    var number = 0
    while let place = rest.firstRange(of: "<h") {
      let after = rest[place.upperBound...]
      guard number < titles.count, let level = after.first?.wholeNumberValue, (1...6).contains(level),
        after.dropFirst().first == ">"
      else {
        result += rest[..<place.upperBound]
        rest = after
        continue
      }
      let anchor = self.anchor(of: titles[number])
      headings.append(Heading(level: level, text: titles[number], anchor: anchor))
      number += 1
      result += rest[..<place.upperBound] + "\(level) id=\"\(anchor)\">"
      rest = after.dropFirst(2)
    }
    return result + rest
  }

  /// Letters and figures of the title with hyphens between; unlike those before it.
  private mutating func anchor(of title: String) -> String {
    let words = title.lowercased().split { !$0.isLetter && !$0.isNumber }
    let base = words.isEmpty ? "section" : words.joined(separator: "-")
    var anchor = base
    var number = counts[base] ?? 1
    while !anchors.insert(anchor).inserted {
      number += 1
      anchor = "\(base)-\(number)"
    }
    counts[base] = number
    return anchor
  }

  private final class Visitor {
    let picture: (String) -> String?
    var headings: [String] = []

    init(picture: @escaping (String) -> String?) { self.picture = picture }

    /// What it gives is released by `free`.
    func visit(_ node: markdown_node, _ text: String, _ plain: String) -> UnsafeMutablePointer<CChar>? {
      guard node == markdown_image else {
        headings.append(plain)
        return nil
      }
      return picture(text).flatMap { strdup($0) }
    }
  }
}
