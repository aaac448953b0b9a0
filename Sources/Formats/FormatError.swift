import Base
import Glibc

/// What was wrong with a file, in a person's words: a short title, the file, and a way out.
public struct FormatError: Error, Equatable, Sendable {
  /// What went wrong, as one short clause without a full stop: "the picture is cut off".
  public let title: String
  /// What was found and what to do about it, in whole sentences.
  public let advice: String
  /// The file or folder, as it was named by the caller.
  public let path: String

  /// An error in these words about this file.
  public init(title: String, advice: String, path: String) {
    self.title = title
    self.advice = advice
    self.path = path
  }

  /// The file needs more memory than there is.
  ///
  /// - Parameter what: what needs it, as in "the file".
  static func shortage(_ shortage: Memory.Shortage, _ what: String, _ path: String) -> FormatError {
    let needed = shortage.needed.map { "\(what) needs \(SizeText.bytes($0)); " } ?? ""
    let text = needed + Memory.freeText(shortage.available)
    return FormatError(
      title: "there is not enough memory", advice: "\(text.prefix(1).uppercased())\(text.dropFirst()).", path: path)
  }

  /// The file ends before what it promises.
  static func truncated(_ kind: String, _ path: String, _ detail: String = "It ends too early.") -> FormatError {
    FormatError(title: "the \(kind) is cut off", advice: "\(detail) Fetch or write it again.", path: path)
  }

  /// The file contradicts itself.
  static func corrupt(_ kind: String, _ path: String, _ detail: String) -> FormatError {
    FormatError(title: "the \(kind) is damaged", advice: detail, path: path)
  }

  /// What stands at the path does not take the bytes of a file.
  static func unwritable(_ path: String, _ reason: String) -> FormatError {
    FormatError(title: "the file cannot be written", advice: "\(reason) Name a file.", path: path)
  }

  /// The name of a file to write does not say in which format.
  static func unknownEnding(_ what: String, _ path: String, where isWriting: (FileFormat.Writers) -> Bool) -> FormatError {
    let ending = Paths.pathExtension(of: path)
    return FormatError(
      title: "the name does not say what kind of \(what) to write",
      advice: "“\(Paths.name(of: path))” ends in \(ending.isEmpty ? "nothing" : ".\(ending)"); "
        + "use \(FileFormat.endings(where: isWriting)).", path: path)
  }

  /// The advice where no file is; `suggestion` is a path that nearly has the name.
  static func nothing(at path: String, nearest suggestion: String?) -> String {
    guard !path.isEmpty else { return "The path is empty; it names the file, such as \"data/digits.csv\"." }
    return "Nothing is at \(path).\(suggestion.map { " Did you mean \($0)?" } ?? "")"
  }

  /// What a system call that failed with `code` means for the person who named the path.
  static func system(_ code: Int32, _ path: String, writing: Bool) -> FormatError {
    let title = writing ? "the file cannot be written" : "the file cannot be read"
    let advice: String
    switch code {
    case ENOENT where writing:
      advice = "There is no such folder: \(Paths.folder(of: path)). `make_folder` makes it."
    case ENOENT:
      return FormatError(title: "there is no such file", advice: nothing(at: path, nearest: Paths.nearest(to: path)), path: path)
    case ENOTDIR: advice = "A part of the path is a file, not a folder."
    case EACCES, EPERM: advice = "Permission denied."
    case EROFS: advice = "It lies on a disk that only allows reading."
    case ENOSPC, EDQUOT: advice = "The disk is full."
    case EFBIG: advice = "The file would become too large."
    case EISDIR: advice = "It is a folder."
    case ENAMETOOLONG: advice = "The name is too long."
    case ELOOP: advice = "Its symbolic links go round in a circle."
    case EMFILE, ENFILE: advice = "Too many files are open."
    default: advice = "The system says: \(String(cString: strerror(code)))."
    }
    return FormatError(title: title, advice: advice, path: path)
  }
}
