/// The letters of our own typeface, drawn as strokes of a pen.
///
/// Small letters are 5 units high, capitals and digits 7; the baseline is at 0, descenders reach −2. Each entry is the
/// glyph's width and its strokes: `m` moves to a point, `l` draws a straight line to one, `h` and `v` a quarter of an
/// ellipse that sets out horizontally or vertically, `q` a parabola with its control point, `d` a dot.
enum Glyphs {
  static let strokes: [Character: (width: Double, path: String)] = {
    var glyphs: [Character: (width: Double, path: String)] = [:]
    for line in (small + capitals + digits + signs + symbols).split(separator: "\n") {
      let parts = line.split(separator: " ", maxSplits: 2)
      guard parts.count >= 2, let character = parts[0].first, let width = Double(parts[1]) else { continue }
      glyphs[character] = (width, parts.count > 2 ? String(parts[2]) : "")
    }
    glyphs[" "] = (1.6, "")
    glyphs["\u{a0}"] = (1.6, "")
    return glyphs
  }()

  /// The box that stands for a character that is missing.
  static let missing: (width: Double, path: String) = (4, "m 0 0 l 0 7 l 4 7 l 4 0 l 0 0")

  /// Small raised and lowered signs are drawn with the glyphs of the ordinary ones.
  static let raised: [Character: Character] = [
    "⁰": "0", "¹": "1", "²": "2", "³": "3", "⁴": "4", "⁵": "5", "⁶": "6", "⁷": "7", "⁸": "8", "⁹": "9", "⁻": "−", "⁺": "+",
    "ⁿ": "n",
  ]
  static let lowered: [Character: Character] = [
    "₀": "0", "₁": "1", "₂": "2", "₃": "3", "₄": "4", "₅": "5", "₆": "6", "₇": "7", "₈": "8", "₉": "9", "₋": "−", "₊": "+",
    "ₐ": "a", "ₑ": "e", "ᵢ": "i", "ⱼ": "j", "ₖ": "k", "ₘ": "m", "ₙ": "n", "ₚ": "p", "ₛ": "s", "ₜ": "t", "ₓ": "x",
  ]

  private static let small = """
    a 4 m .4 4 v 2.1 5 h 4 3.4 l 4 0 m 4 2.9 l 1.7 2.9 h 0 1.45 v 1.6 0 h 4 1.7
    b 4 m 0 7 l 0 0 m 0 2.5 v 2 5 h 4 2.5 v 2 0 h 0 2.5
    c 3.8 m 3.8 4 v 2.1 5 h 0 2.5 v 2.1 0 h 3.8 1
    d 4 m 4 7 l 4 0 m 4 2.5 v 2 5 h 0 2.5 v 2 0 h 4 2.5
    e 4 m 0 2.6 l 4 2.6 v 2 5 h 0 2.5 v 2.1 0 h 3.8 1
    f 2.8 m 2.8 7 h 1.1 5.4 l 1.1 0 m 0 5 l 2.6 5
    g 4 m 4 2.5 v 2 5 h 0 2.5 v 2 0 h 4 2.5 m 4 5 l 4 -.3 v 2.1 -2 h .4 -1.2
    h 4 m 0 7 l 0 0 m 0 3 v 2 5 h 4 3 l 4 0
    i 0 m 0 5 l 0 0 d 0 7
    j 1 m 1 5 l 1 -.8 v -.2 -2 l -.4 -2 d 1 7
    k 3.6 m 0 7 l 0 0 m 3.4 5 l 0 1.9 m 1.4 3.2 l 3.7 0
    l 1.1 m 0 7 l 0 1.2 v 1.1 0
    m 6 m 0 5 l 0 0 m 0 3.2 v 1.6 5 h 3 3.4 l 3 0 m 3 3.2 v 4.6 5 h 6 3.4 l 6 0
    n 4 m 0 5 l 0 0 m 0 3 v 2 5 h 4 3 l 4 0
    o 4 m 0 2.5 v 2 5 h 4 2.5 v 2 0 h 0 2.5
    p 4 m 0 5 l 0 -2 m 0 2.5 v 2 5 h 4 2.5 v 2 0 h 0 2.5
    q 4 m 4 5 l 4 -2 m 4 2.5 v 2 5 h 0 2.5 v 2 0 h 4 2.5
    r 2.4 m 0 5 l 0 0 m 0 2.8 v 2 5 l 2.5 5
    s 3.5 m 3.3 4.2 v 1.8 5 h .2 3.8 v 1.8 2.55 h 3.5 1.25 v 1.7 0 h 0 .9
    t 2.6 m 1.1 6.6 l 1.1 1.3 v 2.4 0 l 2.6 0 m 0 5 l 2.6 5
    u 4 m 0 5 l 0 2 v 2 0 h 4 2 m 4 5 l 4 0
    v 4 m 0 5 l 2 0 l 4 5
    w 6 m 0 5 l 1.5 0 l 3 4.6 l 4.5 0 l 6 5
    x 3.8 m 0 5 l 3.8 0 m 3.8 5 l 0 0
    y 4 m 0 5 l 2.1 .2 m 4 5 l 1.6 -1 q 1.2 -2 .2 -2
    z 3.8 m 0 5 l 3.8 5 l 0 0 l 3.8 0

    """

