/// What was wrong with a file, in a person's words: a short title, the file, and a way out.
public struct FormatError: Error, Equatable, Sendable {
  public let title: String
  public let advice: String
  public let path: String

  public init(title: String, advice: String, path: String) {
    self.title = title
    self.advice = advice
    self.path = path
  }
}
