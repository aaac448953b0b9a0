@testable import Tensors

/// What `build` makes anew, computed as told, and the kernels that ran for it.
struct ObservedRun {
  let numbers: [[Float]]
  let kernels: [String]

  private final class Names: ExecutionObserver {
    var names: [String] = []
    func kernelDidRun(_ step: Step, seconds: Double) { names.append(step.name) }
  }

  init(_ options: Planner.Options, threads: Int = 2, _ build: () throws -> [Tensor]) throws {
    (engine.options, engine.threadCount) = (options, threads)
    let names = Names()
    let outputs = try build()
    engine.observer = names
    defer {
      (engine.options, engine.threadCount) = (Planner.Options(), ThreadPool.processorCount)
      engine.observer = nil
    }
    try Tensor.realize(outputs)
    numbers = try outputs.map { try $0.floats() }
    kernels = names.names
  }
}
