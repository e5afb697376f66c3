"""Train the speaker and addressee scorer: a conditional random field over conversations with few labels.

    python -m training.speakers --data ../shared/data --out src/fabula/model/speakers.json [--folder MODEL]

Labels: LitBank's speakers; in novels, speech tags that are kept, hidden or made pronouns (speech_silver); as
addressees, vocatives and "said to Ann", hidden half of the time. All that is not labelled is summed over.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

import numpy as np
import torch

from fabula.heads.evidence import Evidence
from fabula.pipeline import first_beliefs
from fabula.resolve.conversations import (
    SpeakerWeights,
    conversations,
    decode,
)
from fabula.resolve.coref import Distribution
from fabula.resolve.names import NameBeliefs
from fabula.resolve.quote_context import QuoteContext, read_context
from fabula.resolve.speaker_features import (
    candidates_of,
    neural_windows,
)
from fabula.resolve.speakers import present
from fabula.types import Floats, Ints, Story
from training.held import is_held
from training.speaker_scorer import Labelled, Scorer, runs_of
from training.speech_silver import silver_passages

Person = TypeVar("Person", int, str)
Reader = Callable[[str], tuple[Story, Evidence]]


# ------------------------------------------------------------------ texts to examples
def _examples(
    name: str, story: Story, evidence: Evidence, neural: bool, weight: float,
    label: Callable[[NameBeliefs, Ints], dict[int, int]], silver: bool = False,
) -> Labelled:  # fmt: skip
    """``label`` is given the names and the entity of every mention, the narrator's "I" included."""
    names, entities, tellers, away = first_beliefs(story, evidence)
    narrators = tellers.entity
    context = read_context(story, evidence)
    candidates, beliefs, narrator_of = candidates_of(
        story, evidence, context, names, entities, narrators, neural_windows(context, evidence)
    )
    candidates = [present(c, away) for c in candidates]
    entity = np.asarray(
        [d[0][0] if d else e for d, e in zip(beliefs, entities.entity.tolist(), strict=True)], np.int32
    )
    known = label(names, entity)
    mask = [0.0] * len(context.quotes)
    for k, q in enumerate(context.quotes):
        if k in known or q.tag is None or q.tag.shape == "loose":
            continue
        if context.low[q.tag.name[0]] == "i" and narrator_of[k] >= 0:
            known[k], mask[k] = narrator_of[k], 0.7
        elif silver and q.tag.mention >= 0 and evidence.mentions.kind[q.tag.mention] == 1:
            d = beliefs[q.tag.mention]
            if d and d[0][1] > 0.7:
                known[k], mask[k] = d[0][0], 0.3
    speaker = tuple(known.get(k, -1) for k in range(len(story.quotes)))
    hearer = tuple(_hearer(q, beliefs, s) for q, s in zip(context.quotes, speaker, strict=True))
    return Labelled(name, context.quotes, tuple(candidates), speaker, hearer, neural, weight, tuple(mask))


def _hearer(q: QuoteContext, beliefs: Sequence[Distribution], speaker: int) -> int:
    found = {beliefs[j][0][0] for j in (*q.vocatives, *q.told) if beliefs[j] and beliefs[j][0][1] > 0.9} - {
        speaker
    }
    return found.pop() if len(found) == 1 else -1


def litbank_examples(path: Path, read: Reader, neural: bool, weight: float, again: bool = False) -> Labelled:
    """One LitBank document, its gold speakers mapped to the entities found."""
    gold = json.loads(path.read_text(encoding="utf-8"))
    story, evidence = read(gold["text"])

    def label(names: NameBeliefs, entity: Ints) -> dict[int, int]:
        to_gold = map_entities(story, evidence, entity, gold["mentions"])
        to_found = {g: e for e, g in to_gold.items()}
        spans = {(g["start"], g["end"]): g["speaker"] for g in gold["quotes"]}
        out = {}
        for k, q in enumerate(story.quotes):
            for (a, b), who in spans.items():
                if (
                    min(b, q.end) - max(a, q.start) >= 0.6 * (max(b, q.end) - min(a, q.start))
                    and who in to_found
                ):
                    out[k] = to_found[who]
        return out

    return _examples(path.stem, story, evidence, neural, weight, label)


