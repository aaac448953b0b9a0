import Testing

@testable import Interpreter

@Suite struct FramePaceTests {
  @Test(
    arguments: [
      // Cheap frames come as often as they are seen; dearer ones take a fiftieth of the time.
      (0.0, 0.1), (0.001, 0.1), (0.01, 0.49),
      // Then one every two seconds, and at last a tenth of the time.
      (0.05, 1.95), (0.2, 1.8), (0.3, 2.7), (1, 9),
    ] as [(Double, Double)]) func withoutAShareAFrameComesEveryTwoSeconds(cost: Double, pause: Double)
  {
    #expect(abs(FramePace.pause(after: cost, share: nil, perSecond: 10) - pause) < 1e-9)
  }

  @Test func aShareIsKept() {
    #expect(abs(FramePace.pause(after: 0.1, share: 0.02, perSecond: 10) - 4.9) < 1e-9)
    #expect(FramePace.pause(after: 0.1, share: 1, perSecond: 10) == 0.1)
  }
}
