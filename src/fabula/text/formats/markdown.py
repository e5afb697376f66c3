"""Markdown, read as CommonMark: rendered to HTML in memory, then read like any page."""

from __future__ import annotations

import re

from fabula.text.formats import limits
from fabula.text.formats.book import make_book
from fabula.text.formats.document import Document
from fabula.text.formats.facts import Facts
from fabula.text.formats.markup import parse_html
from fabula.text.formats.page import Page

_FRONT = re.compile(r"\ufeff?---[ \t]*\n(?P<facts>(?:[^\n]*\n){0,60}?)(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
_PERCENT = re.compile(r"\ufeff?%[ \t]+(?P<title>[^\n]+)\n(?:%[ \t]*(?P<author>[^\n]*)\n)?(?:%[^\n]*\n)?")
_FACT = re.compile(r"^([A-Za-z][\w -]{0,30}):[ \t]*(.*)$")
_SCALAR = re.compile(r"[|>][+-]?\d?")
_ATX = re.compile(r"(?:\A|\n[ \t]*\n|(?<=-\n))#{1,6}[ \t]+(?=[^\s#])[^\n]{1,120}(?=\n|\Z)")
_SETEXT = re.compile(r"(?:\A|\n[ \t]*\n)[^\s#>*_=-][^\n]{0,80}\n(?:={3,}|-{3,})[ \t]*(?=\n|\Z)")
_LINK = re.compile(r"!?\[[^\[\]\n]{1,100}\]\((?:https?:|#|\.?/|[\w.-]+\.\w)[^()\s]{0,300}\)")
_STRONG = re.compile(r"(?<![\w*])\*\*[^\s*][^*\n]{0,80}\*\*(?![\w*])")
_QUOTE = re.compile(r"\n[ \t]*\n> \S")
_FENCE = re.compile(r"(?:\A|\n)(?:```|~~~)")
_FOOTNOTE = re.compile(
    r"^\[\^([^\]\s]{1,40})\]:[ \t]*([^\n]*\S[^\n]*(?:\n(?!\[\^)[^\n]*\S[^\n]*)*)", re.MULTILINE
)
_CALL = re.compile(r"\[\^([^\]\s]{1,40})\](?!:)")
_SAMPLE = 200_000


def is_markdown(text: str) -> bool:
    """Whether a text is written in Markdown: it says so by its front matter, headings, links or quotes.

    Stars and underscores for emphasis are no sign, plain text has them too.
    """
    sample = text[:_SAMPLE].replace("\r\n", "\n")
    front = _FRONT.match(sample)
    score = 3.0 if front is not None and _FACT.search(front["facts"].split("\n", 1)[0]) else 0.0
    score += 2.0 if _PERCENT.match(sample) else 0.0
    headings = sum(1 for _ in zip(_ATX.finditer(sample), range(5), strict=False))
    score += 2.0 if headings else 0.0
    score += 1.0 if _SETEXT.search(sample) else 0.0
    score += 1.0 if _LINK.search(sample) else 0.0
    score += 0.5 * min(sum(1 for _ in zip(_STRONG.finditer(sample), range(4), strict=False)), 2)
    score += 0.5 if _QUOTE.search(sample) else 0.0
    score += 0.5 if _FENCE.search(sample) else 0.0
    return score >= 2.0


def markdown_document(text: str) -> Document:
    """The Document of a Markdown text. Raises UnreadableError where it is larger than a story."""
    if len(text) > limits.MARKDOWN_BYTES:
        raise limits.too_large("the Markdown", limits.MARKDOWN_BYTES)
    from markdown_it import MarkdownIt

    facts = Facts()
    text = _front_matter(text.replace("\r\n", "\n").replace("\r", "\n"), facts)
    text = _footnotes(text)
    # An indent opens a paragraph in stories, it does not make them code.
    reader = MarkdownIt("commonmark", {"html": True, "maxNesting": 60}).enable(["table", "strikethrough"])
    html = reader.disable(["code"]).render(text)
    root = parse_html(f"<html><body>{html}</body></html>")
    return make_book([Page(root)], "markdown", facts)


def _footnotes(text: str) -> str:
    """The text with its footnotes set as such, and without the marks that call them."""
    if "[^" not in text:
        return text
    known: set[str] = set()

    def note(m: re.Match[str]) -> str:
        known.add(m[1])
        return f'\n<div class="footnote">\n\n{m[2].strip()}\n\n</div>\n\n'

    text = _FOOTNOTE.sub(note, text)
    return _CALL.sub(lambda m: "" if m[1] in known else m[0], text)


def _front_matter(text: str, facts: Facts) -> str:
    """The text behind its front matter, whose lines go to ``facts``: YAML's plain keys and lists only."""
    m = _PERCENT.match(text)
    if m is not None:
        facts.add("Title", m["title"])
        facts.add("Author", *(m["author"] or "").split(";"))
        return text[m.end() :]
    m = _FRONT.match(text)
    if m is None or not m["facts"].strip():
        return text
    key = ""
    folded: list[str] | None = None
    for line in m["facts"].split("\n"):
        found = _FACT.match(line)
        if found is not None:
            _fold(facts, key, folded)
            key, value = found[1], found[2].strip()
            folded = [] if _SCALAR.fullmatch(value) else None
            values = value[1:-1].split(",") if value.startswith("[") and value.endswith("]") else [value]
            if folded is None:
                facts.add(key.capitalize(), *(v.strip(" \t\"'") for v in values))
        elif key and line.strip():
            if folded is not None:
                folded.append(line.strip())
            else:
                facts.add(key.capitalize(), line.strip().removeprefix("- ").strip(" \t\"'"))
    _fold(facts, key, folded)
    return text[m.end() :]


def _fold(facts: Facts, key: str, lines: list[str] | None) -> None:
    """Add a value that stands in several lines under its key."""
    if lines:
        facts.add(key.capitalize(), " ".join(lines))
