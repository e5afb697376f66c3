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
from pathlib import Path

import numpy as np

from fabula.pipeline import settle
from fabula.resolve.speakers import speech_candidates, surroundings
from fabula.text import read_text
from fabula.types import Story
from training.held import is_held_text
from training.novels import from_novel
from training.person_data import People, from_litbank, from_marks, parse_marks
from training.speakers import Labelled, Reader, accuracy, save, train

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
    found = entity_of(people, story, s.entities.entity.tolist(), evidence.mentions)
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


def entity_of(people: People, story: Story, entity: list[int], mentions: object) -> dict[int, int]:
    """Person -> entity of the reading, by the mentions they share (names count most)."""
    gold = {(a, b): (e, kind) for a, b, _, kind, e in people.mentions.tolist() if e >= 0}
    votes: Counter[tuple[int, int]] = Counter()
    starts, ends = mentions.token_start.tolist(), mentions.token_end.tolist()  # type: ignore[attr-defined]
    for a, b, x in zip(starts, ends, entity, strict=True):
        if (a, b) in gold:
            person, kind = gold[a, b]
            votes[x, person] += _KIND_WEIGHT[kind]
    out: dict[int, int] = {}
    for (x, person), _ in sorted(votes.items(), key=lambda t: (-t[1], t[0])):
        if person not in out and x not in out.values():
            out[person] = x
    return out


def texts(data: Path, stories: Path, novels: Path, seed: int) -> list[tuple[str, Path]]:
    """(source, path) of all labelled texts, in a random order that is always the same."""
    out = [("litbank", p) for p in sorted((data / "litbank_natural/train").glob("*.json"))]
    out += [("story", p) for p in sorted(stories.rglob("*.mark"))]
    out += [("novel", p) for p in sorted(novels.glob("*.json"))]
    random.Random(seed).shuffle(out)
    return out


def load(source: str, path: Path, data: Path) -> tuple[People, str]:
    """A labelled text and its people."""
    if source == "novel":
        return from_novel(path, data)
    raw = path.read_text(encoding="utf-8")
    if source == "litbank":
        return from_litbank(path), json.loads(raw)["text"]
    return from_marks(path), parse_marks(raw)[0]


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
    out = []
    for source, path in texts(a.data, a.stories, a.novels, a.seed)[: a.texts][a.part[0] :: a.part[1]]:
        kept = a.cache / f"{source}_{path.parent.name}_{path.stem}.pickle"
        if not kept.exists():
            try:
                people, text = load(source, path, a.data)
                example = labelled(people, text, read)
            except (OSError, ValueError, KeyError, IndexError) as e:
                print(path, "left out:", repr(e), flush=True)
                continue
            temporary = kept.with_suffix(".tmp")
            temporary.write_bytes(pickle.dumps(example))
            temporary.rename(kept)
        out.append((source, pickle.loads(kept.read_bytes())))
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
    kept = [d for source, d in data if not is_held_text(d.name, source)]
    w = train(kept, a.epochs, a.hidden, a.lr, a.decay, a.seed)
    save(w, a.out, together=True)
    print("trust", np.round(w.trust, 3).tolist())
    for source in WEIGHT:
        rest = [d for s, d in data if s == source and is_held_text(d.name, s)]
        print(json.dumps({f"held {source}": accuracy(w, rest)}), flush=True)


if __name__ == "__main__":
    main()
