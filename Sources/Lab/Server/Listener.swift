import Glibc

/// The open ears of a server: on this machine's own addresses, 127.0.0.1 and, where there is one, ::1. Nobody from outside can reach them.
struct Listener {
  /// Why there is none.
  struct Failure: Error {
    let port: Int
    let code: Int32
  }

  let port: Int
  let descriptors: [Int32]

  /// Ears on a port.
  init(port: Int) throws(Failure) {
    let first = try Self.open(AF_INET, port)
    let chosen = port == 0 ? Self.port(of: first) : port
    // A machine without IPv6 has no ::1.
    let second = try? Self.open(AF_INET6, chosen)
    self.port = chosen
    descriptors = [first] + (second.map { [$0] } ?? [])
  }

  /// Ears on the first port that is free among those that browsers remember, or on any.
  static func onFreePort() throws(Failure) -> Listener {
    for port in 8701...8730 {
      if let listener = try? Listener(port: port) { return listener }
    }
    return try Listener(port: 0)
  }

  private static func open(_ family: Int32, _ port: Int) throws(Failure) -> Int32 {
    guard let number = UInt16(exactly: port) else { throw Failure(port: port, code: EINVAL) }
    let descriptor = socket(family, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)
    guard descriptor >= 0 else { throw Failure(port: port, code: errno) }
    var yes: Int32 = 1
    // What an earlier server has left over does not keep the port; one that is running does.
    setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
    var code: Int32
    if family == AF_INET {
      var address = sockaddr_in()
      address.sin_family = sa_family_t(AF_INET)
      address.sin_port = number.bigEndian
      address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
      code = bind(descriptor, &address)
    } else {
      setsockopt(descriptor, Int32(IPPROTO_IPV6), IPV6_V6ONLY, &yes, socklen_t(MemoryLayout<Int32>.size))
      var address = sockaddr_in6()
      address.sin6_family = sa_family_t(AF_INET6)
      address.sin6_port = number.bigEndian
      address.sin6_addr = in6addr_loopback
      code = bind(descriptor, &address)
    }
    if code == 0, listen(descriptor, 64) != 0 { code = errno }
    guard code == 0 else {
      close(descriptor)
      throw Failure(port: port, code: code)
    }
    return descriptor
  }

  /// Gives 0, or why it could not be done.
  private static func bind<Address>(_ descriptor: Int32, _ address: inout Address) -> Int32 {
    withUnsafeBytes(of: &address) { bytes in
      guard let start = bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self) else { return EINVAL }
      return Glibc.bind(descriptor, start, socklen_t(bytes.count)) == 0 ? 0 : errno
    }
  }

  private static func port(of descriptor: Int32) -> Int {
    var address = sockaddr_in()
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    return withUnsafeMutableBytes(of: &address) { bytes in
      guard let start = bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self), getsockname(descriptor, start, &length) == 0
      else { return 0 }
      return Int(UInt16(bigEndian: start.withMemoryRebound(to: sockaddr_in.self, capacity: 1) { $0.pointee.sin_port }))
    }
  }
}
