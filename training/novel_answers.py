"""What a person has answered to the sheets of ``training/novel_sheets.py``: checked, and kept to learn from.

    python -m training.novel_answers check FOLDER NAME...
    python -m training.novel_answers keep FOLDER --to training/novels

The answers to ``NAME.sheet`` stand in ``NAME.ans``, in any order and on any lines:

    @ P Pip | Mr. Pip; Handel
    @ J Joe | Joe Gargery
    @ c (the convict)
    1P 2P 5J 6J+P 7- 9? q1J>P q2P>J q3c>- q4?>?

``@ KEY NAME | alias; alias`` is a person: a key of one to three letters, case matters; a name in parentheses,
or without a capital, describes somebody nameless. ``1P``: item 1 is P; ``6J+P``: several people; ``7-``:
nobody in particular, not a person, or somebody outside the cast; ``9?``: cannot be told. ``q1J>P``: J says
quote 1 to P.
Every pronoun outside braces and every quote is to be answered. A name item that reads like a name or an
alias of the cast, a possessive ending aside, is that person's unless its number is listed; other items not
listed count as ``?``.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from training.novel_sheets import HE, SHE
from training.novels import FILE_MANY, FILE_NOBODY, FILE_UNKNOWN, passage

_WHO = r"[A-Za-z]{1,3}(?:\+[A-Za-z]{1,3})*|-|\?"
_ITEM = re.compile(rf"(\d+)({_WHO})")
_QUOTE = re.compile(rf"q(\d+)({_WHO})>({_WHO})")
_CAST = re.compile(r"@ +([A-Za-z]{1,3}) +([^|]+?) *(?:\|(.*))?")
_POSSESSIVE = re.compile(r"(?:['’]s|(?<=s)['’])$")


@dataclass(slots=True)
class Answers:
    """An answer file. ``cast``: key -> (name, aliases), in order; ``wrong``: complaints."""

    cast: dict[str, tuple[str, list[str]]] = field(default_factory=dict)
    items: dict[int, str] = field(default_factory=dict)
    quotes: dict[int, tuple[str, str]] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)

    def number(self, who: str) -> int:
        """What stands in the kept file for ``who``. Raises KeyError for an unknown key."""
        if who in ("-", "?"):
            return FILE_NOBODY if who == "-" else FILE_UNKNOWN
        keys = list(self.cast)
        several = {keys.index(k) if k in self.cast else _unknown(k) for k in who.split("+")}
        return FILE_MANY if len(several) > 1 else several.pop()


def _unknown(key: str) -> int:
    raise KeyError(key)


def parse(raw: str) -> Answers:
    """Read an answer file; whatever is wrong in itself stands in ``wrong``."""
    out = Answers()
    for line in raw.split("\n"):
        line = line.strip()
        if line.startswith("@"):
            m = _CAST.fullmatch(line)
            if not m or m[1] in out.cast:
                out.wrong.append(f"{'key twice' if m else 'not a cast line'}: {line}")
                continue
            name = m[2] if m[2] != m[2].lower() or m[2].startswith("(") else f"({m[2]})"
            out.cast[m[1]] = name, [a.strip() for a in (m[3] or "").split(";") if a.strip()]
            continue
        for word in [] if line.startswith("#") else line.split():
            if m := _ITEM.fullmatch(word):
                if out.items.setdefault(int(m[1]), m[2]) != m[2]:
                    out.wrong.append(f"item {m[1]} answered in two ways")
            elif m := _QUOTE.fullmatch(word):
                if out.quotes.setdefault(int(m[1]), (m[2], m[3])) != (m[2], m[3]):
                    out.wrong.append(f"q{m[1]} answered in two ways")
            else:
                out.wrong.append(f"not understood: {word}")
    return out


def plain(name: str) -> str:
    """A name in one line, without its possessive ending."""
    return _POSSESSIVE.sub("", " ".join(name.split()))


def forms(answers: Answers) -> dict[str, str]:
    """How the cast is called -> key; what two people are called stands in ``answers.wrong``."""
    out: dict[str, str] = {}
    for key, (name, aliases) in answers.cast.items():
        for form in [*([] if name.startswith("(") else [name]), *aliases]:
            if out.setdefault(plain(form), key) != key:
                answers.wrong.append(f"{form!r} is an alias of both {out[plain(form)]} and {key}")
    return out


def is_pronoun(item: Sequence[int], text: str) -> bool:
    """Whether an item is one word and a pronoun; what was taken for a longer one stands in braces."""
    return item[2] == 2 and len(text[item[0] : item[1]].split()) == 1


def compact(numbers: Iterable[int], prefix: str = "") -> str:
    """Numbers in few words: "3-5 9"."""
    runs: list[list[int]] = []
    for n in sorted(numbers):
        if runs and n == runs[-1][1] + 1:
            runs[-1][1] = n
        else:
            runs.append([n, n])
    return " ".join(f"{prefix}{a}" if a == b else f"{prefix}{a}-{prefix}{b}" for a, b in runs)


@dataclass(slots=True)
class Checked:
    """A passage's answers against its sheet; ``kept`` is what is written where nothing is wrong."""

    wrong: list[str]
    warnings: list[str]
    counts: Counter[int]
    kept: dict[str, Any]


