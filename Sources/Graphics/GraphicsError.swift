/// What a drawing or a picture operation could not do, in a person's words.
public struct GraphicsError: Error, Equatable, Sendable {
  public let title: String
  public let advice: String

  public init(title: String, advice: String) {
    self.title = title
    self.advice = advice
  }
}
