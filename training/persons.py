"""Train the person model on silver novels, LitBank and marked stories.

    python -m training.persons --silver runs/silver --stories training/stories --out runs/persons --minutes 60

Checkpoints into --out (a running average of the weights; it is what is evaluated) and
goes on from the last one found there.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from fabula.encoder.person_windows import PersonWindow
from fabula.encoder.pieces import PieceEncoder
from training import person_read, person_silver
from training.bert import Layer, load_minilm, minilm_folder
from training.held import is_held_text
from training.model import TRUNK_LAYERS
from training.novels import load_novels
from training.person_data import People, from_litbank, from_marks
from training.person_model import Persons, Questions
from training.person_read import Read, one_gender_read, sample_read
from training.person_windows import new_names, one_gender, rename, sample

SOURCES = ("silver", "litbank", "story", "read")
VEIL = 0.16
"""At most so many of a window's plain word pieces are hidden."""
KEPT = 0.998
"""What the running average of the weights keeps of itself at a step."""
THIRD = frozenset(["he", "him", "his", "himself", "she", "her", "hers", "herself"])
QUESTIONS = ("pronoun", "description", "speaker", "hearer", "I", "you")


def loss_of(scores: Tensor, right: Tensor, weight: Tensor) -> Tensor:
    """Marginal likelihood of the right entries."""
    good = scores.masked_fill(~right, -1e4).logsumexp(1)
    return ((scores.logsumexp(1) - good) * weight).sum() / weight.sum().clamp(min=1)


def load_stories(folder: Path | None) -> list[People]:
    """Every marked story under ``folder``, in name order; unreadable ones are told and left out."""
    out = []
    for path in sorted(folder.rglob("*.mark")) if folder else []:
        try:
            out.append(from_marks(path))
        except (ValueError, KeyError, IndexError) as e:
            print(path, "left out:", repr(e))
    return out


def held(items: list[People]) -> tuple[list[People], list[People]]:
    """(kept for training, held out)."""
    parts: tuple[list[People], list[People]] = [], []
    for d in items:
        parts[is_held_text(d.name, d.source)].append(d)
    return parts


class Sampler:
    """Draws windows from all sources."""

    def __init__(
        self,
        litbank: list[People],
        silver: list[People],
        stories: list[People],
        reads: list[Read],
        seed: int,
    ) -> None:
        self.rng = random.Random(seed)
        self.reads = reads
        self.sources = {
            "litbank": litbank, "silver": silver, "story": stories, "read": [r.people for r in reads]
        }  # fmt: skip
        self.queues: dict[str, list[tuple[int, int]]] = defaultdict(list)
        self.pieces = PieceEncoder.from_file(minilm_folder() / "tokenizer.json")
        self.pool: dict[str, list[str]] = defaultdict(list)
        for d in litbank + stories:
            for w, g in d.name_words.items():
                self.pool[g].append(w)

    def draw(self, source: str) -> tuple[PersonWindow, Questions]:
        """A window of the source; texts are gone through in random order with random phases."""
        rng, items = self.rng, self.sources[source]
        q = self.queues[source]
        if not q:
            for k, d in enumerate(items):
                at = -rng.randrange(300)
                while at < len(d.tokens) - 60:
                    q.append((k, max(at, 0)))
                    at += 330
            rng.shuffle(q)
        k, at = q.pop()
        d = items[k]
        starts = d.sentence_starts
        at = int(starts[max(0, int(np.searchsorted(starts, at, side="right")) - 1)])
        if source == "read":
            r = self.reads[k]
            new = new_names(d, self.pool, rng) if rng.random() < 0.7 else {}
            if rng.random() < 0.2:
                target = rng.choice(["he", "she"])
                r = one_gender_read(r, one_gender(d, target), target)
            w, questions, _ = sample_read(r, at, self.pieces, rng, new)
            return self._veiled(w), questions
        if source == "silver":
            d = person_silver.section(d, max(0, at - 600), min(len(d.tokens), at + 600))
            shift = min(at, 600)
            d = person_silver.hide(d, rng, rng.uniform(0.1, 0.6), rng.uniform(0.3, 0.9))
            starts = d.sentence_starts
            at = int(starts[max(0, int(np.searchsorted(starts, shift, side="right")) - 1)])
        else:
            if rng.random() < 0.8:
                d = rename(d, self.pool, rng)
            if rng.random() < 0.25:
                d = one_gender(d, rng.choice(["he", "she"]))
        w, questions, _, _ = sample(d, at, self.pieces, rng)
        return self._veiled(w), questions

    def _veiled(self, w: PersonWindow) -> PersonWindow:
        """The window with some of its plain words hidden, so that no passage can be learnt by heart."""
        noise = np.random.default_rng(self.rng.getrandbits(32))
        hide = noise.random(len(w.ids)) < self.rng.uniform(0.0, VEIL)
        hide &= (w.slots == 0) & (w.said == 0)
        hide[: w.token[0]] = False
        hide[-1] = False
        return replace(w, ids=np.where(hide, self.pieces.mask_id, w.ids).astype(np.int32))


