"""Who "they both", "both of them" and "the two of them" are: the two people present, if there are just two.

So, too, who "they" are who embrace, or who look at each other.

Only narration is read: in somebody's words the two may be anybody. Nothing is said unless exactly two people
are found, and all places where one entity is called so agree.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Sequence

from fabula.encoder.pieces import normalise
from fabula.heads.evidence import Evidence
from fabula.lexicon.gender import PRONOUNS
from fabula.lexicon.words import words
from fabula.resolve.coref import EntityBeliefs
from fabula.resolve.names import NameBeliefs
from fabula.types import Span, Story

BACK = 8
"""Paragraphs in which the two are sought, this one among them."""
REACH = 8
"""Words after "they" that may say it is done to one another."""
_THEY, _WE = frozenset({"they", "them"}), frozenset({"we", "us"})
_BEFORE = (("both", "of"), ("neither", "of"), ("either", "of"), ("the", "two", "of"), ("the", "pair", "of"))
_AFTER = words("are were 're have 've had 'd would could must might")
_NOT_THEM = words("the a an his her their its my our your this that these those of hands sides")
"""After "both": then it is something else that is two."""
_TOGETHER = words("embraced embrace hugged hug kissed kiss")
_MUTUAL = (("each", "other"), ("one", "another"), ("shook", "hands"))
_OBJECTS = words("him her them it me us you goodbye")
_TWO = (("the", "two"), ("these", "two"), ("those", "two"), ("both",))
_PEOPLE = words("men women boys girls friends brothers sisters people lovers travellers")
_MEN, _WOMEN = words("men boys brothers"), words("women girls sisters")
_NOT_ONE = words("both two some others people someone somebody everyone everybody nobody no none all")


def pairs_of_people(
    story: Story,
    evidence: Evidence,
    names: NameBeliefs,
    entities: EntityBeliefs,
    scenes: Sequence[Span],
    groups: Collection[int] = (),
) -> dict[int, tuple[int, ...]]:
    """Entity -> the two people it is, or () where the text does not say who. Cost: linear in mentions.

    ``groups`` are entities known to be several people already: they are nobody's half.
    """
    cast = _Present(story, evidence, names, entities, scenes, groups)
    found: dict[int, set[tuple[int, ...]]] = {}
    for k, tellers in _called_two(story, evidence):
        e = int(entities.entity[k])
        if e not in cast.single and e not in groups:
            found.setdefault(e, set()).add(cast.two_before(k, tellers, _not_these(story, evidence, k)))
    out: dict[int, tuple[int, ...]] = {}
    for e, told in found.items():
        known = told - {()}
        members = known.pop() if len(known) == 1 else ()
        out[e] = members if members and cast.always_there(e, members) else ()
    return out


def _called_two(story: Story, evidence: Evidence) -> Iterator[tuple[int, bool]]:
    """Mentions in narration that mean two people, and whether the narrator is one ("we both")."""
    m, layout = evidence.mentions, evidence.layout
    n = len(story.tokens)
    columns = zip(m.token_start.tolist(), m.token_end.tolist(), m.kind.tolist(), m.type.tolist(), strict=True)

    def low(a: int, b: int) -> tuple[str, ...]:
        return tuple(normalise(story.token_text(t)).lower() for t in range(max(0, a), min(n, b)))

    for k, (a, b, kind, type_) in enumerate(columns):
        if type_ != 0 or layout.quote[a] >= 0 or kind == 0 or b - a > 6:
            continue
        own = low(a, b)
        if kind == 2 and own[0] in _THEY | _WE:
            before, after = low(a - 3, a), low(b, b + REACH)
            if (
                any(before[-len(p) :] == p for p in _BEFORE)
                or own[1:] == ("both",)
                or (len(own) == 1 and (_both(after) or _one_another(after)))
            ):
                yield k, own[0] in _WE
        elif any(own[: len(p)] == p for p in _TWO):
            rest = own[1:] if own[0] == "both" else own[2:]
            if not rest or rest[0] in _PEOPLE or (rest[0] == "of" and rest[1:] and rest[1] in _THEY | _WE):
                yield k, bool(rest) and rest[-1] in _WE
        elif own[:3] == ("the", "pair", "of") and own[3:] and own[3] in _THEY | _WE:
            yield k, own[3] in _WE


def _one_another(after: Sequence[str]) -> bool:
    """Whether "they" do with one another what follows: "embraced", "looked at each other"."""
    for i, word in enumerate(after):
        if not word[:1].isalpha():
            return False
        pair = (word, *after[i + 1 : i + 2])
        if pair in _MUTUAL:
            return True
        if word in _TOGETHER and (i == 0 or after[i - 1] in _AFTER):
            # "They embraced" does not say whom; "they embraced their sister" does.
            return not after[i + 1 : i + 2] or after[i + 1] not in _NOT_THEM | _OBJECTS
    return False


def _both(after: Sequence[str]) -> bool:
    """Whether the words after "they" are "both", or "were both", of them and not of something else."""
    if after[:1] == ("both",):
        return after[1:2] != ("of",) and not set(after[1:2]) & _NOT_THEM
    return len(after) > 2 and after[0] in _AFTER and after[1] == "both" and after[2] not in _NOT_THEM


def _not_these(story: Story, evidence: Evidence, k: int) -> int:
    """The token of the sentence's beginning where who is told of before ``k`` is another: "he saw them both".

    -1 where they may be the same, as in "he said that they both"; so too where there is no parse.
    """
    s, t = evidence.syntax, int(evidence.mentions.head_token[k])
    if t >= len(s.deprel):
        return -1
    while s.deprel[t] == "nmod" and s.head[t] >= 0:
        t = int(s.head[t])
    if s.deprel[t].startswith("nsubj"):
        return -1
    return int(story.sentence_tokens[evidence.layout.sentence[t], 0])


class _Present:
    """Who is spoken of where in narration. ``single``: entities that are one person."""

    def __init__(
        self, story: Story, evidence: Evidence, names: NameBeliefs, entities: EntityBeliefs,
        scenes: Sequence[Span], groups: Collection[int],
    ) -> None:  # fmt: skip
        m, layout = evidence.mentions, evidence.layout
        self._entity: list[int] = entities.entity.tolist()
        self._paragraph: list[int] = layout.paragraph[m.token_start].tolist() if len(m) else []
        starts = story.tokens.start[m.token_start].tolist() if len(m) else []
        edges = [s.start for s in scenes]
        self._scene = [bisect_right(edges, a) - 1 for a in starts]
        self._tellers: set[int] = set()
        self._counted: list[int] = []
        plural: set[int] = set(groups)
        self.single: set[int] = set()
        ends: list[int] = m.token_end.tolist()
        reach = -1
        for k, e in enumerate(self._entity):
            t = int(m.token_start[k])
            inner, reach = ends[k] <= reach, max(reach, ends[k])
            if m.type[k] != 0:
                continue
            if m.kind[k] == 2:
                p = PRONOUNS.get(normalise(story.token_text(t)).lower())
                many = p is not None and p.number == "plur"
                if p is not None and p.person == 1 and not many and layout.quote[t] < 0:
                    self._tellers.add(e)
                if p is not None and p.person != 2:
                    (plural if many else self.single).add(e)
            if e < len(names.roster):
                entry = names.roster[e]
                (plural if entry.number == "plur" or entry.sworn else self.single).add(e)
            elif m.kind[k] == 1 and _one(story, evidence, k):
                self.single.add(e)
            if layout.quote[t] < 0 and (not inner or m.kind[k] == 2):
                self._counted.append(k)
        self.single -= {e for e in plural if e >= len(names.roster) or names.roster[e].number == "plur"}
        self._token: list[int] = m.token_start.tolist()
        self._lean = _leanings(story, evidence, names, self._entity)
        self._two = [_sex(story, a, b) for a, b in zip(self._token, ends, strict=True)]
        self._by_scene: dict[int, set[int]] = {}
        self._scenes_of: dict[int, set[int]] = {}
        for k in self._counted:
            self._by_scene.setdefault(self._scene[k], set()).add(self._entity[k])
            self._scenes_of.setdefault(self._entity[k], set()).add(self._scene[k])

    def two_before(self, k: int, tellers: bool, since: int = -1) -> tuple[int, ...]:
        """The two people spoken of last before mention ``k`` in its scene; () unless there are just two.

        Paragraph by paragraph, until there are two. ``tellers``: a narrator is one of them, else neither is.
        Who is told of from token ``since`` on is not one of them; -1: they may be.
        """
        first = bisect_left(self._token, since) if since >= 0 else k
        others = set(self._entity[first:k])
        here: set[int] = set()
        at = self._paragraph[k]
        for j in range(bisect_right(self._counted, k - 1) - 1, -1, -1):
            x = self._counted[j]
            if self._scene[x] != self._scene[k] or self._paragraph[x] <= self._paragraph[k] - BACK:
                break
            if self._paragraph[x] != at:
                if len(here) >= 2:
                    break
                at = self._paragraph[x]
            e = self._entity[x]
            fits = not self._two[k] or self._lean.get(e, 0.0) * self._two[k] >= 0
            if e in self.single and e not in others and fits and (tellers or e not in self._tellers):
                here.add(e)
        if len(here) != 2 or (tellers and not here & self._tellers):
            return ()
        return tuple(sorted(here))

    def always_there(self, e: int, members: Sequence[int]) -> bool:
        """Whether the members are spoken of in every scene that speaks of ``e``."""
        return all(self._by_scene.get(s, set()).issuperset(members) for s in self._scenes_of.get(e, ()))


def _one(story: Story, evidence: Evidence, k: int) -> bool:
    """Whether a description is of one person, by its head's tag and its first words."""
    m, tags = evidence.mentions, evidence.syntax.xpos
    a, b = int(m.token_start[k]), int(m.token_end[k])
    if any(story.token_text(t).lower() in _NOT_ONE for t in range(a, min(b, a + 2))):
        return False
    head = int(m.head_token[k])
    return not (head < len(tags) and tags[head] in ("NNS", "NNPS"))


def _sex(story: Story, a: int, b: int) -> int:
    """1 for "both men", -1 for "the two women", 0 for all else; tokens [a, b)."""
    if b - a > 4:
        return 0
    said = {story.token_text(t).lower() for t in range(a, b)}
    return bool(said & _MEN) - bool(said & _WOMEN)


def _leanings(
    story: Story, evidence: Evidence, names: NameBeliefs, entity: Sequence[int]
) -> dict[int, float]:
    """How much each entity is called "he" rather than "she", by its pronouns and its names."""
    out: dict[int, float] = {e: 2.0 * (r.gender[0] - r.gender[1]) for e, r in enumerate(names.roster)}
    for k, e in enumerate(entity):
        if evidence.mentions.kind[k] == 2:
            p = PRONOUNS.get(normalise(story.token_text(int(evidence.mentions.token_start[k]))).lower())
            if p is not None and p.set in ("he", "she"):
                out[e] = out.get(e, 0.0) + (1.0 if p.set == "he" else -1.0)
    return out
