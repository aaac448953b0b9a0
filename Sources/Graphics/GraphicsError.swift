/// What a drawing or a picture operation could not do, in a person's words.
public struct GraphicsError: Error, Equatable, Sendable {
  /// What went wrong, as one short clause without a full stop: "the picture has another size".
  public let title: String
  /// What was found and what to do about it, in whole sentences.
  public let advice: String

  /// An error in these words.
  public init(title: String, advice: String) {
    self.title = title
    self.advice = advice
  }
}
