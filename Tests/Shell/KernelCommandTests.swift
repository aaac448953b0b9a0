import Testing

@testable import Shell

@Suite struct KernelCommandTests {
  private func parsed(_ words: String..., environment: [String: String] = [:]) throws -> KernelCommand {
    try KernelCommand.parse(words) { environment[$0] }
  }

  @Test func placesAndNames() throws {
    #expect(try parsed("install") == .install(.init()))
    #expect(try parsed("install", "--user", "--force") == .install(.init(forces: true)))
    #expect(try parsed("install", "--prefix", "/p", "--name=g") == .install(.init(prefix: "/p", name: "g")))
    #expect(
      try parsed("remove", "--sys-prefix", environment: ["VIRTUAL_ENV": "/v", "CONDA_PREFIX": "/c"])
        == .remove(.init(prefix: "/v")))
    #expect(try parsed("install", "--display-name", "Gan 2") == .install(.init(displayName: "Gan 2")))
    #expect(try parsed("run", "c.json") == .run(connectionFile: "c.json"))
    #expect(try parsed("run", "-f", "c.json") == .run(connectionFile: "c.json"))
    #expect(try parsed() == .help)
    #expect(try parsed("install", "--help") == .help)
  }

  @Test(arguments: [
    (["instal"], "gan kernel knows install, remove and run, not instal"), (["run"], "gan kernel run wants one connection file"),
    (["run", "a", "b"], "gan kernel run wants one connection file"), (["install", "--usr"], "gan kernel has no option --usr"),
    (["install", "--prefix"], "--prefix wants a value"),
    (["install", "--user", "--prefix", "/p"], "a kernel is installed in one place"),
    (["install", "--sys-prefix"], "--sys-prefix wants an environment of Python, and none is active"),
  ])
  func misuseIsSaid(_ words: [String], _ title: String) {
    let misuse = #expect(throws: Options.Misuse.self) { try KernelCommand.parse(words) { _ in nil } }
    #expect(misuse?.title == title)
  }
}
