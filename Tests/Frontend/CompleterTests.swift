import Base
import Interpreter
import Syntax
import Testing

@testable import Frontend

@Suite struct CompleterTests {
  private let completer: Completer

  init() {
    let catalog = Catalog()
    catalog.add(
      Builtin(
        "train", "Trains a run.", subject: "Training",
        parameters: [
          Parameter("run", .record, "what to train"), Parameter("steps", .integer, default: .number(10), "how many steps"),
          Parameter("every", .integer, default: .number(5), "how often the block runs"),
          Parameter("watch", .function, default: Value.none, passing: .block, "what is run"),
        ]
      ) { _ in .none })
    catalog.add(
      Builtin(
        "net", "A net of layers.", subject: "Nets",
        parameters: [Parameter("layers", .function, passing: .collecting(vocabulary: "layers"), "the layers")]
      ) { _ in .none })
    catalog.add(
      Builtin(
        "conv", "A convolution.", subject: "Layers",
        parameters: [
          Parameter("filters", .integer, "how many"), Parameter("kernel", .integer, default: .number(3), "its size"),
        ]
      ) { _ in .none }, vocabulary: "layers")
    let session = Session(catalog: catalog)
    session.conversationCommands = [.init(title: "quit", summary: "Ends it.")]
    session.standardModuleNames = ["gan", "graphs", "losses"]
    session["run"] = .record(Record([("step", .number(3)), ("history", .record(Record([("d_loss", .list([]))])))]))
    session["rung"] = .number(1)
    let tree = ["": ["data/", "digits.gan", "notes.txt", ".hidden"], "data/": ["train.npz", "trips/"]]
    completer = Completer(session: session, folders: FolderReader { tree[$0] ?? [] })
  }

