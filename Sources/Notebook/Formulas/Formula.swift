import Base

/// A formula in TeX's notation, as MathML: what the mathematics of networks needs of it.
///
/// Fractions, roots, scripts, sums, products, integrals, accents, alphabets, brackets that grow, matrices, cases, aligned lines, names of
/// operators and text. A command that is not among them is shown as it is written, marked; so is a whole formula whose braces do not match.
struct Formula {
  /// Its source, without the dollar signs.
  let source: String
  /// Whether it stands in a line of its own.
  let isDisplay: Bool

  /// The `math` element, or a marked `code` element with the source.
  var html: String {
    var parser = FormulaParser(source)
    let place = isDisplay ? " display=\"block\"" : ""
    do {
      let content = try parser.formula()
      return "<math\(place) alttext=\"\(Markup.escaped(source))\">\(content)</math>"
    } catch {
      let mark = isDisplay ? "$$" : "$"
      let text = Markup.escaped(mark + source + mark)
      return "<code class=\"unknown\" title=\"\(Markup.escaped(error.reason))\">\(text)</code>"
    }
  }

  /// Why a source is no formula.
  struct Unreadable: Error {
    let reason: String
  }
}
