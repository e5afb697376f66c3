"""What is measured: each row of the table, its floor, its goal, and what BookNLP published."""

from __future__ import annotations

from dataclasses import dataclass

from bench.results import Figure


@dataclass(frozen=True, slots=True)
class Measure:
    """A row: ``figure`` of measurement ``bench``; ``sign`` is ">=" or "<=" against ``floor`` and ``goal``.

    ``unit``: "%" a percentage, "×" a ratio, "s" seconds, "GB" 10^9 bytes, "MB" 10^6, "" a plain number.
    """

    label: str
    bench: str
    figure: str
    unit: str = "%"
    sign: str = ">="
    floor: float | None = None
    goal: float | None = None
    booknlp: str = ""

    def reaches(self, found: Figure, bound: float) -> bool:
        """Whether a figure is on the right side of a bound, as printed."""
        value = float(self.number(found.value))
        return value >= bound if self.sign == ">=" else value <= bound

    def number(self, value: float) -> str:
        """A value as the table prints it, without its unit."""
        return f"{value:.{_DECIMALS[self.unit]}f}"


_DECIMALS = {"%": 1, "×": 2, "s": 2, "GB": 2, "MB": 0, "": 3}


def _confidence(what: str, data: str) -> tuple[Measure, ...]:
    key = f"{what}, {data}"
    return (
        Measure(f"{key}: calibration error", "confidence", f"{key}: calibration error", "", "<=", 0.08, 0.05),
        Measure(f"{key}: AUROC", "confidence", f"{key}: confidence AUROC", "", ">=", 0.70, 0.80),
        Measure(
            f"{key}: keeping the surest 80 %, points above all",
            "confidence",
            f"{key}: surest 80 % above all",
            goal=6,
        ),
    )


def _stories(group: str) -> tuple[Measure, ...]:
    bench = f"stories-{group}"
    return (
        Measure("third-person pronouns", bench, "third-person pronoun accuracy", floor=78),
        Measure('"I" and "you"', bench, "I/you accuracy"),
        Measure("speaker", bench, "speaker accuracy", floor=82),
        Measure("addressee", bench, "addressee accuracy", floor=70),
    )


def _acts(label: str, part: str) -> tuple[Measure, ...]:
    wrong = "asserted that are denied or imagined"
    return (
        Measure(f"acts, {label}: precision", "ledger", f"{part}: acts precision", goal=80),
        Measure(f"acts, {label}: recall", "ledger", f"{part}: acts recall", goal=60),
        Measure(f"acts, {label}: {wrong}", "ledger", f"{part}: acts {wrong}", "%", "<=", goal=3),
        Measure(
            f"acts, {label}: calibration error",
            "ledger",
            f"{part}: act calibration error",
            "",
            "<=",
            goal=0.07,
        ),
    )


def _speaker(kind: str, goal: float) -> Measure:
    return Measure(f"speaker right, {kind.lower()}", "pdnc", f"speaker accuracy, {kind}", goal=goal)


TABLE: dict[str, tuple[Measure, ...]] = {
    "LitBank dev, 10 excerpts of novels": (
        Measure("mention span F1", "litbank", "mention span F1", floor=86, goal=89),
        Measure(
            "coreference CoNLL F1, predicted mentions",
            "litbank",
            "coref CoNLL F1",
            floor=64,
            goal=73,
            booknlp="76.4 / 79.0",
        ),
        Measure("he/she right", "litbank", "he/she accuracy", floor=76, goal=85),
        Measure(
            "he/she right, same-gender rival near",
            "litbank",
            "he/she accuracy, same-gender rival near",
            floor=69,
            goal=79,
        ),
        Measure("events F1", "litbank", "event F1", goal=72, booknlp="70.6 / 74.1"),
        Measure("quote span F1", "litbank", "quote span F1", floor=94),
        Measure("speaker right, end to end", "litbank", "speaker accuracy, end to end", floor=72),
        Measure("speaker B3 F1", "litbank", "speaker B3 F1", goal=89, booknlp="86.4 / 89.9"),
    ),
    "LitBank dev, the most recent mention of the gender, gold mentions and genders": (
        Measure("he/she right", "baseline", "he/she accuracy"),
        Measure(
            "he/she right, same-gender rival near", "baseline", "he/she accuracy, same-gender rival near"
        ),
    ),
    "PDNC dev, 6 whole novels, mean": (
        _speaker("Explicit", 94),
        _speaker("Anaphoric", 78),
        _speaker("Implicit", 64),
        Measure(
            "speaker right, all",
            "pdnc",
            "speaker accuracy, all",
            floor=58,
            goal=78,
            booknlp="39.7 end to end",
        ),
        Measure("addressee right (one addressee)", "pdnc", "addressee accuracy (one addressee)", goal=60),
        Measure(
            "main characters found as exactly one entity",
            "pdnc",
            "main characters found as exactly one entity",
            goal=88,
        ),
    ),
    "UD English EWT dev, gold tokens": (
        Measure("UPOS", "syntax", "UPOS", goal=96),
        Measure("LAS (relations without subtypes)", "syntax", "LAS", goal=87),
    ),
    "Own stories, seen": _stories("seen"),
    "Own stories, unseen": _stories("unseen"),
    "Acts and feelings": (
        *_acts("passages of novels, held out", "passages test"),
        *_acts("own stories, seen", "stories seen"),
        Measure("REMAN, by author: cue F1", "feelings", "REMAN cue F1, mean of feelings", goal=45),
        Measure("REMAN: experiencer, given the cue", "feelings", "REMAN experiencer given cue", goal=80),
        Measure(
            "REMAN: calibration error of feelings",
            "feelings",
            "REMAN feelings calibration error",
            "",
            "<=",
            goal=0.07,
        ),
        Measure("EmoBank fiction: valence r", "feelings", "EmoBank fiction: valence r", "", goal=0.6),
        Measure("cost over the reading without it", "ledger", "cost over the pipeline", "%", "<=", goal=25),
    ),
    "Confidence": (
        *_confidence("speaker", "LitBank dev"),
        *_confidence("speaker", "PDNC dev"),
        *_confidence("pronoun", "LitBank dev"),
        *_confidence("pronoun", "own stories"),
    ),
    "Speed and size": (
        Measure("100,000 words: whole pipeline ÷ bare encoder", "speed", "pipeline/encoder", "×", "<=", 2.5),
        Measure(
            "BookNLP's three encoders alone ÷ whole pipeline, time",
            "bert_speed",
            "BookNLP's encoders / pipeline",
            "×",
            goal=30,
        ),
        Measure("400,000 words against 40,000: time", "speed", "time 400k/40k", "×", "<=", 11),
        Measure("400,000 words: peak memory", "speed", "peak memory", "GB", "<=", 1.5),
        Measure("a story of 1,700 words, cold start to report", "speed", "cold start", "s", "<=", 4),
        Measure("`import fabula`", "speed", "import", "s", "<=", 0.4),
        Measure("installed size with its dependencies", "speed", "installed size", "MB", "<=", 400),
    ),
}
