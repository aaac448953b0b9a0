import Base
import Glibc

/// A new file beside the one that it is to replace.
///
/// Its writer holds a lock on it: the system gives that up when the process ends, however it ends, and knows it by the file itself. So
/// processes in different containers that share a folder, whose numbers say nothing to each other, never take each other's files for abandoned.
struct TemporaryFile {
  let path: String
  /// Open for writing, and locked; the caller closes it.
  let descriptor: Int32

  /// - Parameter named: the target as errors name it.
  init(beside target: String, mode: mode_t, for named: String) throws {
    let beginning = Self.beginning(of: target)
    while true {
      let random = String(UInt64.random(in: .min ... .max), radix: 36)
      let path = Paths.join(Paths.folder(of: target), "\(beginning)\(Self.machine)-\(random)\(Self.ending)")
      let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
      if descriptor < 0, errno == EEXIST { continue }
      guard descriptor >= 0 else { throw FormatError.system(errno, named, writing: true) }
      while flock(descriptor, LOCK_EX) != 0, errno == EINTR {}
      // Between its making and its lock another process may have taken it for abandoned.
      var status = stat()
      if fstat(descriptor, &status) == 0, status.st_nlink > 0 {
        (self.path, self.descriptor) = (path, descriptor)
        return
      }
      close(descriptor)
    }
  }

  /// Deletes the temporary files for a target whose writers have ended.
  static func removeAbandoned(beside target: String) {
    let folder = Paths.folder(of: target)
    let beginning = beginning(of: target)
    // A folder that cannot be read holds nothing that could be deleted.
    try? Folder.forEach(in: folder) { name, _ in
      guard name.hasPrefix(beginning), name.hasSuffix(ending) else { return }
      let parts = name.dropFirst(beginning.count).dropLast(ending.count).split(separator: "-")
      guard parts.count == 2 else { return }
      remove(Paths.join(folder, name), isOfThisMachine: parts[0] == machine)
    }
  }

  private static func remove(_ path: String, isOfThisMachine: Bool) {
    let flags = O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK
    var descriptor = open(path, O_RDWR | flags)
    if descriptor < 0 { descriptor = open(path, O_RDONLY | flags) }
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else { return }
    var (opened, named) = (stat(), stat())
    // The writer may have given it its name, or another process have deleted it, before it was locked here.
    guard fstat(descriptor, &opened) == 0, lstat(path, &named) == 0, FileIdentity(opened) == FileIdentity(named),
      opened.st_mode & S_IFMT == S_IFREG
    else { return }
    // Not every file system of a network tells one machine of another's locks.
    guard isOfThisMachine || time(nil) - opened.st_mtim.tv_sec > patience else { return }
    unlink(path)
  }

  /// So many seconds after its last change a file of another machine, or from before a restart, is taken for abandoned: a day.
  private static let patience = 86_400
  private static let ending = ".part"

  /// What the names for a target begin with; the machine and a random number follow.
  private static func beginning(of target: String) -> String {
    // A name has at most 255 bytes, and something must be left for what follows.
    ".gan-\(String(decoding: Paths.name(of: target).utf8.prefix(160), as: UTF8.self))-"
  }

  /// The same in all containers of a machine, another after it was restarted.
  private static let machine: String = {
    guard let bytes = try? FileBytes.read("/proc/sys/kernel/random/boot_id") else { return "0" }
    return String(decoding: bytes.prefix(8), as: UTF8.self)
  }()
}
