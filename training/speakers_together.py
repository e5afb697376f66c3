"""Train the conversation decoder once more, beside the person model's word on who speaks and who hears.

    python -m training.speakers_together --stories training/stories --novels training/novels --cache CACHE

What the person model says becomes one more score of a candidate, whose weight is learnt with all the others.
Labels: the marked stories, the labelled passages of novels and LitBank's training documents, each read as the
program reads it. Readings are kept in --cache, one pickle a text; ``--part K N`` only makes every Nth.
"""

from __future__ import annotations

import argparse
import json
import pickle
import random
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from fabula.pipeline import settle
from fabula.resolve.speakers import speech_candidates, surroundings
from fabula.text import read_text
from fabula.types import MentionSpans, Story
from training.held import is_held_text
from training.labelled_texts import kept, labelled_texts
from training.person_data import People
from training.speaker_scorer import Labelled
from training.speakers import Reader, accuracy, one_to_one, save, train

WEIGHT = {"story": 1.0, "novel": 1.0, "litbank": 1.0}
_KIND_WEIGHT = {0: 10, 1: 3, 2: 1}


def labelled(people: People, text: str, read: Reader) -> Labelled:
    """One text, read to the end; its people mapped to the entities found, one to one."""
    story, evidence = read(text)
    s = settle(story, evidence)
    around = surroundings(story, evidence)
    candidates = speech_candidates(
        story, evidence, s.names, s.entities, s.narrators, s.away, None, s.persons, around
    )
    found = entity_of(people, s.entities.entity.tolist(), evidence.mentions)
    at = {a: (who, to) for a, _, who, to in people.quotes.tolist()}
    rows = [at.get(int(a), (-1, -1)) for a in evidence.layout.quote_tokens[:, 0]]
    return Labelled(
        people.name,
        around[0].quotes,
        tuple(candidates),
        tuple(found.get(who, -1) for who, _ in rows),
        tuple(found.get(to, -1) for _, to in rows),
        True,
        WEIGHT[people.source],
        (0.0,) * len(rows),
        gold=True,
    )


def entity_of(people: People, entity: Sequence[int], mentions: MentionSpans) -> dict[int, int]:
    """Person -> entity of the reading, by the mentions they share (names count most)."""
    gold = {(a, b): (e, kind) for a, b, _, kind, e in people.mentions.tolist() if e >= 0}
    votes: Counter[tuple[int, int]] = Counter()
    spans = zip(mentions.token_start.tolist(), mentions.token_end.tolist(), strict=True)
    for span, x in zip(spans, entity, strict=True):
        if span in gold:
            person, kind = gold[span]
            votes[x, person] += _KIND_WEIGHT[kind]
    return {person: x for x, person in one_to_one(votes).items()}


def gather(a: argparse.Namespace) -> list[tuple[str, Labelled]]:
    """Read what is not read yet, at most ``--texts``; (source, example) of all."""
    from fabula.encoder.session import OnnxEncoder, model_folder
    from fabula.heads import evidence

    folder = a.folder or model_folder()
    encoder = OnnxEncoder(folder, threads=1)

    def read(text: str) -> tuple[Story, evidence.Evidence]:
        story = read_text(text)
        return story, evidence.gather(story, encoder, folder)

    a.cache.mkdir(parents=True, exist_ok=True)
    texts = labelled_texts(a.data, a.stories, a.novels)
    random.Random(a.seed).shuffle(texts)
    out = []
    for source, path in texts[: a.texts][a.part[0] :: a.part[1]]:
        made = kept(a.cache, source, path, a.data, lambda people, text: labelled(people, text, read))
        if made is not None:
            out.append((source, pickle.loads(made.read_bytes())))
    return out


def main() -> None:
    """Parse the command line, read and train."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--data", type=Path, default=Path("../shared/data"))
    p.add_argument("--stories", type=Path, required=True)
    p.add_argument("--novels", type=Path, required=True)
    p.add_argument("--folder", type=Path, default=None, help="model folder; the package's own if not given")
    p.add_argument("--cache", type=Path, required=True)
    p.add_argument("--out", type=Path, default=Path("src/fabula/model/speakers.json"))
    p.add_argument("--texts", type=int, default=10_000, help="at most so many texts")
    p.add_argument("--part", type=int, nargs=2, help="only read this part of so many, to run side by side")
    p.add_argument("--epochs", type=int, default=8)
    p.add_argument("--hidden", type=int, default=24)
    p.add_argument("--lr", type=float, default=5e-3)
    p.add_argument("--decay", type=float, default=0.02)
    p.add_argument("--seed", type=int, default=5)
    a = p.parse_args()
    only_read = a.part is not None
    a.part = a.part or (0, 1)
    data = gather(a)
    if only_read:
        print("read", len(data))
        return
    learnt = [d for source, d in data if not is_held_text(d.name, source)]
    w = train(learnt, a.epochs, a.hidden, a.lr, a.decay, a.seed)
    save(w, a.out, together=True)
    print("trust", np.round(w.trust, 3).tolist())
    for source in WEIGHT:
        rest = [d for s, d in data if s == source and is_held_text(d.name, s)]
        print(json.dumps({f"held {source}": accuracy(w, rest)}), flush=True)


if __name__ == "__main__":
    main()
