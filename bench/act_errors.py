"""Why labelled acts are missed, and how right those are that are told: the ledger looked at kind by kind.

    python -m bench.act_errors [--split dev|test] [--rules] [--unseen] [--causes | --table | --list]

Over the passages of a split and the seen stories, in the form that docs/ledger.md has. ``--causes``: each
labelled act is counted under the first cause that keeps it from being told. ``--table``: precision and recall
of each kind. Without either: both. ``--list``: every missed act with its words and its cause; and every act
told wrongly.
``--rules``: by rules alone. The text is read once and kept; only the ledger is made anew.

The classifier and the confidence have learnt from the passages of "dev"; what they are worth on others, only
"test" says, and that is never listed.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bench import acts, stories
from bench.act_readings import Kept, contract, folder, read_all
from bench.acts import Act, Same, Tally
from bench.ledger import _load, name_of, passages, same_in_passage, same_in_story
from bench.settings import BenchError, Settings, parser, settings
from fabula.errors import FabulaError
from fabula.ledger.acts import LEAST, find_acts
from fabula.ledger.clauses import Clauses, read_clauses
from fabula.ledger.slots import slots_of
from fabula.lexicon.deeds import DEED_KINDS
from fabula.lexicon.speech_acts import SPEECH_KINDS

CAUSES = (
    "told", "nothing found there", "found as another kind", "denied or imagined wrongly",
    "speaker read wrongly", "addressee read wrongly or not at all",
    "nobody near is read as the person", "another person near was taken", "too unsure",
)  # fmt: skip
"""Why a labelled act is not told, in the order in which they are looked for."""


@dataclass(frozen=True, slots=True)
class Text:
    """A labelled text as it was read: the labels moved to its offsets, ``start`` to ``end`` labelled."""

    name: str
    kept: Kept
    gold: list[dict[str, Any]]
    denied: list[dict[str, Any]]
    same: Same
    start: int
    end: int
    done_only: bool


def passages_of(s: Settings, split: str) -> Iterator[Text]:
    """The labelled passages of a split."""
    some = {name_of(p): p for p in passages(s, split)}
    for name, kept in read_all(((n, p["text"]) for n, p in some.items()), folder(s)):
        p = some[name]
        at = p["at"]
        gold = [{**g, "start": g["start"] + at, "end": g["end"] + at} for g in p["acts"]]
        same = same_in_passage(p, contract(kept.analysis))
        yield Text(name, kept, gold, [], same, at, at + p["end"] - p["start"], done_only=False)


def stories_of(s: Settings) -> Iterator[Text]:
    """The example stories of a group; their labels tell denied acts without their people."""
    names = stories.groups(s.examples)["unseen" if s.unseen else "seen"]
    texts = ((n, (s.examples / f"{n}.txt").read_text(encoding="utf-8")) for n in names)
    for name, kept in read_all(texts, folder(s)):
        gold = _load(stories.gold_of(s.examples, name))
        same = same_in_story(contract(kept.analysis), gold)
        end = len(kept.analysis.story.text)
        yield Text(name, kept, gold["acts"], gold.get("non_acts", []), same, 0, end, done_only=True)


@dataclass(frozen=True, slots=True)
class Looked:
    """A text, its grammar, and every candidate of its labelled part, as the contract writes acts."""

    text: Text
    c: Clauses
    candidates: list[dict[str, Any]]

    @property
    def told(self) -> list[dict[str, Any]]:
        """The candidates that the ledger keeps."""
        return [a for a in self.candidates if a["confidence"] >= LEAST]

    def tally(self) -> Tally:
        """The acts told against the labels."""
        return acts.score(self.told, self.text.gold, self.text.denied, self.text.same)


def look(text: Text, *, rules: bool) -> Looked:
    """Make the ledger of a text, down to a confidence of 0."""
    c = read_clauses(text.kept.analysis)
    assert c is not None, "the shipped model parses"
    out = []
    for a in find_acts(c, None if rules else text.kept.acts, 0.0):
        done = not (a.negated or a.hypothetical)
        if text.start <= a.trigger.start < text.end and (done or not text.done_only):
            out.append({
                "kind": a.kind, "agent": a.agent, "patient": a.patient, "negated": a.negated,
                "hypothetical": a.hypothetical, "confidence": a.confidence,
                "trigger": {"start": a.trigger.start, "end": a.trigger.end},
            })  # fmt: skip
    return Looked(text, c, out)


# ------------------------------------------------------------------ causes
def causes(one: Looked) -> Iterator[tuple[Act, str, float]]:
    """Each labelled act with its cause of CAUSES, and the confidence of the candidate nearest to it."""
    for g in one.text.gold:
        yield g, *cause_of(one.text, one.c, g, one.candidates)


def cause_of(text: Text, c: Clauses, g: Act, candidates: Sequence[Act]) -> tuple[str, float]:
    """Why a labelled act is not told, with the confidence of the candidate nearest to it."""
    touching = [p for p in candidates if acts.touches(p, g)]
    near = [p for p in touching if p["kind"] in acts.kinds_of(g)]
    if not near:
        return ("found as another kind" if touching else "nothing found there"), 0.0

    def sure(some: Sequence[Act]) -> float:
        return max((float(p["confidence"]) for p in some), default=0.0)

    right = [p for p in near if acts.score([p], [g], (), text.same).right]
    if right:
        return ("told" if sure(right) >= LEAST else "too unsure"), sure(right)
    status = [p for p in near if all(bool(p[k]) == bool(g.get(k)) for k in ("negated", "hypothetical"))]
    if not status:
        return "denied or imagined wrongly", sure(near)
    best = max(status, key=lambda p: (text.same(p["agent"], g["agent"]), p["confidence"]))
    wrong = "agent" if not text.same(best["agent"], g["agent"]) else "patient"
    t = _token_at(c, best["trigger"]["start"])
    if c.quote[t] >= 0 and best["kind"] in SPEECH_KINDS and wrong == "agent":
        return "speaker read wrongly", sure(status)
    if c.quote[t] >= 0 and best["kind"] in SPEECH_KINDS:
        return "addressee read wrongly or not at all", sure(status)
    read_as = {
        max(x.people, key=lambda e: x.people[e]) for x in slots_of(c, t, best["kind"], False) if x.people
    }
    if any(text.same(x, g[wrong]) for x in read_as):
        return "another person near was taken", sure(status)
    return "nobody near is read as the person", sure(status)


def _token_at(c: Clauses, at: int) -> int:
    starts = c.analysis.story.tokens.start
    return max(int(starts.searchsorted(at, side="right")) - 1, 0)


# ------------------------------------------------------------------ printing
Groups = Mapping[str, Sequence[Looked]]


def print_causes(groups: Groups) -> None:
    """The table of causes: deeds and acts of speech of each group of texts."""
    columns = {f"{title}: {what}": Counter[str]() for title in groups for what in ("deeds", "speech")}
    for title, some in groups.items():
        for one in some:
            for g, cause, _ in causes(one):
                what = "deeds" if acts.kinds_of(g) & set(DEED_KINDS) else "speech"
                columns[f"{title}: {what}"][cause] += 1
    print("| labelled acts |", " | ".join(columns), "|")
    print("|---|" + "---:|" * len(columns))
    for cause in CAUSES:
        print(f"| {cause} |", " | ".join(str(n[cause]) for n in columns.values()), "|")
    print("| all |", " | ".join(str(n.total()) for n in columns.values()), "|")


def print_totals(groups: Groups) -> None:
    """Precision and recall of each group of texts."""
    for title, some in groups.items():
        t = _total(some)
        print(
            f"{title}: {t.predicted} told, {_share(t.right, t.predicted)} % right; {t.gold} labelled, "
            f"{_share(t.found, t.gold)} % found; {_share(t.wrongly, t.asserted)} % of those told as done "
            "are denied or imagined"
        )


def print_table(groups: Groups) -> None:
    """Precision and recall of each kind over all texts together."""
    total = _total([one for some in groups.values() for one in some])
    print("| kind | told | right, % | labelled | found, % |")
    print("|---|---:|---:|---:|---:|")
    for kind in (*DEED_KINDS, *SPEECH_KINDS):
        n, right, labelled, hit = total.kinds.get(kind, [0, 0, 0, 0])
        print(f"| `{kind}` | {n} | {_share(right, n)} | {labelled} | {_share(hit, labelled)} |")
    told = f"{total.predicted} | {_share(total.right, total.predicted)}"
    print(f"| all | {told} | {total.gold} | {_share(total.found, total.gold)} |")


def print_list(groups: Groups) -> None:
    """Every labelled act that is missed, and every act told wrongly, with the sentence."""
    for one in (one for some in groups.values() for one in some):
        text, c, whole = one.text, one.c, one.text.kept.analysis.story.text
        for g, cause, sure in causes(one):
            if cause != "told":
                kinds = "/".join(sorted(acts.kinds_of(g)))
                flag = "!" * bool(g.get("negated")) + "?" * bool(g.get("hypothetical"))
                print(f"- {cause} ({sure:.2f}): {flag}{kinds} {_who(g, text)} | {_sentence(c, whole, g)}")
        for p in one.told:
            if not acts.score([p], text.gold, (), text.same).right:
                names = [_name(c, p[k]) for k in ("agent", "patient")]
                flag = "!" * p["negated"] + "?" * p["hypothetical"]
                words = _sentence(c, whole, p["trigger"])
                print(f"+ told wrongly ({p['confidence']:.2f}): {flag}{p['kind']} {names} | {words}")


def _name(c: Clauses, entity: int | None) -> str:
    return "-" if entity is None else c.analysis.entities[entity].name


def _who(g: Act, text: Text) -> list[str]:
    """The labelled people: names, or the words that stand for them in a passage."""
    whole, at = text.kept.analysis.story.text, text.start
    people = (g["agent"], g.get("patient"))
    return [
        "-" if x is None else x if isinstance(x, str) else whole[at + x["start"] : at + x["end"]]
        for x in people
    ]


def _sentence(c: Clauses, whole: str, span: Mapping[str, int]) -> str:
    s = c.analysis.story.sentences[c.sentence[_token_at(c, span["start"])]]
    a, b = span["start"], span["end"]
    return " ".join(f"{whole[s.start : a]}[{whole[a:b]}]{whole[b : max(s.end, b)]}".split())


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f}" if whole else "–"


def _total(some: Sequence[Looked]) -> Tally:
    total = Tally()
    for one in some:
        total.add(one.tally())
    return total


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; 0 if it could be measured."""
    options = parser(__doc__)
    options.add_argument("--split", choices=("dev", "test"), default="dev", help="which passages")
    options.add_argument("--unseen", action="store_true", help="the unseen stories instead of the seen")
    options.add_argument("--rules", action="store_true", help="by rules alone, without the classifier")
    how = options.add_mutually_exclusive_group()
    how.add_argument("--causes", action="store_true", help="only why labelled acts are missed")
    how.add_argument("--table", action="store_true", help="only precision and recall of each kind")
    how.add_argument("--list", action="store_true", help="every act missed or told wrongly")
    chosen = options.parse_args(arguments)
    if chosen.list and (chosen.split == "test" or chosen.unseen):
        options.error("what is held out is measured, not looked at")
    s = settings(chosen)
    try:
        texts = {
            f"passages {chosen.split}": passages_of(s, chosen.split),
            f"stories {'unseen' if s.unseen else 'seen'}": stories_of(s),
        }
        groups = {title: [look(t, rules=chosen.rules) for t in some] for title, some in texts.items()}
    except (BenchError, FabulaError) as error:
        print(f"bench: {error}", file=sys.stderr)
        return 1
    if chosen.list:
        print_list(groups)
        return 0
    if not chosen.causes:
        print_table(groups)
    if not chosen.table:
        print_causes(groups)
    print_totals(groups)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
