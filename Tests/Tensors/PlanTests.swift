import Kernels
import Testing

@testable import Tensors

extension EngineTests {
  /// What each pass makes of a plan, looked at without running it.
  @Suite struct PlanTests {
    private func leaf(_ shape: [Int], seed: Int = 0) throws -> Node { try someTensor(shape, seed: seed).node }

    private func trace(
      _ outputs: [Node], replacing: [(old: Node, new: Node)] = [], options: Planner.Options = Planner.Options()
    ) throws -> PlanTrace {
      // As on processors that our kernels are written for, so that plans are the same on all.
      engine.options.multiplication = .ownKernels
      defer { engine.options.multiplication = .whicheverIsFaster }
      let trace = PlanTrace()
      let order = Graph.order(of: outputs, stopAtRealized: true)
      _ = try Planner.plan(
        order.nodes, outputs: outputs, replacements: replacing.map { ($0.old.slot, $0.new.slot) }, options: options, trace: trace)
      return trace
    }

    private func chains(_ trace: PlanTrace) -> [ChainedWork] {
      trace[.chains]?.steps.compactMap { step -> ChainedWork? in if case .chained(let work) = step { work } else { nil } } ?? []
    }

    private func names(_ draft: PlanDraft?) -> [String] { draft?.steps.map(\.work.name) ?? [] }

    private func buffer(of node: Node, in draft: PlanDraft) -> Int {
      let value = draft.graph.valueOfNode[node.slot]
      return PlanBuffers.buffer(of: draft.lowering.aliases[value] ?? value)
    }

    // MARK: Merging

    @Test func equalNodesAreOneValue() throws {
      let x = try leaf([50])
      func branch() -> Node { Node(.unary(.tanh), [Node(.unary(.exp), [x], x.shape)], x.shape) }
      let sum = Node(.binary(.add), [branch(), branch()], x.shape)
      let graph = try #require(try trace([sum])[.merging]).graph
      #expect(graph.valueOfNode.count == 6 && graph.values.count == 4)
      #expect(graph.values.map(\.operation) == [.data, .unary(.exp), .unary(.tanh), .binary(.add)])
      #expect(graph.values[3].inputs == [2, 2])
      let apart = try #require(try trace([sum], options: .none)[.merging]).graph
      #expect(apart.values.count == 6)
    }

    @Test func sumsOfProductsAreOneValue() throws {
      let (a, b) = (try leaf([40, 30]), try leaf([30, 50], seed: 1))
      let (first, second) = (Node.matmul(a, b), Node.matmul(try leaf([40, 30], seed: 2), b))
      let sum = first + second
      let graph = try #require(try trace([sum])[.merging]).graph
      let value = graph.values[graph.valueOfNode[sum.slot]]
      #expect(value.terms.count == 2 && value.inputs.count == 4)
      #expect(graph.values.count { $0.isAbsorbed } == 2)
    }

    @Test func outputsAndValuesReadTwiceAreNotAbsorbedIntoSums() throws {
      let (a, b) = (try leaf([40, 30]), try leaf([30, 50], seed: 1))
      let (first, second) = (Node.matmul(a, b), Node.matmul(try leaf([40, 30], seed: 2), b))
      let sum = first + second
      for outputs in [[first, sum], [sum, Node.unary(.tanh, second)]] {
        let graph = try #require(try trace(outputs)[.merging]).graph
        #expect(graph.values.allSatisfy { !$0.isAbsorbed && $0.terms.isEmpty })
      }
      let expected = Oracle().values([first, sum])
      try engine.realize([first, sum])
      for (node, expected) in zip([first, sum], expected) {
        expectClose(node.storage?.buffer.map(Double.init) ?? [], expected, within: 1e-5)
      }
    }

    // MARK: Fusing

    @Test func groupsEndWhereMemoryMustBeComplete() throws {
      let x = try leaf([64, 48])
      let e = Node.unary(.exp, x)
      let sum = Node(.reduce(.sum, axes: [1]), [e], try Shape([64, 1]))
      let ratio = e / Node.broadcast(sum, to: x.shape)
      let draft = try #require(try trace([ratio])[.fusing])
      let value = { draft.graph.valueOfNode[($0 as Node).slot] }
      #expect(draft.groups == [[value(e), value(sum)], [value(ratio)]])
      #expect(draft.kept.contains(value(e)) && draft.kept.contains(value(ratio)))
      #expect(try trace([ratio], options: .none)[.fusing]?.groups.count == 3)
    }

