"""Train the person model on silver novels, LitBank, marked stories, passages of novels and of GAP.

    python -m training.persons --silver runs/silver --stories training/stories --out runs/persons

Checkpoints into --out (a running average of the weights; it is what is evaluated) and goes on from the last
one found there. On a GPU if there is one; then ``--workers`` should be as many as there are cores.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

import torch
from torch import Tensor
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn
from torch.utils.data import DataLoader

from training import person_read, person_silver
from training.bert import Layer, load_minilm, minilm_folder
from training.held import is_held_text
from training.model import TRUNK_LAYERS
from training.novels import load_novels
from training.person_batch import Batch
from training.person_data import People, from_litbank, from_marks
from training.person_gap import load_gap
from training.person_model import Persons
from training.person_sampler import Sampler, Stream
from training.person_score import Exam, evaluate, exams, exams_read

T = TypeVar("T")
KEPT = 0.998
"""What the running average of the weights keeps of itself at a step."""
WARM = 120
"""Steps until the full rate of learning."""


def loss_of(scores: Tensor, batch: Batch) -> Tensor:
    """Marginal likelihood of the right entries."""
    good = scores.masked_fill(~batch.right, -1e4).logsumexp(2)
    return ((scores.logsumexp(2) - good) * batch.weight).sum() / batch.weight.sum().clamp(min=1)


def load_stories(folder: Path | None) -> list[People]:
    """Every marked story under ``folder``, in name order; unreadable ones are told and left out."""
    out = []
    for path in sorted(folder.rglob("*.mark")) if folder else []:
        try:
            out.append(from_marks(path))
        except (ValueError, KeyError, IndexError) as e:
            print(path, "left out:", repr(e))
    return out


def stems(folder: Path | None, folders: Sequence[str]) -> set[str]:
    """Names of the marked stories in these folders under ``folder``."""
    return {p.stem for p in folder.rglob("*.mark") if p.parent.name in folders} if folder else set()


def repeated(items: list[T], name: Callable[[T], str], often: Sequence[tuple[int, set[str]]]) -> list[T]:
    """All items; those whose name is in one of the sets stand there so many times."""
    return [d for d in items for _ in range(next((n for n, names in often if name(d) in names), 1))]


def held(items: list[People]) -> tuple[list[People], list[People]]:
    """(kept for training, held out)."""
    parts: tuple[list[People], list[People]] = [], []
    for d in items:
        parts[is_held_text(d.name, d.source)].append(d)
    return parts


def _arguments() -> argparse.Namespace:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--data", type=Path, default=Path("../shared/data"))
    p.add_argument("--silver", type=Path)
    p.add_argument("--stories", type=Path)
    p.add_argument("--novels", type=Path, help="labelled passages of novels (training.novel_answers)")
    p.add_argument("--out", type=Path, required=True)
    p.add_argument("--init", type=Path, help="checkpoint of the reading model or of this one")
    p.add_argument("--tokenizer", type=Path, help="its tokenizer, where it is not MiniLM's whole one")
    p.add_argument("--steps", type=int, default=3000)
    p.add_argument("--minutes", type=float, help="end then, with the schedule, if --steps are not over")
    p.add_argument("--batch", type=int, default=8)
    p.add_argument("--workers", type=int, default=0, help="processes that draw batches")
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
    p.add_argument(
        "--often",
        nargs="+",
        action="append",
        default=[],
        metavar=("N", "FOLDER"),
        help="so many times as often the stories of these folders (may be given again)",
    )
    p.add_argument("--gap", type=int, default=0, help="every so many steps, one of GAP's passages")
    p.add_argument("--grow", type=int, nargs="*", default=[], help="grow a layer after each of these")
    p.add_argument("--dropout", type=float, default=0.15)
    p.add_argument("--veil", type=float, default=0.16, help="plain word pieces hidden, at most")
    p.add_argument(
        "--narrow", action="store_true", help="compute in bfloat16 on a CPU that has it (avx512_bf16)"
    )
    p.add_argument("--seed", type=int, default=1)
    return p.parse_args()


def _new_model(a: argparse.Namespace) -> Persons:
    begun = torch.load(a.init, weights_only=True) if a.init else {}
    if any(k.startswith("upper.") for k in begun):
        model = Persons.shaped(begun)
    elif begun:
        model = Persons(len(begun["trunk.word.weight"]))
        model.trunk.load_state_dict(
            {k.removeprefix("trunk."): v for k, v in begun.items() if k.startswith("trunk.")}
        )
        model.upper.load_state_dict({k: v for k, v in begun.items() if k.startswith("branch.")}, strict=False)
    else:
        model = Persons()
        load_minilm(model.trunk, model.upper.branch, TRUNK_LAYERS)
    model.upper.grow(a.grow)
    for part in model.modules():
        if isinstance(part, Layer):
            part.dropout = a.dropout
    model.head.p = 2 * a.dropout
    return model


class _Trainer:
    """A model with its optimizer, its schedule and the average of its weights."""

    def __init__(self, model: Persons, lr: float, head_lr: float) -> None:
        self.model = model
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
        self.trained = [*upper, *rest, *tables]
        # The tables are few numbers that every window shares: they may move faster.
        self.optimizer = torch.optim.AdamW(
            [
                {"params": upper, "lr": lr, "weight_decay": 0.01},
                {"params": rest, "lr": head_lr, "weight_decay": 0.01},
                {"params": tables, "lr": 12 * head_lr, "weight_decay": 0.0},
            ]
        )
        self.full = [g["lr"] for g in self.optimizer.param_groups]
        self.mean = AveragedModel(model, multi_avg_fn=get_ema_multi_avg_fn(KEPT))

    def step(self, batch: Batch, number: int, done: float) -> Tensor:
        """Learn from a batch; ``done``: the part of the training that is over. The loss."""
        rate = min(1.0, (number + 1) / WARM) * max(0.02, 1 - done)
        for group, full in zip(self.optimizer.param_groups, self.full, strict=True):
            group["lr"] = full * rate
        loss = loss_of(self.model.scores(batch), batch)
        self.optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.trained, 1.0)
        self.optimizer.step()
        self.mean.update_parameters(self.model)
        return loss.detach()

    def save(self, out: Path, step: int) -> None:
        """Write what a later run goes on from, atomically, and the averaged weights of this step."""
        state = {
            "model": self.model.state_dict(), "optimizer": self.optimizer.state_dict(),
            "mean": self.mean.state_dict(), "step": step,
        }  # fmt: skip
        torch.save(state, out / "last.tmp")
        (out / "last.tmp").rename(out / "last.pt")
        torch.save({k: v.cpu() for k, v in self.mean.module.state_dict().items()}, out / f"step{step:05d}.pt")

    def resume(self, out: Path) -> int:
        """Go on from the last checkpoint, if there is one: the number of steps done."""
        if not (out / "last.pt").exists():
            return 0
        state = torch.load(out / "last.pt", weights_only=False)
        self.model.load_state_dict(state["model"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.mean.load_state_dict(state["mean"])
        print("resuming at step", state["step"])
        return int(state["step"])


def main() -> None:
    """Parse the command line and train."""
    a = _arguments()
    torch.manual_seed(a.seed)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    torch.set_float32_matmul_precision("high")
    a.out.mkdir(parents=True, exist_ok=True)
    litbank, litbank_held = held(
        [from_litbank(x) for x in sorted((a.data / "litbank_natural/train").glob("*.json"))]
    )
    # What is known of them is of the same kind, so they share LitBank's part of the mix.
    novels, novels_held = held([d for d, _ in load_novels(a.novels, a.data)])
    stories, stories_held = held(load_stories(a.stories))
    often = [(int(n), stems(a.stories, folders)) for n, *folders in a.often]
    stories = repeated(stories, lambda d: d.name, often)
    silver = person_silver.load(a.silver) if a.silver else []
    read = person_read.load(a.read) if a.read else []
    reads = [r for r in read if not is_held_text(r.people.name, r.people.source)]
    reads = repeated(reads, lambda r: r.people.name, often)
    reads_held = [r for r in read if is_held_text(r.people.name, r.people.source)]
    model = _new_model(a).to(device)
    model.narrow = a.narrow
    trainer = _Trainer(model, a.lr, a.head_lr)
    first = trainer.resume(a.out)
    tokenizer = a.tokenizer or minilm_folder() / "tokenizer.json"
    gap = load_gap(a.data / "gap") if a.gap else []
    sampler = Sampler(litbank + novels, silver, stories, reads, tokenizer, a.veil, a.seed + first, gap)
    stream = Stream(sampler, a.batch, a.mix, first, a.steps, a.gap)
    batches: Iterator[Batch] = iter(
        DataLoader(stream, batch_size=None, num_workers=a.workers, prefetch_factor=4 if a.workers else None)
    )
    items = litbank_held + novels_held + stories_held
    examined: list[Exam] = []
    began = time.time()
    total = torch.zeros((), device=device)
    trainer.model.train()
    for step in range(first, a.steps):
        minutes = (time.time() - began) / 60
        done = max(step / a.steps, minutes / a.minutes if a.minutes else 0.0)
        over = step + 1 == a.steps or done >= 1
        total += trainer.step(next(batches).to(device), step - first, done)
        if step % 50 == 49:
            print(step + 1, round(float(total) / 50, 3), round((time.time() - began) / 60, 2), flush=True)
            total.zero_()
        if (step + 1) % a.keep == 0 or over:
            trainer.save(a.out, step + 1)
        if (step + 1) % a.every == 0 or over:
            if not examined:
                examined = [
                    *exams(items, sampler.pieces), *exams(items, sampler.pieces, revealed=True),
                    *exams_read(reads_held, sampler.pieces),
                ]  # fmt: skip
            report = {"step": step + 1, "minutes": round((time.time() - began) / 60, 1)}
            report |= evaluate(trainer.mean.module, examined, device)
            print(json.dumps(report), flush=True)
            with (a.out / "log.jsonl").open("a") as f:
                f.write(json.dumps(report) + "\n")
        if over:
            break


if __name__ == "__main__":
    main()
