/// Something that is fed with bytes: a reader, the parser, a whole session.
struct FuzzTarget: Sendable {
  /// As the command line and the folders of the corpus name it.
  let name: String
  /// What it does with the bytes.
  let summary: String
  /// Where its inputs begin.
  let seeds: Seeds
  /// The most bytes that an input may have.
  let longest: Int
  /// What a mutation may put in.
  let words: Words
  /// Whether it changes what belongs to the whole process: its folder, its standard input.
  let changesProcess: Bool
  /// Makes what is called with each input. It is called, and used, by one thread.
  let make: @Sendable () throws -> (_ bytes: UnsafeRawBufferPointer) -> Void

  /// The lists of words beside the script.
  enum Words: String { case none, gan, json, prose, keys }

  init(
    _ name: String, _ summary: String, seeds: Seeds = Seeds(), longest: Int = 16384, words: Words = .none,
    changesProcess: Bool = false, make: @escaping @Sendable () throws -> (UnsafeRawBufferPointer) -> Void
  ) {
    self.name = name
    self.summary = summary
    self.seeds = seeds
    self.longest = longest
    self.words = words
    self.changesProcess = changesProcess
    self.make = make
  }

  /// All of them.
  static let all: [FuzzTarget] = readers + documents + protocols + terminal + language + sessions
}
