"""Train the encoder branch with mentions, events, antecedents and speakers.

    python -m training.read --data ../shared/data --out runs/v1 --epochs 12

Checkpoints every epoch into --out and goes on from the last one found there.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812
from torch import Tensor

from fabula.encoder.pieces import PieceEncoder
from fabula.heads.pair_features import pair_features
from fabula.types import Ints
from training import batches
from training.bert import load_minilm, minilm_folder
from training.documents import Document, chunks, load_folder, name_pool, pack, rename
from training.held import is_held
from training.marked_documents import MARKED, SEVERAL, marked_documents, marked_steps, span_told
from training.model import MAX_WIDTH, TRUNK_LAYERS, Reader, Windows
from training.read_score import decode_spans, evaluate
from training.silver import gap, silver_speakers


def pair_loss(model: Reader, x: Tensor, d: Document, mentions: Ints) -> tuple[Tensor, Tensor]:
    """Marginal likelihood of the right antecedents: (loss over mentions, loss over quotes).

    ``mentions`` (m, 5) with entity -1 where unknown or spurious. On silver documents only mentions of a known
    entity are candidates, and of mentions only GAP's pronouns are learnt from. On marked ones all that are
    labelled are learnt from, and what is no person is a candidate as well.
    """
    quotes = d.quotes[d.quotes[:, 2] >= 0]
    a = batches.anaphors(d, mentions, quotes)
    i, j = batches.candidate_pairs(a)
    entity = np.concatenate([mentions[:, 4], quotes[:, 2]])
    learn = np.ones(len(mentions), dtype=bool)
    if d.source != "litbank":
        marked = d.source in MARKED
        learn = ((mentions[:, 3] == 2) | marked) & (mentions[:, 4] >= 0)
        known = entity >= 0
        if marked:
            known[: len(mentions)] |= (mentions[:, 2] > 0) | (mentions[:, 4] == SEVERAL)
        keep = known[j] & (entity[i] >= 0)
        i, j = i[keep], j[keep]
    if len(i) == 0:
        return x.new_zeros(()), x.new_zeros(())
    f, start, end, kind, ti, tj, right, learnt = (
        torch.from_numpy(np.asarray(c)).to(x.device)
        for c in (
            pair_features(a, i, j).astype(np.int64), a.start.astype(np.int64), a.end.astype(np.int64),
            a.kind.astype(np.int64), i, j, (entity[i] == entity[j]) & (entity[i] >= 0), learn,
        )
    )  # fmt: skip
    g = model.pairs.spans(x, start, end, a.n_mentions)
    s = model.pairs(g, ti, tj, f, kind)
    none = model.pairs.none(g, kind)
    n = len(kind)
    nought = x.new_zeros(n)
    top = (nought - 1e4).scatter_reduce(0, ti, s.detach(), "amax").maximum(none.detach())
    mass = nought.index_add(0, ti, (s - top[ti]).exp()) + (none - top).exp()
    good = nought.index_add(0, ti, (s - top[ti]).exp() * right)
    has = nought.index_add(0, ti, right.float()) > 0
    good = torch.where(has, good, (none - top).exp())
    loss = (mass.clamp(min=1e-30)).log() - (good.clamp(min=1e-30)).log()
    m = a.n_mentions
    # A quote whose speaker has no mention in reach teaches nothing.
    lm = loss[:m][learnt].sum()
    return lm, loss[m:][has[m:]].sum()


def step_loss(
    model: Reader, d: Document, pieces: PieceEncoder, epoch: int, rng: random.Random, teacher: Reader | None
) -> tuple[Tensor, dict[str, float]]:
    """All losses of one chunk. Spans that a marked document does not tell about are those of ``teacher``."""
    device = model.device
    with torch.autocast(device.type, dtype=torch.bfloat16):
        w = batches.windows(d, pieces, overlap=0).to(device)
        low = model.low(w)
        x = model.tokens(w, low)
    x = x.float()
    labelled = d.source == "litbank"
    scores = model.mentions(x)
    inside = batches.span_mask(d).to(device)
    span = label = event = scores.new_zeros(())
    if labelled or d.source in MARKED:
        target = batches.span_target(d).to(device)
        if not labelled:
            assert teacher is not None
            told = torch.from_numpy(span_told(d, MAX_WIDTH)).to(device)
            target = torch.where(told, target, _taught(teacher, w, low))
        span = F.binary_cross_entropy_with_logits(scores[inside], target[inside], reduction="sum")
        gold = torch.from_numpy(d.mentions.astype(np.int64)).to(device)
        if len(gold):
            logits = model.mentions.labels(x, gold[:, 0], gold[:, 1])
            label = F.cross_entropy(logits[:, :6], gold[:, 2], reduction="sum")
            label = label + F.cross_entropy(logits[:, 6:], gold[:, 3], reduction="sum")
    if labelled:
        happened = torch.from_numpy(d.events).float().to(device)
        event = F.binary_cross_entropy_with_logits(model.events(x), happened, reduction="sum")
    m = _mentions_to_link(model, x, scores.detach().masked_fill(~inside, -99.0), d, epoch, rng)
    coref, speaker = pair_loss(model, x, d, m)
    n = max(1, len(d.tokens)) / 1000
    total = (span + 0.5 * label + 0.5 * event + 0.5 * coref + 0.7 * speaker) / (100 * n)
    parts = {"span": span, "label": label, "event": event, "coref": coref, "speaker": speaker}
    return total, {k: float(v.detach()) / n for k, v in parts.items()}  # fmt: skip


@torch.no_grad()
def _taught(teacher: Reader, w: Windows, low: Tensor) -> Tensor:
    """How surely a mention stands at each span, as ``teacher`` sees it (distillation, Hinton et al. 2015)."""
    with torch.autocast(low.device.type, dtype=torch.bfloat16):
        x = teacher.tokens(w, low)
    return teacher.mentions(x.float()).sigmoid()


@torch.no_grad()
def _mentions_to_link(
    model: Reader, x: Tensor, scores: Tensor, d: Document, epoch: int, rng: random.Random
) -> Ints:
    """Antecedents are learnt on predicted mentions, with gold ones thrown in while prediction is young."""
    s, e = decode_spans(scores)
    if epoch == 0:
        s, e = s[:0], e[:0]
    by = {(r[0], r[1]): r for r in d.mentions.tolist()}
    spans = set(zip(s.tolist(), e.tolist(), strict=True))
    if epoch < 2 or d.source != "litbank" or rng.random() < 0.3:
        spans |= set(by)
    wild = sorted(sp for sp in spans if sp not in by)
    rows = [tuple(by[sp]) for sp in spans if sp in by]
    if wild:
        w = torch.tensor(wild, device=x.device)
        logits = model.mentions.labels(x, w[:, 0], w[:, 1])
        t, k = logits[:, :6].argmax(1).tolist(), logits[:, 6:].argmax(1).tolist()
        rows += [(sp[0], sp[1], t[n], k[n], -1) for n, sp in enumerate(wild)]
    rows.sort(key=lambda r: (r[0], -r[1]))
    return np.asarray(rows, dtype=np.int32).reshape(-1, 5)


def _arguments() -> argparse.Namespace:
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--data", type=Path, default=Path("../shared/data"))
    p.add_argument("--out", type=Path, required=True)
    p.add_argument("--epochs", type=int, default=12)
    p.add_argument("--hold", type=int, default=0, help="train documents held out for calibration")
    p.add_argument("--chunk", type=int, default=1000, help="tokens per step")
    p.add_argument("--lr", type=float, default=8e-5)
    p.add_argument("--head-lr", type=float, default=6e-4)
    p.add_argument("--seed", type=int, default=1)
    p.add_argument(
        "--silver", type=int, default=0, help="passages with hidden speech tags, in the first two thirds"
    )
    p.add_argument("--gap", type=int, default=0, help="steps of nine GAP passages, in the first two thirds")
    p.add_argument("--stories", type=Path, help="marked stories")
    p.add_argument("--novels", type=Path, help="labelled passages of novels")
    p.add_argument(
        "--passes", type=float, nargs=2, default=(1.0, 1.0), help="through stories and novels, in all epochs"
    )
    p.add_argument("--init", type=Path, help="start from this checkpoint; tables it lacks start at zero")
    p.add_argument(
        "--teacher", type=Path, help="checkpoint that tells of the spans that are not labelled (--init)"
    )
    p.add_argument("--every", type=int, default=1, help="epochs between looks at held-out marked texts")
    p.add_argument("--tokenizer", type=Path, help="theirs, where it is not MiniLM's whole one")
    p.add_argument("--minutes", type=float, help="end then, with the schedule, if the epochs are not over")
    return p.parse_args()


def _silver(data: Path, speakers: int, gap_steps: int, seed: int) -> list[Document]:
    """Steps on silver data, shuffled: passages with hidden tags, and nine GAP passages each."""
    extra: list[Document] = []
    if speakers:
        extra += silver_speakers(data / "gutenberg", speakers, 600, random.Random(seed))
    if gap_steps:
        examples = list(gap(data / "gap"))
        random.Random(seed).shuffle(examples)
        extra += [pack(examples[k : k + 9]) for k in range(0, min(len(examples), gap_steps * 9), 9)]
    random.Random(seed).shuffle(extra)
    return extra


def _marked(a: argparse.Namespace, pool: list[tuple[str, str]]) -> tuple[list[Document], list[Document]]:
    """Steps on marked stories and passages of novels, and every second document that is held out."""
    if not a.stories:
        return [], []
    learn, held = marked_documents(a.data, a.stories, a.novels)
    rng = random.Random(a.seed)
    names = sorted({*pool, *name_pool(learn)})
    steps: list[Document] = []
    for source, passes in zip(MARKED, a.passes, strict=True):
        steps += marked_steps([d for d in learn if d.source == source], passes, a.chunk, names, rng)
    rng.shuffle(steps)
    return steps, held[::2]


def _new_model(init: Path | None) -> Reader:
    if init is None:
        model = Reader()
        load_minilm(model.trunk, model.branch, TRUNK_LAYERS)
        return model
    begun = torch.load(init, weights_only=True)
    model = Reader(len(begun["trunk.word.weight"]))
    model.load_state_dict({k: begun.get(k, torch.zeros_like(v)) for k, v in model.state_dict().items()})
    return model


class _Trainer:
    """A model with its optimizer and schedule, saved and restored together."""

    def __init__(
        self,
        model: Reader,
        rates: tuple[float, float],
        steps: int,
        teacher: Reader | None = None,
        minutes: float | None = None,
    ) -> None:
        """``rates`` of learning, of upper layers and of heads; the schedule ends with ``steps``, or sooner
        with ``minutes``.
        """
        self.model, self.teacher = model, teacher
        upper = list(model.branch.parameters())
        heads = [q for n, q in model.named_parameters() if not n.startswith(("trunk.", "branch."))]
        self.trained = [*upper, *heads]
        self.rates, self.steps, self.minutes = rates, steps, minutes
        self.optimizer = torch.optim.AdamW(
            [
                {"params": part, "lr": rate, "weight_decay": 0.01}
                for part, rate in zip((upper, heads), rates, strict=True)
            ]
        )
        self.step = 0
        self.began = time.time()

    @property
    def done(self) -> float:
        """The part of the training that is over."""
        spent = (time.time() - self.began) / 60 / self.minutes if self.minutes else 0.0
        return max(self.step / self.steps, spent)

    def epoch(
        self, work: list[Document], pieces: PieceEncoder, number: int, rng: random.Random
    ) -> dict[str, float]:
        """One step a document; the mean losses."""
        sums: dict[str, float] = {}
        for c in work:
            done = self.done
            if done >= 1:
                break
            loss, parts = step_loss(self.model, c, pieces, number, rng, self.teacher)
            share = min(1.0, (self.step + 1) / (0.06 * self.steps)) * max(0.02, 1 - done)
            for group, rate in zip(self.optimizer.param_groups, self.rates, strict=True):
                group["lr"] = rate * share
            self.optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(self.trained, 1.0)
            self.optimizer.step()
            self.step += 1
            for k, v in parts.items():
                sums[k] = sums.get(k, 0.0) + v / len(work)
        return sums

    def save(self, out: Path, epoch: int) -> None:
        """Write what a later run goes on from, atomically, and the weights of this epoch."""
        state = {
            "model": self.model.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "step": self.step,
            "epoch": epoch,
        }
        torch.save(state, out / "last.tmp")
        (out / "last.tmp").rename(out / "last.pt")
        torch.save({k: v.cpu() for k, v in self.model.state_dict().items()}, out / f"epoch{epoch:02d}.pt")

    def resume(self, out: Path) -> int:
        """Go on from the last checkpoint, if there is one: the number of the next epoch."""
        if not (out / "last.pt").exists():
            return 0
        state = torch.load(out / "last.pt", weights_only=False)
        self.model.load_state_dict(state["model"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.step = int(state["step"])
        first = int(state["epoch"]) + 1
        print("resuming at epoch", first)
        return first


def main() -> None:
    """Parse the command line and train."""
    a = _arguments()
    torch.manual_seed(a.seed)
    rng = random.Random(a.seed)
    a.out.mkdir(parents=True, exist_ok=True)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    pieces = PieceEncoder.from_file(a.tokenizer or minilm_folder() / "tokenizer.json")
    train, dev = load_folder(a.data / "litbank_natural/train"), load_folder(a.data / "litbank_natural/dev")
    pool = name_pool(train)
    if a.hold:
        train = [d for k, d in enumerate(train) if k % (len(train) // a.hold) != 0]
    model = _new_model(a.init).to(device)
    extra = _silver(a.data, a.silver, a.gap, a.seed)
    marked, marked_held = _marked(a, pool)
    if marked:
        train = [d for d in train if not is_held(d.name)]
    mixed = max(1, a.epochs * 2 // 3)
    print(len(extra), "silver steps over", mixed, "epochs;", len(marked), "marked ones over all")
    per_epoch = sum(max(1, round(len(d.tokens) / a.chunk)) for d in train)
    teacher = _new_model(a.teacher or a.init).to(device).eval() if marked else None
    steps = per_epoch * a.epochs + len(extra) + len(marked)
    trainer = _Trainer(model, (a.lr, a.head_lr), steps, teacher, a.minutes)
    first = trainer.resume(a.out)
    model.train()
    for epoch in range(first, a.epochs):
        work = [
            c for d in train for c in chunks(rename(d, pool, rng) if rng.random() < 0.5 else d, a.chunk, rng)
        ]
        if epoch < mixed:
            work += extra[epoch * len(extra) // mixed : (epoch + 1) * len(extra) // mixed]
        work += marked[epoch * len(marked) // a.epochs : (epoch + 1) * len(marked) // a.epochs]
        rng.shuffle(work)
        losses = trainer.epoch(work, pieces, epoch, rng)
        over = epoch + 1 == a.epochs or trainer.done >= 1
        minutes = (time.time() - trainer.began) / 60
        figures = {k: round(v, 1) for k, v in (losses | evaluate(model, dev, pieces)).items()}
        report = {"epoch": epoch, "step": trainer.step, "minutes": round(minutes, 1), **figures}
        if marked_held and (over or epoch % a.every == a.every - 1):
            report["held"] = {k: round(v, 1) for k, v in evaluate(model, marked_held, pieces).items()}
        print(json.dumps(report), flush=True)
        with (a.out / "log.jsonl").open("a") as f:
            f.write(json.dumps(report) + "\n")
        trainer.save(a.out, epoch)
        if over:
            break


if __name__ == "__main__":
    main()
