"""Who the mentions around quotes may be before anybody is known to speak, and what is known of people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from fabula.heads.evidence import Evidence
from fabula.lexicon.name_titles import fold
from fabula.resolve.agreement import pronoun_set
from fabula.resolve.coref import Distribution, EntityBeliefs
from fabula.resolve.names import NameBeliefs
from fabula.resolve.quote_context import CONTINUES, SAME_PARAGRAPH, QuoteContext, StoryContext
from fabula.resolve.quote_tags import Tag
from fabula.types import Floats, Story


@dataclass(frozen=True, slots=True)
class Cast:
    """What is known of each entity, columns by entity id.

    ``person``: share of persons among its mentions; ``plural``: share of plurals. ``share``: log of its share
    of the story's person mentions. ``sworn``: never speaks. ``gender``: weights of (he, she) seen with it.
    """

    person: Floats
    plural: Floats
    share: Floats
    sworn: frozenset[int]
    gender: Floats
    n_named: int


def effective_tags(context: StoryContext) -> list[Tag | None]:
    """Per quote its own tag, or that of the quote it goes on from or that goes on from it.

    Loose ones are left out. A quote goes on from the one before it in its paragraph unless another person
    acts between them.
    """
    quotes = context.quotes
    out = [None if q.tag is None or q.tag.shape == "loose" else q.tag for q in quotes]
    outer = [k for k, q in enumerate(quotes) if q.parent < 0]
    for a, b in pairwise(outer):
        tag = out[a]
        if tag is None or out[b] is not None or quotes[b].tag is not None:
            continue
        other = quotes[b].beat_before >= 0 and quotes[b].beat_before != tag.mention
        if quotes[b].link == CONTINUES or (quotes[b].link == SAME_PARAGRAPH and not other):
            out[b] = tag
    for a, b in zip(outer[-2::-1], outer[:0:-1], strict=False):
        if quotes[b].link == CONTINUES and out[a] is None:
            out[a] = out[b]
    return [out[tagged_at(quotes, k)] for k in range(len(quotes))]


def is_aside(quotes: Sequence[QuoteContext], k: int) -> bool:
    """Whether emphasis sets quote ``k`` off, so that it is no line of the conversation."""
    return k >= 0 and quotes[k].parent == k


def tagged_at(quotes: Sequence[QuoteContext], k: int) -> int:
    """The quote whose tag holds for quote ``k``: its own, or what is set off before it in its paragraph."""
    paragraph = quotes[k].paragraph
    while is_aside(quotes, k) and quotes[k].tag is None:
        if not is_aside(quotes, k - 1) or quotes[k - 1].paragraph != paragraph:
            break
        k -= 1
    return k


class TagBeliefs:
    """Whom tags name: by the mention, or by the roster where a name was not detected as one."""

    def __init__(self, context: StoryContext, names: NameBeliefs, kind: Sequence[int]) -> None:
        self._low, self._kind = context.low, kind
        self._by_name: dict[str, tuple[int, int]] = {}
        for e, entry in enumerate(names.roster):
            if entry.type == "PER" and not entry.sworn:
                for alias in entry.aliases:
                    key = fold(alias.text).replace(".", "")
                    if alias.count > self._by_name.get(key, (0, 0))[1]:
                        self._by_name[key] = (e, alias.count)

    def kind(self, tag: Tag) -> int:
        """The kind of what names the speaker, an index into MENTION_KINDS."""
        return 0 if tag.mention < 0 else self._kind[tag.mention]

    def of(self, tag: Tag, beliefs: Sequence[Distribution]) -> Distribution:
        """Whom ``tag`` names."""
        if tag.mention >= 0:
            return beliefs[tag.mention]
        words = [w for w in self._low[tag.name[0] : tag.name[1]] if w != "."]
        for cut in range(len(words)):
            for key in (" ".join(words[cut:]), " ".join(words[: len(words) - cut])):
                if (hit := self._by_name.get(fold(key).replace(".", ""))) is not None:
                    return ((hit[0], 0.95),)
        return ()


def mention_beliefs(
    context: StoryContext, entities: EntityBeliefs, told: Mapping[int, int], tags: Sequence[Tag | None],
    named: TagBeliefs,
) -> list[Distribution]:  # fmt: skip
    """Who each mention may be, as far as it is known before anybody speaks.

    ``told``: who "I" is in narration, or "you", as ``narrators_own`` gives it. In a quote "I" is whom the tag
    names, "you" whom a vocative does, and nobody otherwise: what an earlier pass thought of them must not
    confirm itself.
    """
    out = list(entities.distribution)
    own = context.own_word
    for k, word in enumerate(own):
        if word and context.in_quote[k] >= 0:
            out[k] = ()
    for k, e in told.items():
        out[k] = ((e, 1.0),)
    narrated = list(out)
    for k, word in enumerate(own):
        q = context.in_quote[k]
        if q < 0:
            continue
        tag = tags[q]
        if word == 1 and tag is not None:
            out[k] = named.of(tag, narrated)
        elif word == 2:
            heard = context.quotes[q].vocatives or context.quotes[q].told
            out[k] = narrated[heard[0]] if heard else ()
    return out


def describe_cast(
    story: Story, evidence: Evidence, names: NameBeliefs, beliefs: Sequence[Distribution], n_entities: int
) -> Cast:
    """Columns by entity, from the mentions' distributions and the roster."""
    n = n_entities
    total, person, plural = np.zeros(n), np.zeros(n), np.zeros(n)
    gender = np.zeros((n, 2))
    m = evidence.mentions
    for k, d in enumerate(beliefs):
        shown = pronoun_set(story, evidence, k)
        kind = int(m.kind[k])
        weight = 3.0 if kind == 0 else 1.0
        is_person = float(m.type[k] == 0)
        for e, p in d:
            total[e] += weight * p
            person[e] += weight * p * is_person
            if shown is not None:
                if shown[0] == "he":
                    gender[e, 0] += p * shown[1]
                elif shown[0] == "she":
                    gender[e, 1] += p * shown[1]
                elif shown[0] == "they":
                    plural[e] += p
    for e, entry in enumerate(names.roster):
        gender[e] += 3.0 * np.asarray(entry.gender[:2])
        if entry.number == "plur":
            plural[e] += 0.7 * (total[e] + 1.0)
    share = np.log((total + 0.5) / (total.sum() + 1.0))
    return Cast(
        person=np.asarray(person / np.maximum(total, 1e-6), np.float32),
        plural=np.asarray(plural / (total + 1.0), np.float32),
        share=np.asarray(share, np.float32),
        sworn=frozenset(e for e, entry in enumerate(names.roster) if entry.sworn),
        gender=np.asarray(gender, np.float32),
        n_named=len(names.roster),
    )