def check(about: Mapping[str, Any], text: str, raw: str) -> Checked:
    """Compare an answer file with what the sheet asks."""
    answers = parse(raw)
    named = forms(answers)
    wrong, items, quotes = answers.wrong, about["items"], about["quotes"]
    if strange := [n for n in answers.items if not 1 <= n <= len(items)]:
        wrong.append(f"no such items: {compact(strange)}")
    if strange := [n for n in answers.quotes if not 1 <= n <= len(quotes)]:
        wrong.append(f"no such quotes: {compact(strange, 'q')}")
    if missing := [n for n, i in enumerate(items, 1) if is_pronoun(i, text) and n not in answers.items]:
        wrong.append(f"pronouns not answered: {compact(missing)}")
    if missing := [n for n in range(1, len(quotes) + 1) if n not in answers.quotes]:
        wrong.append(f"quotes not answered: {compact(missing, 'q')}")
    told = [*((str(n), w) for n, w in answers.items.items()),
            *((f"q{n}", w) for n, pair in answers.quotes.items() for w in pair)]  # fmt: skip
    unknown: dict[str, list[str]] = defaultdict(list)
    for at, w in told:
        for key in w.split("+"):
            if key not in ("-", "?") and key not in answers.cast:
                unknown[key].append(at)
    wrong += [f"unknown key {k}: {' '.join(at)}" for k, at in unknown.items()]
    mentions, unmatched = [], []
    sexes: dict[str, Counter[str]] = defaultdict(Counter)
    counts: Counter[int] = Counter()
    for n, (a, b, kind, _) in enumerate(items, 1):
        who = answers.items.get(n)
        if who is None and kind == 0 and (who := named.get(plain(text[a:b]))) is None:
            unmatched.append(f"{n} {' '.join(text[a:b].split())}")
        if who is None and kind == 2:
            continue
        who = who or "?"
        counts[kind] += who != "?" or kind == 2
        word = text[a:b].lower()
        sexes[who]["he"] += word in HE
        sexes[who]["she"] += word in SHE
        mentions.append((a, b, kind, who))
    warnings = [f"{k} is both he ({c['he']} times) and she ({c['she']} times)"
                for k, c in sexes.items() if k in answers.cast and min(c["he"], c["she"]) > 1]  # fmt: skip
    if unmatched:
        warnings.append(f"names of nobody in the cast: {'; '.join(unmatched)}")
    kept: dict[str, Any] = {}
    if not wrong:
        mentions += [(a, b, 0, k) for a, b, k in unseen(text, named, items)]
        kept = {k: about[k] for k in ("book", "sha256", "start", "end")}
        kept["cast"] = list(answers.cast.values())
        kept["mentions"] = [
            (a, b, kind, answers.number(who))
            for a, b, kind, who in sorted(mentions, key=lambda t: (t[0], -t[1]))
        ]
        kept["quotes"] = [
            (a, b, *(answers.number(w) for w in answers.quotes[n])) for n, (a, b) in enumerate(quotes, 1)
        ]
    return Checked(wrong, warnings, counts, kept)


def unseen(
    text: str, named: Mapping[str, str], items: Iterable[tuple[int, int, int, int]]
) -> list[tuple[int, int, str]]:
    """Names of the cast that stand in the text and are no item: start, end, key.

    Beside another capitalised word a name is left alone: it may be part of somebody else's.
    """
    taken = [(a, b) for a, b, kind, _ in items if kind == 0]
    out = []
    for form in sorted((f for f in named if f[:1].isalpha() and f != f.lower()), key=lambda f: (-len(f), f)):
        pattern = r"\s+".join(re.escape(w) for w in form.split())
        for m in re.finditer(rf"(?<!\w){pattern}(?!\w)", text):
            a, b = m.span()
            beside = re.search(r"\b[A-Z][\w’']*\.?\s$", text[max(0, a - 40) : a])
            if beside or re.match(r"\s[A-Z]", text[b:]) or any(x < b and a < y for x, y in taken):
                continue
            taken.append((a, b))
            out.append((a, b, named[form]))
    return out


def checked(folder: Path, name: str, data: Path) -> Checked:
    """Check the answers to the sheet ``name``."""
    try:
        about = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
        raw = (folder / f"{name}.ans").read_text(encoding="utf-8")
        return check(about, passage(about, data), raw)
    except (OSError, ValueError) as e:
        return Checked([str(e)], [], Counter(), {})


def main() -> int:
    """Parse the command line; 1 where a passage does not pass."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--data", type=Path, default=Path("../shared/data"))
    todo = p.add_subparsers(dest="todo", required=True)
    c = todo.add_parser("check")
    c.add_argument("folder", type=Path)
    c.add_argument("names", nargs="+")
    k = todo.add_parser("keep")
    k.add_argument("folder", type=Path)
    k.add_argument("--to", type=Path, required=True)
    a = p.parse_args()
    names = a.names if a.todo == "check" else sorted(x.stem for x in a.folder.glob("*.ans"))
    failed = 0
    for name in names:
        r = checked(a.folder, name, a.data)
        for line in r.wrong:
            print(f"{name}: {line}")
        failed += bool(r.wrong)
        if a.todo == "keep":
            if r.kept:
                a.to.mkdir(parents=True, exist_ok=True)
                line = json.dumps(r.kept, ensure_ascii=False, separators=(",", ":"))
                (a.to / f"{name}.json").write_text(line + "\n", encoding="utf-8")
            continue
        for line in r.warnings:
            print(f"{name}: warning: {line}")
        if not r.wrong:
            n = r.counts
            print(f"{name} ok: {n[2]} pronouns, {len(r.kept['quotes'])} quotes, {n[1]} descriptions")
    if a.todo == "keep":
        print(f"kept {len(names) - failed} of {len(names)}")
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
