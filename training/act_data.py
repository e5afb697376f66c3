"""Texts whose acts are labelled, read end to end: the marked stories, and the dev passages of novels.

The acts of ``training/stories/FOLDER/STEM.mark`` stand in ``training/acts/FOLDER/STEM.labels``, in the form
of ``bench/labels.py``; several people may be joined by "+".
"""

from __future__ import annotations

import argparse
import itertools
import pickle
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from bench.labels import SPEECH_ACTS, Label, read
from bench.ledger import name_of, passages
from bench.settings import ROOT, Settings, shared_folder

from fabula.encoder.session import Hidden, OnnxEncoder, model_folder
from fabula.heads.evidence import gather
from fabula.pipeline import decide
from fabula.text import read_text
from fabula.types import Analysis, Story
from training.held import is_held
from training.person_data import parse_marks

STORIES = ROOT / "training" / "stories"
LABELS = ROOT / "training" / "acts"
SAME = 0.6
"""Least share of overlap for a mention or quote of the reading to be a marked one."""

Person = str


@dataclass(frozen=True, slots=True)
class Read:
    """A text as the program reads it; its tokens' vectors for the ledger and for syntax, (n_tokens, 768)."""

    analysis: Analysis
    vectors: npt.NDArray[np.float16]


@dataclass(frozen=True, slots=True)
class GoldAct:
    """One labelled act, of one person to one other; None is nobody of the cast, or nobody has said.

    ``words``: the labelled words do it themselves, rather than tell it.
    """

    kinds: tuple[str, ...]
    agent: Person | None
    patient: Person | None
    start: int
    end: int
    negated: bool
    hypothetical: bool
    told: bool = True
    words: bool = False


@dataclass(slots=True)
class Labelled:
    """A text with its acts. Only what stands in [start, end) is labelled.

    ``mention`` gives the person of each mention of the reading, None where nobody has said; ``speaker`` and
    ``heard`` those of each quote. A person is a name of the cast, or the number of an entity in a passage.
    ``book``: the novel it is from.
    """

    name: str
    reading: Read
    acts: list[GoldAct]
    start: int
    end: int
    mention: list[Person | None]
    speaker: list[Person | None]
    heard: list[tuple[Person, ...]]
    held: bool
    names: list[dict[str, Any]] = field(default_factory=list)
    passage: Mapping[str, Any] | None = None
    book: str = ""


class Recorder(OnnxEncoder):
    """The shipped encoder, which also keeps what it says of every token.

    ``people``: whether it reads with the cast in hand, too; where the people are known that is time lost.
    """

    def __init__(self, people: bool = True) -> None:
        super().__init__(threads=1)
        self._people = people
        self.kept: list[Hidden] = []

    @property
    def reads_persons(self) -> bool:
        """Whether the people are read as well."""
        return self._people and super().reads_persons

    def windows(self, story: Story) -> Iterator[Hidden]:
        """The windows of a story, kept until the next one is read."""
        self.kept = []
        for w in super().windows(story):
            self.kept.append(w)
            yield w

    def vectors(self, n: int) -> npt.NDArray[np.float16]:
        """The vectors for the ledger and for syntax of the ``n`` tokens of the last story, (n, 768)."""
        out = np.zeros((n, 768), np.float16)
        for w in self.kept:
            assert w.syntax is not None
            out[w.start : w.end] = np.concatenate([w.ledger, w.syntax], axis=1)
        return out


class Reader:
    """Reads texts and keeps what it read in a folder; the folder must go when weights or code change."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._encoders: dict[bool, Recorder] = {}
        folder.mkdir(parents=True, exist_ok=True)

    def __call__(self, name: str, text: str, people: bool = True) -> Read:
        """The reading of a text, from the folder or afresh."""
        path = self.folder / f"{name}.pickle"
        if not path.exists():
            encoder = self._encoders.setdefault(people, Recorder(people))
            story = read_text(text)
            # Without the acts of the weights before: they may have been learnt for other features.
            evidence = replace(gather(story, encoder, model_folder()), acts=None)
            analysis = decide(story, evidence)
            made = Read(analysis, encoder.vectors(len(story.tokens)))
            part = path.with_suffix(".part")
            part.write_bytes(pickle.dumps(made))
            part.replace(path)
        kept = pickle.loads(path.read_bytes())
        assert isinstance(kept, Read)
        return kept


def arguments(doc: str | None) -> argparse.ArgumentParser:
    """The command line that training and reporting share: where the data sets and the readings lie."""
    options = argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument(
        "--data", type=Path, default=shared_folder() / "data", help="folder of the data sets"
    )
    options.add_argument("--out", type=Path, default=Path("runs/acts"))
    return options


def settings_of(data: Path) -> Settings:
    """The measuring stick's settings for the data sets in ``data``."""
    return Settings(data, shared_folder() / "score" / "score.py")


def label_paths(folder: Path = LABELS) -> list[Path]:
    """All label files of marked stories."""
    return sorted(folder.rglob("*.labels"))


