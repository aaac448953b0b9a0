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
  /// What the ids of headings begin with, in a page that has others of its own and shows many texts that come and go; the id is then
  /// `namespace.number.words`, and never one of the page's, as these have no point. nil: a heading's id is its anchor.
  public var namespace: String?
  /// How many texts there were, by which footnotes of one text are told from those of another.
  private var texts = 0
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
    texts += 1
    let html = withOwnFootnotes(String(cString: made))
    return marked.restored(anchored(html, visitor.headings.map(marked.plain)))
  }

  /// Gives footnotes ids that no heading has, nor a footnote of another text: in anchors of headings there is no point.
  private func withOwnFootnotes(_ html: String) -> String {
    guard html.contains("data-footnote") else { return html }
    let own = namespace ?? "text\(texts)"
    // Marks that no words of a text can look like: its quotation marks are written as entities.
    let marks = ["<sup class=\"footnote-ref\"><a href=\"#", "\" id=\"", "<li id=\"", "<a href=\"#"]
    return zip(marks, ["fn-", "fnref-", "fn-", "fnref-"]).reduce(html) { html, mark in
      html.replacing(mark.0 + mark.1, with: "\(mark.0)\(own).\(mark.1)")
    }
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
      let id = namespace.map { "\($0).\(number).\(Self.words(titles[number - 1]))" } ?? anchor
      result += rest[..<place.upperBound] + "\(level) id=\"\(id)\">"
      rest = after.dropFirst(2)
    }
    return result + rest
  }

  /// Letters and figures of the title with hyphens between.
  private static func words(_ title: String) -> String {
    let words = title.lowercased().split { !$0.isLetter && !$0.isNumber }
    return words.isEmpty ? "section" : words.joined(separator: "-")
  }

  /// The same, unlike those before it.
  private mutating func anchor(of title: String) -> String {
    let base = Self.words(title)
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
