import Glibc

@testable import Interpreter
@testable import Library
@testable import Syntax

extension FuzzTarget {
  /// What runs programs.
  static let sessions: [FuzzTarget] = [program, checkpoint, resume, calls]

  private static let program = FuzzTarget(
    "program", "runs a program that may write no files, for a moment",
    // Small ones that bring in no module: each input is to take a moment alone.
    seeds: Seeds(
      folders: ["Tests/Scripts"], endings: [".gan"], most: 2 << 10,
      takes: { text in !text.hasPrefix("use") && !text.contains("\nuse") }),
    longest: 4096, words: .gan
  ) {
    let catalog = Library.catalog().withoutWriting()
    let watch = Watch(milliseconds: 60)
    let renderer = DiagnosticRenderer(width: 80)
    return { bytes in
      let session = Library.session(catalog: catalog, threads: 1)
      session.sink = Listener()
      session.seed(1)
      let source = Source(name: "fuzz.gan", text: String(decoding: bytes, as: UTF8.self))
      watch.limit(session.interrupter) {
        do {
          try session.run(source, echo: .each)
        } catch let error as Diagnostic {
          _ = renderer.render(error)
        } catch {
          // Interrupted, or the program's own `exit`.
          precondition(Library.isInterruption(error) || error is Exit, "\(error)")
        }
      }
    }
  }

  private static let checkpoint = FuzzTarget(
    "checkpoint", "loads a file of weights or a kept run, and shows what it holds", seeds: .fixtures([".safetensors"]),
    words: .json
  ) {
    let catalog = Library.catalog().withoutWriting()
    let watch = Watch(milliseconds: 200)
    let path = "\(Scratch.folder)/run.safetensors"
    return { bytes in
      Scratch.write(bytes, to: path)
      let session = Library.session(catalog: catalog, threads: 1)
      session.sink = Listener()
      watch.limit(session.interrupter) {
        do {
          try session.run(Source(name: "fuzz.gan", text: "x = load(\"\(path)\"); x"), echo: .each)
        } catch {
          precondition(error is Diagnostic || Library.isInterruption(error), "\(error)")
        }
      }
    }
  }
}

extension FuzzTarget {
  /// What of the run can be told apart afterwards is its own number: a refusal leaves the run as it was.
  private static let resume = FuzzTarget(
    "resume", "goes on with a run from a file that may be no checkpoint of it, which leaves it as it was",
    seeds: .fixtures([".safetensors"]), words: .json
  ) {
    let path = "\(Scratch.folder)/run.safetensors"
    let watch = Watch(milliseconds: 500)
    let session = Library.session(threads: 1)
    session.sink = Listener()
    session.seed(1)
    let run = """
      use gan
      fn fresh() { gan(net { dense 1 }, net { dense 1 }, data_set(zeros(4, 1)), batch: 2, noise: 1) }
      run = fresh()
      """
    try session.run(Source(name: "run.gan", text: run))
    return { bytes in
      Scratch.write(bytes, to: path)
      watch.limit(session.interrupter) {
        do {
          try session.run(Source(name: "again.gan", text: "run = fresh(); kept = keys(run); resume run, \"\(path)\""))
          try session.run(Source(name: "step.gan", text: "update run.D, sum(run.D(ones([1, 1]))), with: run.d_optimizer"))
        } catch let error as Diagnostic {
          precondition(!error.title.isEmpty, "an error without words")
          do {
            try session.run(Source(name: "same.gan", text: "if keys(run) != kept { exit 3 }"))
          } catch {
            precondition(Library.isInterruption(error), "a run that was refused is another one: \(error)")
          }
        } catch {
          precondition(Library.isInterruption(error) || error is Exit, "\(error)")
        }
      }
    }
  }
}

/// Takes text alone, and forgets it.
final class Listener: OutputSink {
  func receive(_ output: Output) {}
}

extension Catalog {
  /// The names of the builtins that look at files and change none.
  private static let readers: Set = ["load", "exists", "files"]

  /// The same builtins, of which those that take a path and may write there only refuse.
  func withoutWriting() -> Catalog {
    let result = Catalog()
    for kind in kinds { result.add(kind) }
    for (name, value) in constants { result.addConstant(name, value) }
    for vocabulary in [nil] + vocabularyNames.map(Optional.some) {
      for builtin in vocabulary.map(all(vocabulary:)) ?? all {
        for form in builtin.forms {
          result.add(Catalog.isWriter(form) ? Catalog.refusal(of: form) : form.alone, vocabulary: vocabulary)
        }
      }
    }
    return result
  }

  private static func isWriter(_ builtin: Builtin) -> Bool {
    !readers.contains(builtin.name) && builtin.parameters.contains { ["path", "folder", "file"].contains($0.name) }
  }

  private static func refusal(of builtin: Builtin) -> Builtin {
    Builtin(
      builtin.name, builtin.summary, subject: builtin.subject, parameters: builtin.parameters, isCommand: builtin.isCommand
    ) { _ in throw Failure("files are not written here") }
  }
}

extension Builtin {
  /// This form without the others of its name.
  fileprivate var alone: Builtin {
    Builtin(
      name, summary, subject: subject, parameters: parameters, examples: examples, details: details, isCommand: isCommand,
      body: body)
  }
}
