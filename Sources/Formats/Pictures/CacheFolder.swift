import Base
import Glibc

/// A folder for what can be made again from other files, at the price of some time. All of it may be deleted at any time.
public struct CacheFolder: Equatable, Sendable {
  /// The folder.
  public let path: String
  /// The most bytes that decoded pictures may take in it, all together.
  static let byteLimit = 64 << 30

  /// A folder that the user names; it is made when it is needed.
  public init(_ path: String) { self.path = path }

  /// `$XDG_CACHE_HOME/gan`, or `~/.cache/gan`; nil where neither is known.
  public static var ofUser: CacheFolder? {
    UserFolder.cache.path().map { CacheFolder(Paths.join($0, "gan")) }
  }

  /// Makes the folder, for its user alone, where it is missing.
  func make() throws {
    if !path.utf8.contains(0), Folder.isFolder(Paths.folder(of: path)) { mkdir(path, 0o700) }
    try Folder.make(path)
  }

  /// The file for what was found in the headers of a folder's pictures.
  func index(of folder: String, part: Digest) -> String {
    var program = Digest()
    program.addProgram()
    return Paths.join(path, "\(CacheFolder.name(of: folder))-\(part.text)-\(program.text).index")
  }

  /// The file for the samples of a folder as it is now.
  ///
  /// - Parameters:
  ///   - part: what of the folder is read, and how it is prepared.
  ///   - contents: the names, sizes and times of its files, and whatever else the samples depend on.
  func samples(of folder: String, part: Digest, contents: Digest) -> String {
    Paths.join(path, "\(CacheFolder.name(of: folder))-\(part.text)-\(contents.text)\(CacheFolder.ending)")
  }

  private static let ending = ".samples"

  /// A name for a folder, wherever it is seen from.
  private static func name(of folder: String) -> String {
    var digest = Digest()
    if let real = realpath(folder, nil) {
      digest.add(String(cString: real))
      free(real)
    } else {
      digest.add(folder)
    }
    return digest.text
  }

  /// Deletes what can never be used again: files for the same as `file`, with other contents.
  func removeStale(beside file: String) {
    let name = Paths.name(of: file)
    guard let last = name.lastIndex(of: "-") else { return }
    let beginning = name[...last]
    try? Folder.forEach(in: path) { other, _ in
      guard other != name, other.hasPrefix(beginning), Paths.pathExtension(of: other) == Paths.pathExtension(of: name) else {
        return
      }
      unlink(Paths.join(path, other))
    }
  }

  /// Deletes the files of samples that were used the longest time ago, until `bytes` more fit, besides those that `file` has already.
  /// Says whether they do.
  func makeRoom(for bytes: Int, in file: String) -> Bool {
    var files: [(path: String, size: Int, time: Int)] = []
    var own = 0
    try? Folder.forEach(in: path) { name, _ in
      guard name.hasSuffix(CacheFolder.ending) else { return }
      let other = Paths.join(path, name)
      var status = stat()
      guard stat(other, &status) == 0 else { return }
      let size = Int(status.st_blocks) * 512
      if other == file { own = size } else { files.append((other, size, FileStamp(status).time)) }
    }
    files.sort { $0.time < $1.time }
    let needed = max(bytes - own, 0)
    var taken = files.reduce(own) { $0 + $1.size }
    for file in files where taken + needed > CacheFolder.byteLimit {
      unlink(file.path)
      taken -= file.size
    }
    var disk = statvfs()
    guard statvfs(path, &disk) == 0 else { return false }
    // A quarter of what is free stays so.
    return taken + needed <= CacheFolder.byteLimit && needed <= Int(disk.f_bavail) * Int(disk.f_frsize) / 4 * 3
  }
}
