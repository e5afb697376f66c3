"""Train the syntax branch on UD: tags, heads and relations; learn the lemma tables.

    python -m training.syntax --data ../shared/data --out runs/syntax --epochs 8
    python -m training.syntax --data ../shared/data --out runs/syntax --eval

Data: UD English EWT (CC BY-SA 4.0) and, unless --no-gum, GUM's dependencies; what is learnt here stands in
files of its own. Checkpoints every epoch into --out and goes on from the last one found there; the best epoch
on EWT dev is written as ``best.pt`` (the branch, keys ``branch.*``) and ``syntax.npz`` (heads, labels, lemma
tables).
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812
from torch import Tensor, nn

from fabula.encoder.pieces import N_FEATURES, SPECIAL_FEATURE, PieceEncoder
from fabula.heads.syntax import REACH, SyntaxHead
from training.bert import WIDTH, Branch, Trunk, load_minilm, minilm_folder
from training.lemma_tables import learn
from training.pack import pack as eight_bits
from training.treebank import LabelSet, Sentence, TreeWindow, features, pack, read_conllu

TRUNK_LAYERS = 2
ARC, LABEL = 192, 96
SIZES = (256, 384)
"""Window sizes in pieces, taken in turn epoch by epoch; 384 is what reading uses."""


class Heads(nn.Module):
    """The trained twin of ``fabula.heads.syntax.SyntaxHead``; see there for what the weights mean."""

    def __init__(self, labels: LabelSet, p: float = 0.25) -> None:
        super().__init__()
        self.widths = [ARC, ARC, LABEL, LABEL, len(labels.upos), len(labels.xpos)]
        self.project = nn.Linear(WIDTH, sum(self.widths))
        self.bilinear = nn.Parameter(torch.empty(ARC, ARC))
        nn.init.xavier_uniform_(self.bilinear)
        self.head_prior = nn.Parameter(torch.zeros(ARC))
        self.distance = nn.Parameter(torch.zeros(2 * REACH + 1))
        self.root = nn.Linear(ARC, 1)
        self.label_distance = nn.Parameter(torch.zeros(2 * REACH + 1, LABEL))
        self.label_out = nn.Linear(2 * LABEL, len(labels.deprel))
        self.p = p

    def forward(self, x: Tensor) -> list[Tensor]:
        """*Shape:* x (n, WIDTH) to the six columns of ``project``, the arc ones rectified."""
        drop = lambda t: F.dropout(t, self.p, self.training)  # noqa: E731
        dep, hed, ld, lh, upos, xpos = self.project(drop(x)).split(self.widths, dim=1)
        return [drop(F.relu(dep)), drop(F.relu(hed)), ld, lh, upos, xpos]

    def arcs(self, dep: Tensor, hed: Tensor, sentence: Tensor, real: Tensor) -> Tensor:
        """*Shape:* dep, hed (b, t, ARC), sentence, real (b, t) to (b, t, t + 1), the last column the root."""
        t = dep.shape[1]
        at = torch.arange(t)
        s = (dep @ self.bilinear + self.head_prior) @ hed.transpose(1, 2)
        s = s + self.distance[(at[None] - at[:, None]).clamp(-REACH, REACH) + REACH]
        allowed = (
            (sentence[:, :, None] == sentence[:, None]) & real[:, None] & ~torch.eye(t, dtype=torch.bool)
        )
        return torch.cat([s.masked_fill(~allowed, -1e9), self.root(dep)], dim=2)

    def relations(self, ld: Tensor, lh: Tensor, child: Tensor, above: Tensor) -> Tensor:
        """Logits (m, relations) for tokens ``child`` under heads ``above``."""
        d, h = ld[child], lh[above]
        s = d + h + self.label_distance[(above - child).clamp(-REACH, REACH) + REACH]
        z = torch.cat([F.relu(s), F.relu(d) * F.relu(h)], dim=1)
        return self.label_out(F.dropout(z, self.p, self.training))

    def arrays(self) -> dict[str, np.ndarray[Any, Any]]:
        """The weights under the names of ``fabula.heads.syntax.ARRAYS``, float16."""
        out = self.label_out.weight.T
        w = {
            "project.weight": self.project.weight.T, "project.bias": self.project.bias,
            "bilinear": self.bilinear, "head_prior": self.head_prior, "distance": self.distance,
            "root.weight": self.root.weight[0], "root.bias": self.root.bias,
            "label.distance": self.label_distance, "label.sum": out[:LABEL], "label.product": out[LABEL:],
            "label.bias": self.label_out.bias,
        }  # fmt: skip
        return {k: v.detach().numpy().astype(np.float16) for k, v in w.items()}


class Parser(nn.Module):
    """Frozen trunk, trained branch, heads."""

    def __init__(self, labels: LabelSet, depth: int) -> None:
        super().__init__()
        self.trunk = Trunk(TRUNK_LAYERS)
        self.branch = Branch(depth, N_FEATURES)
        self.heads = Heads(labels)
        # Dropout within attention would cost as much time as the attention; it is applied between layers.
        for layer in self.branch.layers:
            layer.dropout = 0.0
        self.p = 0.1
        for parameter in self.trunk.parameters():
            parameter.requires_grad_(False)

    def low(self, w: TreeWindow) -> Tensor:
        """The trunk's output for a window, (n_pieces, WIDTH) in bfloat16, computed once."""
        if w.low is None:
            with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
                w.low = self.trunk(torch.from_numpy(w.ids.astype(np.int64))[None], None)[0].bfloat16()
        return w.low

    def tokens(self, windows: Sequence[TreeWindow], noise: random.Random | None) -> Tensor:
        """Token vectors of the windows one after another: the mean over each token's pieces."""
        n = max(len(w.ids) for w in windows)
        low = torch.zeros(len(windows), n, WIDTH)
        feature = torch.full((len(windows), n), SPECIAL_FEATURE)
        mask = torch.full((len(windows), 1, 1, n), -1e9)
        owner = np.full((len(windows), n), -1)
        at = 0
        for k, w in enumerate(windows):
            m = len(w.ids)
            low[k, :m] = self.low(w).float()
            feature[k, :m] = torch.from_numpy(features(w, noise).astype(np.int64))
            mask[k, ..., :m] = 0
            owner[k, :m] = np.where(w.token >= 0, w.token + at, -1)
            at += len(w.sentence)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            x = low + self.branch.surface(feature)
            for layer in self.branch.layers:
                x = F.dropout(layer(x, mask), self.p, self.training)
        rows, columns = (torch.from_numpy(i) for i in np.nonzero(owner >= 0))
        token = torch.from_numpy(owner[owner >= 0])
        total = torch.zeros(at, WIDTH).index_add(0, token, x[rows, columns].float())
        return total / torch.bincount(token, minlength=at).clamp(min=1)[:, None]


