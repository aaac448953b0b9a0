import Glibc
import Testing

/// What is no program, no data and no place to write to; and texts that would steer the terminal.
@Suite struct RefusalTests {
  private let folder: String

  init() {
    var template = Array("/tmp/gan-refusal-XXXXXX".utf8CString)
    folder = mkdtemp(&template).map { String(cString: $0) } ?? "/tmp"
  }

  private func shell(_ command: String) -> GanProgram.Ending {
    GanProgram.run("/bin/sh", ["-c", "cd '\(folder)'; gan='\(GanProgram.path)'; \(command)"])
  }

  @Test(arguments: [
    ("/dev/zero", "It is a device."), ("/dev/urandom", "It is a device."), ("pipe", "It is a pipe into which nobody writes."),
    (".", "It is a folder."),
  ])
  func whatIsNoScriptIsRefused(path: String, advice: String) {
    let ending = shell("mkfifo pipe; exec $gan \(path)")
    #expect(ending == .init(code: 1, output: "", error: "error: \(path) cannot be read\n  \(advice)\n"))
  }

  @Test func standardInputThatNeverEndsIsRefused() {
    for device in ["/dev/zero", "/dev/urandom"] {
      #expect(
        shell("exec $gan < \(device)")
          == .init(code: 1, output: "", error: "error: standard input cannot be read\n  It is a device.\n"))
    }
    let endless = shell("yes '1;' | $gan")
    #expect(endless.code == 1 && endless.error.contains("File too large"), "\(endless.error)")
    #expect(shell("exec $gan < /dev/null") == .init(code: 0, output: "", error: ""))
    #expect(shell("exec $gan <&-").code == 1)
  }

  @Test func pipesAreRead() {
    for command in [
      "echo 'print 1 + 1' | $gan /dev/stdin", "mkfifo p; echo 'print 1 + 1' > p & exec $gan p", "echo 'print 1 + 1' | $gan -",
    ] {
      #expect(shell(command) == .init(code: 0, output: "2\n", error: ""), "\(command)")
    }
    #expect(shell("mkfifo q; (sleep 0.4; echo 'print 3') > q & exec $gan q").output == "3\n")
  }

  @Test func nothingWaitsForAPipe() {
    let data = shell(
      """
      mkfifo p.npy; mkdir logs; mkfifo logs/events.out.tfevents.1.h.1.0
      exec $gan -e 'try { load("p.npy") } catch e { print e.advice[0..16] }; try { save eye(2), "p.npy" } catch e { print e.advice }
      try { use "p.npy" } catch e { print e.advice }; log = event_log("logs"); print 1'
      """)
    #expect(
      data.output
        == """
        p.npy is a pipe.
        It is a pipe from which nobody reads. Name a file.
        It is a pipe, not a file.
        1

        """, "\(data)")
  }

  // MARK: Texts that steer a terminal

  private static let hostile = "a\\u{1B}[2J\\u{9B}1m\\u{202E}b\\u{7}"

  @Test func printIsAsItIsForAPipeAndHarmlessOnATerminal() {
    let code = "print \"\(Self.hostile)\"; print \"x\\ty\\nz\""
    #expect(GanProgram.run("-e", code).output == "a\u{1B}[2J\u{9B}1m\u{202E}b\u{7}\nx\ty\nz\n")
    let terminal = GanTerminal(["-e", code])
    #expect(terminal.shows("a␛[2J�1m�b␇\r\nx"))
    #expect(terminal.shows("z\r\n"))
    #expect(terminal.end() == 0)
  }

  @Test func namesInErrorsNotesAndValuesAreHarmless() {
    let text = Self.hostile
    for code in [
      "load(\"\(text)\\nerror: all is lost.png\")", "error \"\(text)\"", "note \"\(text)\"", "[\"\(text)\"]", "{\"\(text)\": 1}",
      "plot [1, 2, 3], title: \"\(text)\"", "use \"\(text)\"", "save 1, \"\(text).png\"", "table({\"\(text)\": [1]})",
    ] {
      let terminal = GanTerminal(["-e", code])
      _ = terminal.end()
      let told = terminal.output
      #expect(!told.isEmpty, "\(code)")
      for sign in ["\u{1B}[2J", "\u{9B}", "\u{202E}", "\u{7}", "\r\nerror: all"] {
        #expect(!told.contains(sign), "\(code): \(told)")
      }
    }
    let script = shell("printf 'x = 1 \\033[2J +' > \"$(printf 's\\033[2J.gan')\"; exec $gan s*.gan")
    #expect(script.code == 1 && script.error.contains("s␛[2J.gan") && !script.error.contains("\u{1B}"), "\(script.error)")
  }
}
