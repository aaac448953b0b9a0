// swift-tools-version: 6.0
import PackageDescription

let package = Package(
  name: "gan",
  products: [.executable(name: "gan", targets: ["gan"])],
  targets: [
    // The system's libraries.
    .target(name: "CPNG", cSettings: [.unsafeFlags(["-O2"])], linkerSettings: [.linkedLibrary("png16")]),
    .target(name: "CJPEG", cSettings: [.unsafeFlags(["-O2"])], linkerSettings: [.linkedLibrary("jpeg")]),
    .target(name: "CWebP", cSettings: [.unsafeFlags(["-O2"])]),
    .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CEdit", providers: [.apt(["libedit-dev"])]),
    .systemLibrary(name: "CDigest", providers: [.apt(["libmd-dev"])]),
    // Markdown, by the library's archives: nothing more to load at start.
    .target(
      name: "CMarkdown", linkerSettings: [.linkedLibrary(":libcmark-gfm-extensions.a"), .linkedLibrary(":libcmark-gfm.a")]),
    .target(name: "COpenBLAS", cSettings: [.unsafeFlags(["-O2"])]),
    .target(name: "CThread"),
    .target(name: "CZMQ", cSettings: [.unsafeFlags(["-O2"])]),

    // What every room may need, and knows none of them.
    .target(name: "Base"),

    // The engine.
    .target(
      name: "Kernels",
      cSettings: [.unsafeFlags(["-O3", "-fno-math-errno", "-fno-trapping-math"])]),
    .target(name: "Tensors", dependencies: ["Base", "Kernels", "COpenBLAS", "CThread"]),
    .target(name: "Graphics", dependencies: ["Base"]),
    .target(name: "Formats", dependencies: ["Base", "Graphics", "CPNG", "CJPEG", "CWebP", "CZlib", "CDigest"]),
    .target(name: "Networks", dependencies: ["Base", "Tensors", "Formats"]),

    // The language.
    .target(name: "Syntax", dependencies: ["Base"]),
    .target(name: "Interpreter", dependencies: ["Base", "Syntax"]),
    // The modules of stdlib/, by what stdlib/embed writes.
    .target(name: "StandardLibrary", cSettings: [.unsafeFlags(["-std=c23"])]),

    // What the browser gets of `gan lab`: the files of page/, by what embed writes.
    .target(name: "LabPage", exclude: ["page", "embed"], cSettings: [.unsafeFlags(["-std=c23"])]),

    // Where they meet, and what a person sees.
    .target(
      name: "Library",
      dependencies: ["Base", "Interpreter", "Networks", "Formats", "Graphics", "StandardLibrary"]),
    .target(name: "Terminal", dependencies: ["Base", "Graphics", "Formats", "CEdit"]),
    .target(name: "Frontend", dependencies: ["Base", "Library", "Interpreter", "Syntax"]),
    .target(name: "Notebook", dependencies: ["Base", "Frontend", "Library", "Interpreter", "Formats", "Syntax", "CMarkdown"]),
    .target(name: "Shell", dependencies: ["Base", "Frontend", "Library", "Formats", "Notebook", "Terminal"]),
    .target(
      name: "Lab", dependencies: ["Base", "Frontend", "Library", "Interpreter", "Formats", "Syntax", "Notebook", "LabPage"]),
    .target(
      name: "Jupyter",
      dependencies: ["Base", "CZMQ", "Formats", "Frontend", "Graphics", "Interpreter", "Library", "Notebook", "Syntax"]
    ),
    .executableTarget(name: "gan", dependencies: ["Formats", "Jupyter", "Lab", "Library", "Shell", "Syntax"]),

    .target(name: "TestSupport", dependencies: ["Tensors"], path: "Tests/Support"),
    .testTarget(name: "BaseTests", dependencies: ["Base"], path: "Tests/Base"),
    .testTarget(name: "SyntaxTests", dependencies: ["Syntax", "TestSupport"], path: "Tests/Syntax", exclude: ["Golden"]),
    .testTarget(name: "InterpreterTests", dependencies: ["Interpreter"], path: "Tests/Interpreter"),
    .testTarget(name: "TensorsTests", dependencies: ["Tensors", "TestSupport"], path: "Tests/Tensors"),
    .testTarget(name: "GraphicsTests", dependencies: ["Graphics"], path: "Tests/Graphics"),
    .testTarget(name: "FormatsTests", dependencies: ["Base", "Formats", "TestSupport"], path: "Tests/Formats"),
    .testTarget(name: "NetworksTests", dependencies: ["Networks", "TestSupport"], path: "Tests/Networks"),
    .testTarget(name: "LibraryTests", dependencies: ["Library"], path: "Tests/Library", exclude: ["Golden"]),
    .testTarget(name: "FrontendTests", dependencies: ["Frontend"], path: "Tests/Frontend"),
    .testTarget(
      name: "NotebookTests", dependencies: ["Base", "Formats", "Notebook", "TestSupport"], path: "Tests/Notebook",
      exclude: ["validate.py"]),
    .testTarget(name: "LabPageTests", dependencies: ["LabPage"], path: "Tests/LabPage"),
    .testTarget(
      name: "LabTests",
      dependencies: ["Base", "Formats", "Frontend", "Interpreter", "Lab", "Library", "Syntax", "TestSupport"], path: "Tests/Lab",
      exclude: ["browser.py", "chromium.py", "lab.py", "lecture.py", "requirements.txt"]),
    .testTarget(
      name: "JupyterTests", dependencies: ["Base", "Formats", "Interpreter", "Jupyter", "Library", "Notebook", "Syntax"],
      path: "Tests/Jupyter", exclude: ["Protocol"]),
    .testTarget(name: "TerminalTests", dependencies: ["Terminal", "Formats", "TestSupport"], path: "Tests/Terminal"),
    .testTarget(name: "ShellTests", dependencies: ["Shell", "TestSupport"], path: "Tests/Shell"),
  ],
  swiftLanguageModes: [.v6]
)

// Tests/Fuzz: the tests try what its targets begin with; `make fuzz` builds them with coverage, and needs libFuzzer.
let fuzzed: [Target.Dependency] = ["Base", "Formats", "Frontend", "Jupyter", "Lab", "Library", "Notebook", "Shell", "Terminal"]
if Context.environment["GAN_FUZZ"] != nil {
  package.targets += [
    .systemLibrary(name: "CFuzzer", path: "Tests/Fuzz/CFuzzer"),
    .executableTarget(
      name: "fuzz",
      dependencies: fuzzed + ["CFuzzer"],
      path: "Tests/Fuzz/Program", exclude: ["ReplayTests.swift"]),
  ]
  // Code of C that reads what comes from outside is watched by libFuzzer too. The kernels are left as they are: with checks they take minutes to
  // build, and `make sanitize` runs them with theirs.
  for target in package.targets {
    switch target.name {
    case "CPNG", "CJPEG", "CWebP", "CMarkdown":
      target.cSettings = (target.cSettings ?? []) + [.unsafeFlags(["-fsanitize=fuzzer-no-link"])]
    case "Kernels": target.cSettings = (target.cSettings ?? []) + [.unsafeFlags(["-fno-sanitize=address"])]
    default: break
    }
  }
} else {
  package.targets.append(
    .testTarget(
      name: "FuzzTests", dependencies: fuzzed, path: "Tests/Fuzz/Program", exclude: ["main.swift", "Fuzzer.swift"]))
}