    @Test func aKernelsInstructionsUseRegistersAgain() throws {
      let x = try leaf([4096])
      var y = Node.unary(.exp, x)
      for _ in 0..<6 { y = Node.unary(.tanh, y) }
      let draft = try #require(try trace([y])[.lowering])
      let kernel = try #require(draft.steps.first?.asFused)
      #expect(kernel.instructions.count == 7 && kernel.loads.map(\.kind) == [.direct])
      #expect(kernel.registers.count == 1 && kernel.registers.memories == 2)
      #expect(kernel.stores.count == 1 && kernel.sizes == [4096] && kernel.tiles.pieces == 4)
    }

    @Test func additionAndReluAreOnePass() throws {
      let (x, b) = (try leaf([64, 96]), try leaf([96], seed: 1))
      let y = Node.unary(.relu, x + Node.broadcast(Node.reshape(b, to: try Shape([1, 96])), to: x.shape))
      let kernel = try #require(try trace([y])[.lowering]?.steps.first?.asFused)
      #expect(kernel.instructions.map(\.function) == [.binary(.add), .unary(.relu, parameter: 0)])
      #expect(kernel.instructions[0].pair?.function == .addRelu && kernel.instructions[1].pair == nil)
      #expect(kernel.loads.map(\.kind) == [.direct, .periodic])
      // What someone else reads too is made in memory, and by itself.
      let sum = x + Node.broadcast(Node.reshape(b, to: try Shape([1, 96])), to: x.shape)
      let both = try #require(try trace([sum, Node.unary(.relu, sum)])[.lowering]?.steps.first?.asFused)
      #expect(both.instructions.allSatisfy { $0.pair == nil } && both.stores.count == 2)
    }

    @Test func reductionsInWhichBlocksMeetAreMadeInParts() throws {
      let x = try leaf([600, 512])
      let down = Node(.reduce(.sum, axes: [0]), [x], try Shape([1, 512]))
      let along = Node(.reduce(.sum, axes: [1]), [x], try Shape([600, 1]))
      let kernels = try trace([down, along])[.lowering]?.steps.compactMap(\.asFused) ?? []
      let reductions = kernels.flatMap(\.reductions)
      #expect(kernels.count == 1 && reductions.count == 2)
      #expect(reductions[0].parts != nil && reductions[1].parts == nil)
      #expect(kernels[0].partition.count > 1)
    }

    // MARK: Packing and stacking