def loss_of(
    model: Parser, windows: Sequence[TreeWindow], noise: random.Random
) -> tuple[Tensor, dict[str, float]]:
    """Mean losses per token of a batch of windows."""
    x = model.tokens(windows, noise)
    dep, hed, ld, lh, upos, xpos = model.heads(x)
    lengths = [len(w.sentence) for w in windows]
    at = np.cumsum([0, *lengths[:-1]])
    t = max(lengths)
    sentence, real, target = (
        torch.zeros(len(windows), t, dtype=torch.long),
        torch.zeros(len(windows), t, dtype=torch.bool),
        None,
    )
    target = torch.full((len(windows), t), -100)
    for k, w in enumerate(windows):
        sentence[k, : lengths[k]] = torch.from_numpy(w.sentence.astype(np.int64))
        real[k, : lengths[k]] = True
        target[k, : lengths[k]] = torch.from_numpy(np.where(w.gold[2] < 0, t, w.gold[2]))
    pad = nn.utils.rnn.pad_sequence
    d, h = (pad(list(v.split(lengths)), batch_first=True) for v in (dep, hed))
    arcs = F.cross_entropy(model.heads.arcs(d, h, sentence, real).flatten(0, 1), target.flatten())
    gold = torch.from_numpy(np.concatenate([w.gold for w in windows], axis=1))
    above = torch.from_numpy(
        np.concatenate([np.where(w.gold[2] < 0, -1, w.gold[2] + a) for w, a in zip(windows, at, strict=True)])
    )
    child = torch.nonzero(above >= 0)[:, 0]
    label = F.cross_entropy(model.heads.relations(ld, lh, child, above[child]), gold[3][child])
    parts = {
        "arc": arcs,
        "label": label,
        "upos": F.cross_entropy(upos, gold[0]),
        "xpos": F.cross_entropy(xpos, gold[1]),
    }
    total = arcs + label + 0.5 * parts["upos"] + 0.5 * parts["xpos"]
    return total, {k: float(v.detach()) for k, v in parts.items()}


