"""Learn who speaks each line, and to whom, among all that stands around it.

    python -m training.lines --data ../shared/data --rows runs/lines --out src/fabula/model/lines.npz

Reads texts with the program as far as ``fabula/resolve/lines.py`` and learns its network. All stories that
the person model has not learnt from teach how far to trust it; LitBank's training documents and a part of
the stories and novels that it has learnt from teach the rest, half as much. Texts that training/held.py holds
out are scored at the end. ``--rows`` keeps what was read, a file for each text, and goes on from there;
``--part 0 2`` and ``--part 1 2`` read on two cores.
"""

from __future__ import annotations

import argparse
import pickle
import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from fabula.resolve.line_grid import (
    N_BESIDE,
    N_FAR,
    N_LINE,
    N_MENTION,
    N_ORDER,
    Grid,
    Row,
    grids,
    line_rows,
    mention_rows,
    standing,
)
from fabula.resolve.lines import BLOCKS, FAINT, FAR, HEADS
from fabula.types import Floats, Ints
from training.labelled_texts import load_text, sampled_name, sampled_texts, sampling_options
from training.person_data import People

WIDTH = 32
EPOCHS, BATCH, RATE, DECAY, DROPOUT, SEED = 7, 8, 2e-3, 0.05, 0.2, 0
KNOWN = 0.5
"""What a text that the person model has learnt from counts, beside one that it has not."""
HEARD = 0.5
"""What an addressee counts beside a speaker."""
UNKNOWN = -1
"""In place of a labelled person: nobody has said who."""
LOST = -2
"""In place of a labelled person: whom the reading has no entity for, or not among the candidates."""


