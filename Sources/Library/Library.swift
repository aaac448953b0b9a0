import Formats
import Graphics
import Interpreter
import Tensors

/// The whole library: every builtin, the standard modules, and a session that knows them.
public enum Library {
  /// A session with everything in it, and an engine of its own: any number of them may run, each in a thread.
  /// - Parameter threads: Threads that its kernels run on; by default as many as there are processors. Results do not depend on it.
  public static func session(sink: (any OutputSink)? = nil, threads: Int? = nil) -> Session {
    session(catalog: catalog(), sink: sink, threads: threads)
  }

  /// A session that sees the builtins of `catalog` alone.
  static func session(catalog: Catalog, sink: (any OutputSink)? = nil, threads: Int? = nil) -> Session {
    let session = Session(catalog: catalog)
    session.sink = sink
    session.moduleLoader = StandardModules.load
    session.standardModuleNames = StandardModules.names
    session.translateError = translate
    catalog.moduleBringing = StandardModules.module(bringing:)
    catalog.moduleNames = { StandardModules.publicNames }
    session.isInterruption = isInterruption
    let interrupter = session.interrupter
    let engine = Engine(threadCount: threads) { interrupter.isDue }
    session.enclosure = engine
    session.heldBytes = { [weak engine] in engine?.takenBytes ?? 0 }
    return session
  }

  /// Whether an error says that work was given up because the session was asked to stop.
  public static func isInterruption(_ error: any Error) -> Bool {
    error is Interpreter.Interrupted || error is Tensors.Interrupted || error is ReadingInterrupted
  }

  /// All builtins.
  public static func catalog() -> Catalog {
    let catalog = Catalog()
    CreationBuiltins.register(in: catalog)
    ChoiceBuiltins.register(in: catalog)
    ElementwiseBuiltins.register(in: catalog)
    ReductionBuiltins.register(in: catalog)
    OrderBuiltins.register(in: catalog)
    MovementBuiltins.register(in: catalog)
    ResizeBuiltins.register(in: catalog)
    ContractionBuiltins.register(in: catalog)
    MatrixBuiltins.register(in: catalog)
    DerivativeBuiltins.register(in: catalog)
    NetworkBuiltins.register(in: catalog)
    LayerBuiltins.register(in: catalog)
    OptimizerBuiltins.register(in: catalog)
    DataBuiltins.register(in: catalog)
    Digits.register(in: catalog)
    Loading.register(in: catalog)
    Saving.register(in: catalog)
    FileBuiltins.register(in: catalog)
    RunBuiltins.register(in: catalog)
    AttendanceBuiltins.register(in: catalog)
    KnobBuiltins.register(in: catalog)
    PictureBuiltins.register(in: catalog)
    AnimationBuiltins.register(in: catalog)
    PlotBuiltins.register(in: catalog)
    PanelBuiltins.register(in: catalog)
    EventBuiltins.register(in: catalog)
    ProgressBuiltins.register(in: catalog)
    LiveBuiltins.register(in: catalog)
    // After all others: under a shared name the forms for tensors come before those that take anything.
    CoreBuiltins.register(in: catalog)
    ProfileBuiltins.register(in: catalog)
    return catalog
  }

  /// What the engine, the formats and the graphics throw, in the language's own terms.
  private static func translate(_ error: any Error) -> Failure? {
    switch error {
    case let error as TensorError:
      Failure(
        error.title, error.operands.map { (operand(named: $0.name), $0.text) }, advice: error.advice.isEmpty ? [] : [error.advice]
      )
    case let error as FormatError:
      Failure(error.title, [(.argument("path"), error.path)], advice: error.advice.isEmpty ? [] : [error.advice])
    case let error as GraphicsError:
      Failure(error.title, advice: error.advice.isEmpty ? [] : [error.advice])
    default: nil
    }
  }

  private static func operand(named name: String) -> Operand {
    switch name {
    case "left": .left
    case "right": .right
    default: .argument(name)
    }
  }
}

/// A session's programs run inside of its engine.
extension Engine: Enclosure {}

/// In the library a parameter is a builtin's; a net's is written `Networks.Parameter`.
typealias Parameter = Interpreter.Parameter
