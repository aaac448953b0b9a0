/// Something that is fed with bytes: a reader, the parser, a whole session.
struct FuzzTarget: Sendable {
  /// As the command line and the folders of the corpus name it.
  let name: String
  /// What it does with the bytes.
  let summary: String
  /// Makes what is called with each input. It is called, and used, by one thread.
  let make: @Sendable () throws -> (_ bytes: UnsafeRawBufferPointer) -> Void

  init(_ name: String, _ summary: String, make: @escaping @Sendable () throws -> (UnsafeRawBufferPointer) -> Void) {
    self.name = name
    self.summary = summary
    self.make = make
  }

  /// All of them.
  static let all: [FuzzTarget] = readers + language + sessions
}