  private static let capitals = """
    A 5 m 0 0 l 2.5 7 l 5 0 m .8 2.2 l 4.2 2.2
    B 4.6 m 0 0 l 0 7 l 2.4 7 h 4.2 5.4 v 2.4 3.7 l 0 3.7 m 2.4 3.7 h 4.6 1.85 v 2.4 0 l 0 0
    C 5 m 5 5.6 v 2.7 7 h 0 3.5 v 2.7 0 h 5 1.4
    D 5 m 0 0 l 0 7 l 2 7 h 5 3.5 v 2 0 l 0 0
    E 4 m 4 7 l 0 7 l 0 0 l 4 0 m 0 3.7 l 3.4 3.7
    F 4 m 4 7 l 0 7 l 0 0 m 0 3.5 l 3.4 3.5
    G 5 m 4.9 5.6 v 2.7 7 h 0 3.5 v 2.7 0 h 5 2 l 5 3.2 l 3 3.2
    H 5 m 0 0 l 0 7 m 5 0 l 5 7 m 0 3.7 l 5 3.7
    I 0 m 0 0 l 0 7
    J 3 m 3 7 l 3 1.8 v 1.4 0 h 0 1.5
    K 4.6 m 0 0 l 0 7 m 4.4 7 l 0 2.6 m 1.5 4.1 l 4.6 0
    L 3.8 m 0 7 l 0 0 l 3.8 0
    M 6 m 0 0 l 0 7 l 3 2 l 6 7 l 6 0
    N 5 m 0 0 l 0 7 l 5 0 l 5 7
    O 5.4 m 0 3.5 v 2.7 7 h 5.4 3.5 v 2.7 0 h 0 3.5
    P 4.4 m 0 0 l 0 7 l 2.4 7 h 4.4 5.2 v 2.4 3.3 l 0 3.3
    Q 5.4 m 0 3.5 v 2.7 7 h 5.4 3.5 v 2.7 0 h 0 3.5 m 3.2 1.9 l 5.4 -.5
    R 4.6 m 0 0 l 0 7 l 2.4 7 h 4.4 5.2 v 2.4 3.4 l 0 3.4 m 2.3 3.4 l 4.6 0
    S 4.6 m 4.3 5.7 v 2.3 7 h .2 5.2 v 2.3 3.6 h 4.6 1.8 v 2.3 0 h 0 1.3
    T 5 m 0 7 l 5 7 m 2.5 7 l 2.5 0
    U 5 m 0 7 l 0 2.4 v 2.5 0 h 5 2.4 l 5 7
    V 5 m 0 7 l 2.5 0 l 5 7
    W 7 m 0 7 l 1.8 0 l 3.5 6.4 l 5.2 0 l 7 7
    X 4.8 m 0 7 l 4.8 0 m 4.8 7 l 0 0
    Y 5 m 0 7 l 2.5 3.4 l 5 7 m 2.5 3.4 l 2.5 0
    Z 4.6 m 0 7 l 4.6 7 l 0 0 l 4.6 0

    """

