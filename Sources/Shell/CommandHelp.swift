/// What `--help` prints: of `gan` itself, or of one of its commands.
public enum CommandHelp: Equatable, Sendable, CaseIterable {
  case gan, run, convert, lab, learn, docs

  /// The text, which ends without a newline.
  public var text: String {
    switch self {
    case .gan: Self.ofGan
    case .run: Self.ofRun
    case .convert: Self.ofConvert
    case .lab: Self.ofLab
    case .learn: LessonWord.usage
    case .docs:
      """
      gan docs: the reference of the language

      gan docs                    writes docs/reference.md
      gan docs path.md            writes it there
      """
    }
  }

  private static var ofGan: String {
    """
    gan: a small language for generative adversarial networks

    gan                         a conversation (or the program piped in)
    gan file.gan [arguments]    runs a script
    gan -e 'code' [arguments]   runs one line and prints its value
    gan - [arguments]           runs the program from standard input
    gan run --html page.html file.gan [arguments]
                                runs a script as a document: a page of its prose, code and results
    gan convert from to         writes a .gan file as a notebook (.ipynb), or a notebook as a .gan file
    gan learn [lesson]          lessons, done by typing
    gan lab [file.gan]          shows a script or notebook in the browser, to be edited and run there
    gan kernel install          Gan in JupyterLab, VS Code and the others
    gan docs [path]             writes the reference (docs/reference.md)

    \(CommandOption.table())

    `gan lab --help` tells of that command alone; so do run, convert, learn, kernel and docs.
    Exit codes: 0 done, 1 the script failed, 2 wrong usage, 130 interrupted. A conversation through a pipe
    (gan -i) goes on after errors, and ends with the code of its last entry, as a shell does.
    In a conversation, `help` tells about the language.
    """
  }

  private static var ofRun: String {
    """
    gan run: runs a program; as a document, if a file for it is named

    gan run file.gan [arguments]
                                the same as gan file.gan
    gan run --html page.html file.gan [arguments]
                                writes a page with its prose, formulas, code, pictures and results
    gan run --ipynb page.ipynb --html page.html notebook.ipynb
                                takes notebooks of Gan, too; several files at once

    \(CommandOption.table { CommandOption.isOfDocuments($0) && $0 != "--prose" })

    Cells that failed are in the document, with their errors. A cell whose results are known from an earlier run is not run again.
    """
  }

  private static var ofConvert: String {
    """
    gan convert: writes a program as a notebook, or a notebook as a program, without running it

    gan convert file.gan notebook.ipynb
    gan convert notebook.ipynb file.gan

    \(CommandOption.table { ["--force", "--prose"].contains($0) })

    Prose and cells stay what they are: there and back gives the same file. A page is made by: gan run --html page.html file.gan
    """
  }

  private static var ofLab: String {
    """
    gan lab: a program or notebook in the browser, to be edited and run there, and the game of a training

    gan lab file.gan            a program; made at the first save where there is none
    gan lab notebook.ipynb      a notebook, which stays one
    gan lab                     the lessons, and a new program

    \(CommandOption.table { CommandOption.isOfLab($0) && $0 != "--version" })

    It prints its address and serves until Ctrl-C, for this machine alone. Texts are saved as they are written; `?` in the page
    shows its keys. Several labs run beside each other.
    """
  }
}
