/// Which edits of a cell have been taken. A page whose connection breaks cannot know which of those that it sent have come: it is told when it comes again,
/// so that none is taken twice.
struct TakenEdits {
  /// Of so many pages it is known.
  private static let mostPages = 64

  /// The number of each page's last one, the latest page last.
  private var pages: [(name: String, number: Int)] = []

  /// The number of a page's last edit; nil where none is known.
  func last(of page: String) -> Int? { pages.last { $0.name == page }?.number }

  /// A page's edit has been taken; its numbers grow.
  mutating func take(_ number: Int, of page: String) {
    pages.removeAll { $0.name == page }
    pages.append((page, number))
    if pages.count > Self.mostPages { pages.removeFirst() }
  }
}
