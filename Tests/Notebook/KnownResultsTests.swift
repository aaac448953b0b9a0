import Foundation
import Formats
import Frontend
import Interpreter
import Library
import Syntax
import Testing
import TestSupport

@testable import Notebook

/// A document in a folder of its own, with a file that its cells read, run with what is known from earlier runs and without.
private final class KnownDocument {
  let folder: String
  let cache: ResultCache
  var cells: [String] = []
  /// How many cells were known, and how many there were.
  var (known, ran) = (0, 0)

  init(byteLimit: Int = 1 << 30) {
    folder = FileManager.default.temporaryDirectory.appending(path: "gan-known-\(UUID().uuidString)").path
    try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    cache = ResultCache(folder + "/cache", byteLimit: byteLimit)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  func write(_ name: String, _ text: String) {
    try? text.write(toFile: "\(folder)/\(name)", atomically: false, encoding: .utf8)
  }

  /// The notebook that a run makes, as text, and how the run ended.
  func run(usingCache: Bool, goesOn: Bool = false, seed: String = "") -> String {
    var document = Document(name: "\(folder)/a.gan", text: cells.joined(separator: "\n# %%\n"))
    let session = Library.session(threads: 1)
    session.folders.script = folder
    if !seed.isEmpty { _ = session.perform(Source(name: "seed", text: "seed \(seed);")) }
    let results = usingCache ? KnownResults(cache, beginning: [seed]) : nil
    let outcome = document.run(in: session, sink: DocumentSink(), goesOn: goesOn, results: results)
    if let results { (known, ran) = (known + results.knownCount, ran + document.codePlaces.count) }
    return "\(outcome)\n" + JupyterNotebook.text(of: document)
  }

  /// How many cells are known where the document is run now.
  func knownNow() -> Int {
    let before = known
    _ = run(usingCache: true)
    return known - before
  }
}

/// What is known from earlier runs is what a run would give.
@Suite struct KnownResultsTests {
  /// The same document is known as a whole; where a cell is changed those before it are known to begin with, and the results are right.
  @Test func whatIsUnchangedIsNotRun() {
    let document = KnownDocument()
    document.cells = ["seed 1\nx = 1", "y = uniform([2])\nprint y", "print x + 1", "plot [1, 2, x]"]
    let first = document.run(usingCache: true)
    #expect(document.known == 0)
    #expect(document.run(usingCache: true) == first && document.known == 4)
    // Prose is no cell, and neither counts nor moves anything.
    document.cells[1] = "## Some words\n\n" + document.cells[1]
    #expect(document.knownNow() == 4)
    document.cells[2] = "print x + 2"
    let changed = document.run(usingCache: true)
    #expect(changed == document.run(usingCache: false) && changed != first)
    #expect(document.knownNow() == 4)
  }

  /// What must not be taken as known: each cell of these is run each time, and so is what follows those that do not repeat themselves.
  @Test(arguments: [
    ("print clock() > 0", true), ("print len(date()) > 0", true), ("time { 1 }", true), ("profile { 1 }", true),
    ("save tensor([1]), \"FOLDER/out.npy\"", false), ("sleep 0", false), ("make_folder \"FOLDER/new\"", false),
    ("x = uniform([2])", true), ("aside { uniform([2]) }; seed 2", true), ("print normal([1]) * 0; seed 1", true),
    ("n = net { dense 2; dropout 0.5 }\nn(ones([1, 2]));", true), ("help sum", false),
  ])
  func whatIsDoneOrSeenAnewIsRun(_ text: String, endsIt: Bool) {
    let document = KnownDocument()
    document.cells = ["a = 1", text.replacingOccurrences(of: "FOLDER", with: document.folder), "print a"]
    _ = document.run(usingCache: true)
    #expect(document.knownNow() == (endsIt ? 0 : 1))
    #expect(document.run(usingCache: true, goesOn: true).contains("\"output_type\": \"stream\""))
  }

  @Test func chanceThatIsSeededIsKnown() {
    let document = KnownDocument()
    document.cells = ["seed 3", "print uniform([2])", "print(aside { seed 5; uniform([1]) })"]
    _ = document.run(usingCache: true)
    #expect(document.knownNow() == 3)
    let unseeded = KnownDocument()
    unseeded.cells = ["print(aside { seed 5; uniform([1]) })", "print 1"]
    _ = unseeded.run(usingCache: true)
    #expect(unseeded.knownNow() == 2)
  }