def map_entities(
    story: Story, evidence: Evidence, entity: Ints, gold: Sequence[dict[str, object]]
) -> dict[int, str]:
    """Found entity to gold entity, one to one, by the mentions they share (names count most)."""
    by = {(m["start"], m["end"]): m for m in gold}
    votes: Counter[tuple[int, str]] = Counter()
    s, e = story.tokens.start, story.tokens.end
    for k, x in enumerate(entity.tolist()):
        g = by.get((int(s[evidence.mentions.token_start[k]]), int(e[evidence.mentions.token_end[k] - 1])))
        if g is not None:
            votes[x, str(g["entity"])] += {"PROP": 10, "NOM": 3}.get(str(g["kind"]), 1)
    return one_to_one(votes)


def one_to_one(votes: Mapping[tuple[int, Person], int]) -> dict[int, Person]:
    """Entity -> person, those with most votes first, each once."""
    out: dict[int, Person] = {}
    for (x, person), _ in sorted(votes.items(), key=lambda t: (-t[1], t[0])):
        if x not in out and person not in out.values():
            out[x] = person
    return out


def silver_examples(
    folder: Path, words: int, per_book: int, read: Reader, rng: random.Random
) -> Iterator[Labelled]:
    """Passages of novels whose tags were hidden in part."""
    for p in silver_passages(folder, words, rng, per_book):
        story, evidence = read(p.text)
        at = {q.start: k for k, q in enumerate(story.quotes)}
        said = {at[a]: name for a, name, _, _ in p.quotes if a in at}

        def label(names: NameBeliefs, _: Ints, said: dict[int, str] = said) -> dict[int, int]:
            holders = defaultdict(set)
            for e, entry in enumerate(names.roster):
                if entry.type == "PER" and entry.number == "sing":
                    for alias in entry.aliases:
                        holders[alias.text].add(e)
            return {k: next(iter(holders[n])) for k, n in said.items() if len(holders.get(n, ())) == 1}

        yield _examples(p.name, story, evidence, True, 1.0, label, silver=True)


def train(
    data: Sequence[Labelled], epochs: int, hidden: int, lr: float, decay: float, seed: int
) -> SpeakerWeights:
    """Fit the weights."""
    torch.manual_seed(seed)
    rng = random.Random(seed)
    rows: Floats = np.concatenate(
        [c.features for d in data if d.neural for c in d.candidates if len(c.entity)]
    )
    mean, deviation = rows.mean(0), rows.std(0)
    scale = 1 / np.where(deviation < 1e-4, 1.0, np.maximum(deviation, 0.1))
    model = Scorer(torch.from_numpy(mean), torch.from_numpy(scale.astype(np.float32)), hidden)
    work = [r for d in data for r in runs_of(d)]
    # The tables of steps are few numbers that every conversation shares: they may move faster, and freely.
    groups = [
        {
            "params": [model.first, model.first_bias, model.second, model.straight, model.nobody],
            "lr": lr,
            "weight_decay": decay,
        },
        {"params": [model.step, model.trust], "lr": 6 * lr, "weight_decay": decay / 10},
    ]
    optimizer = torch.optim.AdamW(groups, lr=lr)
    batch = 4
    steps = epochs * (len(work) // batch + 1)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, [g["lr"] for g in groups], total_steps=steps, pct_start=0.1
    )
    for epoch in range(epochs):
        rng.shuffle(work)
        total = labels = 0.0
        model.train()
        for a in range(0, len(work), batch):
            part = work[a : a + batch]
            loss = torch.stack([model.loss(r, True, 0.1) for r in part]).sum() / 15.0
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 5.0)
            optimizer.step()
            schedule.step()
            total += 15.0 * float(loss.detach())
            labels += sum(r.weight * float((r.speaker >= 0).sum()) for r in part)
        print(
            json.dumps(
                {"epoch": epoch, "runs": len(work), "loss per speaker": round(total / max(labels, 1), 4)}
            ),
            flush=True,
        )
    return model.weights()


