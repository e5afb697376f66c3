"""``html``: one self-contained page, readable offline and without scripts.

The cast in order of mentions, then the story: speech in the colour of who speaks (the ten who speak most),
what is doubtful underlined with dots, paratext small. Emphasis, verse, block quotes and lists look as in the
file. Who speaks, and who is meant, shows on hovering; two switches show it in the text.

Whatever the story holds is text, never markup; the page may load nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from html import escape

from fabula.export.blocks import Block, blocks_of, chapters_of
from fabula.export.forms import emphasis_of, layouts_of
from fabula.export.html_style import STYLE
from fabula.export.inline import sweep
from fabula.export.request import Files, Request
from fabula.export.voices import display_name
from fabula.export.xml_text import xml_text
from fabula.types import Analysis, Mark, MarkKind, Mention, Quote
from fabula.usage import subject_forms

COLOURS = 10
_SURE = 0.9
_CAST = 40
_TAGS: dict[MarkKind, str] = {
    "emphasis": "em", "strong": "strong", "underline": "u", "strike": "s", "superscript": "sup",
    "subscript": "sub", "code": "code", "small_caps": "span",
}  # fmt: skip


def write(analysis: Analysis, request: Request) -> Files:
    """One page."""
    return Files({f"{request.name}.html": "".join(_Page(analysis).pieces())})


class _Page:
    def __init__(self, analysis: Analysis) -> None:
        self.analysis, self.text = analysis, xml_text(analysis.story.text)
        self.names = {e.id: display_name(e) for e in analysis.entities}
        self.lines = Counter(q.speaker for q in analysis.quotes if q.speaker is not None)
        self.colour = {e: i for i, (e, _) in enumerate(self.lines.most_common(COLOURS), 1)}
        # Of stretches that are the same, the first is the outer one.
        self.items: list[Mark | Quote | Mention] = [
            *emphasis_of(analysis.story),
            *analysis.quotes,
            *analysis.mentions,
        ]
        self.blocks = blocks_of(analysis.story)
        self.layouts = layouts_of(analysis.story, self.blocks)
        self.spans = sorted((m.start, m.end, i) for i, m in enumerate(self.items))
        self.next = 0
        self.open: list[tuple[int, int, int]] = []

    def pieces(self) -> Iterator[str]:
        story = self.analysis.story
        title = story.title or "Untitled"
        language = story.language or "en"
        yield (
            f'<!DOCTYPE html>\n<html lang="{escape(language)}">\n<head>\n<meta charset="utf-8">\n'
            '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
            "style-src 'unsafe-inline'\">\n"
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            f"<title>{_plain(title)}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n"
        )
        yield f"<header>\n<h1>{_plain(title)}</h1>\n"
        if story.author:
            yield f'<p class="byline">by {_plain(story.author)}</p>\n'
        if story.metadata:
            yield "<details><summary>What the file says of itself</summary>\n<dl>\n"
            for name, values in story.metadata.items():
                yield f"<dt>{_plain(name)}</dt><dd>{_plain(', '.join(values))}</dd>\n"
            yield "</dl></details>\n"
        yield "</header>\n"
        yield from self._cast()
        chapters = chapters_of(story, self.blocks)
        titled = [(i, c.title) for i, c in enumerate(chapters) if c.title]
        if len(titled) > 1:
            yield '<nav aria-label="Chapters"><h2>Chapters</h2>\n<ol>\n'
            yield from (f'<li><a href="#c{i}">{_plain(name)}</a></li>\n' for i, name in titled)
            yield "</ol></nav>\n"
        yield _SWITCHES
        yield "<main>\n"
        for number, chapter in enumerate(chapters):
            yield f'<section id="c{number}">\n'
            for block in chapter.blocks:
                yield from self._block(block)
            yield "</section>\n"
        yield f"</main>\n<footer>{self._made()}</footer>\n</body>\n</html>\n"

    def _made(self) -> str:
        producer = self.analysis.producer
        return (
            f"Read by Fabula {_plain(producer.fabula)}. Who speaks and who is meant was found by a program, "
            "and may be wrong: where it is less than nine tenths sure, the words are underlined with dots."
        )

    # -------------------------------------------------------------- the cast
    def _cast(self) -> Iterator[str]:
        named = {m.entity for m in self.analysis.mentions if m.kind == "PROP"}
        persons = [
            e
            for e in self.analysis.entities
            if e.type == "PER"
            and e.role != "group"
            and (e.id in named or e.mention_count > 1 or self.lines[e.id])
        ]
        persons.sort(key=lambda e: (-e.mention_count, -self.lines[e.id], e.id))
        if not persons:
            return
        yield '<section aria-label="Cast">\n<h2>Cast</h2>\n<table>\n<thead><tr><th scope="col">Who</th>'
        yield '<th scope="col">Also called</th><th scope="col">Pronouns</th>'
        yield '<th scope="col">Mentions</th><th scope="col">Lines</th></tr></thead>\n<tbody>\n'
        for e in persons[:_CAST]:
            name = _plain(self.names[e.id])
            also = ", ".join(a.text for a in e.aliases[:5] if a.text != e.name)
            said = ", ".join(subject_forms(e.pronouns)[:2])
            narrates = " <small>(narrator)</small>" if e.role == "narrator" else ""
            yield (
                f'<tr><th scope="row"><span class="s{self.colour.get(e.id, 0)}">{name}</span>{narrates}</th>'
                f"<td>{_plain(also)}</td><td>{_plain(said)}</td><td>{e.mention_count}</td>"
                f"<td>{self.lines[e.id]}</td></tr>\n"
            )
        yield "</tbody>\n</table>\n"
        if len(persons) > _CAST:
            yield f"<p>And {len(persons) - _CAST} more, who are mentioned less.</p>\n"
        yield "</section>\n"

    # -------------------------------------------------------------- the text
    def _block(self, block: Block) -> Iterator[str]:
        tag = "h2" if block.kind == "heading" else "p"
        names: list[str] = list(self.layouts.get(block.start, ()))
        if block.kind == "scene_break":
            names = ["break"]
        elif block.kind == "letter":
            names.append("letter")
        elif not block.is_story and block.kind != "heading":
            names += ["paratext", block.kind]
        kind = f' class="{" ".join(names)}"' if names else ""
        yield f"<{tag}{kind}>"
        for mark in sweep(block.start, block.end, self._near(block)):
            if mark.what == "text":
                yield _plain(self.text[mark.start : mark.end])
                continue
            item = self.items[mark.span]
            if mark.what == "close":
                yield f"</{_TAGS[item.kind] if isinstance(item, Mark) else 'span'}>"
            elif isinstance(item, Mark):
                yield '<span class="small-caps">' if item.kind == "small_caps" else f"<{_TAGS[item.kind]}>"
            else:
                yield self._mention(item) if isinstance(item, Mention) else self._quote(item)
        yield f"</{tag}>\n"

    def _near(self, block: Block) -> list[tuple[int, int, int]]:
        """The spans that overlap the block; blocks come in text order."""
        self.open = [s for s in self.open if s[1] > block.start]
        while self.next < len(self.spans) and self.spans[self.next][0] < block.end:
            if self.spans[self.next][1] > block.start:
                self.open.append(self.spans[self.next])
            self.next += 1
        return self.open

    def _quote(self, q: Quote) -> str:
        who = "?" if q.speaker is None else self.names[q.speaker]
        to = ", ".join(self.names[a] for a in q.addressees)
        kind = {"speech": "says", "thought": "thinks", "writing": "writes"}[q.kind]
        told = f"{who} {kind}{f', to {to}' if to else ''} ({q.confidence:.0%} sure)"
        doubt = " d" if q.speaker is None or q.confidence < _SURE else ""
        colour = 0 if q.speaker is None else self.colour.get(q.speaker, 0)
        return f'<span class="q s{colour}{doubt}" title="{_quoted(told)}" data-who="{_quoted(who)}">'

    def _mention(self, m: Mention) -> str:
        if m.entity is None:
            return '<span class="m">'
        who = self.names[m.entity]
        doubt = " d" if m.confidence < _SURE else ""
        shown = " p" if m.kind == "PRON" else ""
        told = f"{who} ({m.confidence:.0%} sure)"
        return f'<span class="m{shown}{doubt}" title="{_quoted(told)}" data-who="{_quoted(who)}">'


def _plain(text: str) -> str:
    return escape(xml_text(text), quote=False).replace("\n", "<br>")


def _quoted(text: str) -> str:
    return escape(xml_text(text))


_SWITCHES = """<form class="switches" aria-label="Show">
<label><input type="checkbox" id="speakers"> name the speaker after every line</label>
<label><input type="checkbox" id="pronouns"> name who each pronoun means</label>
</form>
"""
