/// What carries a form that values are shown in: a MIME type, or a name of the program's own, and the kind of its content.
public struct Medium<Content: Sendable>: Sendable {
  /// "image/png".
  public let name: String

  /// A medium of this name, for contents of this type.
  public init(_ name: String) { self.name = name }
}

extension Medium where Content == String {
  /// Plain text, of lines as long as `Reception.width` says.
  public static var text: Medium { Medium("text/plain") }
  /// A fragment of HTML.
  public static var html: Medium { Medium("text/html") }
  /// A picture as SVG.
  public static var svg: Medium { Medium("image/svg+xml") }
}

extension Medium where Content == [UInt8] {
  /// A picture as the bytes of a PNG file.
  public static var png: Medium { Medium("image/png") }
}

extension Medium where Content == TableContent {
  /// A table of names and cells.
  public static var table: Medium { Medium("application/vnd.gan.table") }
}

/// A form in which a value can be shown. It is made for a sink that takes it, and for no other.
public struct Representation {
  /// The name of its medium.
  public let medium: String
  /// Whether it only says what the value is, in place of a picture that cannot be shown.
  public let isStandIn: Bool
  let make: () throws -> any Sendable

  /// A form that `make` makes, once a sink takes it.
  public init<Content>(_ medium: Medium<Content>, isStandIn: Bool = false, make: @escaping () throws -> Content) {
    self.medium = medium.name
    self.isStandIn = isStandIn
    self.make = make
  }
}

/// What a sink takes.
public struct Reception: Sendable {
  /// The names of the media, in any order; text is always taken.
  public var media: Set<String>
  /// The columns that texts are made for.
  public var width: Int
  /// Whether all forms that it takes are made, for a reader that chooses among them, or the richest alone.
  public var wantsAll: Bool
  /// Whether `width` is that of a window, which would break longer lines in the middle of words.
  public var isWindow: Bool

  /// Text, and what else `media` names.
  public init(media: Set<String> = [], width: Int = 80, wantsAll: Bool = false, isWindow: Bool = false) {
    self.media = media.union([Medium.text.name])
    self.width = width
    self.wantsAll = wantsAll
    self.isWindow = isWindow
  }

  /// Text for 80 columns.
  public static let text = Reception()
}

/// A value as it was at the moment when it was shown: forms that are finished and cannot change, the richest first.
public struct Shown: Sendable {
  /// One finished form.
  public struct Form: Sendable {
    /// The name of its medium.
    public let medium: String
    /// Of the type that the medium has.
    public let content: any Sendable

    /// A content in the form of a medium.
    public init(medium: String, content: any Sendable) { (self.medium, self.content) = (medium, content) }
  }

  /// The richest first; at least one where the value can be shown at all.
  public let forms: [Form]
  /// Whether there is nothing but a text that stands for a picture.
  public let isStandIn: Bool

  /// One that was made before, of these forms.
  public init(forms: [Form], isStandIn: Bool) { (self.forms, self.isStandIn) = (forms, isStandIn) }

  /// Does the work that the forms need; throws what that throws.
  init(_ representations: [Representation], for reception: Reception) throws {
    let taken = representations.filter { reception.media.contains($0.medium) }
    let made = reception.wantsAll ? taken : Array(taken.prefix(1))
    forms = try made.map { Form(medium: $0.medium, content: try $0.make()) }
    isStandIn = made.allSatisfy(\.isStandIn)
  }

  /// The form of a medium; nil where there is none.
  public subscript<Content>(medium: Medium<Content>) -> Content? {
    forms.first { $0.medium == medium.name }?.content as? Content
  }

  /// The form as plain text.
  public var text: String? { self[.text] }
}

extension Value {
  /// The forms in which the value can be shown, the richest first, texts made for so many columns.
  public func representations(width: Int) -> [Representation] {
    if case .object(let object) = self { return object.representations() }
    if let outline = RecordOutline(self, width: width) { return outline.representations }
    let text = Representation(.text) { try description(width: width) }
    return TableContent.isTable(self) ? [Representation(.table) { try TableContent(self) }, text] : [text]
  }
}