    @Test func productsOfOneWeightAreStackedExceptIntoOutputs() throws {
      // Too large to be packed for all their products beforehand.
      let weights = try leaf([280, 256])
      let products = try (0..<3).map { Node.matmul(Node.unary(.tanh, try leaf([64, 280], seed: 1 + $0)), weights) }
      let rest = products.dropFirst().map { Node.unary(.sigmoid, $0) }
      // The first product itself is someone's storage afterwards: its place is not the plan's to choose.
      let outputs = [products[0]] + rest
      let draft = try #require(try trace(outputs)[.packing])
      #expect(names(draft).filter { $0.hasPrefix("product") }.sorted() == ["product 128×256×280", "product 64×256×280"])
      #expect(draft.stacks.count == 2)
      #expect(draft.stacks[1] == products[1...].map { buffer(of: $0, in: draft) })
      for stack in draft.stacks { #expect(draft.outputBuffers.isDisjoint(with: stack)) }
      let expected = Oracle().values(outputs)
      try engine.realize(outputs)
      for (node, expected) in zip(outputs, expected) {
        expectClose(node.storage?.buffer.map(Double.init) ?? [], expected, within: 1e-4)
      }
    }

    @Test func leftSidesThatAreOutputsOrLeavesAreNotStacked() throws {
      let weights = try leaf([280, 256])
      let lefts = try (0..<2).map { Node.unary(.tanh, try leaf([64, 280], seed: 1 + $0)) }
      let results = lefts.map { Node.unary(.sigmoid, Node.matmul($0, weights)) }
      #expect(try trace(results)[.packing]?.stacks.count == 2)
      #expect(try trace(results + lefts)[.packing]?.stacks == [])
      let leaves = try (0..<2).map { Node.unary(.sigmoid, Node.matmul(try leaf([64, 280], seed: 1 + $0), weights)) }
      #expect(try trace(leaves)[.packing]?.stacks == [])
    }

    @Test func smallWeightsArePackedOnceForTheirProducts() throws {
      let weights = try leaf([48, 32])
      let outputs = try (0..<2).map { Node.matmul(try leaf([64, 48], seed: 1 + $0), weights) }
      let draft = try #require(try trace(outputs)[.packing])
      #expect(names(draft) == ["product 64×32×48", "product 64×32×48", "panels of 48×32"])
      let packed = draft.steps.compactMap { if case .packedProduct(let product) = $0 { product.packed } else { nil } }
      #expect(packed.count == 2 && Set(packed) == Set(draft.steps[2].writes))
    }

    // MARK: Chains

    /// relu(p) + q · 2 with q = p @ c: it reads p and q, and q needs all of p.
    private func throughAThird() throws -> (output: Node, p: Node, q: Node) {
      let p = Node.matmul(try leaf([600, 80]), try leaf([80, 96], seed: 1))
      let q = Node.matmul(p, try leaf([96, 96], seed: 2))
      return (Node.unary(.relu, p) + q * 2, p, q)
    }

    @Test func whatReadsAThirdStepDoesNotFollowTheFirst() throws {
      let (output, p, q) = try throughAThird()
      let trace = try trace([output])
      let before = try #require(trace[.packing])
      func step(making buffer: Int) throws -> Int { try #require(before.steps.firstIndex { $0.writes.contains(buffer) }) }
      let (first, third) = (try step(making: buffer(of: p, in: before)), try step(making: buffer(of: q, in: before)))
      let last = try step(making: buffer(of: output, in: before))
      let dependencies = StepDependencies(before.steps)
      #expect(!dependencies.canFollow(last, first))
      #expect(dependencies.canFollow(last, third) && dependencies.canFollow(third, first))
      #expect(!dependencies.areIndependent(first, last) && !dependencies.areIndependent(last, first))
      // So the epilogue is that of q.
      #expect(chains(trace).map(\.target) == [buffer(of: q, in: before)])
      let expected = Oracle().values([output])[0]
      try engine.realize([output])
      expectClose(output.storage?.buffer.map(Double.init) ?? [], expected, within: 1e-4)
    }

    @Test func aJoinedStepWaitsForAllThatItsPartsWaitFor() throws {
      let (output, p, q) = try throughAThird()
      let draft = try #require(try trace([output])[.packing])
      func step(making node: Node) throws -> Int {
        try #require(draft.steps.firstIndex { $0.writes.contains(buffer(of: node, in: draft)) })
      }
      var dependencies = StepDependencies(draft.steps)
      dependencies.join(try step(making: q), try step(making: output))
      // Together they still read p, now at once.
      #expect(dependencies.canFollow(try step(making: output), try step(making: p)))
      #expect(!dependencies.areIndependent(try step(making: q), try step(making: p)))
    }

    @Test func aMatrixThatSomeoneElseReadsIsKept() throws {
      let (x, w) = (try leaf([600, 80]), try leaf([80, 96], seed: 1))
      let product = Node.matmul(x, w)
      func chain(_ outputs: [Node]) throws -> ChainedWork? {
        chains(try trace(outputs)).first
      }
      let loose = try #require(try chain([Node.unary(.tanh, product)]))
      #expect(!loose.keepsResult && loose.within == [loose.target] && !loose.writes.contains(loose.target))
      let kept = try #require(try chain([product, Node.unary(.tanh, product)]))
      #expect(kept.keepsResult && kept.within.isEmpty && kept.writes.contains(kept.target))
    }

    // MARK: Rows

    @Test func layersOfABatchAreOneStepOverItsRows() throws {
      func outputs(rows: Int) throws -> [Node] {
        let hidden = Node.unary(.tanh, Node.matmul(try leaf([rows, 24]), try leaf([24, 40], seed: 1)))
        return [Node.unary(.sigmoid, Node.matmul(hidden, try leaf([40, 24], seed: 2)))]
      }
      let trace = try trace(outputs(rows: 128))
      #expect(names(trace[.rows]) == ["panels of 2 matrices", "128 rows through 2 kernels"])
      let rows = try #require(trace[.rows]?.steps.lazy.compactMap { if case .rowwise(let work) = $0 { work } else { nil } }.first)
      #expect(rows.blocks.count == 4 && rows.parts.count == 2)
      #expect(try names(self.trace(outputs(rows: 20))[.rows]).allSatisfy { !$0.contains("rows through") })
    }

    // MARK: Order and memory

    @Test func readersOfALeafComeBeforeItIsWrittenOver() throws {
      let (old, x) = (try leaf([40, 40]), try leaf([40, 40], seed: 1))
      let new = old * 0.5 + x
      let product = Node.matmul(x, old)
      let draft = try #require(try trace([new, product], replacing: [(old, new)])[.arena])
      #expect(draft.leafOf == [buffer(of: new, in: draft): buffer(of: old, in: draft)])
      #expect(draft.firstReplacing == draft.steps.count - 1)
      #expect(draft.steps.last?.writes == [buffer(of: new, in: draft)])
      #expect(draft.locations[buffer(of: new, in: draft)] == .replaced(place: old.slot))
      // A leaf that is an output itself keeps its numbers.
      let kept = try #require(try trace([new, Node(.reshape, [old], try Shape([1600]))], replacing: [(old, new)])[.arena])
      #expect(kept.leafOf.isEmpty && kept.firstReplacing == kept.steps.count)
    }

    @Test func buffersThatDoNotLiveTogetherShareMemory() throws {
      let x = try leaf([64, 64])
      var y = x
      for seed in 1...5 { y = Node(.transpose(permutation: [1, 0]), [Node.matmul(y, try leaf([64, 64], seed: seed))], x.shape) }
      let total = Node(.reduce(.sum, axes: [0, 1]), [y], try Shape([1, 1]))
      let draft = try #require(try trace([total], options: .none)[.arena])
      #expect(draft.arenaCount < draft.countWithoutReuse)
      var lives: [(offset: Range<Int>, steps: ClosedRange<Int>)] = []
      for (buffer, location) in draft.locations.enumerated() {
        guard case .arena(let offset) = location else { continue }
        let steps = draft.steps.indices.filter { (draft.steps[$0].reads + draft.steps[$0].writes).contains(buffer) }
        let (first, last) = (try #require(steps.first), try #require(steps.last))
        lives.append((offset..<(offset + draft.buffers.counts[buffer]), first...last))
      }
      #expect(lives.count >= 5)
      for (number, a) in lives.enumerated() {
        for b in lives[..<number] { #expect(!(a.offset.overlaps(b.offset) && a.steps.overlaps(b.steps))) }
      }
    }

    // MARK: The text

    @Test func aPlanIsShownAfterEachPass() throws {
      let (x, w, b) = (try leaf([64, 6]), try leaf([6, 4], seed: 1), try leaf([1, 4], seed: 2))
      let h = Node.unary(.leakyRelu, Node.matmul(x, w) + Node.broadcast(b, to: try Shape([64, 4])), parameter: 0.2)
      let y = h - Node.broadcast(Node(.reduce(.sum, axes: [0]), [h], try Shape([1, 4])) * 0.5, to: h.shape)
      let text = try trace([y]).text
      #expect(
        text == """
          values: 12 nodes, 12 values after merging
            x1 [64, 6]
            x2 [6, 4]
            t1 [64, 4] = x1 @ x2
            x3 [1, 4]
            t2 [64, 4] = broadcast(x3)  (view)
            t3 [64, 4] = t1 + t2
            t4 [64, 4] = leaky_relu(t3, 0.2)
            t5 [1, 4] = sum(t4, axes: [0])
            t6 [1, 4] = t5 * 0.5
            t7 [64, 4] = broadcast(t6)  (view)
            y1 [64, 4] = t4 - t7
          groups: 5 element-wise values and reductions in 3 kernels
            1  t3, t4, t5; kept: t4, t5
            2  t6
            3  y1
          steps: 4
            1  elementwise [64, 4]: add, leaky_relu; sum
                 t4 [64, 4] = leaky_relu(t1 + x3, 0.2)
                 t5 [1, 4] = sum(t4)
            2  elementwise [1, 4]: multiply
                 t6 [1, 4] = t5 * 0.5
            3  elementwise [64, 4]: subtract
                 y1 [64, 4] = t4 - t6
            4  product 64×4×6
                 t1 [64, 4] = x1 @ x2
          packing and stacking: nothing to do
          chains: 4 steps become 3
            - elementwise [64, 4]: add, leaky_relu; sum
            - product 64×4×6
            + product 64×4×6, then add, leaky_relu; sum
                 t1 [64, 4] = x1 @ x2
                 t4 [64, 4] = leaky_relu(t1 + x3, 0.2)
                 t5 [1, 4] = sum(t4)
          rows: nothing to do
          order: 3 steps
            1  product 64×4×6, then add, leaky_relu; sum
                 t1 [64, 4] = x1 @ x2
                 t4 [64, 4] = leaky_relu(t1 + x3, 0.2)
                 t5 [1, 4] = sum(t4)
            2  elementwise [1, 4]: multiply
                 t6 [1, 4] = t5 * 0.5
            3  elementwise [64, 4]: subtract
                 y1 [64, 4] = t4 - t6
          arena: 1152 bytes for 4 buffers, 64 bytes saved of 1216
            0: t4, 1024 bytes, steps 1 to 3
            1024: t5, 16 bytes, steps 1 to 2
            1088: t6, 16 bytes, steps 2 to 3
            1088: p1, 64 bytes, steps 1 to 1
          """)
    }

    @Test func theTextIsTheSameEachTime() throws {
      let outputs = try RandomGraph.outputs(seed: 77, size: 40).map(\.built)
      let text = try trace(outputs).text
      for _ in 0..<3 { #expect(try trace(outputs).text == text) }
      #expect(text.contains("values after merging") && text.contains("arena: "))
    }
  }
}
