import Glibc

@testable import Interpreter
@testable import Library
@testable import Syntax

extension FuzzTarget {
  /// What runs programs.
  static let sessions: [FuzzTarget] = [program, checkpoint, calls]

  private static let program = FuzzTarget("program", "runs a program that may write no files, for a moment") {
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

  private static let checkpoint = FuzzTarget("checkpoint", "loads a file of weights or a kept run, and shows what it holds") {
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
