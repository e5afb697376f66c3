"""Marked texts as the program itself reads them first: its mentions, names, header and marks; gold answers.

    python -m training.person_read --stories training/stories --out runs/read

Learning from gold headers alone, the person model trusts that everybody stands in the header once and by the
right name. What it is given in use has people twice, nicknames nobody joined, and names nobody found; here
it learns from that, as scheduled sampling does for a decoder's own past (Bengio et al. 2015). One pickle a
text.
"""

from __future__ import annotations

import argparse
import pickle
import random
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from fabula.encoder.person_windows import (
    ASKED,
    DESCRIPTION,
    FIRST_SLOT,
    HEARER,
    MAX_PEOPLE,
    N_SLOTS,
    OTHER,
    SEVERAL,
    SIZE,
    SPEAKER,
    SPECIAL_WIDTH,
    Person,
    PersonWindow,
    build_window,
    mention_question,
    phrase_width,
)  # fmt: skip
from fabula.encoder.pieces import PieceEncoder
from fabula.encoder.session import OnnxEncoder
from fabula.resolve.person_cast import Cast, header_of
from fabula.types import Ints
from training.labelled_texts import kept, labelled_texts
from training.person_batch import Questions
from training.person_data import MANY, UNKNOWN, People
from training.person_windows import NAMED, NOISE, TOLD, WEIGHT, deal_slots, tellers

LEAST = 0.5
"""Share of a nameless entity's mentions that must be one person's for it to be that person."""
REVEALED = 0.25
"""Share of the windows in which some answers are revealed."""
DOUBTFUL, PLAIN = 0.5, 0.06
"""Share of the windows in which it is asked whom a name means: one that only talk uses, or that stands for
somebody whom another entry names; any other."""


@dataclass(slots=True)
class Read:
    """A text whose people are known, as read. Spans are tokens, half-open.

    ``cast``: who may stand in a header. ``who``: entity of the reading -> person. ``names`` (n, 3): start,
    end, entity. ``asked`` (m, 5): start, end, head, kind, person. ``quotes`` (q, 5): start, end, speaker,
    addressee (persons), and the entity that a tag names or -1.
    """

    people: People
    cast: Cast
    who: dict[int, int]
    names: Ints
    asked: Ints
    quotes: Ints


def read(people: People, text: str, encoder: OnnxEncoder) -> Read:
    """Read ``text`` as the pipeline does before it asks the person model."""
    from fabula.encoder.session import model_folder
    from fabula.heads.evidence import gather
    from fabula.pipeline import first_beliefs
    from fabula.resolve.person_cast import describe_people
    from fabula.resolve.persons import TAG_SURE
    from fabula.resolve.speakers import resolve_speech
    from fabula.text import read_text

    story = read_text(text, name=people.name)
    tokens = [story.token_text(i) for i in range(len(story.tokens))]
    if tokens != list(people.tokens):
        raise ValueError(f"{people.name}: read in other tokens than it is marked in")
    evidence = gather(story, encoder, model_folder())
    names, entities, tellers, away = first_beliefs(story, evidence)
    narrators = tellers.entity
    speech = resolve_speech(story, evidence, names, entities, narrators, away)
    m = evidence.mentions
    gold = {(a, b): e for a, b, _, _, e in people.mentions.tolist()}
    by_head = {(h, kind): e for _, _, h, kind, e in people.mentions.tolist()}
    cast = describe_people(story, evidence, names, entities.distribution, narrators)
    marks, asked = [], []
    votes: dict[int, Counter[int]] = defaultdict(Counter)
    for k in range(len(m)):
        if m.type[k] != 0:
            continue
        a, b, h, kind = (int(x[k]) for x in (m.token_start, m.token_end, m.head_token, m.kind))
        person = gold.get((a, b), by_head.get((h, kind), UNKNOWN))
        if kind == 0:
            e = int(names.entity[k])
            marks.append((a, b, e))
        else:
            e = cast.role.get(k, int(entities.entity[k]))
            asked.append((a, b, h, kind, person))
        if e >= 0 and (kind == 0 or e >= len(names.roster)):
            votes[e][person] += 1
    who: dict[int, int] = {}
    for e, c in votes.items():
        best, n = c.most_common(1)[0]
        if best >= 0 and n >= LEAST * sum(c.values()):
            who[e] = best
    said = {a: (s, t) for a, _, s, t in people.quotes.tolist()}
    quotes = []
    for q, (a, b) in enumerate(evidence.layout.quote_tokens.tolist()):
        s, t = said.get(a, (UNKNOWN, UNKNOWN))
        d = speech.speaker[q]
        told = d[0][0] if speech.type[q] == "explicit" and d and d[0][1] > TAG_SURE else -1
        quotes.append((a, b, s, t, told))
    return Read(
        people,
        cast,
        who,
        np.asarray(marks, np.int32).reshape(-1, 3),
        np.asarray(asked, np.int32).reshape(-1, 5),
        np.asarray(quotes, np.int32).reshape(-1, 5),
    )


