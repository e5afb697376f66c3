"""Learn whom "he" and "she" mean when links and the person model have had their say.

    python -m training.focus --data ../shared/data --rows runs/focus --out src/fabula/model/focus.npz

Reads texts with the program as far as ``fabula/resolve/focus.py`` and learns its network: a softmax over the
candidates of each pronoun, with one linear and one hidden layer. All stories that the person model has not
learnt from teach how far to trust it; LitBank's training documents and a part of the stories and novels that
it has learnt from teach the rest. Texts that training/held.py holds out are scored at the end, pronouns of
named and of nameless people apart. ``--rows`` keeps what was read, a file for each text, and goes on from
there; ``--part 0 2`` and ``--part 1 2`` read on two cores.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from fabula.resolve.focus_features import FEATURES
from fabula.types import Floats, Ints, MentionSpans
from training.calibrate import one_to_one
from training.labelled_texts import load_text, sampled_name, sampled_texts, sampling_options

HIDDEN, NETWORKS = 32, 3
"""Units of a network, and how many are averaged: together they are one with so many times the units."""
EPOCHS, BATCH, RATE, DECAY, DROPOUT = 16, 256, 2e-3, 0.1, 0.3
NOW = FEATURES.index("now")


@dataclass(frozen=True, slots=True)
class Pronoun:
    """Features (n, len(FEATURES)) of its candidates; which is right, -1 for none; whether that one was
    believed before; and whether who is meant has a name.
    """

    x: Floats
    right: int
    before: bool
    named: bool


def texts(data: Path, stories: Path, novels: Path, since: str, every: int) -> Iterator[tuple[str, str, Ints]]:
    """(name, text, mentions) of all that is learnt from or scored; mentions as ``person_data.People`` has
    them. The name begins with the source, and with "held" before it where a text is only scored.
    """
    for source, path, held in sampled_texts(data, stories, novels, since, every):
        people, text = load_text(source, path, data)
        yield sampled_name(source, path, held), text, people.mentions


def owners(m: MentionSpans, entity: Ints, gold: Ints) -> dict[int, int]:
    """Labelled person -> the entity that is theirs, one to one: by names, else by descriptions."""
    at = {(int(a), int(b)): k for k, (a, b) in enumerate(zip(m.token_start, m.token_end, strict=True))}
    names = sorted((b - a, a, b, k) for (a, b), k in at.items() if m.kind[k] == 0)
    named: dict[int, Counter[Hashable]] = defaultdict(Counter)
    other: dict[int, Counter[int]] = defaultdict(Counter)
    for a, b, _, kind, who in gold.tolist():
        if who < 0:
            continue
        if kind == 0:
            around = next((k for _, x, y, k in names if x <= a and b <= y), -1)
            if around >= 0:
                named[int(entity[around])][who] += 1
        elif (a, b) in at:
            other[int(entity[at[a, b]])][who] += 50 if kind == 1 else 1
    out = {int(str(who)): e for e, who in one_to_one(dict(named)).items()}
    taken = set(out.values())
    for e, counts in sorted(other.items(), key=lambda t: (-max(t[1].values()), t[0])):
        who = counts.most_common(1)[0][0]
        if who not in out and e not in taken:
            out[who] = e
    return out


def read(text: str, gold: Ints) -> list[Pronoun]:
    """The labelled pronouns of a text, as the program believes before it weighs them once more."""
    from fabula.encoder.session import model_folder
    from fabula.heads.evidence import gather
    from fabula.pipeline import default_encoder, settle
    from fabula.resolve.focus_features import FocusFeatures
    from fabula.resolve.focus_people import FocusPeople
    from fabula.resolve.grammar import apart
    from fabula.text import read_text

    story = read_text(text)
    evidence = gather(story, default_encoder(), model_folder())
    s = settle(story, evidence, refocus=False)
    if s.persons is None:
        return []
    m = evidence.mentions
    owner = owners(m, s.entities.entity, gold)
    means = {(a, b): who for a, b, _, kind, who in gold.tolist() if kind == 2 and who >= 0}
    named = {who for _, _, _, kind, who in gold.tolist() if kind == 0}
    people = FocusPeople(story, evidence, s.names, s.entities)
    features = FocusFeatures(people, s.persons, s.speech, apart(story, evidence), s.away, s.narrators)
    out = []
    for k in people.third:
        who = means.get((int(m.token_start[k]), int(m.token_end[k])))
        chosen, x = features.of(k)
        if who is not None and chosen:
            e = owner.get(who, -1)
            right = chosen.index(e) if e in chosen else -1
            out.append(Pronoun(x, right, people.best[k] == e, who in named))
    return out


def kept(folder: Path, name: str, text: str, gold: Ints) -> list[Pronoun]:
    """``read``, from ``folder`` if it is there."""
    path = folder / f"{name}.npz"
    if not path.exists():
        rows = read(text, gold)
        x = np.concatenate([p.x for p in rows]) if rows else np.zeros((0, len(FEATURES)), np.float32)
        table = np.asarray([(len(p.x), p.right, p.before, p.named) for p in rows], np.int32).reshape(-1, 4)
        part = path.with_suffix(".part.npz")
        np.savez_compressed(part, x=x, table=table)
        part.rename(path)
    with np.load(path) as z:
        x, table = z["x"], z["table"]
    ends = np.cumsum(table[:, 0])
    return [
        Pronoun(x[end - n : end], int(right), bool(before), bool(named))
        for end, (n, right, before, named) in zip(ends.tolist(), table.tolist(), strict=True)
    ]


class Network(nn.Module):
    """Scores of candidates by their standardised features (…, n); begins as the logarithm of the belief."""

    def __init__(self, mean: Tensor, scale: Tensor) -> None:
        super().__init__()
        self.mean, self.scale = mean, scale
        self.trust = nn.Parameter(torch.tensor(1.0))
        self.linear = nn.Linear(len(FEATURES), 1, bias=False)
        self.hidden = nn.Linear(len(FEATURES), HIDDEN)
        self.out = nn.Linear(HIDDEN, 1, bias=False)
        self.drop = nn.Dropout(DROPOUT)
        nn.init.zeros_(self.linear.weight)
        nn.init.zeros_(self.out.weight)

    def forward(self, x: Tensor) -> Tensor:
        """Scores (…,)."""
        z = (x - self.mean) / self.scale
        heard = self.out(self.drop(torch.tanh(self.hidden(z))))
        scores: Tensor = (self.trust * x[..., NOW : NOW + 1] + self.linear(z) + heard)[..., 0]
        return scores


def padded(rows: Sequence[Pronoun]) -> tuple[Tensor, Tensor, Tensor]:
    """Features (r, most, n), which of them are candidates, and which is right."""
    most = max(len(p.x) for p in rows)
    x = torch.zeros(len(rows), most, len(FEATURES))
    there = torch.zeros(len(rows), most, dtype=torch.bool)
    for i, p in enumerate(rows):
        x[i, : len(p.x)] = torch.from_numpy(p.x)
        there[i, : len(p.x)] = True
    return x, there, torch.tensor([p.right for p in rows])


def fit(rows: Sequence[Pronoun], seed: int) -> Network:
    """One network, by AdamW with a falling rate; pronouns whose owner is no candidate teach nothing."""
    torch.manual_seed(seed)
    x, there, right = padded([p for p in rows if p.right >= 0])
    net = Network(x[there].mean(0), x[there].std(0) + 1e-3)
    optimiser = torch.optim.AdamW(net.parameters(), lr=RATE, weight_decay=DECAY)
    steps = EPOCHS * (len(right) // BATCH + 1)
    falling = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, steps)
    for _ in range(EPOCHS):
        for batch in torch.randperm(len(right)).split(BATCH):
            scores = net(x[batch]).masked_fill(~there[batch], -1e9)
            loss = nn.functional.cross_entropy(scores, right[batch])
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            falling.step()
    return net.eval()


def folded(nets: Sequence[Network]) -> dict[str, Floats]:
    """The mean of the networks, as one over plain features, but for what all candidates share."""
    linear: list[Floats] = []
    hidden: list[Floats] = []
    bias: list[Floats] = []
    out: list[Floats] = []
    for net in nets:
        w = {k: v.detach().numpy() for k, v in net.named_parameters()}
        scale, mean = net.scale.numpy(), net.mean.numpy()
        own = w["linear.weight"][0] / scale
        own[NOW] += w["trust"]
        linear.append(own)
        hidden.append(w["hidden.weight"] / scale)
        bias.append(w["hidden.bias"] - hidden[-1] @ mean)
        out.append(w["out.weight"][0] / len(nets))
    arrays = {"linear": np.mean(linear, 0), "hidden": np.concatenate(hidden)}
    arrays |= {"bias": np.concatenate(bias), "out": np.concatenate(out)}
    return {k: np.asarray(v, dtype=np.float32) for k, v in arrays.items()}


def report(weights: dict[str, Floats], rows: Sequence[Pronoun]) -> str:
    """Share right before and now: of all, of people with a name, of people without."""
    from fabula.resolve.focus import FocusWeights

    w = FocusWeights(weights["linear"], weights["hidden"], weights["bias"], weights["out"])
    right = np.asarray([int(w.scores(p.x).argmax()) == p.right for p in rows])
    before, named = np.asarray([p.before for p in rows]), np.asarray([p.named for p in rows])
    parts = [np.ones(len(rows), bool), named, ~named]
    return "; ".join(
        f"{int(some.sum()):,}: {100 * before[some].mean():.1f} to {100 * right[some].mean():.1f}"
        for some in parts
        if some.any()
    )


def main() -> None:
    """Parse the command line, read, learn and write the weights."""
    p = argparse.ArgumentParser(description=__doc__)
    sampling_options(p)
    p.add_argument("--out", type=Path, required=True)
    a = p.parse_args()
    a.rows.mkdir(parents=True, exist_ok=True)
    rows: dict[str, list[Pronoun]] = defaultdict(list)
    for n, (name, text, gold) in enumerate(texts(a.data, a.stories, a.novels, a.since, a.every)):
        if a.part is None or n % a.part[1] == a.part[0]:
            source = name.split("-")[1] if name.startswith("held-") else ""
            rows[source] += kept(a.rows, name, text, gold)
    if a.part is not None:
        return
    weights = folded([fit(rows[""], seed) for seed in range(NETWORKS)])
    print(f"learnt from {len(rows['']):,} pronouns; all, of the named, of the nameless:")
    for source in sorted(set(rows) - {""}):
        print(f"  {source}, held out: {report(weights, rows[source])}")
    part = a.out.with_suffix(".part.npz")
    arrays: dict[str, Any] = dict(weights)
    np.savez_compressed(part, **arrays)
    part.rename(a.out)


if __name__ == "__main__":
    main()
