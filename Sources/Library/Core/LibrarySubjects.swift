import Interpreter
import Syntax

/// The standard library by subject, as help shows it.
enum LibrarySubjects {
  struct Subject {
    let title: String
    let summary: String
    let modules: [String]
  }

  static let all = [
    Subject(
      title: "Models", summary: "runs of adversarial networks and autoencoders by their papers",
      modules: [
        "adversarial", "dragan", "lsgan", "loss_sensitive_gan", "wgan", "wgan_gp", "began", "ebgan", "cgan", "acgan", "infogan",
        "vae", "cvae",
      ]),
    Subject(
      title: "Training", summary: "train, sample, conditions to stop, checks before it begins",
      modules: [
        "training", "sampling", "watching", "durations", "stopping", "keeping", "runs", "checking", "fitting", "reach", "numbers",
      ]),
    Subject(
      title: "Objectives and penalties", summary: "losses, and what keeps D's slope in bounds",
      modules: ["objectives", "penalties"]),
    Subject(
      title: "Data and classes", summary: "point sets to try things on, samples of a class", modules: ["point_sets", "classes"]),
    Subject(
      title: "Measures", summary: "Fréchet distance, Inception Score, precision, modes, …",
      modules: [
        "measures", "transport", "neighbors", "inception", "modes", "features", "classifier", "scores", "evaluation",
      ]),
    Subject(
      title: "Pictures of a run", summary: "walks through the latent space, landscapes, mean images",
      modules: ["latent", "landscapes", "pictures"]),
    Subject(
      title: "Diagnosis", summary: "what is wrong with a run, and how it can be followed",
      modules: ["diagnosis", "findings", "discriminator_findings", "signals", "variety", "events"]),
  ]

  /// A function or a constant that a module has for its users.
  struct Definition {
    let name: String
    let module: String
    let literal: FunctionLiteral
    let documentation: Documentation
  }

  static func definitions(of subject: Subject) -> [Definition] { subject.modules.flatMap(definitions(in:)) }

  /// In the order of the module's text.
  static func definitions(in module: String) -> [Definition] {
    guard let source = StandardModules.source(named: module), case .complete(let program) = Parser.parse(source) else {
      return []
    }
    return program.statements.compactMap { statement in
      guard case .definition(let name, let literal) = statement.kind, !name.text.hasPrefix("_") else { return nil }
      return Definition(
        name: name.text, module: module, literal: literal, documentation: Documentation(literal.documentation ?? ""))
    }
  }
}

extension String {
  /// Up to the end of the first sentence, with its full stop.
  var firstSentence: String {
    var previous: Character = " "
    for place in indices {
      let next = index(after: place)
      // Not the point of "e.g." or of a number: a blank and a capital letter follow a sentence.
      if self[place] == ".", previous.isLetter || previous == ")" || previous == "`", next == endIndex || self[next] == " " {
        let after = self[next...].drop { $0 == " " }.first
        if after == nil || after?.isUppercase == true || after == "`" { return String(self[...place]) }
      }
      previous = self[place]
    }
    return self
  }
}