def labelled_stories(
    reader: Reader, labels: Path = LABELS, stories: Path = STORIES, held: bool | None = None
) -> Iterator[Labelled]:
    """The labelled stories, or only those held out, or only those that may be learnt from."""
    for path in label_paths(labels):
        out = is_held(path.stem)
        if held is None or out == held:
            mark = stories / path.parent.name / f"{path.stem}.mark"
            text, cast, spans, said = parse_marks(mark.read_text(encoding="utf-8"))
            name = f"{path.parent.name}_{path.stem}"
            read_as = reader(name, text, people=out)
            rows = [(a, b, kind, who) for a, b, kind, who in spans if who != "-" and "+" not in who]
            whose, speaker, heard = whose_are(read_as.analysis, rows, said)
            labels_here = [label for label in read(path, text) if not label.feeling]
            acts = [a for label in labels_here for a in acts_of(read_as.analysis, label, speaker)]
            names = _names(cast, rows)
            yield Labelled(name, read_as, acts, 0, len(text), whose, speaker, heard, out, names)


def labelled_passages(reader: Reader, s: Settings, split: str = "dev") -> Iterator[Labelled]:
    """The labelled passages of novels; their people are spans, known to ``bench.ledger`` alone."""
    for p in passages(s, split):
        read_as = reader(name_of(p), p["text"])
        a = read_as.analysis
        at, end = p["at"], p["at"] + p["end"] - p["start"]
        acts = []
        for g in p["acts"]:
            start, stop = g["start"] + at, g["end"] + at
            kinds = (g["kind"],) if isinstance(g["kind"], str) else tuple(g["kind"])
            words = kinds[0] in SPEECH_ACTS and _outside(a, start, g["agent"], at)
            acts.append(GoldAct(kinds, None, None, start, stop, g["negated"], g["hypothetical"], words=words))
        nobody: list[Person | None] = [None] * len(a.quotes)
        yield Labelled(
            name_of(p), read_as, acts, at, end, [None] * len(a.mentions), nobody, [()] * len(a.quotes), False,
            passage=p, book=str(p["book"]),
        )  # fmt: skip


def _outside(a: Analysis, start: int, agent: Mapping[str, int] | None, at: int) -> bool:
    """Whether a trigger stands in a quote whose words are its agent's own."""
    inside = [q for q in a.quotes if q.start <= start < q.end]
    if not inside:
        return False
    q = inside[-1]
    if agent is None or not q.start <= agent["start"] + at < q.end:
        return True
    who = a.story.text[agent["start"] + at : agent["end"] + at].lower()
    return who in ("i", "me", "my", "we", "us")


def whose_are(
    a: Analysis, marked: Sequence[tuple[int, int, int, Person]], said: Sequence[tuple[int, int, str, str]]
) -> tuple[list[Person | None], list[Person | None], list[tuple[Person, ...]]]:
    """The person of each mention of a reading; speaker and addressees of each quote.

    ``marked``: start, end, kind (2 is a pronoun) and person; ``said``: start, end, speaker, addressee.
    """
    return _mention_people(a, marked), *_quote_people(a, said)


def acts_of(a: Analysis, label: Label, speaker: Sequence[Person | None]) -> Iterator[GoldAct]:
    """A label as one act for each of its people."""
    words = _speaks(a, label, speaker)
    whos, whoms = ((w or "").split("+") for w in (label.who, label.whom))
    for who, whom in itertools.product(whos, whoms):
        yield GoldAct(
            label.kinds, who.strip() or None, whom.strip() or None, label.start, label.end, label.negated,
            label.hypothetical, label.told, words,
        )  # fmt: skip


def _speaks(a: Analysis, label: Label, speaker: Sequence[Person | None]) -> bool:
    """Whether a label's words stand in a quote and are its agent's own."""
    inside = [q.id for q in a.quotes if q.start <= label.start < q.end]
    if not inside or label.kinds[0] not in SPEECH_ACTS:
        return False
    by = speaker[inside[-1]]
    return by is None if label.who is None else by in [w.strip() for w in label.who.split("+")]


def _mention_people(analysis: Analysis, spans: Sequence[tuple[int, int, int, Person]]) -> list[Person | None]:
    """The person of each mention: that of the smallest marked span around its head word."""
    out: list[Person | None] = []
    for m in analysis.mentions:
        over = [
            s
            for s in spans
            if s[0] <= m.head.start and m.head.end <= s[1] and (s[2] == 2) == (m.kind == "PRON")
        ]
        best = min(over, key=lambda s: s[1] - s[0], default=None)
        out.append(None if best is None else best[3])
    return out


def _quote_people(
    analysis: Analysis, said: Sequence[tuple[int, int, str, str]]
) -> tuple[list[Person | None], list[tuple[Person, ...]]]:
    """Speaker and addressees of each quote of the reading, where a marked one is most of it."""
    speaker: list[Person | None] = []
    heard: list[tuple[Person, ...]] = []
    for q in analysis.quotes:
        best = max(said, key=lambda s: min(q.end, s[1]) - max(q.start, s[0]), default=None)
        if best is None or min(q.end, best[1]) - max(q.start, best[0]) < SAME * (q.end - q.start):
            speaker.append(None)
            heard.append(())
            continue
        speaker.append(None if best[2] in ("-", "") or "+" in best[2] else best[2])
        heard.append(tuple(w.strip() for w in best[3].split("+") if w.strip() not in ("", "-")))
    return speaker, heard


def _names(cast: dict[str, list[str]], spans: Sequence[tuple[int, int, int, Person]]) -> list[dict[str, Any]]:
    """Spans that tell who is who: the names of each person, or the descriptions, or else the pronouns."""
    out = []
    for person in cast:
        mine = [s for s in spans if s[3] == person]
        kinds = {s[2] for s in mine}
        out += [{"start": a, "end": b, "who": person} for a, b, kind, _ in mine if kind == min(kinds)]
    return out
