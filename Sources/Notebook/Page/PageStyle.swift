/// How a page looks: quiet, like a book, in the reader's light or dark, and on paper.
enum PageStyle {
  static let text = """
    :root {
      --paper: #fdfcf9; --ink: #24211d; --soft: #6f6860; --line: #e4dfd5; --panel: #f5f2ea; --link: #8a3b12;
      --keyword: #8a2a6b; --number: #1c5a9c; --string: #2f6b35; --comment: #7b7368; --bad: #b3261e; --warned: #8a5a00; --noted: #11676f;
    }
    @media (prefers-color-scheme: dark) {
      :root {
        --paper: #17181a; --ink: #dedbd4; --soft: #9a958c; --line: #34363a; --panel: #1f2124; --link: #e9a36f;
        --keyword: #d99ac3; --number: #8ab8ea; --string: #9fca9c; --comment: #8f8a80; --bad: #ff8a80; --warned: #e6b566; --noted: #7fc8cf;
      }
    }
    * { box-sizing: border-box; }
    html { font-size: 112.5%; -webkit-text-size-adjust: 100%; }
    body {
      margin: 0; padding: 3.5rem 1.25rem 2rem; background: var(--paper); color: var(--ink); line-height: 1.6;
      font-family: "Iowan Old Style", "Palatino Linotype", Palatino, "URW Palladio L", P052, "Book Antiqua", Georgia, "DejaVu Serif", serif;
      font-variant-numeric: oldstyle-nums; text-rendering: optimizeLegibility; hanging-punctuation: first;
    }
    main, footer { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 36rem) minmax(0, 1fr); }
    main > *, footer > * { grid-column: 2; }
    main > .cell { grid-column: 1 / -1; width: 100%; max-width: 48rem; justify-self: center; }
    h1, h2, h3, h4 { line-height: 1.2; font-weight: 600; text-wrap: balance; margin: 2.2em 0 .6em; }
    h1 { font-size: 2.1rem; letter-spacing: -.012em; margin-top: 0; }
    h2 { font-size: 1.4rem; } h3 { font-size: 1.12rem; } h4 { font-size: 1rem; font-style: italic; }
    p, ul, ol, blockquote, table { margin: 0 0 1em; }
    p { hyphens: auto; text-wrap: pretty; }
    li > p { margin: 0; } li { margin: .2em 0; }
    a { color: var(--link); text-decoration-thickness: 1px; text-underline-offset: .15em; }
    a:focus-visible, [tabindex]:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
    blockquote { margin-left: 0; padding-left: 1.2em; border-left: 2px solid var(--line); color: var(--soft); }
    hr { border: 0; border-top: 1px solid var(--line); margin: 2.5em auto; width: 30%; }
    img, svg { max-width: 100%; height: auto; }
    nav { margin: 1.5rem 0 2rem; padding: .9rem 0; border: solid var(--line); border-width: 1px 0; font-size: .92rem; }
    nav ol { margin: 0; padding-left: 1.6em; } nav a { text-decoration: none; }
    code, pre, kbd {
      font-family: ui-monospace, "SF Mono", "JetBrains Mono", "Cascadia Code", "Source Code Pro", Menlo, Consolas, "DejaVu Sans Mono", monospace;
      font-variant-numeric: normal; font-variant-ligatures: none; hyphens: none;
    }
    code { font-size: .84em; } pre code { font-size: inherit; }
    :not(pre) > code { background: var(--panel); padding: .1em .3em; border-radius: 3px; }
    pre { margin: 0; font-size: .77rem; line-height: 1.55; overflow-x: auto; tab-size: 2; }
    .prose pre, pre.raw, .cell pre.code { background: var(--panel); border: 1px solid var(--line); border-radius: 6px; padding: .9rem 1.1rem; }
    .prose pre, pre.raw { margin-bottom: 1em; }
    .cell { margin: .4rem 0 1.6rem; }
    .prose + .cell { margin-top: .2rem; }
    .cell + .prose { margin-top: .4rem; }
    .title { margin: 0 0 .3rem; font-size: .85rem; font-style: italic; color: var(--soft); }
    .outputs { padding: .7rem 1.1rem 0; border-left: 2px solid var(--line); margin: .6rem 0 0 1px; }
    .outputs > * { margin: 0 0 .7rem; }
    .outputs > *:last-child { margin-bottom: 0; }
    pre.note { color: var(--soft); }
    pre.error { color: var(--ink); border-left: 3px solid var(--bad); padding-left: .8rem; }
    pre.warning { border-left: 3px solid var(--warned); padding-left: .8rem; }
    figure { margin: .5rem 0 1rem; text-align: center; }
    figure img { display: inline-block; vertical-align: top; }
    .picture img { image-rendering: pixelated; border-radius: 2px; }
    .plot img, .plot svg { background: #fff; border: 1px solid var(--line); border-radius: 6px; padding: .7rem; }
    @media screen and (prefers-color-scheme: dark) { .plot img, .plot svg { filter: brightness(.86); } }
    table { border-collapse: collapse; font-size: .85rem; line-height: 1.4; font-variant-numeric: lining-nums; }
    .table { overflow-x: auto; } .table table { margin: 0; }
    th, td { padding: .3em .9em .3em 0; text-align: left; border-bottom: 1px solid var(--line); }
    [align="center"] { text-align: center; padding-inline: .45em; } [align="right"] { text-align: right; font-variant-numeric: tabular-nums; }
    th { font-weight: 600; border-bottom-color: var(--soft); } .number { text-align: right; }
    .keyword { color: var(--keyword); } .number { color: inherit; } pre .number { color: var(--number); } .string { color: var(--string); }
    .comment { color: var(--comment); } .invalid, .bad { color: var(--bad); } .warned { color: var(--warned); } .noted { color: var(--noted); }
    .frame { color: var(--soft); } .strong, .heading { font-weight: 700; } .name { color: var(--number); }
    math { font-family: "Latin Modern Math", "STIX Two Math", "XITS Math", "Libertinus Math", "Cambria Math", "TeX Gyre Pagella Math", "DejaVu Math TeX Gyre",
        "Noto Sans Math", math; font-size: 1.04em; }
    p:has(math), ul:has(> li > math), ol:has(> li > math) { overflow-x: auto; overflow-y: hidden; }
    math[display="block"] { margin: 1.1em 0; overflow-x: auto; overflow-y: hidden; }
    mtable.matrix > mtr > mtd { padding: .15em .4em; } mtable.cases > mtr > mtd { padding: .15em .5em .15em 0; }
    mtable.aligned > mtr > mtd { padding: .3em 0; }
    .unknown { border-bottom: 1px dotted var(--bad); color: var(--bad); }
    footer { margin-top: 4rem; font-size: .78rem; color: var(--soft); display: block; text-align: center; }
    @media (max-width: 34rem) { html { font-size: 100%; } body { padding-top: 1.5rem; } .outputs { padding-left: .7rem; } }
    @media print {
      :root { --paper: #fff; --ink: #000; --soft: #555; --line: #ccc; --panel: #fff; --link: #000; --keyword: #60004a; --number: #003a73;
        --string: #0c4412; --comment: #555; --bad: #8a0f08; }
      html { font-size: 10.5pt; } body { padding: 0; } nav { display: none; }
      pre { white-space: pre-wrap; overflow-wrap: anywhere; } h1, h2, h3, h4 { break-after: avoid; }
      figure, table, math[display="block"] { break-inside: avoid; } .outputs { break-before: avoid-page; }
    }

    """
}
