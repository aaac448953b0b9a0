import Base
import CZMQ
import Formats
import Glibc

/// A socket of libzmq. It belongs to one thread.
struct Socket {
  fileprivate let handle: UnsafeMutableRawPointer

  /// The frames of the next message, if one is there.
  func receive() -> [[UInt8]]? {
    var frames: [[UInt8]] = []
    while true {
      var frame = gan_zmq_frame()
      // The frames of a message come all together.
      guard gan_zmq_receive(handle, &frame) else { return frames.isEmpty ? nil : frames }
      frames.append(Array(UnsafeRawBufferPointer(start: gan_zmq_bytes(&frame), count: gan_zmq_count(&frame))))
      let hasMore = gan_zmq_has_more(&frame)
      gan_zmq_release(&frame)
      if !hasMore { return frames }
    }
  }

  /// Sends a message. Never waits: what nobody can take is dropped.
  func send(_ frames: [[UInt8]]) {
    for (place, frame) in frames.enumerated() {
      let isSent = frame.withUnsafeBytes { gan_zmq_send(handle, $0.baseAddress, $0.count, place + 1 == frames.count) }
      if !isSent { return }
    }
  }
}

/// The five sockets of a kernel, bound. They belong to one thread.
final class Sockets {
  let shell: Socket
  let control: Socket
  let stdin: Socket
  let iopub: Socket
  let heartbeat: Socket
  private let context: UnsafeMutableRawPointer
  private var handles: [UnsafeMutableRawPointer] = []

  /// Binds them where a connection file says. Throws a `FormatError` where that cannot be done, or where there is no libzmq.
  init(_ connection: ConnectionFile, path: String) throws(FormatError) {
    try Sockets.requireLibrary()
    guard let context = gan_zmq_context() else { throw Sockets.failure("no sockets can be made", path) }
    self.context = context
    var handles: [UnsafeMutableRawPointer] = []
    func bound(_ port: ConnectionFile.Port, _ kind: Int) throws(FormatError) -> Socket {
      guard let handle = gan_zmq_socket(context, Int32(kind)) else { throw Sockets.failure("no socket can be made", path) }
      handles.append(handle)
      let socket = Socket(handle: handle)
      try socket.prepare(port, connection.curve, path)
      guard gan_zmq_bind(handle, connection.endpoint(port)) else {
        throw Sockets.failure("the kernel cannot listen at \(connection.endpoint(port))", path)
      }
      return socket
    }
    shell = try bound(.shell, GAN_ZMQ_ROUTER)
    control = try bound(.control, GAN_ZMQ_ROUTER)
    stdin = try bound(.stdin, GAN_ZMQ_ROUTER)
    // Of its subscribers one is told when they come.
    iopub = try bound(.iopub, GAN_ZMQ_XPUB)
    heartbeat = try bound(.hb, GAN_ZMQ_REP)
    self.handles = handles
  }

  /// Throws a `FormatError` where there is no libzmq.
  static func requireLibrary() throws(FormatError) {
    guard gan_zmq_load() else {
      throw FormatError(
        title: "the kernel needs the library libzmq.so.5, which is not here",
        advice: "On Debian and Ubuntu it comes with: sudo apt-get install libzmq5", path: "libzmq.so.5")
    }
  }

  private static func failure(_ title: String, _ path: String) -> FormatError {
    let code = gan_zmq_error()
    let reason = gan_zmq_reason(code).map { String(cString: $0) } ?? "error \(code)"
    let advice = code == EADDRINUSE ? "; another kernel with the connection file \(path) may be running" : ""
    return FormatError(title: title, advice: "\(reason)\(advice).", path: path)
  }

  /// What is waited for.
  struct Readiness {
    var shell = false
    var control = false
    var stdin = false
    var iopub = false
    var heartbeat = false
  }

  /// Waits until a message has come, or `descriptor` can be read, or so many seconds have passed (nil: for ever). `hearsShell`: whether requests
  /// of the shell are waited for too.
  func wait(descriptor: Int32, seconds: Double?, hearsShell: Bool) -> Readiness {
    // The heart's in place of the shell's: a descriptor of 0 would be standard input.
    let sockets = [hearsShell ? shell : heartbeat, control, stdin, iopub, heartbeat]
    var waits = sockets.map { gan_zmq_wait(socket: $0.handle, descriptor: 0, is_ready: false) }
    waits.append(gan_zmq_wait(socket: nil, descriptor: descriptor, is_ready: false))
    let milliseconds = seconds.map { Int(min(max($0, 0) * 1000, 3.6e6).rounded(.up)) } ?? -1
    gan_zmq_poll(&waits, Int32(waits.count), milliseconds)
    return Readiness(
      shell: hearsShell && waits[0].is_ready, control: waits[1].is_ready, stdin: waits[2].is_ready, iopub: waits[3].is_ready,
      heartbeat: waits[4].is_ready)
  }

  /// Closes them, once what was sent is on its way, or a moment has passed.
  func close() {
    for handle in handles { gan_zmq_close(handle) }
    handles = []
    gan_zmq_end(context)
  }
}

extension Socket {
  /// How long what was sent last may take when a kernel ends, in milliseconds.
  private static let linger: Int32 = 300
  /// The most bytes of a frame that is taken.
  private static let longest: Int64 = 256 << 20

  fileprivate func prepare(
    _ port: ConnectionFile.Port, _ curve: (publicKey: [UInt8], secretKey: [UInt8])?, _ path: String
  ) throws(FormatError) {
    set(GAN_ZMQ_LINGER, Self.linger)
    set(GAN_ZMQ_MAXMSGSIZE, Self.longest)
    if port == .iopub {
      // A client that is slow for a while loses nothing: what it is sent is held for it.
      set(GAN_ZMQ_SNDHWM, Int32(100_000))
      set(GAN_ZMQ_XPUB_VERBOSE, Int32(1))
    }
    guard let curve else { return }
    let isSet =
      set(GAN_ZMQ_CURVE_SECRETKEY, curve.secretKey) && set(GAN_ZMQ_CURVE_PUBLICKEY, curve.publicKey)
      && set(GAN_ZMQ_CURVE_SERVER, Int32(1))
    guard isSet else {
      throw FormatError(
        title: "the connection cannot be encrypted",
        advice: "The libzmq that is here cannot do it, or the keys in \(path) are none.", path: path)
    }
  }

  @discardableResult
  private func set(_ option: Int, _ value: some FixedWidthInteger) -> Bool {
    withUnsafeBytes(of: value) { gan_zmq_set(handle, Int32(option), $0.baseAddress, $0.count) }
  }

  /// A key in 40 characters.
  private func set(_ option: Int, _ text: [UInt8]) -> Bool {
    (text + [0]).withUnsafeBytes { gan_zmq_set(handle, Int32(option), $0.baseAddress, $0.count) }
  }
}