def renamed(words: Sequence[str], new: Mapping[str, str]) -> tuple[str, ...]:
    """A header's words with names exchanged."""
    return tuple(new.get(w, w) for w in words)


def sample_read(
    r: Read,
    start: int,
    pieces: PieceEncoder,
    rng: random.Random,
    new: Mapping[str, str],
    *,
    plain: bool = False,
) -> tuple[PersonWindow, Questions, int]:
    """A window that begins at token ``start``, as the program would lay it out, and its end.

    ``new`` exchanges names; ``plain``: nothing is revealed, nobody left out.
    """
    d = r.people
    guess = min(len(d.tokens), start + SIZE)
    entities = [e for e in header_of(r.cast, start, guess) if plain or rng.random() > 0.04]
    tells = tellers(d, start, guess)
    here = set(tells.values())

    def words(e: int) -> tuple[str, ...]:
        w = renamed(r.cast.words[e], new)
        return w[:-1] if len(w) > 1 and w[-1] == "I" and here and r.who.get(e, -1) not in here else w

    header = [Person(words(e)) for e in entities]
    slot_of = {e: FIRST_SLOT + k for k, e in enumerate(entities)}
    columns: dict[int, list[int]] = defaultdict(list)
    # Whoever stands in the header twice is meant by one entry, that of the name or the one most often meant:
    # two people in the answer are one in the text.
    weight = np.bincount(r.cast.entity, r.cast.weight) if len(r.cast.entity) else np.zeros(1)
    named = set(r.names[:, 2].tolist())
    for e in sorted(slot_of, key=lambda e: (e not in named, -weight[e] if e < len(weight) else 0.0)):
        if e in r.who:
            columns[r.who[e]].append(slot_of[e])
    tokens = [new.get(t, t) for t in d.tokens[start:guess]]
    p = pieces.encode(tokens, d.initial[start:guess], d.quoted[start:guess])
    width = sum(phrase_width(pieces, h) for h in header) + SPECIAL_WIDTH
    n = int(np.searchsorted(p.first, SIZE - width - 3, side="right")) - 1
    n = max(n, 1)
    end = start + n
    text = (p.ids[: p.first[n]], p.features[: p.first[n]], p.first[: n + 1])
    marks, said = np.zeros(n, np.int32), np.zeros(n, np.int32)
    share = rng.random() if not plain and rng.random() < REVEALED else 0.0
    rows: list[tuple[int, int, np.ndarray, float, int, int]] = []

    def slots(person: int) -> list[int]:
        return [SEVERAL] if person == MANY else columns.get(person, [OTHER]) if person >= 0 else [OTHER]

    def shown(person: int) -> int:
        if person == UNKNOWN or rng.random() >= share:
            return ASKED
        if header and rng.random() < NOISE:
            return rng.randrange(FIRST_SLOT, FIRST_SLOT + len(header))
        return rng.choice(slots(person))

    def ask(kind: int, at: int, person: int, first: int = 0, last: int = 0) -> None:
        right = np.zeros(len(header) + 2, bool)
        if person != UNKNOWN:
            right[slots(person)[0] - OTHER] = True
        rows.append((kind, at - start, right, WEIGHT[kind] if person != UNKNOWN else 0.0, first, last))

    doubted = set() if plain else doubted_names(r, slot_of, columns, rng)
    spans = [(a, b, -1, 0, e) for a, b, e in r.names.tolist()] + [tuple(x) for x in r.asked.tolist()]
    for a, b, h, kind, e in sorted(spans):
        if a < start or b > end:
            continue
        if kind == 0 and e in doubted:
            marks[a - start : b - start] = ASKED
            right = np.zeros(len(header) + 2, bool)
            right[columns.get(r.who.get(e, UNKNOWN), [slot_of[e]])[0] - OTHER] = True
            rows.append((DESCRIPTION, b - 1 - start, right, NAMED, 0, 0))
            continue
        if kind == 0:
            marks[a - start : b - start] = slot_of.get(e, 0)
            continue
        told = a in tells and e in columns and (plain or rng.random() < TOLD)
        marks[a - start : b - start] = mark = columns[e][0] if told else shown(e)
        if mark == ASKED:
            kind_asked = mention_question(d.tokens[a]) if kind == 2 else DESCRIPTION
            ask(kind_asked, a if kind == 2 else h, e)
    for a, b, s, t, told in r.quotes.tolist():
        if not start <= a < end:
            continue
        said[a - start] = mark = slot_of.get(told, OTHER) if told >= 0 else shown(s)
        last = min(b, end) - start - 1
        if mark == ASKED:
            ask(SPEAKER, a, s, a - start, last)
        if b <= end and b - 1 != a:
            mark = shown(t)
            said[b - 1 - start] = N_SLOTS + mark
            if mark == ASKED:
                ask(HEARER, b - 1, t, a - start, last)
    window = build_window(pieces, header, text, marks, said, rng.sample(range(len(header)), len(header)))
    columns_of = list(zip(*rows, strict=True)) if rows else [()] * 6
    q = Questions(
        np.asarray(columns_of[0], np.int64),
        np.asarray(columns_of[1], np.int64),
        np.asarray(columns_of[2], bool).reshape(-1, len(header) + 2),
        np.asarray(columns_of[3], np.float32),
        np.asarray(columns_of[4], np.int64),
        np.asarray(columns_of[5], np.int64),
    )
    return deal_slots(window, rng.sample(range(MAX_PEOPLE), MAX_PEOPLE)), q, end