class Count:
    """How many questions are answered right, by source and kind."""

    def __init__(self) -> None:
        self.ok: Counter[str] = Counter()
        self.n: Counter[str] = Counter()

    def add(self, model: Persons, w: PersonWindow, q: Questions, tokens: Sequence[str], source: str) -> None:
        """Ask the questions of a window whose first token is that of ``tokens``."""
        if not len(q.kind):
            return
        s, right, _ = model.scores([w], [q])
        best = s.argmax(1)
        hit = right[torch.arange(len(best)), best].numpy()
        told = q.weight > 0
        third = np.asarray([tokens[t].lower() in THIRD for t in q.token])
        kinds = [(name, q.kind == k) for k, name in enumerate(QUESTIONS)]
        for name, chosen in [*kinds, ("he/she", third & (q.kind == 0))]:
            self.ok[f"{source} {name}"] += int(hit[chosen & told].sum())
            self.n[f"{source} {name}"] += int((chosen & told).sum())

    def shares(self) -> dict[str, float]:
        """The shares right, in percent, of what was asked at all."""
        return {k: round(100 * self.ok[k] / n, 1) for k, n in sorted(self.n.items()) if n}


@torch.no_grad()
def evaluate(
    model: Persons, items: list[People], pieces: PieceEncoder, revealed: bool = False
) -> dict[str, float]:
    """Share of questions answered right by kind: all asked at once, names known.

    Or a quarter, all else known.
    """
    model.eval()
    rng = random.Random(7)
    count = Count()
    for d in items:
        at = 0
        while at < len(d.tokens) - 20:
            w, q, end, _ = sample(d, at, pieces, None, rng if revealed else None)
            count.add(model, w, q, d.tokens[at:], d.source)
            at = end
    model.train()
    return count.shares()


@torch.no_grad()
def evaluate_read(model: Persons, items: list[Read], pieces: PieceEncoder) -> dict[str, float]:
    """Share of questions answered right by kind, in windows as the program lays them out."""
    model.eval()
    rng = random.Random(7)
    count = Count()
    for r in items:
        at = 0
        while at < len(r.people.tokens) - 20:
            w, q, end = sample_read(r, at, pieces, rng, {}, plain=True)
            count.add(model, w, q, r.people.tokens[at:], f"read {r.people.source}")
            at = end
    model.train()
    return count.shares()


