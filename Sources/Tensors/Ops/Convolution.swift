extension Node {
  // The convolution y = x ∗ w, its input gradient and its filter gradient. The derivatives of each are the other two.

  static func convolution(_ x: Node, _ filter: Node, _ geometry: ConvolutionGeometry) -> Node {
    let shape = Shape(unchecked: [x.shape[0], geometry.height.output, geometry.width.output, filter.shape[3]])
    return Node(.convolution(geometry), x, filter, shape)
  }

  func convolutionDerivative(_ geometry: ConvolutionGeometry, _ gradient: Node, to index: Int) -> Node {
    index == 0
      ? Node.convolutionByInput(gradient, inputs[1], geometry) : Node.convolutionByFilter(inputs[0], gradient, geometry)
  }

  static func convolutionByInput(_ y: Node, _ filter: Node, _ geometry: ConvolutionGeometry) -> Node {
    let shape = Shape(unchecked: [y.shape[0], geometry.height.input, geometry.width.input, filter.shape[2]])
    return Node(.convolutionByInput(geometry), y, filter, shape)
  }

  func convolutionByInputDerivative(_ geometry: ConvolutionGeometry, _ gradient: Node, to index: Int) -> Node {
    index == 0 ? Node.convolution(gradient, inputs[1], geometry) : Node.convolutionByFilter(gradient, inputs[0], geometry)
  }

  static func convolutionByFilter(_ x: Node, _ y: Node, _ geometry: ConvolutionGeometry) -> Node {
    let shape = Shape(unchecked: [geometry.height.kernel, geometry.width.kernel, x.shape[3], y.shape[3]])
    return Node(.convolutionByFilter(geometry), x, y, shape)
  }

  func convolutionByFilterDerivative(_ geometry: ConvolutionGeometry, _ gradient: Node, to index: Int) -> Node {
    index == 0 ? Node.convolutionByInput(inputs[1], gradient, geometry) : Node.convolution(inputs[0], gradient, geometry)
  }
}
