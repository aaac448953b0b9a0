import Tensors

extension Network {
  /// A line of a net's table.
  public struct SummaryRow: Sendable {
    /// "conv 64, kernel: 4, stride: 2"; a function with the names of what it holds: "function (f, g)".
    public let layer: String
    /// The shape of one sample's result, without the batch.
    public let output: [Int]
    /// The number of trained numbers, those left out that a row above has.
    public let parameters: Int
    /// How many trained numbers it has together with layers above, and the first of these.
    public let shared: (count: Int, layer: Int)?
    /// The parameters' shapes, by name, as the seed's `show_all_variables` prints them.
    public let variables: [Variable]
  }

  /// A parameter or running statistic of a net, by its place.
  public struct Variable: Equatable, Sendable {
    /// "0.conv.weights".
    public let name: String
    /// The sizes of its axes.
    public let shape: [Int]
    /// Whether updates move it; false for running statistics.
    public let isTrained: Bool
  }

  /// A row a layer, for samples of the given shape. Makes the parameters, if they are not there yet.
  ///
  /// - Throws: a `TensorError` where the samples do not fit a layer.
  public func summaryRows(sample: [Int], in context: Context) throws -> [SummaryRow] {
    let looking = Context(isTraining: false, random: context.random)
    var x = try Tensor.fill(0, shape: [1] + sample)
    var rows: [SummaryRow] = []
    var owners: [ObjectIdentifier: Int] = [:]
    for (number, layer) in layers.enumerated() {
      x = try apply(layer, number, x, looking)
      let parameters = layer.parameters
      let trained = Set(parameters.map(ObjectIdentifier.init))
      let variables = LayerWalk([("\(number).\(layer.kind)", layer)]).found.flatMap { $0.isRepeated ? [] : $0.parts }.map {
        Variable(name: $0.name, shape: $0.parameter.shape.dimensions, isTrained: trained.contains(ObjectIdentifier($0.parameter)))
      }
      let shared = parameters.filter { owners[ObjectIdentifier($0)] != nil }
      let first = shared.compactMap { owners[ObjectIdentifier($0)] }.min()
      let names = layer.findsSublayers ? layer.sublayers.map(\.name) : []
      rows.append(
        SummaryRow(
          layer: layer.description + (names.isEmpty ? "" : " (\(names.joined(separator: ", ")))"),
          output: Array(x.shape.dimensions.dropFirst()), parameters: parameters.numberCount - shared.numberCount,
          shared: first.map { (shared.numberCount, $0) }, variables: variables))
      for parameter in parameters where owners[ObjectIdentifier(parameter)] == nil {
        owners[ObjectIdentifier(parameter)] = number
      }
    }
    return rows
  }

  /// The number of trained numbers of all layers.
  public var parameterCount: Int { parameters.numberCount }
}

extension Array where Element == Parameter {
  /// How many numbers they are together.
  fileprivate var numberCount: Int { reduce(0) { $0 + $1.count } }
}