@torch.no_grad()
def evaluate(model: Parser, head: SyntaxHead, windows: Sequence[TreeWindow]) -> dict[str, float]:
    """Scores of the NumPy head over float hidden states, tokens given.

    LAS is over relations with their subtypes, "LAS, universal" without, as in the CoNLL 2018 evaluation.
    """
    model.eval()
    right = dict.fromkeys(
        ("UPOS", "XPOS", "lemma", "UAS", "LAS", "LAS, universal", "LAS, no punctuation"), 0.0
    )
    n = words = 0
    for w in windows:
        p = head.parse(model.tokens([w], None).numpy(), w.ranges)
        forms = [f for s in w.sentences for f in s.forms]
        lemmas = head.lemmatiser.lemmas(forms, p.upos, p.xpos)
        base = 0
        for s in w.sentences:
            for k in range(len(s.forms)):
                i = base + k
                tag, relation = head.upos[p.upos[i]], head.deprel[p.deprel[i]]
                arc = p.head[i] == (s.head[k] + base if s.head[k] >= 0 else -1)
                right["UPOS"] += tag == s.upos[k]
                right["XPOS"] += head.xpos[p.xpos[i]] == s.xpos[k]
                right["lemma"] += lemmas[i] == s.lemma[k] or s.lemma[k] == "_"
                right["UAS"] += arc
                right["LAS"] += arc and relation == s.deprel[k]
                good = arc and relation.split(":")[0] == s.deprel[k].split(":")[0]
                right["LAS, universal"] += good
                if s.upos[k] not in {"PUNCT", "SYM"}:
                    right["LAS, no punctuation"] += good
                    words += 1
            base += len(s.forms)
        n += base
    model.train()
    return {
        k: round(100 * v / max(1, words if k == "LAS, no punctuation" else n), 2) for k, v in right.items()
    }


def save_head(path: Path, heads: Heads, labels: LabelSet, lemmas: Mapping[str, Any]) -> SyntaxHead:
    """Write ``syntax.npz`` and read it back."""
    content: dict[str, Any] = dict(eight_bits(heads.arrays()))
    for name, value in (("labels", asdict(labels)), ("lemmas", lemmas)):
        content[name] = np.frombuffer(json.dumps(value, ensure_ascii=False).encode(), dtype=np.uint8)
    np.savez_compressed(path, **content)
    return SyntaxHead.load(path)


def _arguments() -> argparse.Namespace:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--data", type=Path, default=Path("../shared/data"))
    p.add_argument("--out", type=Path, required=True)
    p.add_argument("--epochs", type=int, default=8)
    p.add_argument("--depth", type=int, default=3, help="layers of the branch")
    p.add_argument("--batch", type=int, default=800, help="pieces per step")
    p.add_argument("--lr", type=float, default=1.5e-4)
    p.add_argument("--head-lr", type=float, default=1.5e-3)
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--minutes", type=float, default=1e9, help="stop after the epoch that passes this")
    p.add_argument("--no-gum", action="store_true", help="train on EWT alone")
    p.add_argument("--limit", type=int, default=0, help="documents of each treebank, for a trial")
    p.add_argument("--steps", type=int, default=0, help="stop after this many steps, to time them")
    p.add_argument("--eval", action="store_true", help="score the checkpoint on EWT dev and stop")
    return p.parse_args()


def main() -> None:
    """Parse the command line; train, or score what is there."""
    a = _arguments()
    torch.manual_seed(a.seed)
    rng = random.Random(a.seed)
    a.out.mkdir(parents=True, exist_ok=True)
    pieces = PieceEncoder.from_file(minilm_folder() / "tokenizer.json")
    dev_documents = read_conllu(a.data / "ud/en_ewt/en_ewt-ud-dev.conllu")
    if a.eval:
        head = SyntaxHead.load(a.out / "syntax.npz")
        labels = LabelSet(head.upos, head.xpos, head.deprel)
        weights = torch.load(a.out / "best.pt", weights_only=True)
        depth = 1 + max(int(k.split(".")[2]) for k in weights if k.startswith("branch.layers."))
        model = Parser(labels, depth)
        load_minilm(model.trunk, model.branch, TRUNK_LAYERS)
        model.load_state_dict(weights, strict=False)
        for size in SIZES:
            print(size, json.dumps(evaluate(model, head, pack(dev_documents, pieces, labels, size, None))))
        return
    ewt = read_conllu(a.data / "ud/en_ewt/en_ewt-ud-train.conllu")
    gum = (
        [] if a.no_gum else [d for f in sorted((a.data / "gum/dep").glob("*.conllu")) for d in read_conllu(f)]
    )
    if a.limit:
        ewt, gum, dev_documents = ewt[: a.limit], gum[: a.limit], dev_documents[: a.limit]
    flat = [[s for d in t for s in d] for t in (ewt, gum)]
    labels = LabelSet.of(flat[0] + flat[1])
    train(a, rng, pieces, labels, ewt + gum, dev_documents, learn(*flat))