  @Test func whatWasReadCounts() {
    let document = KnownDocument()
    document.write("data.csv", "1,2\n")
    document.write("module.gan", "fn f() = 1\n")
    document.cells = [
      "use \"module.gan\"", "print f(), sum(load(\"data.csv\"))", "print environment(\"GAN_KNOWN_TEST\")",
      "print exists(\"\(document.folder)/a*\")",
    ]
    _ = document.run(usingCache: true)
    #expect(document.knownNow() == 4)
    // As long, and as old as the clock can tell.
    document.write("data.csv", "1,3\n")
    #expect(document.run(usingCache: true).contains("1 4"))
    document.write("module.gan", "fn f() = 2\n")
    #expect(document.run(usingCache: true).contains("2 4"))
    setenv("GAN_KNOWN_TEST", "here", 1)
    #expect(document.run(usingCache: true).contains("here"))
    unsetenv("GAN_KNOWN_TEST")
    document.write("a.txt", "")
    #expect(document.run(usingCache: true) == document.run(usingCache: false))
  }

  /// A caught error knows the line of the file.
  @Test func linesThatAreSeenCount() {
    let document = KnownDocument()
    document.cells = ["try { [1][2] } catch e { print \"line {e.line}\" }"]
    let first = document.run(usingCache: true)
    #expect(first.contains("line 1"))
    document.cells[0] = "## prose\n\n" + document.cells[0]
    #expect(document.run(usingCache: true).contains("line 3"))
    document.cells = ["fn f(a) = a", "source f"]
    #expect(document.run(usingCache: true).contains("a.gan:1"))
    document.cells[0] = "## prose\n\n" + document.cells[0]
    #expect(document.run(usingCache: true).contains("a.gan:3"))
  }

  @Test func whatIsDamagedOrStrangeIsPassedOver() throws {
    let document = KnownDocument()
    document.cells = ["print 1", "print 2"]
    let right = document.run(usingCache: true)
    let files = try FileManager.default.contentsOfDirectory(atPath: document.cache.folder)
    #expect(files.count == 2)
    for (number, name) in files.enumerated() {
      let path = "\(document.cache.folder)/\(name)"
      var bytes = try [UInt8](Data(contentsOf: URL(fileURLWithPath: path)))
      if number == 0 { bytes.removeLast(5) } else { bytes[bytes.count - 8] ^= 1 }
      try Data(bytes).write(to: URL(fileURLWithPath: path))
    }
    document.known = 0
    #expect(document.run(usingCache: true) == right && document.known == 0)
    document.known = 0
    #expect(document.run(usingCache: true) == right && document.known == 2)
  }

  @Test func theOldestGoFirst() throws {
    let cache = ResultCache(KnownDocument().folder + "-limit", byteLimit: 10_000)
    defer { try? FileManager.default.removeItem(atPath: cache.folder) }
    let keys = (0..<20).map { FileState.hash([UInt8($0)]) }
    for key in keys { cache.keep([UInt8](repeating: 7, count: 1000), as: key, kind: "cell") }
    #expect(cache.bytes(of: keys[0], kind: "cell") == nil && cache.bytes(of: keys[19], kind: "cell")?.count == 1000)
    let size = try FileManager.default.contentsOfDirectory(atPath: cache.folder).reduce(0) { sum, name in
      sum + ((try FileManager.default.attributesOfItem(atPath: "\(cache.folder)/\(name)")[.size] as? Int) ?? 0)
    }
    #expect(size <= 10_000)
    // What is larger than a quarter of it is not kept.
    cache.keep([UInt8](repeating: 7, count: 3000), as: FileState.hash([99]), kind: "cell")
    #expect(cache.bytes(of: FileState.hash([99]), kind: "cell") == nil)
  }

  // MARK: Edits at random

