import Interpreter

/// The builtins of the language itself: all that needs no tensor.
enum CoreBuiltins {
  static func register(in catalog: Catalog) {
    OutputBuiltins.register(in: catalog)
    InputBuiltins.register(in: catalog)
    NumberBuiltins.register(in: catalog)
    StringBuiltins.register(in: catalog)
    ListBuiltins.register(in: catalog)
    FunctionalBuiltins.register(in: catalog)
    CountingBuiltins.register(in: catalog)
    StatisticsBuiltins.register(in: catalog)
    RecordBuiltins.register(in: catalog)
    ControlBuiltins.register(in: catalog)
    InterruptBuiltins.register(in: catalog)
    SystemBuiltins.register(in: catalog)
    LookingBuiltins.register(in: catalog)
  }
}
