"""Correcting one story: the log, the reading as it stands, and what each correction brings with it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from threading import RLock

from fabula.corrections.around import Around
from fabula.corrections.direct import direct, reach
from fabula.corrections.edition import Edition, fingerprint
from fabula.corrections.log import Entry, Log
from fabula.corrections.values import Anchor, Correction, Effects, Scope
from fabula.errors import CorrectionError
from fabula.types import Analysis


@dataclass(frozen=True, slots=True)
class Missing:
    """A correction in force that this reading has no place for, and why."""

    entry: Entry
    why: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one step did: the log's version after it, the editions before and after, the correction."""

    version: int
    before: Edition
    after: Edition
    correction: Correction


class Desk:
    """The corrections of one reading. Safe to call from several threads.

    ``around`` thinks on from each correction; without it a correction changes what it names, and no more.
    Every method sees what other programs wrote to the log. Raises CorrectionError, OutputError, ModelError.
    """

    def __init__(self, base: Analysis, log: Log, around: Around | None = None) -> None:
        self.base, self.log, self.around = base, log, around
        self._reading = fingerprint(base)
        self._lock = RLock()
        self._version = -1
        self._edition = self._blank = Edition(base)
        self._entries: tuple[Entry, ...] = ()
        self._missing: tuple[Missing, ...] = ()
        self.refresh()

    # -------------------------------------------------------------- as it stands
    @property
    def edition(self) -> Edition:
        """The reading as it stands."""
        return self._edition

    @property
    def version(self) -> int:
        """The log's version that ``edition`` is of."""
        return self._version

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The corrections in force."""
        return self._entries

    @property
    def missing(self) -> tuple[Missing, ...]:
        """The corrections in force that this reading has no place for."""
        return self._missing

    def refresh(self) -> bool:
        """Take in what other programs wrote; whether there was anything."""
        with self._lock:
            version = self.log.version
            if version == self._version:
                return False
            entries = self.log.in_force()
            if any(e.reading != self._reading for e in entries):
                with self.log.writing() as pen:
                    self._fold(pen.in_force())
                    for e in self._entries:
                        pen.again(e, self._reading, e.effects)
                    self._version = pen.version
            else:
                self._fold(entries)
                self._version = version
            return True

    def _fold(self, entries: tuple[Entry, ...]) -> None:
        """Lay the corrections over the reading; those made on another reading are worked out anew."""
        edition = self._blank
        kept: list[Entry] = []
        missing: list[Missing] = []
        for entry in entries:
            if entry.reading != self._reading:
                try:
                    entry = replace(entry, reading="", effects=self._effects(edition, entry.correction))
                except CorrectionError as error:
                    missing.append(Missing(entry, f"{error.subject} {error.problem}"))
                    continue
            kept.append(entry)
            edition = edition.with_effects(entry.effects, entry.correction.status)
        self._edition, self._entries, self._missing = edition, tuple(kept), tuple(missing)

    def replay(self) -> None:
        """Work out anew what follows from every correction in force, whatever it was before."""
        with self._lock, self.log.writing() as pen:
            self._fold(tuple(replace(e, reading="") for e in pen.in_force()))
            for e in self._entries:
                pen.again(e, self._reading, e.effects)
            self._version = pen.version

    def _effects(self, edition: Edition, correction: Correction) -> Effects:
        """What a correction changes in ``edition``: what it says, and what follows from it."""
        own = direct(edition, correction)
        if self.around is None or correction.action == "rename":
            return own
        after = edition.with_effects(own, correction.status)
        offsets = [a.start for a in correction.targets]
        if not offsets:
            offsets = [a.anchor.start for a in correction.people if a.anchor is not None]
        more = self.around.consequences(edition, after, offsets, turning=correction.status != "accepted")
        return replace(
            own,
            mentions={**more.mentions, **own.mentions},
            quotes={**own.quotes, **more.quotes},
            heard={**own.heard, **more.heard},
        )

    # -------------------------------------------------------------- ahead of the answer
    def likely(self, kind: str, number: int) -> list[Correction]:
        """The answers that a person is likeliest to give to a decision, as it stands first.

        Raises CorrectionError where there is no such decision.
        """
        e = self._edition
        self.anchors(kind, [number])
        if kind == "addressees":
            return [self.accept(kind, number)]
        d = e.quote(number) if kind == "speaker" else e.mention(number)
        people = dict.fromkeys(e.root(x) for x in (d.who, *(x for x, _ in d.candidates)) if x is not None)
        return [self.correction(kind, number, (x,), "this") for x in people]

    def foresee(self, correction: Correction) -> None:
        """Think a correction through without making it: made after, its consequences are there at once."""
        self._effects(self._edition, correction)

    # -------------------------------------------------------------- putting right
    def do(self, correction: Correction) -> Outcome:
        """Make a correction."""
        with self._lock, self.log.writing() as pen:
            if pen.version != self._version:
                self._fold(pen.in_force())
            before = self._edition
            effects = self._effects(before, correction)
            entry = pen.do(correction, self._reading, effects)
        with self._lock:
            after = before.with_effects(effects, correction.status)
            if self._edition is before:
                self._edition, self._version = after, entry.number
                self._entries = (*self._entries, entry)
        return Outcome(entry.number, before, after, correction)

    def undo(self) -> Outcome | None:
        """Take the last correction back; None if there is none."""
        return self._turn(back=True)

    def redo(self) -> Outcome | None:
        """Make again what was taken back last; None if there is nothing."""
        return self._turn(back=False)

    def _turn(self, back: bool) -> Outcome | None:
        with self._lock:
            self.refresh()
            before = self._edition
            with self.log.writing() as pen:
                entry = pen.undo() if back else pen.redo()
                version = pen.version
            if entry is None:
                return None
            self.refresh()
            return Outcome(version, before, self._edition, entry.correction)

    def accept(self, kind: str, number: int) -> Correction:
        """The correction that accepts a decision as it stands. Raises CorrectionError."""
        e = self._edition
        if kind == "addressees":
            people: tuple[int, ...] = e.addressees(number).who
        else:
            who = (e.quote(number) if kind == "speaker" else e.mention(number)).who
            people = () if who is None else (who,)
        return replace(self.correction(kind, number, people, "this"), status="accepted")

    def correction(self, kind: str, number: int, people: tuple[int, ...], scope: Scope) -> Correction:
        """The correction that gives a decision, and those in ``scope``, these people for an answer."""
        e = self._edition
        return Correction(
            action=kind,  # type: ignore[arg-type]
            targets=self.anchors(kind, reach(e, kind, number, scope)),
            people=tuple(e.refer(p) for p in people),
            scope=scope,
        )

    def anchors(self, kind: str, numbers: list[int]) -> tuple[Anchor, ...]:
        """The passages of decisions. Raises CorrectionError where there is none with the id."""
        index, text = self._edition.index, self.base.story.text
        spans = index.quote_span if kind in ("speaker", "addressees") else index.span
        try:
            return tuple(Anchor.at(text, *spans[k]) for k in numbers)
        except KeyError as error:
            raise CorrectionError(f"{kind} {error}", "is no decision of this reading") from None

    # -------------------------------------------------------------- out
    def analysis(self) -> Analysis:
        """The corrected reading. Its producer's options say which decisions a person has looked at."""
        analysis = self._edition.analysis
        reviewed = self._edition.reviewed()
        if not reviewed:
            return analysis
        options = {**analysis.producer.options, "reviewed": reviewed}
        return replace(analysis, producer=replace(analysis.producer, options=options))
