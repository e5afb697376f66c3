"""The look of the exported page, in light and in dark."""

from __future__ import annotations

STYLE = """\
:root {
  color-scheme: light dark;
  --ink: #222; --paper: #fdfcf9; --faint: #6b6b6b; --line: #ddd8cc;
  --s1: #0b5cad; --s2: #a63a00; --s3: #21703a; --s4: #8a1f6f; --s5: #7a5a00;
  --s6: #00696b; --s7: #b3123c; --s8: #4f46b8; --s9: #5c5f1f; --s10: #8f4a2b;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ink: #e6e3dc; --paper: #1a1a1c; --faint: #a09c94; --line: #3a3935;
    --s1: #7db8f5; --s2: #f7a27a; --s3: #86d19a; --s4: #ec9ad6; --s5: #e3c35c;
    --s6: #6fd3d2; --s7: #ff93a9; --s8: #b3acff; --s9: #c9cd7f; --s10: #e0a98e;
  }
}
body {
  margin: 0 auto; padding: 1.5rem 1.25rem 4rem; max-width: 42rem;
  font: 1.0625rem/1.65 Georgia, "Times New Roman", serif; color: var(--ink); background: var(--paper);
  overflow-wrap: anywhere;
}
h1 { font-size: 1.9rem; line-height: 1.2; margin: 1rem 0 0; }
h2 { font-size: 1.25rem; margin: 2.5rem 0 .75rem; }
.byline { margin-top: .25rem; color: var(--faint); }
table { border-collapse: collapse; width: 100%; font-size: .9rem; }
th, td {
  text-align: left; vertical-align: top; padding: .3rem .75rem .3rem 0; border-bottom: 1px solid var(--line);
}
th[scope=row] { font-weight: normal; }
td:nth-child(n+4), thead th:nth-child(n+4) { text-align: right; font-variant-numeric: tabular-nums; }
details, dl { font-size: .9rem; color: var(--faint); }
dt { font-weight: bold; } dd { margin: 0 0 .4rem; }
.switches {
  position: sticky; top: 0; display: flex; flex-wrap: wrap; gap: .25rem 1.5rem;
  margin: 2rem 0; padding: .5rem 0;
  font: .85rem/1.4 system-ui, sans-serif; background: var(--paper); border-bottom: 1px solid var(--line);
}
.break { text-align: center; letter-spacing: .3em; color: var(--faint); }
.paratext, footer { font-size: .85rem; color: var(--faint); }
.block_quote { margin-left: 1.5rem; }
.verse, .preformatted { white-space: pre-wrap; }
.preformatted, code { font-family: ui-monospace, monospace; font-size: .9em; }
.list_item { margin: .25rem 0 .25rem 1.5rem; }
.centered { text-align: center; }
.small-caps { font-variant-caps: small-caps; }
.letter { margin-left: 1.5rem; border-left: 2px solid var(--line); padding-left: 1rem; }
footer { margin-top: 4rem; border-top: 1px solid var(--line); padding-top: 1rem; }
a { color: var(--s1); }
.d { text-decoration: underline dotted; text-underline-offset: .2em; }
.s1 { color: var(--s1); } .s2 { color: var(--s2); } .s3 { color: var(--s3); } .s4 { color: var(--s4); }
.s5 { color: var(--s5); } .s6 { color: var(--s6); } .s7 { color: var(--s7); } .s8 { color: var(--s8); }
.s9 { color: var(--s9); } .s10 { color: var(--s10); }
body:has(#speakers:checked) .q::after, body:has(#pronouns:checked) .p::after {
  content: "\\2009[" attr(data-who) "]"; font: .75em/1 system-ui, sans-serif; color: var(--faint);
}
@media print { .switches { display: none; } body { max-width: none; } }
"""