def train(
    a: argparse.Namespace, rng: random.Random, pieces: PieceEncoder, labels: LabelSet,
    documents: list[list[Sentence]], dev_documents: list[list[Sentence]], lemmas: Mapping[str, Any],
) -> None:  # fmt: skip
    """Train, checkpoint and score, epoch by epoch."""
    packs = [pack(documents, pieces, labels, size, random.Random(a.seed + size)) for size in SIZES]
    dev = pack(dev_documents, pieces, labels, SIZES[-1], None)
    model = Parser(labels, a.depth)
    load_minilm(model.trunk, model.branch, TRUNK_LAYERS)
    upper, heads = list(model.branch.parameters()), list(model.heads.parameters())
    groups = [{"params": upper, "lr": a.lr}, {"params": heads, "lr": a.head_lr}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01, betas=(0.9, 0.98))
    per = [max(1, a.batch // size) for size in SIZES]
    total = sum(-(-len(packs[e % len(SIZES)]) // per[e % len(SIZES)]) for e in range(a.epochs))
    print(
        sum(len(w.ids) for w in packs[0]),
        "pieces an epoch;",
        total,
        "steps;",
        len(labels.deprel),
        "relations",
        flush=True,
    )
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda t: min(1.0, (t + 1) / (0.06 * total)) * max(0.02, 1 - t / total)
    )  # fmt: skip
    first, best, steps = 0, -1.0, 0
    last = a.out / "last.pt"
    if last.exists():
        state = torch.load(last, weights_only=False)
        model.load_state_dict(state["model"])
        optimizer.load_state_dict(state["optimizer"])
        schedule.load_state_dict(state["schedule"])
        first, best = state["epoch"] + 1, state["best"]
        print("resuming at epoch", first)
    began = time.time()
    model.train()
    for epoch in range(first, a.epochs):
        which = epoch % len(SIZES)
        work = list(packs[which])
        rng.shuffle(work)
        batches = [work[k : k + per[which]] for k in range(0, len(work), per[which])]
        sums: dict[str, float] = {}
        for batch in batches:
            loss, parts = loss_of(model, batch, rng)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_([*upper, *heads], 1.0)
            optimizer.step()
            schedule.step()
            for k, v in parts.items():
                sums[k] = sums.get(k, 0.0) + v / len(batches)
            steps += 1
            if steps == a.steps:
                print(f"{steps} steps: {time.time() - began:.1f} s of {len(batches)} an epoch", parts)
                return
        head = save_head(a.out / "epoch.npz", model.heads, labels, lemmas)
        scores = evaluate(model, head, dev)
        report = {
            "epoch": epoch,
            "minutes": round((time.time() - began) / 60, 1),
            **{k: round(v, 3) for k, v in sums.items()},
            **scores,
        }
        print(json.dumps(report), flush=True)
        with (a.out / "log.jsonl").open("a") as f:
            f.write(json.dumps(report) + "\n")
        if scores["LAS"] > best:
            best = scores["LAS"]
            (a.out / "epoch.npz").replace(a.out / "syntax.npz")
            torch.save(
                {k: v for k, v in model.state_dict().items() if k.startswith("branch.")}, a.out / "best.pt"
            )
        state = {
            "model": model.state_dict(),
            "optimizer": optimizer.state_dict(),
            "schedule": schedule.state_dict(),
            "epoch": epoch,
            "best": best,
        }
        torch.save(state, a.out / "last.tmp")
        (a.out / "last.tmp").replace(last)
        if (time.time() - began) / 60 > a.minutes:
            break


if __name__ == "__main__":
    main()
