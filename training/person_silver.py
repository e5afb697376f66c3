"""Silver data for the person model, from unlabelled novels read with Fabula's own names and quotes.

Where a name stands unambiguous, its owner is known: put the pronoun in its place, and whom the pronoun means
is known. Where a tag names the speaker, hide it, and the speaker is known. Vocatives and "said X to Y" tell
addressees.

    python -m training.person_silver --out runs/silver --tokens 40000
"""

from __future__ import annotations

import argparse
import pickle
import random
from collections import Counter
from pathlib import Path

import numpy as np

from training.person_data import UNKNOWN, Known, People
from training.silver import strip_gutenberg

FORMS = {"he": ("he", "him", "his"), "she": ("she", "her", "her")}
RECENT = 80
"""A name becomes a pronoun only where its owner was mentioned in so many tokens before."""


def read_section(name: str, text: str) -> People | None:
    """Names, quotes and tags of a stretch of a novel."""
    from fabula.encoder.pieces import surface_flags
    from fabula.encoder.session import model_folder
    from fabula.heads.evidence import gather
    from fabula.pipeline import default_encoder
    from fabula.resolve.names import resolve_names
    from fabula.resolve.quote_context import read_context
    from fabula.text import read_text

    story = read_text(text, name=name)
    evidence = gather(story, default_encoder(), model_folder())
    names = resolve_names(story, evidence.mentions)
    context = read_context(story, evidence)
    m = evidence.mentions
    tokens = [story.token_text(i) for i in range(len(story.tokens))]
    people: dict[int, Known] = {}
    for e, r in enumerate(names.roster):
        if r.type == "PER" and not r.sworn and r.number == "sing":
            he, she, _ = r.gender
            pronoun = "he" if he > 2 * she and he > 0.4 else "she" if she > 2 * he and she > 0.4 else ""
            people[e] = Known(Counter({a.text: a.count for a in r.aliases}), [], pronoun)
    rows = []
    for k in range(len(m)):
        if m.type[k] == 0:
            e = int(names.entity[k])
            sure = e in people and names.confidence[k] > 0.8
            a, b, h, kind = (int(c[k]) for c in (m.token_start, m.token_end, m.head_token, m.kind))
            if kind == 0 and not sure:
                kind = 1
            rows.append((a, b, h, kind, e if sure else UNKNOWN))
    named = names.entity

    def who(mentions: tuple[int, ...]) -> int:
        known = {int(named[x]) for x in mentions if x >= 0} & people.keys()
        return next(iter(known)) if len(known) == 1 else UNKNOWN

    quotes, tags = [], []
    for q in context.quotes:
        speaker, cut = UNKNOWN, (-1, -1, -1, -1)
        t = q.tag
        if t is not None and t.mention >= 0 and t.shape != "loose":
            speaker = who((t.mention,))
            a, b = int(m.token_start[t.mention]), int(m.token_end[t.mention])
            lo, hi = min(a, t.verb), max(b, t.verb + 1)
            if speaker >= 0:
                whole = (-1, -1)
                if lo == q.token_end and hi < len(tokens) and hi - lo <= 5 and tokens[hi] in {".", ",", ";"}:
                    whole = (lo, hi + 1)
                cut = (*whole, a, b)
        quotes.append((q.token_start, q.token_end, speaker, who(q.told) if q.told else who(q.vocatives)))
        tags.append(cut)
    initial, quoted = surface_flags(story)
    return People(
        name, tokens, initial, quoted, story.sentence_tokens[:, 0].astype(np.int32),
        np.asarray(rows, np.int32).reshape(-1, 5), np.asarray(quotes, np.int32).reshape(-1, 4), people,
        "silver", np.asarray(tags, np.int32).reshape(-1, 4), list(evidence.syntax.deprel),
    )  # fmt: skip


def hide(d: People, rng: random.Random, share: float, tags: float) -> People:
    """A copy with a share of the names made pronouns and a share of the tags taken out or made pronouns."""
    assert d.tags is not None and d.relation is not None
    n = len(d.tokens)
    drop = np.zeros(n, bool)
    new: dict[int, str] = {}
    pronoun_at: dict[tuple[int, int], int] = {}
    in_tag: set[tuple[int, int]] = set()
    for lo, hi, a, b in d.tags.tolist():
        if a < 0:
            continue
        in_tag.add((a, b))
        r = rng.random()
        if lo >= 0 and r < tags * 0.6:
            drop[lo:hi] = True
        elif r < tags:
            pronoun_at[a, b] = 1
    last: dict[int, int] = {}
    for a, b, h, kind, e in d.mentions.tolist():
        if kind != 0 or e < 0 or drop[a]:
            continue
        seen = last.get(e, -(10**6))
        last[e] = a
        p = d.people[e].pronoun
        if p not in FORMS or (a - seen > RECENT and (a, b) not in pronoun_at):
            pronoun_at.pop((a, b), None)
            continue
        if (a, b) not in pronoun_at and ((a, b) in in_tag or rng.random() > share):
            continue
        nominative, accusative, possessive = FORMS[p]
        relation = d.relation[h].partition(":")[0]
        after = d.tokens[b] if b < n else ""
        before = d.tokens[a - 1] if a else ""
        if after in {"'s", "’s"}:
            form = possessive
        elif (a, b) in pronoun_at or relation == "nsubj":
            form = nominative
        elif relation in {"obj", "iobj", "obl"} and before not in {",", "and", "or"}:
            form = accusative
        else:
            pronoun_at.pop((a, b), None)
            continue
        if after in {"'s", "’s"}:
            drop[b] = True
        new[a] = form.capitalize() if d.initial[a] else form
        drop[a + 1 : b] = True
        pronoun_at[a, b] = 2
    return _edit(d, drop, new, {k for k, v in pronoun_at.items() if v == 2})


