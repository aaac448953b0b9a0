import Base
import Formats
import Frontend
import Glibc
import Interpreter
import Notebook
import Syntax

extension Run {
  /// `gan run --html …`: runs a program as a document and writes it; gives the exit code.
  public func export(_ program: Options.Program) -> Int32 { finished(performExport(program)) }

  private func performExport(_ program: Options.Program) -> Int32 {
    do {
      guard var document = try document(of: program) else { return 1 }
      // What cannot be written is told before anything is run.
      for export in options.exports { try check(export, for: program, document) }
      guard let session = makeSession(for: program) else { return 1 }
      session.outlivesPrograms = false
      Interruption.watch(session, endsProgram: true)
      let results = knownResults(document)
      let outcome = document.run(in: session, sink: DocumentSink(next: sink), goesOn: options.keepsGoing, results: results)
      streams.flush()
      if let count = results?.knownCount, count > 0 {
        let cells = document.codePlaces.count
        let known =
          count == cells
          ? (cells == 1 ? "the one cell of code was" : "all \(cells) cells of code were")
          : "\(count) of \(cells) cells of code were"
        streams.report("\(known) known; --no-cache runs \(count == 1 ? "it" : "them") again")
      }
      for export in options.exports { try write(document, export, for: program) }
      return outcome.exitCode
    } catch {
      return failed(error)
    }
  }

  /// What is known from earlier runs that began in the same way; nil where that is not wanted, or nothing can be kept.
  private func knownResults(_ document: Document) -> KnownResults? {
    guard options.usesCache, let cache = ResultCache.ofUser else { return nil }
    return KnownResults(
      cache, beginning: [options.seed.map { "seed \($0)" } ?? "no seed", document.name] + options.arguments)
  }

  /// The document that a program is; nil where it cannot be read, which has been said then.
  private func document(of program: Options.Program) throws -> Document? {
    if isNotebook(program), case .file(let path) = program {
      return try JupyterNotebook.document(named: path, DocumentFile.bytes(of: path))
    }
    guard let source = source(of: program) else { return nil }
    return Document(name: source.name, text: source.text)
  }

  /// What of a program is run in one piece after another: all of a text, a notebook's cells of code; nil where it cannot be read, which has been
  /// said then.
  func parts(of program: Options.Program) -> [Source]? {
    guard isNotebook(program) else { return source(of: program).map { [$0] } }
    do { return try document(of: program)?.codeSources } catch {
      _ = failed(error)
      return nil
    }
  }

  func isNotebook(_ program: Options.Program) -> Bool {
    if case .file(let path) = program { path.hasSuffix(".ipynb") } else { false }
  }

  /// Says what went wrong; gives the exit code.
  public func failed(_ error: any Error) -> Int32 {
    let diagnostic: Diagnostic =
      if let error = error as? FormatError {
        Diagnostic(title: error.title, advice: [error.advice])
      } else {
        Diagnostic(title: "\(error)")
      }
    sink.receive(.diagnostic(diagnostic))
    return 1
  }

  // MARK: Exports

  private func check(_ export: DocumentExport, for program: Options.Program, _ document: Document) throws {
    guard export.path != "-" else { return }
    if case .file(let path) = program, DocumentFile.isSame(path, export.path) {
      throw FormatError(
        title: "\(export.path) is the program itself", advice: "It would be written over. Name another file.", path: export.path)
    }
    try DocumentFile.checkWritable(export.path)
    guard export.format == .ipynb, !options.forces, Files.exists(export.path) else { return }
    guard let known = try? DocumentFile.bytes(of: export.path), JupyterNotebook.isUntouched(known, for: document) else {
      throw FormatError(
        title: "\(export.path) has been edited since it was written",
        advice: "Take over what is new with `gan convert`, or write over it with --force.", path: export.path)
    }
  }

  private func write(_ document: Document, _ export: DocumentExport, for program: Options.Program) throws {
    let folder = if case .file(let path) = program { Paths.folder(of: path) } else { "." }
    switch export.format {
    case .html:
      let page = Page(document, folder: folder).made()
      try write(page.html, to: export.path)
      for path in page.missingPictures {
        streams.report(
          "the page has a link in place of the picture \(path), which is no picture in \(folder == "." ? "this folder" : folder)")
      }
    case .ipynb: try write(JupyterNotebook.text(of: document, isSigned: true), to: export.path)
    case .markdown:
      guard export.path != "-" else { return try write(MarkdownFile(document, folder: nil).text, to: "-") }
      let stem = Paths.stem(of: export.path)
      let file = MarkdownFile(document, folder: stem + "_files")
      if !file.pictures.isEmpty {
        let place = Paths.join(Paths.folder(of: export.path), stem + "_files")
        mkdir(place, 0o777)
        for picture in file.pictures { try AtomicFile.write(Paths.join(place, picture.name), picture.bytes) }
      }
      try write(file.text, to: export.path)
    }
  }

  private func write(_ text: String, to path: String) throws {
    guard path != "-" else {
      streams.output.write(text)
      return
    }
    try AtomicFile.write(path, Array(text.utf8))
    streams.report("wrote \(path)")
  }

  // MARK: Conversions

  /// `gan convert`: writes a program as a notebook, or a notebook as a program, without running it; gives the exit code.
  public func convert(_ from: String, to target: String) -> Int32 {
    do {
      try write(try DocumentFile.converted(from, to: target, proseOnly: options.takesProse), over: target, from: from)
      return finished(0)
    } catch {
      return finished(failed(error))
    }
  }

  /// Writes, unless something else is there that nobody has said to write over.
  private func write(_ text: String, over target: String, from source: String) throws {
    guard target != "-" else { return try write(text, to: target) }
    if DocumentFile.isSame(source, target) {
      throw FormatError(
        title: "\(target) is the file itself", advice: "It would be written over. Name another file.", path: target)
    }
    try DocumentFile.checkWritable(target)
    if Files.exists(target), !options.forces {
      if try DocumentFile.bytes(of: target) == Array(text.utf8) { return streams.report("\(target) is up to date") }
      throw FormatError(
        title: "\(target) is there already, and says something else",
        advice: "Somebody may have worked on it. `--force` writes over it; another name keeps both.", path: target)
    }
    try write(text, to: target)
  }
}