  private static let digits = """
    0 4 m 0 3.5 v 2 7 h 4 3.5 v 2 0 h 0 3.5
    1 4 m .5 5.4 l 2.2 7 l 2.2 0
    2 4 m .1 5.3 v 2 7 h 3.9 5.2 q 3.9 3.9 0 0 l 4 0
    3 4 m .2 5.7 v 1.9 7 h 3.8 5.4 v 1.9 3.8 l 1.3 3.8 m 1.9 3.8 h 4 1.9 v 1.9 0 h 0 1.3
    4 4 m 3.1 0 l 3.1 7 l 0 2 l 4.2 2
    5 4 m 3.7 7 l .5 7 l .3 3.8 q 1 4.5 2 4.5 h 4 2.25 v 1.9 0 h 0 1.2
    6 4 m 3.7 6.1 v 2.3 7 h 0 2.8 l 0 2.2 v 2 0 h 4 2.2 v 2 4.4 h 0 2.2
    7 4 m 0 7 l 4 7 l 1.4 0
    8 4 m .2 5.35 v 2 7 h 3.8 5.35 v 2 3.75 h .2 5.35 m 0 1.9 v 2 3.75 h 4 1.9 v 2 0 h 0 1.9
    9 4 m .3 .9 v 1.7 0 h 4 4.2 l 4 4.8 v 2 7 h 0 4.8 v 2 2.6 h 4 4.8

    """

  private static let signs = """
    ! 0 m 0 7 l 0 2.2 d 0 .2
    " 1.6 m 0 7 l 0 5.2 m 1.6 7 l 1.6 5.2
    # 4.6 m 1.6 7 l .9 0 m 3.8 7 l 3.1 0 m .2 4.7 l 4.6 4.7 m 0 2.2 l 4.4 2.2
    $ 4 m 3.8 5.3 v 2 6.4 h .2 4.9 v 2 3.5 h 4 2.1 v 2 .6 h 0 1.7 m 2 7.6 l 2 -.6
    % 5.6 m 0 5.6 v 1.2 7 h 2.4 5.6 v 1.2 4.2 h 0 5.6 m 3.2 1.4 v 4.4 2.8 h 5.6 1.4 v 4.4 0 h 3.2 1.4 m 4.8 7 l .8 0
    & 5 m 4.9 0 l 1 4.6 q .4 5.3 .7 6.1 q 1.1 7 2.1 7 h 3.5 5.6 q 3.5 4.7 1.6 3.8 q 0 3 0 1.8 v 1.9 0 q 4.2 0 4.7 3.4
    ' 0 m 0 7 l 0 5.2
    ( 1.4 m 1.4 7.8 q 0 5.6 0 3 q 0 .4 1.4 -1.8
    ) 1.4 m 0 7.8 q 1.4 5.6 1.4 3 q 1.4 .4 0 -1.8
    * 2.8 m 1.4 7 l 1.4 3.8 m 0 6.2 l 2.8 4.6 m 2.8 6.2 l 0 4.6
    + 4 m 2 5.2 l 2 1.2 m 0 3.2 l 4 3.2
    , .5 m .5 .3 l 0 -1.3
    - 2.4 m 0 2.8 l 2.4 2.8
    . 0 d 0 .2
    / 3 m 0 -1 l 3 7.4
    : 0 d 0 .2 d 0 4.4
    ; .5 m .5 .3 l 0 -1.3 d .4 4.4
    < 4 m 4 5.6 l 0 3.2 l 4 .8
    = 4 m 0 4.2 l 4 4.2 m 0 2.2 l 4 2.2
    > 4 m 0 5.6 l 4 3.2 l 0 .8
    ? 3.8 m 0 5.5 v 1.9 7 h 3.8 5.3 q 3.8 4.1 2.6 3.5 q 1.9 3.1 1.9 2.2 d 1.9 .2
    @ 6.4 m 4.6 4.4 l 4.6 2.4 v 5.4 1.5 h 6.4 3.4 v 3.2 6.8 h 0 3 v 3.2 -.8 l 4.8 -.8 m 4.6 3 v 3.2 4.4 h 1.8 3 v 3.2 1.6 h 4.6 3
    [ 1.4 m 1.4 7.6 l 0 7.6 l 0 -1.6 l 1.4 -1.6
    \\ 3 m 0 7.4 l 3 -1
    ] 1.4 m 0 7.6 l 1.4 7.6 l 1.4 -1.6 l 0 -1.6
    ^ 3.2 m 0 4.8 l 1.6 7 l 3.2 4.8
    _ 4 m 0 -1.4 l 4 -1.4
    ` 1 m 0 7.2 l 1 5.8
    { 2 m 2 7.6 h 1 6.6 l 1 4 v 0 3 h 1 2 l 1 -.6 v 2 -1.6
    | 0 m 0 7.6 l 0 -1.6
    } 2 m 0 7.6 h 1 6.6 l 1 4 v 2 3 h 1 2 l 1 -.6 v 0 -1.6
    ~ 4.4 m 0 3 q 1.1 4.6 2.2 3.2 q 3.3 1.8 4.4 3.4

    """

