/// What `help name` tells; the shell and the reference render it.
public struct HelpPage: Sendable {
  public struct Row: Sendable {
    public var name: String
    public var text: String

    public init(name: String, text: String) {
      self.name = name
      self.text = text
    }
  }

  public var title: String
  public var summary: String
  /// How it is called, a line for each form.
  public var signatures: [String]
  public var parameters: [Row]
  public var examples: [Example]
  public var details: String

  public init(
    title: String, summary: String, signatures: [String] = [], parameters: [Row] = [], examples: [Example] = [],
    details: String = ""
  ) {
    self.title = title
    self.summary = summary
    self.signatures = signatures
    self.parameters = parameters
    self.examples = examples
    self.details = details
  }
}
