/// What `help name` tells; the shell and the reference render it.
public struct HelpPage: Sendable {
  /// A parameter, or anything else that stands under a name.
  public struct Row: Sendable {
    /// What stands on the left.
    public var name: String
    /// What is said of it, on the right; broken over lines as the screen needs it.
    public var text: String

    /// A line of two columns.
    public init(name: String, text: String) {
      self.name = name
      self.text = text
    }
  }

  /// Rows under a heading of their own.
  public struct Section: Sendable {
    /// What the rows have in common.
    public var title: String
    /// In the order in which they are shown.
    public var rows: [Row]

    /// Some rows under a heading.
    public init(_ title: String, _ rows: [Row]) {
      self.title = title
      self.rows = rows
    }
  }

  /// The name that help was asked for.
  public var title: String
  /// One sentence.
  public var summary: String
  /// How it is called, a line for each form.
  public var signatures: [String]
  /// The parameters with what they mean, in order.
  public var parameters: [Row]
  /// Further rows, below the parameters.
  public var sections: [Section]
  /// Lines of code with what they print.
  public var examples: [Example]
  /// Whole sentences below everything else; empty where there are none.
  public var details: String

  /// A page of these parts; empty ones are left out where it is shown.
  public init(
    title: String, summary: String, signatures: [String] = [], parameters: [Row] = [], sections: [Section] = [],
    examples: [Example] = [], details: String = ""
  ) {
    self.sections = sections
    self.title = title
    self.summary = summary
    self.signatures = signatures
    self.parameters = parameters
    self.examples = examples
    self.details = details
  }
}