  private static let symbols = """
    α 4.4 m 4.2 5 q 3.6 0 1.8 0 h 0 2.5 v 1.8 5 q 3.4 5 4.6 0
    β 4 m 0 -2 l 0 5 v 1.9 7 h 3.6 5.5 v 1.6 4 m 1.6 4 h 4 2 v 2 0 h 0 2
    γ 4 m 0 5 l 2.2 0 l 4 5 m 2.2 0 l 2 -2
    δ 4 m 3.6 6.6 q 2.8 7 2 7 h .6 5.9 q .6 5.2 2.2 4.6 q 4 4 4 2.4 v 2 0 h 0 2.2 q 0 4.2 2 4.5
    ε 3.4 m 3.4 4.3 v 1.8 5 h .3 3.8 v 1.7 2.7 l 2.4 2.7 m 1.7 2.7 h 0 1.3 v 1.7 0 h 3.4 .8
    θ 4 m 0 3.5 v 2 7 h 4 3.5 v 2 0 h 0 3.5 m 0 3.5 l 4 3.5
    λ 4 m 0 7 q 1.2 7 1.6 5.8 l 4 0 m 2.1 4.5 l 0 0
    μ 4 m 0 5 l 0 -2 m 0 2 v 2 0 h 4 2 m 4 5 l 4 0
    µ 4 m 0 5 l 0 -2 m 0 2 v 2 0 h 4 2 m 4 5 l 4 0
    π 4.4 m 0 5 l 4.4 5 m 1.1 5 l 1 0 m 3.4 5 l 3.4 1 v 4.4 0
    ρ 4 m 0 -2 l 0 2.5 v 2 5 h 4 2.5 v 2 0 h 0 2.5
    σ 4.6 m 4.7 5 l 2 5 h 0 2.5 v 2 0 h 4 2.5 v 2 5
    τ 3.6 m 0 5 l 3.6 5 m 1.7 5 l 1.7 1.2 v 3 0
    φ 5 m 2.5 7 l 2.5 -2 m 0 2.5 v 2.5 5 h 5 2.5 v 2.5 0 h 0 2.5
    Δ 5 m 0 0 l 2.5 7 l 5 0 l 0 0
    Σ 4.4 m 4.4 7 l 0 7 l 2.6 3.6 l 0 0 l 4.4 0
    ∇ 5 m 0 7 l 2.5 0 l 5 7 l 0 7
    ∂ 4 m .8 6.6 q 1.5 7 2.1 7 h 4 3.4 q 4 0 1.8 0 h 0 1.9 v 1.9 3.8 q 3.2 3.8 3.9 2.6
    ∞ 6 m 3 2.8 q 2 4.6 1.4 4.6 h 0 2.9 v 1.4 1.2 q 2 1.2 3 2.8 q 4 4.6 4.6 4.6 h 6 2.9 v 4.6 1.2 q 4 1.2 3 2.8
    √ 4.6 m 0 3.4 l .8 3.8 l 2 0 l 3.2 7.6 l 4.8 7.6
    ‖ 1.8 m 0 7.6 l 0 -1.6 m 1.8 7.6 l 1.8 -1.6
    × 3.2 m 0 4.8 l 3.2 1.6 m 3.2 4.8 l 0 1.6
    · 0 d 0 2.8
    – 3.6 m 0 2.8 l 3.6 2.8
    — 6 m 0 2.8 l 6 2.8
    − 4 m 0 3.2 l 4 3.2
    … 4 d 0 .2 d 2 .2 d 4 .2
    ° 1.8 m 0 6.1 v .9 7 h 1.8 6.1 v .9 5.2 h 0 6.1
    ± 4 m 2 6 l 2 2.4 m 0 4.2 l 4 4.2 m 0 .6 l 4 .6
    ≤ 4 m 4 6.2 l 0 4 l 4 1.8 m 0 .2 l 4 .2
    ≥ 4 m 0 6.2 l 4 4 l 0 1.8 m 0 .2 l 4 .2
    ≈ 4.4 m 0 4.2 q 1.1 5.4 2.2 4.2 q 3.3 3 4.4 4.2 m 0 2 q 1.1 3.2 2.2 2 q 3.3 .8 4.4 2
    ≠ 4 m 0 4.2 l 4 4.2 m 0 2.2 l 4 2.2 m 3.2 5.8 l .8 .6
    → 5.4 m 0 3.2 l 5.4 3.2 m 3.6 5 l 5.4 3.2 l 3.6 1.4
    ← 5.4 m 5.4 3.2 l 0 3.2 m 1.8 5 l 0 3.2 l 1.8 1.4
    ’ .5 m .5 7 l 0 5.4
    ‘ .5 m 0 7 l .5 5.4
    “ 2 m 0 7 l .5 5.4 m 1.6 7 l 2 5.4
    ” 2 m .5 7 l 0 5.4 m 2 7 l 1.6 5.4
    ä 4 m .4 4 v 2.1 5 h 4 3.4 l 4 0 m 4 2.9 l 1.7 2.9 h 0 1.45 v 1.6 0 h 4 1.7 d 1 6.9 d 3.2 6.9
    ö 4 m 0 2.5 v 2 5 h 4 2.5 v 2 0 h 0 2.5 d .9 6.9 d 3.1 6.9
    ü 4 m 0 5 l 0 2 v 2 0 h 4 2 m 4 5 l 4 0 d .9 6.9 d 3.1 6.9
    é 4 m 0 2.6 l 4 2.6 v 2 5 h 0 2.5 v 2.1 0 h 3.8 1 m 1.8 6.2 l 3 7.4
    è 4 m 0 2.6 l 4 2.6 v 2 5 h 0 2.5 v 2.1 0 h 3.8 1 m 2.4 6.2 l 1.2 7.4
    ß 4 m 0 0 l 0 5.2 v 1.8 7 h 3.4 5.4 v 1.8 4 m 1.8 4 h 4 2 v 2 0 l 1.4 0

    """
}
