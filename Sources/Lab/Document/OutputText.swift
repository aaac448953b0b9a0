import Glibc

/// All text that a cell has put out in a run, in a file without a name, which goes with it. Its end is left out where it is very long.
///
/// `@unchecked Sendable`: it is called under the lock of the document.
final class OutputText: @unchecked Sendable {
  /// So many bytes are kept: 64 MB.
  static let most = 64_000_000

  private let file: Int32
  /// The bytes that are kept.
  private(set) var byteCount = 0
  /// Nothing had to be left out.
  private(set) var isWhole = true

  /// An empty text. Where no file can be made nothing is kept.
  init() {
    var file: Int32 = -1
    for folder in ["/var/tmp", "/tmp"] where file < 0 {
      var template = Array("\(folder)/gan-lab-XXXXXX".utf8CString)
      file = mkstemp(&template)
      if file >= 0 {
        unlink(template)
        _ = fcntl(file, F_SETFD, FD_CLOEXEC)
      }
    }
    self.file = file
    isWhole = file >= 0
  }

  deinit { if file >= 0 { close(file) } }

  func append(_ text: String) {
    guard isWhole else { return }
    var text = text
    text.withUTF8 { bytes in
      let count = min(bytes.count, Self.most - byteCount)
      var done = 0
      while done < count {
        let written = write(file, bytes.baseAddress.map { $0 + done }, count - done)
        if written < 0, errno == EINTR { continue }
        // The disk is full.
        guard written > 0 else { break }
        done += written
      }
      byteCount += done
      isWhole = done == bytes.count
    }
  }

  /// What is kept.
  var bytes: [UInt8] {
    guard file >= 0 else { return [] }
    return Array(unsafeUninitializedCapacity: byteCount) { buffer, count in
      while count < byteCount {
        let read = pread(file, buffer.baseAddress.map { $0 + count }, byteCount - count, off_t(count))
        if read < 0, errno == EINTR { continue }
        guard read > 0 else { break }
        count += read
      }
    }
  }
}
