import Testing

/// All that runs scripts. One after the other: the engine below them belongs to one thread at a time.
@Suite(.serialized) struct RunningTests {}

extension RunningTests {
  @Suite struct ScriptTests {
    @Test(arguments: ScriptCase.all)
    func script(_ script: ScriptCase) throws { try script.check() }
  }
}
