import Formats
import Graphics
import Interpreter
import Tensors

/// The whole library: every builtin, the standard modules, and a session that knows them.
public enum Library {
  /// A session with everything in it.
  public static func session(sink: (any OutputSink)? = nil) -> Session {
    let session = Session(catalog: catalog())
    session.sink = sink
    session.moduleLoader = StandardModules.load
    session.standardModuleNames = StandardModules.names
    session.translateError = translate
    session.isInterruption = { $0 is Tensors.Interrupted || $0 is ReadingInterrupted }
    Executor.shouldStop = { [weak session] in session?.isInterrupted ?? false }
    return session
  }

  /// All builtins.
  public static func catalog() -> Catalog {
    let catalog = Catalog()
    CreationBuiltins.register(in: catalog)
    ElementwiseBuiltins.register(in: catalog)
    ReductionBuiltins.register(in: catalog)
    OrderBuiltins.register(in: catalog)
    MovementBuiltins.register(in: catalog)
    ContractionBuiltins.register(in: catalog)
    MatrixBuiltins.register(in: catalog)
    DerivativeBuiltins.register(in: catalog)
    NetworkBuiltins.register(in: catalog)
    LayerBuiltins.register(in: catalog)
    OptimizerBuiltins.register(in: catalog)
    DataBuiltins.register(in: catalog)
    Loading.register(in: catalog)
    Saving.register(in: catalog)
    FileBuiltins.register(in: catalog)
    RunBuiltins.register(in: catalog)
    PictureBuiltins.register(in: catalog)
    AnimationBuiltins.register(in: catalog)
    PlotBuiltins.register(in: catalog)
    PanelBuiltins.register(in: catalog)
    EventBuiltins.register(in: catalog)
    ProgressBuiltins.register(in: catalog)
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

/// In the library a parameter is a builtin's; a net's is written `Networks.Parameter`.
typealias Parameter = Interpreter.Parameter