@dataclass(frozen=True, slots=True)
class Text:
    """What was read of a text: its rows; which paragraph and sentence its tokens stand in; labelled people.

    ``right``: quote -> (speaker, addressee), entities or UNKNOWN or LOST.
    """

    rows: list[Row]
    paragraph: Ints
    sentence: Ints
    right: dict[int, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Example:
    """A stretch: the columns of speaker and addressee (n, 2), else UNKNOWN or LOST; and what it counts."""

    grid: Grid
    right: Tensor
    counts: float


def texts(
    data: Path, stories: Path, novels: Path, since: str, every: int
) -> Iterator[tuple[str, bool, People, str]]:
    """(name, whether the person model has learnt from it, people, text); names as in ``training.focus``."""
    for source, path, held in sampled_texts(data, stories, novels, since, every):
        people, text = load_text(source, path, data)
        fresh = source == "story" and path.parent.name >= since
        yield sampled_name(source, path, held), not fresh, people, text


def read(people: People, text: str) -> Text:
    """The lines of a text as the program believes before it weighs them once more."""
    from fabula.encoder.session import model_folder
    from fabula.heads.evidence import gather
    from fabula.pipeline import default_encoder, settle
    from fabula.resolve.groundwork import Groundwork
    from fabula.resolve.own_words import narrators_own
    from fabula.resolve.speakers import decoded, speaker_weights, speech_candidates
    from fabula.text import read_text
    from training.speakers_together import entity_of

    story = read_text(text)
    evidence = gather(story, default_encoder(), model_folder())
    ground = Groundwork(story, evidence, kept=0)
    s = settle(story, evidence, ground=ground, whole=False)
    around, said = ground.around, ground.introduced(s.names)
    candidates = speech_candidates(
        story, evidence, s.names, s.entities, s.narrators, s.away, None, s.persons, around
    )
    quotes = around[0].quotes
    own = narrators_own(story, evidence, s.narrators)
    weights = speaker_weights(s.persons is not None)
    d = decoded(quotes, s.names, s.entities, candidates, weights, said=said, own=own)
    layout = evidence.layout
    rows = line_rows(d.outer, layout.quote_tokens[:, 0], candidates, d.tables)
    rows += mention_rows(evidence, s.entities.distribution)
    owner = entity_of(people, s.entities.entity.tolist(), evidence.mentions)
    means = {a: (who, to) for a, _, who, to in people.quotes.tolist()}
    right = {}
    for k in d.outer:
        who = means.get(int(layout.quote_tokens[k, 0]), (-1, -1))
        speaker, hearer = (owner.get(x, LOST) if x >= 0 else UNKNOWN for x in who)
        right[k] = speaker, hearer
    return Text(rows, layout.paragraph, layout.sentence, right)


def kept(folder: Path, name: str, people: People, text: str) -> Text:
    """``read``, from ``folder`` if it is there."""
    path = folder / f"{name}.pickle"
    if not path.exists():
        part = path.with_suffix(".part")
        part.write_bytes(pickle.dumps(read(people, text)))
        part.rename(path)
    out: Text = pickle.loads(path.read_bytes())
    return out


def examples(text: Text, counts: float) -> Iterator[Example]:
    """The stretches of a text in which somebody has said who speaks."""
    for grid in grids(text.rows, text.paragraph, text.sentence):
        right = torch.full((len(grid.rows), 2), UNKNOWN)
        for j, row in enumerate(grid.rows):
            if row.line and grid.wanted[j]:
                for z, e in enumerate(text.right[row.k]):
                    here = grid.entity.index(e) if e in grid.entity and e in row.people else LOST
                    right[j, z] = UNKNOWN if e == UNKNOWN else here
        if (right != UNKNOWN).any():
            yield Example(grid, right, counts)


class Block(nn.Module):
    """One look along the rows and one across the people, as ``fabula.resolve.lines._block`` has it."""

    def __init__(self) -> None:
        super().__init__()
        self.first, self.second = nn.LayerNorm(WIDTH), nn.LayerNorm(WIDTH)
        self.look, self.seen = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH)
        self.wide, self.narrow = nn.Linear(3 * WIDTH, 2 * WIDTH), nn.Linear(2 * WIDTH, WIDTH)
        steps = torch.arange(N_FAR // 2).repeat(2)[:, None]
        self.far = nn.Parameter(0.3 * torch.randn(N_FAR, HEADS) - 0.3 * steps)
        self.beside = nn.Parameter(0.3 * torch.randn(N_BESIDE, HEADS))
        self.order = nn.Parameter(0.3 * torch.randn(N_ORDER, HEADS))
        self.drop = nn.Dropout(DROPOUT)
        nn.init.zeros_(self.seen.weight)
        nn.init.zeros_(self.narrow.weight)

    def forward(self, h: Tensor, how: Sequence[Tensor]) -> Tensor:
        """Cells (n, p, WIDTH) to cells."""
        n, p, d = h.shape
        q, k, v = (
            x.view(n, p, HEADS, d // HEADS).permute(1, 2, 0, 3)
            for x in self.look(self.first(h)).chunk(3, dim=-1)
        )
        bias = sum(
            nn.functional.embedding(x, table)
            for x, table in zip(how, (self.far, self.beside, self.order), strict=True)
        )
        s = q @ k.transpose(-1, -2) / (d // HEADS) ** 0.5 + bias.permute(2, 0, 1)
        seen = self.drop(s.softmax(-1)) @ v
        h = h + self.seen(seen.permute(2, 0, 1, 3).reshape(n, p, d))
        z = self.second(h)
        z = torch.cat([z, z.mean(1, keepdim=True).expand_as(z), z.amax(1, keepdim=True).expand_as(z)], -1)
        out: Tensor = h + self.drop(self.narrow(torch.relu(self.wide(z))))
        return out


class Network(nn.Module):
    """Scores (n, p, 2) of who speaks and who is spoken to; begins as the logarithm of what was believed.

    The same as ``fabula.resolve.lines.scores``, parameter by parameter.
    """

    def __init__(self, spread: dict[str, Tensor]) -> None:
        super().__init__()
        self.given = spread
        self.cell = nn.ModuleDict({"line": nn.Linear(N_LINE, WIDTH), "mention": nn.Linear(N_MENTION, WIDTH)})
        self.belief, self.person = nn.Linear(6, WIDTH), nn.Linear(2, WIDTH)
        self.kind, self.absent = (nn.Parameter(torch.randn(2, WIDTH)) for _ in range(2))
        self.block = nn.ModuleList(Block() for _ in range(BLOCKS))
        self.last, self.out = nn.LayerNorm(WIDTH), nn.Linear(WIDTH, 2)
        self.straight = nn.Linear(N_LINE, 2, bias=False)
        self.trust = nn.Parameter(torch.ones(2))
        self.drop = nn.Dropout(DROPOUT)
        for layer in (self.out, self.straight):
            nn.init.zeros_(layer.weight)

    def forward(self, g: Grid) -> Tensor:
        """Scores of all rows; of use for lines alone."""
        line = torch.from_numpy(g.line).long()
        is_line, there = line[:, None, None].float(), torch.from_numpy(g.there)[..., None]
        cells = {"line": torch.from_numpy(g.lines), "mention": torch.from_numpy(g.mentions)}
        x = {
            k: ((c - self.given[f"{k}.mean"]) / self.given[f"{k}.spread"]).clamp(-FAR, FAR) * there
            for k, c in cells.items()
        }
        h = is_line * self.cell["line"](self.drop(x["line"]))
        h = h + (1 - is_line) * self.cell["mention"](self.drop(x["mention"]))
        share = torch.where(is_line > 0, cells["line"][..., :2], cells["mention"][..., [0, 0]])
        log = share.clamp_min(FAINT).log()
        h = h + self.belief(torch.cat([log / 3, share, log - log.amax(1, keepdim=True)], -1))
        h = h + self.kind[line][:, None] + (1 - there) * self.absent[line][:, None]
        h = h + self.person(torch.from_numpy(g.weight))[None]
        how = [torch.from_numpy(k) for k in standing(g)]
        for block in self.block:
            h = block(h, how)
        out: Tensor = self.out(self.drop(self.last(h))) + self.straight(x["line"])
        return out + self.trust * log - (1 - there) * 1e4


def spread_of(learnt: Sequence[Example]) -> dict[str, Tensor]:
    """Mean and spread of the numbers in the cells of lines and of mentions."""
    out = {}
    for name, of_lines in (("line", 1), ("mention", 0)):
        rows = []
        for e in learnt:
            g = e.grid
            x = g.lines if of_lines else g.mentions
            rows.append(x[(g.there > 0) & (g.line == of_lines)[:, None]])
        every = np.concatenate(rows)
        out[f"{name}.mean"] = torch.from_numpy(every.mean(0))
        out[f"{name}.spread"] = torch.from_numpy(every.std(0) + np.float32(0.05))
    return out


def fit(learnt: Sequence[Example], epochs: int) -> Network:
    """The network, by AdamW with a rate that rises and falls."""
    torch.manual_seed(SEED)
    order = list(learnt)
    shuffler = random.Random(SEED)
    net = Network(spread_of(order))
    optimiser = torch.optim.AdamW(net.parameters(), lr=RATE, weight_decay=DECAY)
    steps = epochs * (len(order) // BATCH + 1) + 1
    rate = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, total_steps=steps, pct_start=0.1)
    weight = torch.tensor([1.0, HEARD])
    for epoch in range(epochs):
        shuffler.shuffle(order)
        total = 0.0
        for at in range(0, len(order), BATCH):
            optimiser.zero_grad()
            for e in order[at : at + BATCH]:
                asked = e.right >= 0
                loss = nn.functional.cross_entropy(net(e.grid), e.right.clamp_min(0), reduction="none")
                loss = (loss * asked * weight).sum() * e.counts
                (loss / 400).backward()
                total += float(loss.detach())
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimiser.step()
            rate.step()
        print(f"epoch {epoch}: loss {total / len(order):.3f}", flush=True)
    return net.eval()


def packed(net: Network) -> dict[str, Floats]:
    """The weights as ``fabula.resolve.lines`` reads them."""
    arrays = {k: v.detach().numpy() for k, v in net.state_dict().items()}
    arrays |= {k: v.numpy() for k, v in net.given.items()}
    return {k: v.astype(np.float16) for k, v in arrays.items()}


def report(net: Network, scored: Sequence[Example]) -> str:
    """Share of labelled speakers and addressees that were right before and are now."""
    n, before, now = np.zeros(2), np.zeros(2), np.zeros(2)
    for e in scored:
        there = torch.from_numpy(e.grid.there)[..., None]
        with torch.no_grad():
            found = net(e.grid).argmax(1)
        was = (torch.from_numpy(e.grid.lines[..., :2]) - 2 * (1 - there)).argmax(1)
        n += (e.right != UNKNOWN).sum(0).numpy()
        before += (was == e.right).sum(0).numpy()
        now += (found == e.right).sum(0).numpy()
    parts = [
        f"{what} {100 * before[z] / n[z]:.1f} to {100 * now[z] / n[z]:.1f} of {int(n[z]):,}"
        for z, what in enumerate(("speakers", "addressees"))
        if n[z]
    ]
    return "; ".join(parts)


def main() -> None:
    """Parse the command line, read, learn and write the weights."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    sampling_options(p)
    p.add_argument("--epochs", type=int, default=EPOCHS)
    p.add_argument("--out", type=Path, required=True)
    a = p.parse_args()
    a.rows.mkdir(parents=True, exist_ok=True)
    some: dict[str, list[Example]] = defaultdict(list)
    for n, (name, known, people, text) in enumerate(texts(a.data, a.stories, a.novels, a.since, a.every)):
        if a.part is None or n % a.part[1] == a.part[0]:
            source = name.split("-")[1] if name.startswith("held-") else ""
            some[source] += examples(kept(a.rows, name, people, text), KNOWN if known else 1.0)
    if a.part is not None:
        return
    net = fit(some[""], a.epochs)
    print(f"learnt from {len(some['']):,} stretches; held out:")
    for source in sorted(set(some) - {""}):
        print(f"  {source}: {report(net, some[source])}")
    part = a.out.with_suffix(".part.npz")
    arrays: dict[str, Any] = dict(packed(net))
    np.savez_compressed(part, **arrays)
    part.rename(a.out)


if __name__ == "__main__":
    main()