  private static let texts = [
    "x = 1", "x += 2\nprint x", "x = x * 3\nx", "y = uniform([3])\nprint y", "print normal([2])", "seed 5", "xs = [1, 2]",
    "append xs, x\nprint xs", "ys = xs", "append ys, len(ys)\nprint xs, ys", "fn f(a) = a * x", "print f(3)",
    "print sum(load(\"data.csv\"))", "z = load(\"data.csv\") * x\nprint z", "print n(ones([1, 2]))",
    "for i in 0..3 { update n, mean(n(ones([4, 2])) ^ 2), with: o }\nprint n(ones([1, 2]))", "n = net { dense 2; relu; dense 1 }",
    "n = net { dense 3; dropout 0.5; dense 1 }\nn(zeros([1, 2]));", "o = adam(0.1)", "o.rate = o.rate / 2\nprint o.rate",
    "try { [1][x + 9] } catch e { print \"{e.message} {e.line}\" }", "print environment(\"GAN_KNOWN_WORD\")",
    "save tensor([x]), \"FOLDER/out.npy\"", "print exists(\"out.npy\")",
    "if exists(\"out.npy\") { x = number(load(\"FOLDER/out.npy\")[0]) }\nprint x", "show image(tensor([[0, x / 10]]))",
    "plot [1, x]",
    "[{a: x, b: \"t\"}]", "# a comment\nx", "counter.n += 1\nprint counter", "fn tick() { counter.n += 1; counter.n }",
    "print tick()", "stream = shuffled_batches(points, 8)\nprint next_batch(stream).points[0]",
    "print next_batch(stream).points[0]",
    "train run, steps: 2\nprint \"{run.d_loss:.6}\"", "print sample(run, 2)",
    "run = gan(net { dense 2 }, net { dense 4; relu; dense 1 }, points, batch: 8)", "print run.step, run.history.d_loss",
    "print clock() > 0", "sleep 0\nprint x", "print unknown_name", "live { print x }", "print(aside { seed 3; uniform([1]) })",
    "use \"module.gan\"\nprint g()", "print word", "print \"a\", end: \"\"\nprint 2", "source f", "w = parameter(ones([2]))",
    "update w, sum((w - x) ^ 2), with: o\nprint w", "copied = copy(n)\nprint copied(ones([1, 2]))",
    "delete_file \"FOLDER/out.npy\"",
    "later = y * 2", "print later", "loss = mean(n(ones([4, 2])) ^ 2)\nprint loss", "print grad(loss, n.parameters[0])",
    "fn counted() { k = {n: 0}; () -> { k.n += 1; k.n } }\nnext = counted()", "print next()",
  ]

  private static let beginning = """
    seed SEED
    use gan
    x = 1; xs = [1]; ys = [2]; y = zeros([1]); counter = {n: 0}; n = net { dense 1 }; o = sgd(0.1); z = 0; word = 1; later = 0
    w = parameter(ones([2])); loss = sum(w)
    fn f(a) = a
    fn tick() = 0
    fn next() = 0
    points = ring(64)
    stream = shuffled_batches(points, 8)
    run = gan(net { dense 2 }, net { dense 4; relu; dense 1 }, points, batch: 8)
    """

  /// `EDITS=5000 swift test … --filter KnownResultsTests` tries more.
  @Test func editsAtRandomGiveWhatARunGives() throws {
    let edits = ProcessInfo.processInfo.environment["EDITS"].flatMap { Int($0) } ?? 500
    var random = SplitMix(state: 19)
    var document = KnownDocument()
    defer { unsetenv("GAN_KNOWN_WORD") }
    var (known, ran, seed, line) = (0, 0, 1, 0)
    func text() -> String {
      Self.texts[random.below(Self.texts.count)].replacingOccurrences(of: "FOLDER", with: document.folder)
    }
    for edit in 0..<edits {
      if edit % 50 == 0 {
        (known, ran) = (known + document.known, ran + document.ran)
        document = KnownDocument()
        document.write("data.csv", "1,2\n")
        document.write("module.gan", "fn g() = 1\n")
        document.cells = [""] + (0..<8).map { _ in text() }
      }
      let place = 1 + random.below(document.cells.count - 1)
      switch random.below(14) {
      case 0, 1, 2: document.cells[place] = text()
      case 3, 4: document.cells.insert(text(), at: place)
      case 5: if document.cells.count > 5 { document.cells.remove(at: place) }
      case 6: document.cells.swapAt(place, 1 + random.below(document.cells.count - 1))
      case 7: document.write("data.csv", "\(random.below(9)),\(random.below(9))\n")
      case 8: document.write("module.gan", "fn g() = \(random.below(9))\n")
      case 9: seed = random.below(4)
      case 10: setenv("GAN_KNOWN_WORD", "\(random.below(3))", 1)
      case 11: try? FileManager.default.removeItem(atPath: document.folder + "/out.npy")
      case 12: line = random.below(3)
      default: document.cells.append(text())
      }
      document.cells[0] =
        String(repeating: "## prose\n", count: line) + "\n" + Self.beginning.replacingOccurrences(of: "SEED", with: "\(seed)")
      let goesOn = random.below(3) > 0
      // Both begin with the same files.
      let file = try? Data(contentsOf: URL(fileURLWithPath: document.folder + "/out.npy"))
      let right = document.run(usingCache: false, goesOn: goesOn)
      let path = URL(fileURLWithPath: document.folder + "/out.npy")
      if let file { try file.write(to: path) } else { try? FileManager.default.removeItem(at: path) }
      let found = document.run(usingCache: true, goesOn: goesOn)
      try #require(found == right, "edit \(edit): \(document.cells.joined(separator: "\n# %%\n"))")
    }
    (known, ran) = (known + document.known, ran + document.ran)
    // Enough was known for this to be a test of it.
    #expect(known > edits / 10, "\(known) of \(ran)")
  }
}
