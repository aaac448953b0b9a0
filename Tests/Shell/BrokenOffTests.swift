import Glibc
import Testing

/// Trainings that end before their time: killed at any moment, or on a disk that is full.
@Suite struct BrokenOffTests {
  private let folder: String

  init() {
    // In memory where that can be: what is tested is the killing, not the speed of a disk.
    let place = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp"
    var template = Array("\(place)/gan-broken-off-XXXXXX".utf8CString)
    folder = mkdtemp(&template).map { String(cString: $0) } ?? "/tmp"
  }

  private func write(_ name: String, _ text: String) -> String {
    let path = folder + "/" + name
    let file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    let bytes = Array(text.utf8)
    _ = Glibc.write(file, bytes, bytes.count)
    close(file)
    return path
  }

  private func bytes(_ path: String) -> [UInt8] {
    let file = open(path, O_RDONLY)
    defer { close(file) }
    var all: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(file, &piece, piece.count)
      guard count > 0 else { return all }
      all += piece[..<count]
    }
  }

  private func names() -> [String] {
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// Large enough that much of its time goes into writing, and no seed before what is drawn anew each time.
  private static let script = """
    use gan
    points = data_set(map(0..300, i -> [sin(i), cos(3 * i)]) |> tensor)
    D = net { dense 256; leaky_relu; dropout 0.2; dense 128; batch_norm; leaky_relu; dense 1 }
    G = net { dense 64; batch_norm; relu; dense 2 }
    path = arguments()[0]
    seed if exists(path) { 1000 * clock() |> floor } else { 4 }
    run = dragan(G, D, points, batch: 32, noise: 4)
    if exists(path) { resume run, path }
    train run, to: 600, every: 50, keep: {path: path, every: 2} { run.d_optimizer.rate *= 0.9 }
    print sum(sample(run, 16)), run.epoch, run.history.d_loss[-1], number(normal([]))
    """

  @Test func aKilledTrainingEndsAsAnUnbrokenOne() {
    let script = write("script.gan", Self.script)
    let unbroken = GanProgram.run(script, folder + "/unbroken.safetensors")
    #expect(unbroken.code == 0, "\(unbroken.error)")
    let path = folder + "/broken.safetensors"
    var kills = 0
    let null = open("/dev/null", O_RDWR)
    defer { close(null) }
    for _ in 0..<15 {
      let process = GanProgram.spawn(GanProgram.path, [script, path], environment: [:], descriptors: [null, null, null])
      usleep(UInt32.random(in: 20_000...400_000))
      kill(process, SIGKILL)
      if GanProgram.wait(for: process) == 128 + SIGKILL { kills += 1 }
      // Whatever stands at the path is whole.
      if access(path, F_OK) == 0, kills % 5 == 0 {
        let loaded = GanProgram.run("-e", "load(\"\(path)\").run.step >= 0")
        #expect(loaded.output == "true\n", "\(loaded.error)")
      }
    }
    let last = GanProgram.run(script, path)
    #expect(last.output == unbroken.output, "after \(kills) kills: \(last.error)")
    #expect(kills > 0)
    #expect(bytes(path) == bytes(folder + "/unbroken.safetensors"))
    // What the killed ones had begun to write is gone.
    #expect(names() == ["broken.safetensors", "script.gan", "unbroken.safetensors"])
  }

  /// Ctrl-C, `kill`, and a terminal that is closed; the shell sees which it was.
  @Test(arguments: [SIGINT, SIGTERM, SIGHUP])
  func aSignalThatAsksForAnEndKeepsTheStepInHand(_ signal: Int32) {
    let script = write(
      "long.gan", Self.script.replacing("to: 600", with: "to: 1000000").replacing("every: 2}", with: "every: hours(1)}"))
    let path = folder + "/long.safetensors"
    let (null, error) = (open("/dev/null", O_RDWR), open(folder + "/error", O_RDWR | O_CREAT, 0o644))
    defer { for descriptor in [null, error] { close(descriptor) } }
    let process = GanProgram.spawn(GanProgram.path, [script, path], environment: [:], descriptors: [null, null, error])
    // It has begun once its first checkpoint is there.
    for _ in 0..<500 where access(path, F_OK) != 0 { usleep(10_000) }
    usleep(300_000)
    kill(process, signal)
    #expect(GanProgram.wait(for: process) == 128 + signal)
    let step = GanProgram.run("-e", "load(\"\(path)\").run.step").output.dropLast()
    #expect(step != "0" && !step.isEmpty)
    let told = String(decoding: bytes(folder + "/error"), as: UTF8.self)
    #expect(told.hasPrefix("stopped after step \(step); nothing is lost."), "\(told)")
  }

  @Test func twoRequestsForAnEndAreHeededAtOnce() {
    let script = write("stubborn.gan", "note \"here\"\nuninterrupted { while true { x = 1 } }")
    let (output, end) = GanProgram.makePipe()
    let null = open("/dev/null", O_RDWR)
    defer { for descriptor in [null, output] { close(descriptor) } }
    let process = GanProgram.spawn(GanProgram.path, [script], environment: [:], descriptors: [null, null, end])
    close(end)
    var byte: UInt8 = 0
    _ = read(output, &byte, 1)
    for _ in 0..<2 {
      kill(process, SIGTERM)
      usleep(50_000)
    }
    #expect(GanProgram.wait(for: process) == 128 + SIGTERM)
  }

  @Test func aFullDiskLosesNothing() {
    // A limit on the size of files stands for the disk: the first checkpoint, of nets without parameters, is within it.
    let script = write(
      "full.gan",
      """
      use gan
      seed 1
      D = net { dense 256; relu; dense 256; dense 1 }
      run = gan(net { dense 2 }, D, data_set(uniform([40, 2])), batch: 8, noise: 3)
      path = arguments()[0]
      try { train run, steps: 6, keep: {path: path, every: 4} } catch e { print e.message; print e.advice }
      print run.step, load(path).run.step
      """)
    let path = folder + "/full.safetensors"
    let ending = GanProgram.run(
      "/bin/sh", ["-c", "trap '' XFSZ; ulimit -f 100; exec '\(GanProgram.path)' '\(script)' '\(path)'"])
    #expect(ending.code == 0, "\(ending.error)")
    #expect(
      ending.output == """
        step 6 could not be kept: the file cannot be written
        The file would become too large. The run itself is as it was; mend that, and write: save run, "\(path)".
        6 0

        """)
    #expect(ending.error.hasPrefix("step 4 could not be kept: the file cannot be written."))
    #expect(names() == ["full.gan", "full.safetensors"])

    symlink("/dev/full", folder + "/device.safetensors")
    let full = GanProgram.run("-e", "save {step: 1, x: ones([9])}, \"\(folder)/device.safetensors\"")
    #expect(full.code == 1 && full.error.contains("The disk is full."))
  }

  @Test func aDamagedCheckpointIsToldAndChangesNothing() {
    let path = folder + "/a.safetensors"
    let made = GanProgram.run(
      "-e", "D = net { dense 8; dense 1 }; D(ones([1, 4])); save {D: D, step: 3}, \"\(path)\"")
    #expect(made.code == 0, "\(made.error)")
    let whole = bytes(path)
    func resumed(_ changed: [UInt8]) -> String {
      let file = open(path, O_WRONLY | O_TRUNC)
      _ = Glibc.write(file, changed, changed.count)
      close(file)
      let code = """
        run = {D: net { dense 8; dense 1 }, step: 0}; D = run.D
        message = try { resume run, "\(path)"; "no error" } catch e { e.message }
        print message, run.step, D.parameter_count
        """
      return GanProgram.run(input: code).output
    }
    #expect(resumed(whole) == "no error 3 49\n")
    for count in [0, 5, 200, whole.count - 1] {
      #expect(resumed(Array(whole[..<count])) == "the safetensors file is cut off 0 0\n")
    }
    for place in stride(from: 9, to: whole.count, by: 97) {
      var changed = whole
      changed[place] ^= 1
      let told = resumed(changed)
      #expect(told.hasSuffix(" 0 0\n"), "byte \(place): \(told)")
    }
  }
}
