"""What each person does and suffers, has, and is said to be: words counted, with their passages.

The four lists that BookNLP's users know (agent, patient, possessive, modifier), from the parse and the
resolved mentions. An auxiliary is no deed; a negated verb is left out of the counts.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from fabula.ledger.clauses import NOBODY, SUBJECTS, Clauses, read_clauses
from fabula.types import Analysis, Span


@dataclass(frozen=True, slots=True)
class WordCount:
    """A lemma in one role, and where it stands, in text order."""

    word: str
    spans: tuple[Span, ...]

    @property
    def count(self) -> int:
        """How often."""
        return len(self.spans)


@dataclass(frozen=True, slots=True)
class Roles:
    """Of one person: verbs done, verbs suffered, things had, words that describe; the commonest first."""

    agent: tuple[WordCount, ...] = ()
    patient: tuple[WordCount, ...] = ()
    possessive: tuple[WordCount, ...] = ()
    modifier: tuple[WordCount, ...] = ()


NO_ROLES = Roles()
_NAMES = ("agent", "patient", "possessive", "modifier")


def roles_of(analysis: Analysis) -> dict[int, Roles]:
    """Roles by entity id; empty where the reading has no parse."""
    c = read_clauses(analysis)
    if c is None:
        return {}
    found: defaultdict[int, dict[str, defaultdict[str, list[Span]]]] = defaultdict(
        lambda: {name: defaultdict(list) for name in _NAMES}
    )
    for t, m in enumerate(c.mention):
        if m is None or m.entity is None or not c.told[t] or c.form[t] in NOBODY:
            continue
        for role, word in _roles(c, t):
            found[m.entity][role][c.lemma[word].lower()].append(c.span(word))
    return {
        entity: Roles(**{name: _counted(words) for name, words in lists.items()})
        for entity, lists in found.items()
    }


def _counted(words: dict[str, list[Span]]) -> tuple[WordCount, ...]:
    counts = [WordCount(word, tuple(spans)) for word, spans in words.items()]
    return tuple(sorted(counts, key=lambda w: (-w.count, w.word)))


def _roles(c: Clauses, t: int) -> list[tuple[str, int]]:
    """(role, token of the word) for the mention whose head is ``t``."""
    out: list[tuple[str, int]] = []
    up, relation = c.head[t], c.deprel[t]
    if relation == "conj" and up >= 0:
        relation, up = c.deprel[up], c.head[up]
    if up >= 0:
        if relation in ("nsubj", "nsubj:outer"):
            if c.deps(up, "cop"):
                if c.upos[up] in ("ADJ", "NOUN"):
                    out.append(("modifier", up))
            elif c.upos[up] == "VERB":
                out.append(("agent", up))
        elif (
            relation in ("obj", "iobj", "nsubj:pass")
            and c.upos[up] == "VERB"
            and not (c.quote[t] >= 0 > c.quote[up])  # “Promise me,” said Karl: nobody says “me”.
        ):
            # “…,” said Mary: whoever stands behind the verb of a quote says it.
            tags = up > 0 and c.quote[up] < 0 <= c.quote[up - 1] and t == up + 1
            out.append(("agent" if tags and not c.deps(up, *SUBJECTS) else "patient", up))
        elif relation == "nmod:poss" and c.upos[up] in ("NOUN", "PROPN"):
            out.append(("possessive", up))
    out += [("modifier", k) for k in c.children[t] if c.deprel[k] == "amod" and c.upos[k] == "ADJ"]
    return [(role, w) for role, w in out if not _denied(c, w)]


def _denied(c: Clauses, t: int) -> bool:
    return any(c.lemma[k] in ("not", "never") or c.form[k] in ("n't", "never") for k in c.children[t])
