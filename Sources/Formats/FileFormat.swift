import Graphics

/// A file format: how a file of it is told from others, read and written. Each is one value, declared beside the code that reads and
/// writes it; whoever loads, saves, lists or describes files asks `all`.
public struct FileFormat: Sendable {
  /// As a list of formats names it: "PNG".
  public let name: String
  /// What a file of it is, with the article: "a PNG picture".
  public let noun: String
  /// What the names of such files end with, in lower case, the usual one first: ".png".
  public let suffixes: [String]
  /// Whether the first bytes of a file, up to 4096, can only be those of this format.
  let begins: @Sendable ([UInt8]) -> Bool
  /// Whether a text that is of no other format, and whose name tells none, looks like one of this.
  let resembles: @Sendable ([UInt8]) -> Bool
  /// How it is read; nil for a format that is only known by sight.
  public let reader: Reader?
  /// How it is written: a closure for each kind of contents that it takes. All throw `FormatError`.
  public let writers: Writers

  /// What a file of the format holds, and how it is read. All throw `FormatError`.
  public enum Reader: Sendable {
    /// One picture. The reader serves one thread.
    case picture(@Sendable () -> any PictureReader)
    case array(@Sendable (_ path: String, _ unfolding: Unfolding) throws -> NumericArray)
    /// A data set of pictures, or else an array.
    case pictures(@Sendable (_ path: String, _ unfolding: Unfolding) throws -> IDX.Numbers)
    case arrays(@Sendable (_ path: String, _ unfolding: Unfolding) throws -> NPZ.Members)
    /// A table with its names, and the numbers of one alone, whatever its names.
    case table(
      @Sendable (_ path: String, _ options: CSV.Options) throws -> CSV.Contents,
      numbers: @Sendable (_ path: String, _ options: CSV.Options) throws -> NumericArray)
    /// Lists, objects, and what lies in them.
    case document(@Sendable (_ path: String, _ encoding: TextEncoding?, _ unfolding: Unfolding) throws -> JSON)
    case text(@Sendable (_ path: String, _ encoding: TextEncoding?, _ unfolding: Unfolding) throws -> String)
    /// Arrays by name with metadata: weights, or a whole run.
    case weights(@Sendable (_ path: String) throws -> SafeTensors)

    /// What it holds.
    public var kind: Kind {
      switch self {
      case .picture: .picture
      case .array: .array
      case .pictures: .pictures
      case .arrays: .arrays
      case .table: .table
      case .document: .document
      case .text: .text
      case .weights: .weights
      }
    }
  }

  /// What a file holds; see `Reader`.
  public enum Kind: CaseIterable, Sendable { case picture, array, pictures, arrays, table, document, text, weights }

  /// How the kinds of contents that the format takes are written; nil for those that it does not take.
  public struct Writers: Sendable {
    /// The bytes of a file with the picture; a quality of 1…100 for formats that lose some.
    public var picture: (@Sendable (_ picture: Raster, _ quality: Int, _ path: String) throws -> [UInt8])?
    /// The bytes of a file with a drawing, in lines, shapes and text.
    public var drawing: (@Sendable (_ drawing: Drawing, _ path: String) throws -> [UInt8])?
    /// The bytes of a file with the animation; the path is named in errors.
    public var animation: (@Sendable (_ animation: Animation, _ path: String) throws -> [UInt8])?
    /// Writes one array; `rank` says of which shapes.
    public var array: (@Sendable (_ array: NumericArray, _ path: String) throws -> Void)?
    /// The number of axes that an array must have; nil: any.
    public var rank: Int?
    /// Writes arrays by name, in their order.
    public var arrays: (@Sendable (_ arrays: [NamedArray], _ path: String) throws -> Void)?
    /// Writes a table with named columns.
    public var table: (@Sendable (_ table: CSVTable, _ path: String) throws -> Void)?
    /// Writes lists, objects, and what lies in them.
    public var document: (@Sendable (_ value: JSON, _ path: String) throws -> Void)?
    /// Writes one text.
    public var text: (@Sendable (_ text: String, _ path: String) throws -> Void)?
    /// Whether nets and runs are kept in it.
    public var weights = false

    /// Whether it takes pictures, or drawings, which a picture can be.
    public var isVisual: Bool { picture != nil || drawing != nil }

    /// Whether `save` writes something in this format.
    public var any: Bool {
      isVisual || array != nil || arrays != nil || table != nil || document != nil || text != nil || weights
    }
  }

  init(
    _ name: String, _ noun: String, _ suffixes: [String], reader: Reader? = nil, writers: Writers = Writers(),
    resembles: @escaping @Sendable ([UInt8]) -> Bool = { _ in false }, begins: @escaping @Sendable ([UInt8]) -> Bool
  ) {
    self.name = name
    self.noun = noun
    self.suffixes = suffixes
    self.reader = reader
    self.writers = writers
    self.resembles = resembles
    self.begins = begins
  }

  /// A format that begins with one of these signatures.
  init(
    _ name: String, _ noun: String, _ suffixes: [String], signatures: [[UInt8]], reader: Reader? = nil,
    writers: Writers = Writers()
  ) {
    self.init(name, noun, suffixes, reader: reader, writers: writers) { head in
      signatures.contains { head.starts(with: $0) }
    }
  }

  /// All formats that are known, in the order in which they are tried and named.
  public static let all: [FileFormat] =
    [.npy, .npz, .idx, .safetensors, .json, .jsonLines, .csv, .text, .png, .jpeg, .gif, .webp, .pnm, .bmp, .svg, .pdf]
    + knownBySight

  /// The formats of pictures that can be read.
  static let pictures: [FileFormat] = all.filter { $0.makePictureReader != nil }

  /// Makes a reader, where the format holds a picture that can be read.
  var makePictureReader: (@Sendable () -> any PictureReader)? {
    if case .picture(let make) = reader { make } else { nil }
  }

  /// The format that these first bytes of a file can only be of.
  static func beginning(_ head: [UInt8]) -> FileFormat? { all.first { $0.begins(head) } }

  /// The format that a file's name tells.
  public static func named(_ path: String) -> FileFormat? {
    let name = Paths.name(of: path).lowercased()
    return all.first { format in format.suffixes.contains { name.hasSuffix($0) && name != $0 } }
  }

  /// The names of the formats that pictures are read from: "PNG, JPEG and PNM".
  public static func pictureNames(_ conjunction: String = "and") -> String { names(of: [.picture], conjunction) }

  /// The names of the formats that hold one of these kinds: "NPZ and safetensors".
  public static func names(of kinds: [Kind] = Kind.allCases, _ conjunction: String = "and") -> String {
    Words.list(all.filter { $0.reader.map { kinds.contains($0.kind) } ?? false }.map(\.name), conjunction)
  }

  /// The endings that a kind of contents can be written with: ".npy, .npz or .csv". `inFull`: with the less usual ones of each format.
  public static func endings(inFull: Bool = false, where isWriting: (Writers) -> Bool) -> String {
    Words.list(all.filter { isWriting($0.writers) }.flatMap { inFull ? $0.suffixes : Array($0.suffixes.prefix(1)) }, "or")
  }
}

extension FileFormat: Equatable {
  /// Formats are equal by their names, which are unique in `all`.
  public static func == (a: FileFormat, b: FileFormat) -> Bool { a.name == b.name }
}

/// Words in a row, for a person to read.
enum Words {
  /// "a", "a or b", "a, b or c".
  static func list(_ words: [String], _ conjunction: String) -> String {
    guard words.count > 1, let last = words.last else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " \(conjunction) \(last)"
  }
}