def accuracy(w: SpeakerWeights, data: Sequence[Labelled]) -> dict[str, float]:
    """Share of labelled speakers found, and how many of them are among the candidates; per cent."""
    n = right = there = 0
    for d in data:
        outer = [k for k, q in enumerate(d.contexts) if q.parent < 0]
        for run in conversations(d.contexts, outer):
            for k, table in zip(run, decode(w, d.contexts, d.candidates, run), strict=True):
                if d.speaker[k] >= 0:
                    n += 1
                    ids = d.candidates[k].entity
                    there += d.speaker[k] in ids
                    right += bool(len(ids)) and int(ids[int(np.argmax(table.sum(1)))]) == d.speaker[k]
    return {
        "n": n,
        "right": round(100 * right / max(n, 1), 1),
        "among candidates": round(100 * there / max(n, 1), 1),
    }


def save(w: SpeakerWeights, path: Path, together: bool = False) -> None:
    """Write the weights as JSON with five digits; with ``together``, beside those that are there."""
    table = {k: np.round(getattr(w, k).astype(float), 5).tolist() for k in SpeakerWeights.__slots__}
    if together:
        table = json.loads(path.read_text(encoding="utf-8")) | {"together": table}
    path.write_text(json.dumps(table) + "\n", encoding="utf-8")


def gather_examples(
    data: Path, read: Reader, words: int, per_book: int, held: int, seed: int
) -> list[Labelled]:
    """LitBank's training documents and the silver passages.

    ``held``: how many LitBank documents the encoder was not trained on (training.read --hold); of the others
    the encoder's own scores are not shown.
    """
    paths = sorted((data / "litbank_natural/train").glob("*.json"))
    every = len(paths) // held if held else 0
    out = []
    for k, path in enumerate(paths):
        if is_held(path.stem):
            continue
        fresh = bool(every) and k % every == 0
        out.append(litbank_examples(path, read, fresh, 3.0 if fresh else 1.5))
    out += silver_examples(data / "gutenberg", words, per_book, read, random.Random(seed))
    return out


def main() -> None:
    """Parse the command line and train."""
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--data", type=Path, default=Path("../shared/data"))
    p.add_argument("--folder", type=Path, default=None, help="model folder; the package's own if not given")
    p.add_argument("--out", type=Path, default=Path("src/fabula/model/speakers.json"))
    p.add_argument("--stories", type=Path, default=None, help="folder of marked stories (training/stories)")
    p.add_argument("--story-weight", type=float, default=2.0)
    p.add_argument("--held", type=int, default=0)
    p.add_argument("--words", type=int, default=11000)
    p.add_argument("--per-book", type=int, default=2)
    p.add_argument("--epochs", type=int, default=12)
    p.add_argument("--hidden", type=int, default=24)
    p.add_argument("--lr", type=float, default=5e-3)
    p.add_argument("--decay", type=float, default=0.02)
    p.add_argument("--seed", type=int, default=5)
    a = p.parse_args()
    from fabula.encoder.session import OnnxEncoder, model_folder
    from fabula.heads.evidence import gather
    from fabula.text import read_text

    folder = a.folder or model_folder()
    encoder = OnnxEncoder(folder)

    def read(text: str) -> tuple[Story, Evidence]:
        story = read_text(text)
        return story, gather(story, encoder, folder)

    data = gather_examples(a.data, read, a.words, a.per_book, a.held, a.seed)
    if a.stories:
        from training.story_examples import story_examples

        data += story_examples(a.stories, read, a.story_weight)
    w = train(data, a.epochs, a.hidden, a.lr, a.decay, a.seed)
    save(w, a.out)
    dev = [
        litbank_examples(q, read, True, 1.0)
        for q in sorted((a.data / "litbank_natural/train").glob("*.json"))
        if is_held(q.stem)
    ]
    print(
        json.dumps(
            {"train": accuracy(w, data), "held LitBank, those whose person was found": accuracy(w, dev)}
        )
    )


if __name__ == "__main__":
    main()
