import Base
import Formats
import Glibc

/// The folder by which Jupyter's programs find a kernel: `kernel.json`, which says how it is started, and two pictures.
public struct KernelSpec: Sendable {
  /// Where Jupyter's programs look for kernels.
  public enum Place: Equatable, Sendable {
    /// For the user alone, in every environment of Python.
    case user
    /// For those who use what is installed below a folder: an environment of Python, or /usr/local.
    case prefix(String)
  }

  private let folder: String
  private let name: String

  /// The kernel of a name in a place.
  ///
  /// - Throws: a `FormatError` for what is no name of a kernel, and where the user has no home.
  public init(_ place: Place, name: String) throws(FormatError) {
    let isName =
      !name.isEmpty && name.utf8.count <= 100
      && name.utf8.allSatisfy { byte in
        (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || "._-".utf8.contains(byte)
      } && name != "." && name != ".."
    guard isName else {
      throw FormatError(
        title: "“\(name.harmless)” is no name of a kernel", advice: "It takes letters, digits, `.`, `-` and `_`: --name gan-2",
        path: name)
    }
    self.name = name
    folder = Paths.join(Paths.join(try Self.data(of: place), "kernels"), name)
  }

  private static func data(of place: Place) throws(FormatError) -> String {
    switch place {
    case .prefix(let prefix): return Paths.join(prefix, "share/jupyter")
    case .user:
      if let folder = variable("JUPYTER_DATA_DIR") { return folder }
      if let folder = variable("XDG_DATA_HOME"), folder.hasPrefix("/") { return Paths.join(folder, "jupyter") }
      guard let home = variable("HOME") else {
        throw FormatError(
          title: "there is no home folder to install the kernel in",
          advice: "The variable HOME is not set. Name a folder: gan kernel install --prefix /usr/local", path: "HOME")
      }
      return Paths.join(home, ".local/share/jupyter")
    }
  }

  private static func variable(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
  }

  private var file: String { Paths.join(folder, "kernel.json") }

  // MARK: Installing

  /// Writes it for the program that runs; gives its folder. `displayName`: what people see; `arguments`: options of `gan` with which the kernel is
  /// started, such as `--threads 2`.
  ///
  /// - Throws: a `FormatError` where it cannot be written, where another program's kernel has its name, unless `overwrites`, and where the kernel
  ///   would not start.
  public func install(displayName: String, arguments: [String], overwrites: Bool) throws -> String {
    try Sockets.requireLibrary()
    if Files.exists(file), !overwrites, !isOwn {
      throw FormatError(
        title: "\(folder) holds a kernel of another program",
        advice: "Choose another name with --name, or write over it with --force.", path: file)
    }
    guard let program = Self.programPath else {
      throw FormatError(
        title: "the path of this program is not known", advice: "/proc/self/exe cannot be read.", path: "/proc/self/exe")
    }
    try Files.makeFolder(folder)
    for (size, name) in Self.logos { try AtomicFile.write(Paths.join(folder, name), try KernelLogo.png(size: size)) }
    let words = [program] + arguments + ["kernel", "run", "{connection_file}"]
    let content: JSON = .object([
      "argv": .array(words.map { .string($0) }), "display_name": .string(displayName), "language": .string("gan"),
      // An interrupt comes by the control channel, which a thread of its own answers.
      "interrupt_mode": .string("message"), "env": .object([:]),
      "metadata": .object(["debugger": .boolean(false), "supported_encryption": .string("curve")]),
    ])
    // Last: a folder without it is no kernel.
    try AtomicFile.write(file, Array((content.text + "\n").utf8))
    return folder
  }

  /// Removes it; gives its folder.
  ///
  /// - Throws: a `FormatError` where it is not there, is another program's, unless `overwrites`, or cannot be removed.
  public func remove(overwrites: Bool) throws -> String {
    guard Files.exists(file) else {
      throw FormatError(
        title: "there is no kernel \(name) in \(Paths.folder(of: folder))",
        advice:
          "`jupyter kernelspec list` shows the kernels and their folders. Name another with --name, and another place with --prefix.",
        path: file)
    }
    guard overwrites || isOwn else {
      throw FormatError(
        title: "\(folder) holds a kernel of another program",
        advice: "Remove it with --force, or with `jupyter kernelspec remove`.",
        path: file)
    }
    for name in ["kernel.json"] + Self.logos.map(\.name) where Files.exists(Paths.join(folder, name)) {
      try Files.delete(Paths.join(folder, name))
    }
    // Where somebody has put more into it, that stays.
    rmdir(folder)
    return folder
  }

  private static let logos: [(size: Int, name: String)] = [(32, "logo-32x32.png"), (64, "logo-64x64.png")]

  /// Whether it starts a kernel of ours, wherever that program is.
  private var isOwn: Bool {
    guard let bytes = try? Descriptor.contents(of: file), case .object(let members)? = try? JSON(bytes),
      case .array(let words)? = members["argv"]
    else { return false }
    return members["language"] == .string("gan")
      && words.suffix(3).elementsEqual(["kernel", "run", "{connection_file}"].map { .string($0) })
  }

  /// Where the running program lies.
  private static var programPath: String? {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
    let count = readlink("/proc/self/exe", &buffer, buffer.count - 1)
    guard count > 0 else { return nil }
    return String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
