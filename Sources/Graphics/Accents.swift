/// Letters that bear a mark, taken apart: é is an e with an acute.
enum Accents {
  /// The letter of a character and the combining mark that it bears; nil where it bears none of those that are drawn.
  static func parts(of character: Character) -> (letter: Character, mark: Unicode.Scalar)? {
    let scalars = character.unicodeScalars
    guard let first = scalars.first else { return nil }
    if scalars.count == 1 { return composed[first] }
    guard scalars.count == 2, let mark = scalars.last, isDrawn(mark) else { return nil }
    return (Character(first), mark)
  }

  /// Whether a mark stands above its letter.
  static func isAbove(_ mark: Unicode.Scalar?) -> Bool { mark.map { $0.value < 0x327 } ?? false }

  private static func isDrawn(_ mark: Unicode.Scalar) -> Bool {
    let (lines, dots) = strokes(of: mark)
    return !lines.isEmpty || !dots.isEmpty
  }

  /// The strokes of a combining mark around the middle of a small letter, and its dots.
  static func strokes(of mark: Unicode.Scalar) -> (lines: [[Canvas.Point]], dots: [Canvas.Point]) {
    func line(_ places: (Double, Double)...) -> [Canvas.Point] { places.map { Canvas.Point($0.0, $0.1) } }
    switch mark {
    case "\u{300}": return ([line((-0.7, 7.4), (0.6, 6.2))], [])
    case "\u{301}": return ([line((-0.6, 6.2), (0.7, 7.4))], [])
    case "\u{302}": return ([line((-1.2, 6), (0, 7.3), (1.2, 6))], [])
    case "\u{303}": return ([line((-1.5, 6.2), (-1.1, 6.7), (-0.6, 6.9), (0, 6.6), (0.6, 6.3), (1.1, 6.5), (1.5, 7))], [])
    case "\u{304}": return ([line((-1.4, 6.6), (1.4, 6.6))], [])
    case "\u{306}": return ([line((-1.2, 7.2), (-0.8, 6.5), (0, 6.2), (0.8, 6.5), (1.2, 7.2))], [])
    case "\u{307}": return ([], line((0, 6.8)))
    case "\u{308}": return ([], line((-1.1, 6.9), (1.1, 6.9)))
    case "\u{30a}":
      return (
        [line((0, 6), (0.6, 6.25), (0.85, 6.85), (0.6, 7.45), (0, 7.7), (-0.6, 7.45), (-0.85, 6.85), (-0.6, 6.25), (0, 6))], []
      )
    case "\u{30b}": return ([line((-1.3, 6.2), (-0.4, 7.4)), line((0.3, 6.2), (1.2, 7.4))], [])
    case "\u{30c}": return ([line((-1.2, 7.3), (0, 6), (1.2, 7.3))], [])
    case "\u{327}": return ([line((0, 0), (0.2, -0.7), (0.6, -1.2), (0.2, -1.8), (-0.7, -1.8))], [])
    case "\u{328}": return ([line((1, 0), (0.4, -0.8), (0.6, -1.6), (1.4, -1.8))], [])
    default: return ([], [])
    }
  }

  /// Characters that Unicode takes apart into a letter and one mark, by the mark: each followed by its letter.
  private static let pairs: [Unicode.Scalar: String] = [
    "\u{300}": "ÀAÈEÌIÒOÙUàaèeìiòoùuЀЕЍИѐеѝи",
    "\u{301}": "ÁAÉEÍIÓOÚUÝYáaéeíióoúuýyĆCćcĹLĺlŃNńnŔRŕrŚSśsŹZźzЃГЌКѓгќкΆΑΈΕΉΗΊΙΌΟΎΥΏΩάαέεήηίιόούυώω",
    "\u{302}": "ÂAÊEÎIÔOÛUâaêeîiôoûuĈCĉcĜGĝgĤHĥhĴJĵjŜSŝsŴWŵwŶYŷy",
    "\u{303}": "ÃAÑNÕOãañnõoĨIĩiŨUũu",
    "\u{304}": "ĀAāaĒEēeĪIīiŌOōoŪUūu",
    "\u{306}": "ĂAăaĔEĕeĞGğgĬIĭiŎOŏoŬUŭuЎУЙИйиўу",
    "\u{307}": "ĊCċcĖEėeĠGġgİIŻZżz",
    "\u{308}": "ÄAËEÏIÖOÜUäaëeïiöoüuÿyŸYЁЕЇІёеїіΪΙΫΥϊιϋυ",
    "\u{30a}": "ÅAåaŮUůu",
    "\u{30b}": "ŐOőoŰUűu",
    "\u{30c}": "ČCčcĎDďdĚEěeĽLľlŇNňnŘRřrŠSšsŤTťtŽZžz",
    "\u{327}": "ÇCçcĢGģgĶKķkĻLļlŅNņnŖRŗrŞSşsŢTţtȘSșsȚTțt",
    "\u{328}": "ĄAąaĘEęeĮIįiŲUųu",
  ]

  private static let composed: [Unicode.Scalar: (letter: Character, mark: Unicode.Scalar)] = {
    var table: [Unicode.Scalar: (letter: Character, mark: Unicode.Scalar)] = [:]
    for (mark, text) in pairs {
      let scalars = Array(text.unicodeScalars)
      for place in stride(from: 0, to: scalars.count - 1, by: 2) { table[scalars[place]] = (Character(scalars[place + 1]), mark) }
    }
    return table
  }()
}
