import Testing

/// All that runs scripts, each in a session of its own.
@Suite struct RunningTests {}

extension RunningTests {
  @Suite struct ScriptTests {
    @Test(arguments: ScriptCase.all)
    func script(_ script: ScriptCase) throws { try script.check() }
  }
}