  /// The candidates where `|` stands.
  private func complete(_ marked: String) -> Completion {
    let parts = marked.split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false)
    return completer.complete(parts.joined(), parts[0].utf8.count)
  }

  private func texts(_ marked: String) -> [String] { complete(marked).candidates.map(\.text) }

  @Test func amongArgumentsStandNoFunctions() {
    #expect(texts("train(run, st|") == ["steps: "])
    #expect(texts("train run, st|") == ["steps: "])
  }

  @Test func namesOfVariablesBuiltinsAndKeywords() {
    #expect(texts("ru|") == ["run", "rung"])
    #expect(texts("tra|") == ["train"])
    #expect(texts("whi|") == ["while"])
    #expect(texts("zzz|") == [])
    #expect(texts("|") == [])
    #expect(complete("tra|").candidates.first?.summary == "Trains a run.")
    #expect(complete("x = tra|").replaced == 3)
  }

  @Test func commandsOfTheConversationStandAlone() {
    #expect(texts("qu|") == ["quit"])
    #expect(texts("x = qu|") == [])
    #expect(texts("1; qu|") == [])
  }

  @Test func namedArgumentsOfTheCallAtHand() {
    #expect(texts("train run, st|") == ["steps: "])
    #expect(texts("train(|") == ["run: ", "steps: ", "every: "])
    #expect(texts("train(run, |") == ["steps: ", "every: "])
    #expect(texts("train run, steps: 5, |") == ["every: "])
    #expect(texts("train(run, every: 1, steps: 5, |") == [])
    #expect(texts("train ru|") == ["run: ", "run", "rung"])
    #expect(texts("train run, steps: ev|") == [])
    #expect(complete("train run, st|").candidates.first?.summary == "how many steps")
  }

  @Test func optionsOfAnotherFunction() throws {
    let session = Session(catalog: Catalog())
    let text =
      "fn fit(run, steps = 10, every = 5) = none\nfn fit_well(run, every = 1, ...options: fit) = fit(run, every: every, ...options)"
    try session.run(Source(name: "a", text: text))
    let completer = Completer(session: session, folders: FolderReader { _ in [] })
    let entry = "fit_well(run, "
    #expect(completer.complete(entry, entry.utf8.count).candidates.map(\.text) == ["every: ", "steps: "])
  }

  @Test func fieldsOfValues() {
    #expect(texts("run.|") == ["step", "history"])
    #expect(texts("run.history.d|") == ["d_loss"])
    #expect(texts("run.nothing.|") == [])
    #expect(texts("unknown.|") == [])
  }

  @Test func layerWordsOnlyInsideNets() {
    #expect(texts("co|").contains("conv") == false)
    #expect(texts("D = net {\n  co|").contains("conv"))
    #expect(texts("D = net {\n  conv 64, k|") == ["kernel: "])
  }

  @Test func layersComeFirstWithinNets() {
    #expect(texts("D = net { |") == ["conv"])
    #expect(texts("D = net {\n  conv 64; |") == ["conv"])
    #expect(texts("D = net { conv 64, k|") == ["kernel: "])
    #expect(texts("D = net { x = |") == [])
    // `conv` goes before the variable and the keyword that come earlier by their letters.
    let session = completer.session
    session["command"] = .number(1)
    #expect(texts("D = net {\n  co|") == ["conv", "command", "continue"])
    #expect(texts("co|") == ["command", "continue"])
  }

  @Test func othersCasesAndLettersApartComeBehind() {
    #expect(texts("Tra|") == ["train"])
    #expect(texts("RU|") == ["run", "rung"])
    let session = completer.session
    session["Rust"] = .number(1)
    #expect(texts("ru|") == ["run", "rung", "Rust"])
    #expect(texts("Ru|") == ["Rust", "run", "rung"])
    session["gradient_norm"] = .number(1)
    session["gaussian_norm_of_rows"] = .number(1)
    #expect(texts("gn|").first == "gradient_norm")
    #expect(texts("gnorm|") == ["gradient_norm", "gaussian_norm_of_rows"])
    #expect(texts("gradeint|") == [])
  }

  @Test func valuesOfArgumentsThatTakeWords() throws {
    let catalog = Catalog()
    catalog.add(
      Builtin(
        "resize", "Resizes.", subject: "Shapes",
        parameters: [
          Parameter("x", .any, "what"),
          Parameter("method", .string, default: .string("area"), "\"area\", \"nearest\" or \"bilinear\""),
          Parameter("title", .string, default: .string(""), "a text such as \"a b\""),
        ]
      ) { _ in .none })
    let session = Session(catalog: catalog)
    let text = """
      fn vanilla() = 1
      fn hinge() = 2
      fn none_of_them() = 3
      ## Makes a run.
      ## - `objective`: `vanilla`,
      ##   `hinge`, or `nothing_that_is_there`
      ## - `mode`: "fast" or "slow"
      fn gan(G, objective = vanilla, mode = "fast") = G
      fn dragan(G, ...options: gan) = gan(G, ...options)
      """
    try session.run(Source(name: "a", text: text))
    let completer = Completer(session: session, folders: FolderReader { _ in ["net.gan"] })
    func texts(_ entry: String) -> [String] { completer.complete(entry, entry.utf8.count).candidates.map(\.text) }
    #expect(texts("gan(1, objective: ") == ["vanilla", "hinge"])
    #expect(texts("run = dragan 1, objective: ") == ["vanilla", "hinge"])
    #expect(texts("dragan(1, objective: h") == ["hinge"])
    #expect(texts("dragan(1, mode: ") == ["\"fast\"", "\"slow\""])
    #expect(texts("dragan(1, mode: s") == ["\"slow\""])
    #expect(texts("dragan(1, mode: \"") == ["fast", "slow"])
    #expect(texts("dragan 1, mode: \"fa") == ["fast"])
    #expect(completer.complete("dragan 1, mode: \"fa", 19).suffix == "\"")
    #expect(texts("resize(x, method: ") == ["\"area\"", "\"nearest\"", "\"bilinear\""])
    #expect(texts("resize(x, method: \"n") == ["nearest"])
    #expect(texts("resize(x, title: \"") == ["net.gan"])
    #expect(texts("resize(x, 3, \"") == ["net.gan"])
    #expect(texts("resize(x, nothing: ") == [])
  }

  @Test func functionsAndCallsOfTheHelpAreOffered() throws {
    let session = Session(catalog: Catalog())
    let library = Source(
      name: "std",
      text: """
        fn minutes(n) = n
        fn lost(run) = none
        ## Trains.
        ## - `until`: a function such as `run -> run.epoch >= 3`, a time such as `minutes(5)` or `hours(1)`, `lost`; not `1 + 1`
        ## - `watch`: what is run
        fn train(run, until: function or record = none, watch: function = none, steps: number = 1) = none
        """, isLibrary: true)
    try session.run(library)
    try session.run(Source(name: "a", text: "fn enough(run) = run.step > 9\nrun = {step: 1, epoch: 2}"))
    let completer = Completer(session: session, folders: FolderReader { _ in [] })
    func texts(_ entry: String) -> [String] { completer.complete(entry, entry.utf8.count).candidates.map(\.text) }
    #expect(texts("train run, until: ") == ["run -> run.epoch >= 3", "minutes(5)", "lost", "enough"])
    #expect(texts("train run, until: min").first == "minutes(5)")
    #expect(texts("train run, until: run -> run.s") == ["step"])
    #expect(texts("train run, watch: ") == ["enough"])
    #expect(texts("train run, steps: ") == [])
  }

  @Test func modulesAfterUse() {
    #expect(texts("use g|") == ["gan", "graphs"])
    #expect(texts("use |") == ["gan", "graphs", "losses"])
  }

  @Test func pathsInStrings() {
    #expect(texts("load \"d|") == ["data/", "digits.gan"])
    #expect(texts("load \"data/tr|") == ["train.npz", "trips/"])
    #expect(texts("load \"|") == ["data/", "digits.gan", "notes.txt"])
    #expect(texts("load \".|") == [".hidden"])
    #expect(texts("use \"|") == ["data/", "digits.gan"])
    #expect(complete("load \"no|").suffix == "\"")
    #expect(complete("load \"no|\"").suffix == "")
    #expect(complete("load \"da|").suffix == "")
  }

  @Test func namesOfTheEntryItself() {
    #expect(texts("fn f(alpha) {\n  al|") == ["alpha"])
  }
}
