import Base
import Glibc

/// What stands at a path now, as a text that is another one as soon as anything there has changed.
public enum FileState {
  /// Of files that are longer than this (in bytes), and of those in folders, the times count in place of the contents.
  static let hashLimit = 1 << 28
  /// The most files of a folder that are looked at.
  static let fileLimit = 1_000_000

  /// Nil for what never reads the same twice: a pipe, a terminal, a device; and for what cannot be read.
  public static func text(_ path: String) -> String? {
    var status = stat()
    guard !path.utf8.contains(0), stat(path, &status) == 0 else { return "nothing" }
    switch FileNature(status) {
    case .folder: return folder(path)
    case .file:
      guard Int(status.st_size) <= hashLimit else { return "file \(stamp(status))" }
      guard let bytes = try? FileBytes.read(path) else { return nil }
      return "file \(hash(bytes))"
    case .pipe, .terminal, .sink, .socket, .device: return nil
    }
  }

  /// Of the program that runs, and of what it computes with: another program, library or processor may give other bits.
  public static var program: String {
    var parts: [String] = []
    let libraries = ["x86_64-linux-gnu/", "aarch64-linux-gnu/", ""].map { "/usr/lib/\($0)libopenblas.so.0" }
    for path in ["/proc/self/exe"] + libraries {
      var status = stat()
      if stat(path, &status) == 0 { parts.append(stamp(status)) }
    }
    let lines = ((try? Descriptor.text(of: "/proc/cpuinfo")) ?? "").split(separator: "\n")
    for word in ["model name", "flags", "Features"] {
      if let line = lines.first(where: { $0.hasPrefix(word) }) { parts.append(hash(Array(line.utf8))) }
    }
    if let wanted = getenv("OPENBLAS_CORETYPE") { parts.append(String(cString: wanted)) }
    return parts.joined(separator: " ")
  }

  /// 64 hexadecimal digits: SHA-256.
  public static func hash(_ bytes: [UInt8]) -> String {
    var hash = SHA256()
    hash.add(bytes)
    return Hexadecimal.text(of: hash.bytes())
  }

  /// The time of the last change of anything cannot be set by anybody: a file that was exchanged has another one.
  private static func stamp(_ status: stat) -> String {
    "\(status.st_dev):\(status.st_ino):\(status.st_size):\(status.st_mtim.tv_sec).\(status.st_mtim.tv_nsec):\(status.st_ctim.tv_sec).\(status.st_ctim.tv_nsec)"
  }

  /// The names of all that lies in a folder and below, with the stamps of the files.
  private static func folder(_ path: String) -> String? {
    var hash = SHA256()
    var (open, count) = ([path], 0)
    while let next = open.popLast() {
      guard let entries = try? Folder.entries(next) else { return nil }
      for entry in entries {
        let full = Paths.join(next, entry.name)
        count += 1
        guard count <= fileLimit else { return nil }
        if entry.isFolder {
          open.append(full)
          hash.add(Array("\(full)/\n".utf8))
          continue
        }
        var status = stat()
        guard stat(full, &status) == 0 else { return nil }
        hash.add(Array("\(full) \(stamp(status))\n".utf8))
      }
    }
    return "folder \(Hexadecimal.text(of: hash.bytes()))"
  }
}
