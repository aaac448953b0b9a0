import Base
import Glibc

/// Results that were computed before, each in a file of its own, under a key of 64 hexadecimal digits that tells everything they depend on. All of
/// it may be deleted at any time; any number of processes use one folder.
public struct ResultCache: Sendable {
  /// The folder, which is made when something is kept.
  public let folder: String
  /// The most bytes of all files together: beyond, those that were used the longest time ago are deleted.
  public let byteLimit: Int

  private static let signature = "gan result 1 "

  /// A cache in a folder of its own.
  public init(_ folder: String, byteLimit: Int = 4 << 30) { (self.folder, self.byteLimit) = (folder, byteLimit) }

  /// In `$XDG_CACHE_HOME/gan`, or `~/.cache/gan`; nil where neither is known.
  public static var ofUser: ResultCache? {
    guard let folder = CacheFolder.ofUser?.path else { return nil }
    // A home that is not there is not made.
    let home = Paths.folder(of: Paths.folder(of: folder))
    return getenv("XDG_CACHE_HOME") != nil || Folder.isFolder(home) ? ResultCache(Paths.join(folder, "results")) : nil
  }

  private func path(_ key: String, _ kind: String) -> String { Paths.join(folder, "\(key).\(kind)") }

  /// What was kept under a key; nil where nothing was, or where it is not as it was written.
  public func bytes(of key: String, kind: String) -> [UInt8]? {
    let path = path(key, kind)
    let head = Self.signature.utf8.count + 65
    guard let file = try? FileBytes.read(path), file.count >= head, file[head - 1] == UInt8(ascii: "\n") else { return nil }
    let body = Array(file[head...])
    guard String(decoding: file[..<(head - 1)], as: UTF8.self) == Self.signature + FileState.hash(body) else { return nil }
    // By the time of its last use the oldest ones are deleted first.
    utimensat(AT_FDCWD, path, nil, 0)
    return body
  }

  /// Keeps something; where that fails nothing is lost but time.
  public func keep(_ body: [UInt8], as key: String, kind: String) {
    guard body.count <= byteLimit / 4, (try? CacheFolder(folder).make()) != nil else { return }
    makeRoom(for: body.count)
    try? AtomicFile.write(path(key, kind), Array("\(Self.signature)\(FileState.hash(body))\n".utf8) + body)
  }

  /// Deletes what was used the longest time ago, until so many bytes more fit.
  private func makeRoom(for bytes: Int) {
    var files: [(path: String, size: Int, time: Int)] = []
    try? Folder.forEach(in: folder) { name, _ in
      guard Self.isOwn(name) else { return }
      let path = Paths.join(folder, name)
      if let stamp = FileStamp(path) { files.append((path, stamp.size, stamp.time)) }
    }
    var taken = files.reduce(bytes) { $0 + $1.size }
    guard taken > byteLimit else { return }
    for file in files.sorted(by: { $0.time < $1.time }) where taken > byteLimit / 4 * 3 {
      unlink(file.path)
      taken -= file.size
    }
  }

  /// Whether a file of this name was written here.
  private static func isOwn(_ name: String) -> Bool {
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 2 && parts[0].utf8.count == 64 && parts[0].allSatisfy { $0.isHexDigit }
  }
}