def _edit(d: People, drop: np.ndarray, new: dict[int, str], made: set[tuple[int, int]]) -> People:
    kept = np.flatnonzero(~drop)
    place = np.concatenate([[0], np.cumsum(~drop)]).astype(np.int32)
    tokens = [new.get(int(t), d.tokens[int(t)]) for t in kept]
    m = d.mentions.copy()
    for r in m:
        if (int(r[0]), int(r[1])) in made:
            r[1], r[2], r[3] = r[0] + 1, r[0], 2
    m[:, :2] = place[m[:, :2]]
    m[:, 2] = place[m[:, 2]]
    m = m[m[:, 1] > m[:, 0]]
    m[:, 2] = np.clip(m[:, 2], m[:, 0], m[:, 1] - 1)
    q = d.quotes.copy()
    q[:, :2] = place[q[:, :2]]
    starts = np.unique(place[d.sentence_starts])
    return People(
        d.name,
        tokens,
        d.initial[kept],
        d.quoted[kept],
        starts[starts < len(tokens)],
        m,
        q,
        d.people,
        d.source,
    )


def section(d: People, start: int, end: int) -> People:
    """Tokens [start, end) of a silver text, ``hide`` not yet called."""
    assert d.tags is not None and d.relation is not None
    m = d.mentions[(d.mentions[:, 0] >= start) & (d.mentions[:, 1] <= end)].copy()
    m[:, :3] -= start
    inside = (d.quotes[:, 0] >= start) & (d.quotes[:, 1] <= end)
    q = d.quotes[inside].copy()
    q[:, :2] -= start
    t = d.tags[inside].copy()
    outside = (
        (t[:, 2] < start) | (t[:, 3] >= end - 1) | ((t[:, 0] >= 0) & ((t[:, 0] < start) | (t[:, 1] > end)))
    )
    t = np.where(t >= 0, t - start, -1)
    t[outside] = -1
    s = d.sentence_starts[(d.sentence_starts >= start) & (d.sentence_starts < end)] - start
    cut = slice(start, end)
    return People(
        d.name, d.tokens[cut], d.initial[cut], d.quoted[cut], s, m, q, d.people, d.source, t, d.relation[cut]
    )


def load(folder: Path) -> list[People]:
    """What ``main`` wrote."""
    return [pickle.loads(p.read_bytes()) for p in sorted(folder.glob("*.pickle"))]


def main() -> None:
    """Read a stretch of every novel and keep what its names and tags tell."""
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--data", type=Path, default=Path("../shared/data"))
    p.add_argument("--out", type=Path, required=True)
    p.add_argument("--tokens", type=int, default=40000, help="tokens of each novel")
    p.add_argument("--seed", type=int, default=1)
    a = p.parse_args()
    a.out.mkdir(parents=True, exist_ok=True)
    rng = random.Random(a.seed)
    for path in sorted((a.data / "gutenberg").glob("*.txt")):
        out = a.out / f"{path.stem}.pickle"
        if out.exists():
            continue
        text = strip_gutenberg(path.read_text(encoding="utf-8", errors="replace")).replace("\r\n", "\n")
        size = int(a.tokens * 4.6)
        at = rng.randrange(max(1, len(text) - size))
        at = text.find("\n\n", at) + 2
        d = read_section(path.stem, text[at : text.find("\n\n", at + size)])
        if d is not None:
            out.with_suffix(".tmp").write_bytes(pickle.dumps(d))
            out.with_suffix(".tmp").rename(out)
            tagged = int((d.quotes[:, 2] >= 0).sum())
            print(path.stem, len(d.tokens), "tokens", int((d.mentions[:, 4] >= 0).sum()), "names", tagged,
                  "tags", int((d.quotes[:, 3] >= 0).sum()), "addressees", flush=True)  # fmt: skip


if __name__ == "__main__":
    main()
