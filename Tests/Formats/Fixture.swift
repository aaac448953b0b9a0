import Glibc

@testable import Formats

/// The files that `Tests/Fixtures/formats.py` wrote, and a place for those that a test writes.
enum Fixture {
  private static let folder =
    #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(2).joined(separator: "/") + "/Fixtures/formats"

  static func path(_ name: String) -> String { "\(folder)/\(name)" }

  static func bytes(_ name: String) throws -> [UInt8] { try FileBytes.read(path(name)) }

  /// The example data of the project.
  static func example(_ name: String) -> String { folder + "/../../../examples/data/" + name }

  /// Runs `body` with an empty folder, and removes the folder.
  static func withFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
    var template = Array("/tmp/gan-formats-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw FormatError.system(errno, "/tmp", writing: true) }
    let path = template.withUnsafeBufferPointer { String(cString: $0.baseAddress ?? UnsafePointer(strdup(""))) }
    defer { remove(path) }
    return try body(path)
  }

  /// Writes without waiting for the disk, for tests that write thousands of files.
  static func overwrite(_ path: String, _ bytes: [UInt8]) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    _ = write(descriptor, bytes, bytes.count)
    close(descriptor)
  }

  private static func remove(_ path: String) {
    if let directory = opendir(path) {
      var names: [String] = []
      while let entry = readdir(directory) {
        names.append(withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) })
      }
      closedir(directory)
      for name in names where name != "." && name != ".." { remove("\(path)/\(name)") }
      rmdir(path)
    } else {
      unlink(path)
    }
  }
}

/// The error that `body` throws, if it is one of a format; anything else fails the test by being nil.
func formatError(_ body: () throws -> Void) -> FormatError? {
  do {
    try body()
    return nil
  } catch {
    return error as? FormatError
  }
}
