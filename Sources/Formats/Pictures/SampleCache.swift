import CZlib
import Glibc
import Synchronization

/// Samples that have been decoded, in a file of their own: a header, for each sample two checksums, then the bytes of the samples.
///
/// A sample is there once its checksums are; they are written after it, and compared whenever it is read. So a process that is killed
/// leaves nothing that must be mended, and any number of processes can read and write one file.
final class SampleCache: Sendable {
  /// What is known of a sample that has been decoded.
  struct Mark: Equatable {
    /// Of its bytes.
    let bytes: UInt32
    /// Of the same as floats from 0 to 1, as they lie in memory.
    let floats: UInt32
  }

  private static let signature = Array("gan samples 1\n\0\0".utf8)
  private static let headerSize = 32
  private static let markSize = 8

  private let descriptor: Int32
  private let count: Int
  private let length: Int
  /// Whether samples can still be added: the disk is not full.
  private let isOpen = Atomic<Bool>(true)

  /// Opens the file, or makes one without samples.
  ///
  /// - Throws: `FormatError` where it cannot be opened or made.
  init(_ path: String, count: Int, length: Int) throws {
    var header = SampleCache.signature
    for number in [count, length] { withUnsafeBytes(of: Int64(number).littleEndian) { header.append(contentsOf: $0) } }
    let size = SampleCache.size(count: count, length: length)
    func opened() throws -> Int32 {
      let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
      guard descriptor >= 0 else { throw FormatError.system(errno, path, writing: true) }
      return descriptor
    }
    var descriptor = try opened()
    var status = stat()
    if fstat(descriptor, &status) == 0, status.st_size != 0,
      Int(status.st_size) != size || !SampleCache.begins(descriptor, header)
    {
      // Not of this layout: it is damaged. Another process that has it open keeps what it has.
      close(descriptor)
      unlink(path)
      descriptor = try opened()
    }
    let written = header.withUnsafeBytes { pwrite(descriptor, $0.baseAddress, $0.count, 0) }
    // The file takes no room on the disk before it has samples.
    guard written == header.count, ftruncate(descriptor, off_t(size)) == 0 else {
      let code = errno
      close(descriptor)
      throw FormatError.system(code, path, writing: true)
    }
    // By the time of its last use the oldest caches are deleted first.
    futimens(descriptor, nil)
    (self.descriptor, self.count, self.length) = (descriptor, count, length)
  }

  deinit { close(descriptor) }

  /// Of the file with all samples, in bytes.
  static func size(count: Int, length: Int) -> Int { headerSize + count * (markSize + length) }

  private static func begins(_ descriptor: Int32, _ header: [UInt8]) -> Bool {
    var found = [UInt8](repeating: 0, count: header.count)
    return found.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, 0) } == header.count && found == header
  }

  private func place(of sample: Int) -> off_t {
    off_t(SampleCache.headerSize + count * SampleCache.markSize + sample * length)
  }

  /// The marks of all samples, nil for those that are not there.
  func marks() -> [Mark?] {
    var words = [UInt32](repeating: 0, count: 2 * count)
    words.withUnsafeMutableBytes { bytes in
      var done = 0
      while done < bytes.count, let start = bytes.baseAddress {
        let received = pread(descriptor, start + done, bytes.count - done, off_t(SampleCache.headerSize + done))
        guard received > 0 else { break }
        done += received
      }
    }
    return (0..<count).map { SampleCache.mark(words[2 * $0], words[2 * $0 + 1]) }
  }

  private static func mark(_ bytes: UInt32, _ floats: UInt32) -> Mark? {
    bytes == 0 && floats == 0 ? nil : Mark(bytes: UInt32(littleEndian: bytes), floats: UInt32(littleEndian: floats))
  }

  /// Reads a sample into `target`, of its length; false where it is not there, or not as it was written.
  func read(_ sample: Int, marked mark: Mark, into target: UnsafeMutableRawBufferPointer) -> Bool {
    guard let start = target.baseAddress, pread(descriptor, start, length, place(of: sample)) == length else { return false }
    var checksum = Checksum()
    checksum.add(UnsafeRawBufferPointer(target))
    return checksum.value == mark.bytes
  }

  /// Adds a sample; where that fails none are added any more, and nothing is lost but time.
  func write(_ sample: Int, marked mark: Mark, _ bytes: UnsafeRawBufferPointer) {
    guard isOpen.load(ordering: .relaxed) else { return }
    var words = (mark.bytes.littleEndian, mark.floats.littleEndian)
    guard pwrite(descriptor, bytes.baseAddress, length, place(of: sample)) == length,
      withUnsafeBytes(
        of: &words,
        { words in
          pwrite(descriptor, words.baseAddress, words.count, off_t(SampleCache.headerSize + sample * SampleCache.markSize))
        }) == SampleCache.markSize
    else {
      isOpen.store(false, ordering: .relaxed)
      return
    }
  }

  /// Whether every sample that was to be added could be.
  var isWhole: Bool { isOpen.load(ordering: .relaxed) }
}