def main() -> None:
    """Parse the command line and train."""
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--data", type=Path, default=Path("../shared/data"))
    p.add_argument("--silver", type=Path)
    p.add_argument("--stories", type=Path)
    p.add_argument("--novels", type=Path, help="labelled passages of novels (training.novel_answers)")
    p.add_argument("--out", type=Path, required=True)
    p.add_argument("--init", type=Path, help="checkpoint of the reading model or of this one")
    p.add_argument("--steps", type=int, default=3000)
    p.add_argument("--batch", type=int, default=8)
    p.add_argument("--keep", type=int, default=500, help="steps between checkpoints")
    p.add_argument("--every", type=int, default=1000, help="steps between evaluations")
    p.add_argument("--lr", type=float, default=1.2e-4)
    p.add_argument("--head-lr", type=float, default=6e-4)
    p.add_argument("--read", type=Path, help="texts as the program reads them (training.person_read)")
    p.add_argument(
        "--mix",
        type=float,
        nargs=8,
        default=[0.45, 0.3, 0.2, 0.25, 0.35, 0.45, 0.0, 0.5],
        help="shares of silver, LitBank with novels, stories and texts as read, at the start and at the end",
    )
    p.add_argument("--grow", type=int, nargs="*", default=[], help="grow a layer after each of these")
    p.add_argument("--dropout", type=float, default=0.15)
    p.add_argument("--seed", type=int, default=1)
    a = p.parse_args()
    torch.manual_seed(a.seed)
    a.out.mkdir(parents=True, exist_ok=True)
    model = Persons()
    load_minilm(model.trunk, model.upper.branch, TRUNK_LAYERS)
    if a.init:
        begun = torch.load(a.init, weights_only=True)
        if any(k.startswith("upper.") for k in begun):
            model = Persons.shaped(begun)
        else:
            model.upper.load_state_dict(
                {k: v for k, v in begun.items() if k.startswith("branch.")}, strict=False
            )
    model.upper.grow(a.grow)
    for part in model.modules():
        if isinstance(part, Layer):
            part.dropout = a.dropout
    model.head.p = 2 * a.dropout
    litbank, litbank_held = held(
        [from_litbank(x) for x in sorted((a.data / "litbank_natural/train").glob("*.json"))]
    )
    # What is known of them is of the same kind, so they share LitBank's part of the mix.
    novels, novels_held = held([d for d, _ in load_novels(a.novels, a.data)])
    litbank += novels
    silver = person_silver.load(a.silver) if a.silver else []
    stories, stories_held = held(load_stories(a.stories))
    read = person_read.load(a.read) if a.read else []
    reads = [r for r in read if not is_held_text(r.people.name, r.people.source)]
    reads_held = [r for r in read if is_held_text(r.people.name, r.people.source)]
    upper = [q for n, q in model.upper.branch.named_parameters() if not n.endswith(".gate")]
    tables = [
        *(q for n, q in model.upper.branch.named_parameters() if n.endswith(".gate")),
        model.head.distance.weight,
        model.head.link.weight,
        model.head.zone.weight,
        model.head.coupling.weight,
    ]
    heads = [q for q in model.head.parameters() if not any(q is t for t in tables)]
    rest = [*model.upper.slot.parameters(), *model.upper.said.parameters(), *heads]
    # The tables are few numbers that every window shares: they may move faster.
    optimizer = torch.optim.AdamW(
        [
            {"params": upper, "lr": a.lr, "weight_decay": 0.01},
            {"params": rest, "lr": a.head_lr, "weight_decay": 0.01},
            {"params": tables, "lr": 12 * a.head_lr, "weight_decay": 0.0},
        ]
    )
    rest = [*rest, *tables]
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda t: min(1.0, (t + 1) / 120) * max(0.02, 1 - t / a.steps)
    )
    mean = AveragedModel(model, multi_avg_fn=get_ema_multi_avg_fn(KEPT))
    first = 0
    if (a.out / "last.pt").exists():
        state = torch.load(a.out / "last.pt", weights_only=False)
        model.load_state_dict(state["model"])
        optimizer.load_state_dict(state["optimizer"])
        schedule.load_state_dict(state["schedule"])
        mean.load_state_dict(state["mean"])
        first = state["step"]
        print("resuming at step", first)
    sampler = Sampler(litbank, silver, stories, reads, a.seed + first)
    began = time.time()
    sums: dict[str, float] = defaultdict(float)
    count: dict[str, int] = defaultdict(int)
    model.train()
    for step in range(first, a.steps):
        share = step / a.steps
        mix = [a.mix[2 * k] * (1 - share) + a.mix[2 * k + 1] * share for k in range(4)]
        mix = [m if s else 0.0 for m, s in zip(mix, (silver, litbank, stories, reads), strict=True)]
        batch: list[tuple[PersonWindow, Questions]] = []
        while len(batch) < a.batch:
            source = sampler.rng.choices(SOURCES, mix)[0]
            item = sampler.draw(source)
            if (item[1].weight > 0).any():
                batch.append(item)
        s, right, weight = model.scores([w for w, _ in batch], [q for _, q in batch])
        loss = loss_of(s, right, weight)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_([*upper, *rest], 1.0)
        optimizer.step()
        schedule.step()
        mean.update_parameters(model)
        sums["loss"] += float(loss.detach())
        count["loss"] += 1
        if step % 50 == 49:
            print(
                step + 1,
                round(sums["loss"] / count["loss"], 3),
                round((time.time() - began) / 60, 1),
                flush=True,
            )
            sums.clear()
            count.clear()
        if (step + 1) % a.keep == 0 or (step + 1) % a.every == 0 or step + 1 == a.steps:
            averaged = mean.module
            state = {
                "model": model.state_dict(), "optimizer": optimizer.state_dict(),
                "schedule": schedule.state_dict(), "mean": mean.state_dict(), "step": step + 1,
            }  # fmt: skip
            torch.save(state, a.out / "last.tmp")
            (a.out / "last.tmp").rename(a.out / "last.pt")
            torch.save(averaged.state_dict(), a.out / f"step{step + 1:05d}.pt")
        if (step + 1) % a.every == 0 or step + 1 == a.steps:
            report = {"step": step + 1, "minutes": round((time.time() - began) / 60, 1)}
            items = litbank_held + novels_held + stories_held
            report |= evaluate(averaged, items, sampler.pieces)
            report |= {f"known {k}": v for k, v in evaluate(averaged, items, sampler.pieces, True).items()}
            report |= evaluate_read(averaged, reads_held, sampler.pieces)
            print(json.dumps(report), flush=True)
            with (a.out / "log.jsonl").open("a") as f:
                f.write(json.dumps(report) + "\n")


if __name__ == "__main__":
    main()
