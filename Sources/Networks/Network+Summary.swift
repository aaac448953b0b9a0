import Tensors

extension Network {
  /// A line of a net's table.
  public struct SummaryRow: Equatable, Sendable {
    /// "conv 64, kernel: 4, stride: 2".
    public let layer: String
    /// The shape of one sample's result, without the batch.
    public let output: [Int]
    /// The number of trained numbers.
    public let parameters: Int
    /// The parameters' shapes, by name, as the seed's `show_all_variables` prints them.
    public let variables: [Variable]
  }

  public struct Variable: Equatable, Sendable {
    /// "0.conv.weights".
    public let name: String
    public let shape: [Int]
    public let isTrained: Bool
  }

  /// A row a layer, for samples of the given shape. Makes the parameters, if they are not there yet.
  public func summaryRows(sample: [Int], in context: Context) throws -> [SummaryRow] {
    let looking = Context(isTraining: false, random: context.random)
    var x = try Tensor.fill(0, shape: [1] + sample)
    var rows: [SummaryRow] = []
    for (number, layer) in layers.enumerated() {
      x = try apply(layer, number, x, looking)
      let trained = Set(layer.parameters.map(ObjectIdentifier.init))
      let variables = Network.named([layer], prefix: "", from: number).map {
        Variable(name: $0.name, shape: $0.parameter.shape.dimensions, isTrained: trained.contains(ObjectIdentifier($0.parameter)))
      }
      rows.append(
        SummaryRow(
          layer: layer.description, output: Array(x.shape.dimensions.dropFirst()),
          parameters: layer.parameters.reduce(0) { $0 + $1.count }, variables: variables))
    }
    return rows
  }

  /// The number of trained numbers of all layers.
  public var parameterCount: Int { parameters.reduce(0) { $0 + $1.count } }
}
