"""Silver speakers and addressees at conversation length: tags of a novel hidden or turned into pronouns.

Where a tag names the speaker ("said Tom to Ann") the label is free. Each tag of a passage is kept, taken out,
or given a pronoun in the name's place; the passage is then read as any text would be. See also
training/silver.py, which makes short passages for the pair scorer.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from fabula.lexicon.gender import name_gender
from fabula.text.verbs import speech_verb
from training.silver import _NAME, book_names, strip_gutenberg

_QUOTE = re.compile(r'“[^“”]{2,1500}”|"[^"]{2,1500}"')
_TO = rf"(?:\s+to\s+({_NAME}))?"
_AFTER = re.compile(rf"\s+(?:([a-z]+)\s+({_NAME})|({_NAME})\s+([a-z]+)){_TO}(?:\s+[a-z]+ly)?(?=[\s,.;:!?]|$)")
_STOP = re.compile(r"[.!?]|,(?=\s*[“\"])|;(?=\s*[“\"])")


@dataclass(frozen=True, slots=True)
class SilverPassage:
    """A passage and what is known of its quotes.

    ``quotes``: (start in code points, name of the speaker, name of the addressee or "", how the tag was
    treated).
    """

    name: str
    text: str
    quotes: tuple[tuple[int, str, str, str], ...]


def silver_passages(
    folder: Path, words: int, rng: random.Random, per_book: int = 1, treat: tuple[float, float] = (0.45, 0.2)
) -> Iterator[SilverPassage]:
    """Passages of about ``words`` words, the ones of each book with the most tags.

    ``treat``: shares of the tags hidden, and made pronouns.
    """
    for path in sorted(folder.glob("*.txt")):
        text = strip_gutenberg(path.read_text(encoding="utf-8", errors="replace")).replace("\r\n", "\n")
        names = book_names(text)
        if len(set(names.values())) < 3:
            continue
        starts = [0, *(m.end() for m in re.finditer(r"\n\n+", text))]
        tags = [
            m.end()
            for m in _QUOTE.finditer(text)
            if (t := _AFTER.match(text, m.end(), m.end() + 80)) and speech_verb(t[1] or t[4])
        ]
        if len(tags) < 20:
            continue
        size = words * 6
        for _ in range(per_book):
            tries = [rng.choice(starts) for _ in range(12)]
            count = [sum(a <= t < a + size for t in tags) for a in tries]
            a = tries[max(range(len(tries)), key=lambda k: count[k])]
            stop = text.find("\n\n", a + size)
            passage = text[a : stop if stop > 0 else len(text)]
            yield SilverPassage(f"{path.stem}@{a}", *hide(passage, names, rng, treat))


def hide(
    passage: str, names: dict[str, str], rng: random.Random, treat: tuple[float, float]
) -> tuple[str, tuple[tuple[int, str, str, str], ...]]:
    """The passage with some tags changed, and what is known of its quotes."""
    out: list[str] = []
    quotes: list[tuple[int, str, str, str]] = []
    length = at = 0

    def put(piece: str) -> None:
        nonlocal length
        out.append(piece)
        length += len(piece)

    for m in _QUOTE.finditer(passage):
        if m.start() < at:
            continue
        put(passage[at : m.start()])
        start, said, at = length, m[0], m.end()
        t = _AFTER.match(passage, m.end(), m.end() + 100)
        verb = (t[1] or t[4]) if t else ""
        name = " ".join((t[2] or t[3]).split()) if t else ""
        if t is None or speech_verb(verb) != "say" or name not in names:
            put(said)
            continue
        to = " ".join((t[5] or "").split())
        to = to if to in names else ""
        stop = _STOP.search(passage, t.end(), t.end() + 80)
        draw = rng.random()
        he, she, _ = name_gender(name)
        if draw < treat[0] and stop is not None:
            kept = said[:-1]
            follows = re.match(r"\s*[“\"]", passage[stop.end() : stop.end() + 8])
            if stop[0] in ",;" and follows:  # one sentence goes on: join the halves
                put(kept + " ")
                at = stop.end() + follows.end()
                rest = _QUOTE.match(passage, at - 1)
                if rest:
                    put(passage[at : rest.end()])
                    at = rest.end()
            else:
                put((kept[:-1] + "." if kept.endswith(",") else kept) + said[-1])
                at = stop.end()
            quotes.append((start, name, to, "hidden"))
        elif draw < sum(treat) and he != she and max(he, she) >= 0.5:
            put(said)
            word = "he" if he > she else "she"
            piece = passage[m.end() : t.end()]
            put(re.sub(_NAME, word, piece, count=1) if not to else piece.replace(t[2] or t[3], word, 1))
            at = t.end()
            quotes.append((start, name, "", "pronoun"))
        else:
            put(said)
            quotes.append((start, name, "", "kept"))
    put(passage[at:])
    return "".join(out), tuple(quotes)