def doubted_names(
    r: Read, slot_of: Mapping[int, int], columns: Mapping[int, Sequence[int]], rng: random.Random
) -> set[int]:
    """Entities of a header whose names are to be asked after.

    Names that only talk uses are often a second name of somebody whom the narration calls by another.
    """
    told = {e for a, _, e in r.names.tolist() if not r.people.quoted[a]}
    out = set()
    for e in set(r.names[:, 2].tolist()) & set(slot_of):
        entries = columns.get(r.who.get(e, UNKNOWN), [slot_of[e]])
        doubtful = e not in told or entries[0] != slot_of[e]
        if rng.random() < (DOUBTFUL if doubtful else PLAIN):
            out.add(e)
    return out


def one_gender_read(r: Read, people: People, target: str) -> Read:
    """``r`` with the people's text and every header's pronoun as ``one_gender`` makes them."""
    words = {
        e: tuple(target if w in ("he", "she") and k == len(p) - 1 and k else w for k, w in enumerate(p))
        for e, p in r.cast.words.items()
    }
    return replace(r, people=people, cast=replace(r.cast, words=words))


def load(folder: Path) -> list[Read]:
    """Every text read into ``folder``, in name order."""
    return [pickle.loads(p.read_bytes()) for p in sorted(folder.glob("*.pickle"))]


def main() -> None:
    """Parse the command line, read LitBank's training documents, the marked stories and the novels."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--data", type=Path, default=Path("../shared/data"))
    p.add_argument("--stories", type=Path, required=True)
    p.add_argument("--novels", type=Path, help="labelled passages of novels (training.novel_answers)")
    p.add_argument("--out", type=Path, required=True)
    p.add_argument(
        "--part", type=int, nargs=2, default=[0, 1], help="this part of so many, to run side by side"
    )
    a = p.parse_args()
    # Run as a script this module is __main__; what is pickled must be found under its own name.
    from training import person_read

    a.out.mkdir(parents=True, exist_ok=True)
    encoder = OnnxEncoder(threads=1)
    for source, path in labelled_texts(a.data, a.stories, a.novels)[a.part[0] :: a.part[1]]:
        kept(a.out, source, path, a.data, lambda people, text: person_read.read(people, text, encoder))
    print("done", len(list(a.out.glob("*.pickle"))), flush=True)


if __name__ == "__main__":
    main()
