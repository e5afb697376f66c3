"""What BookNLP's ``.book`` says of each character: names, pronouns, deeds, possessions, qualities."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fabula.export.booknlp import Book

_CATEGORIES = (
    ("he", "him", "his"),
    ("she", "her"),
    ("they", "them", "their"),
    ("xe", "xem", "xyr", "xir"),
    ("ze", "zem", "zir", "hir"),
)
"""BookNLP's default categories of referential gender."""
_KINDS = {"PROP": "proper", "NOM": "common", "PRON": "pronoun"}

Json = dict[str, Any]


def people_of(book: Book) -> list[Json]:
    """The persons mentioned more than once, the most mentioned first, with the keys of ``.book``.

    ``g`` is the referential gender: the shares of BookNLP's sets among the pronouns used of the person, None
    where there is none. Deeds and qualities are read off the dependencies.
    """
    people: dict[int, Json] = {}
    names: dict[int, dict[str, Counter[str]]] = {}
    reader = _Reader(book)
    for first, last, coref, mention in book.mentions:
        if mention.type != "PER":
            continue
        person = people.setdefault(
            coref, {"agent": [], "patient": [], "mod": [], "poss": [], "id": coref, "g": None, "count": 0}
        )
        person["count"] += 1
        kinds = names.setdefault(coref, {kind: Counter() for kind in _KINDS.values()})
        kinds[_KINDS[mention.kind]][book.phrase(first, last)] += 1
        head = book.ranges.of(mention.head.start, mention.head.end)
        for key, token in reader.roles(head[1] - 1 if head else last):
            person[key].append({"w": book.words[token], "i": token})
    for coref, person in people.items():
        person["g"] = _gender(names[coref]["pronoun"])
        person["mentions"] = {
            kind: [{"c": c, "n": n} for n, c in counts.most_common()] for kind, counts in names[coref].items()
        }
    found = (p for p in people.values() if p["count"] > 1)
    return sorted(found, key=lambda person: -person["count"])


def _gender(pronouns: Counter[str]) -> Json | None:
    counts = {
        "/".join(forms): sum(n for form, n in pronouns.items() if form.casefold() in forms)
        for forms in _CATEGORIES
    }
    total = sum(counts.values())
    if not total:
        return None
    shares = {name: round(n / total, 3) for name, n in counts.items()}
    best = max(shares, key=lambda name: shares[name])
    return {"inference": shares, "argmax": best, "max": shares[best], "total": total}


class _Reader:
    """Reads roles off the dependencies; passes through conjunctions both ways, as BookNLP does."""

    def __init__(self, book: Book) -> None:
        self.syntax = book.analysis.syntax
        self.children: dict[int, list[int]] = {}
        for i, head in enumerate(self.syntax.head.tolist()):
            self.children.setdefault(head, []).append(i)

    def roles(self, token: int) -> list[tuple[str, int]]:
        """(key of ``.book``, token) for the head word ``token`` of a mention."""
        relation, head = self.syntax.deprel, self.syntax.head
        if relation[token] == "conj" and head[token] >= 0:
            token = int(head[token])
        above, role = int(head[token]), relation[token]
        if above < 0:
            return []
        upos = self.syntax.upos[above]
        if role == "nsubj" and upos == "VERB":
            return [("agent", t) for t in (above, *self._conjuncts(above, "VERB"))]
        if role == "nsubj" and self._has(above, "cop"):
            return [("mod", t) for t in (above, *self._conjuncts(above, "NOUN", "ADJ"))]
        if role == "obl:agent" or (role == "obl" and self._passive_by(token, above)):
            return [("agent", above)]
        if role in ("obj", "nsubj:pass") and upos == "VERB":
            return [("patient", above)]
        if role == "nmod:poss":
            return [("poss", t) for t in (above, *self._conjuncts(above, "NOUN", "PROPN"))]
        return []

    def _conjuncts(self, token: int, *upos: str) -> list[int]:
        """What is joined to ``token`` and has no subject of its own."""
        return [
            child
            for child in self.children.get(token, ())
            if self.syntax.deprel[child] == "conj"
            and self.syntax.upos[child] in upos
            and not self._has(child, "nsubj")
        ]

    def _has(self, token: int, role: str) -> bool:
        return any(self.syntax.deprel[child] == role for child in self.children.get(token, ()))

    def _passive_by(self, token: int, verb: int) -> bool:
        marked = any(self.syntax.lemma[child] == "by" for child in self.children.get(token, ()))
        return marked and self._has(verb, "nsubj:pass")
