import Base
import Glibc

/// The program that `VISUAL` or `EDITOR` names, else vi.
enum ExternalEditor {
  struct Failure: Error, Equatable {
    let reason: String
  }

  /// Writes a text to a file of its own, waits for the program to end, and reads the file.
  static func edit(_ text: String) -> Result<String, Failure> {
    let folder = Screen.environment("TMPDIR").flatMap { $0.isEmpty ? nil : $0 } ?? "/tmp"
    var path = Array((folder + "/gan-entry-XXXXXX.gan").utf8CString)
    let file = mkstemps(&path, 4)
    guard file >= 0 else { return .failure(Failure(reason: "\(folder) cannot be written: \(Descriptor.Failure.latest.reason)")) }
    defer { unlink(path) }
    let bytes = Array((text + "\n").utf8)
    let written = write(file, bytes, bytes.count)
    close(file)
    guard written == bytes.count else { return .failure(Failure(reason: "\(folder) cannot be written")) }
    let name = ["VISUAL", "EDITOR"].lazy.compactMap { Screen.environment($0) }.first { !$0.isEmpty } ?? "vi"
    // A shell, since EDITOR may hold options too.
    let place = String(decoding: path.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    guard ShellCommand.run(name + " \"$1\"", [place]) == 0 else {
      return .failure(Failure(reason: "\(name) has failed; EDITOR names the program to edit with"))
    }
    guard let edited = try? Descriptor.contents(of: place) else {
      return .failure(Failure(reason: "\(name) has left nothing"))
    }
    return .success(String(decoding: edited.prefix(KeyInput.longestPaste), as: UTF8.self))
  }
}
