"""A CAS that was corrected in INCEpTION: XMI with its type system, or JSON.

The features ``speaker`` and ``addressees`` of a quote are labels ("Imre (e3)") or names. A mention means whom
most mentions of its coreference chain mean in the reading; a chain that a person cut off means somebody new,
called by its first name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from fabula.annotated.answers import Answer, People, Who
from fabula.errors import InputError
from fabula.export.inception import CHAIN, LINK, QUOTE
from fabula.export.request import needs
from fabula.export.xml_text import xml_text
from fabula.types import Analysis

_REMEDY = "Name the XMI (with TypeSystem.xml beside it), JSON or zip file that INCEpTION exported"


def load(content: bytes, system: bytes | None, subject: str) -> Any:
    """The CAS in an XMI or JSON file. Raises InputError, and OutputError if cassis is missing."""
    try:
        import cassis
    except ImportError:
        raise needs("cassis", "dkpro-cassis", "export", "inception") from None
    xml = [part for part in (content, system or b"") if part.lstrip()[:1] == b"<"]
    if any(b"<!DOCTYPE" in part or b"<!ENTITY" in part for part in xml):
        raise InputError(subject, "declares entities, which is not taken", _REMEDY)
    try:
        if content.lstrip()[:1] == b"{":
            return cassis.load_cas_from_json(content.decode("utf-8"))
        types = cassis.load_typesystem((system or b"").decode("utf-8"))
        return cassis.load_cas_from_xmi(content.decode("utf-8"), typesystem=types, lenient=True)
    except Exception as error:
        # The library raises whatever a broken file leads to.
        why = " ".join(str(error).split())[:160] or type(error).__name__
        raise InputError(subject, f"is no CAS that can be read ({why})", _REMEDY) from None


def answers_in(cas: Any, analysis: Analysis, subject: str) -> Iterator[Answer]:
    """The answers in a CAS. Raises InputError if it is of another text."""
    if cas.sofa_string != xml_text(analysis.story.text):
        raise InputError(subject, "is of another text", "Name the reading it was made from")
    people = People(analysis)
    if cas.typesystem.contains_type(QUOTE):
        for quote in cas.select(QUOTE):
            speaker = people.find(getattr(quote, "speaker", None) or "")
            yield Answer("speaker", quote.begin, quote.end, () if speaker is None else (speaker,))
            named = (getattr(quote, "addressees", None) or "").split(";")
            heard = dict.fromkeys(who for part in named if (who := people.find(part)) is not None)
            yield Answer("addressees", quote.begin, quote.end, tuple(heard))
    if cas.typesystem.contains_type(CHAIN):
        yield from _chains(cas, analysis, people)


def _chains(cas: Any, analysis: Analysis, people: People) -> Iterator[Answer]:
    known = {(m.start, m.end): m.entity for m in analysis.mentions}
    chains: list[list[tuple[int, int]]] = []
    linked: set[tuple[int, int]] = set()
    for chain in cas.select(CHAIN):
        link, spans, seen = chain.first, [], set()
        while link is not None and id(link) not in seen:
            seen.add(id(link))
            spans.append((int(link.begin), int(link.end)))
            link = link.next
        chains.append(spans)
        linked.update(spans)
    taken: set[int] = set()
    for spans in sorted(chains, key=len, reverse=True):
        votes = Counter(e for span in spans if (e := known.get(span)) is not None and e not in taken)
        who: Who | None = votes.most_common(1)[0][0] if votes else _named(spans, analysis)
        if isinstance(who, int):
            taken.add(who)
        for start, end in spans:
            yield Answer("person", start, end, () if who is None else (who,))
    for start, end in sorted(
        span for span, entity in known.items() if entity is not None and span not in linked
    ):
        yield Answer("person", start, end, ())


def _named(spans: list[tuple[int, int]], analysis: Analysis) -> str | None:
    """The first name in a chain, or its first words where it has several links; None for one pronoun."""
    kinds = {(m.start, m.end): m.kind for m in analysis.mentions}
    names = [span for span in spans if kinds.get(span) == "PROP"] or (spans if len(spans) > 1 else [])
    return " ".join(analysis.story.text[names[0][0] : names[0][1]].split()) if names else None


__all__ = ["LINK", "answers_in", "load"]
