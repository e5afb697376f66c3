"""Who feels what: cues from the head and from words, and an experiencer among the people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from fabula.heads.feelings import LABELS, FeelingScores
from fabula.ledger.clauses import Clauses
from fabula.ledger.experiencer import Experiencers, governor
from fabula.ledger.stance import stance
from fabula.lexicon.feeling_words import SHOWN, TOLD
from fabula.types import Emotion, Floats, Span

OUTRIGHT_LEAST, LISTED_LEAST, LEAST = 0.04, 0.2, 0.4
"""Feelings less sure than this are left out of the ledger: those said outright, listed words, and others."""
CUE_LEAST = 0.20
"""From here on a token is taken for a cue: near the best F1 on REMAN, by author out of fold."""
WEIGHTS = {"bias": -0.799, "logit": 0.756, "told": 2.330, "shown": 1.435}
"""A logistic regression over the head's logit and the word lists, fitted on REMAN out of fold.

``training.feelings`` prints it; it belongs to the heads that ship.
"""
ALONE = {"bias": -5.059, "told": 5.921, "shown": 5.076}
"""The same over the lists alone, for feelings that the head does not know."""
_CLIP = 1e-4


class Cue(NamedTuple):
    """Tokens [start, end) that tell ``label`` with probability ``p``."""

    start: int
    end: int
    label: str
    p: float


def combine(token: Floats, told: Floats, shown: Floats) -> Floats:
    """Head probabilities (n, fitted labels) and word indicators (n, labels) to calibrated probabilities.

    Of labels that the head does not know the word lists tell alone; a word that names a feeling tells no
    other ("love" is joy to REMAN's annotators, who had no label for it).
    """
    z = ALONE["bias"] + ALONE["told"] * told + ALONE["shown"] * shown
    n = token.shape[1]
    p = np.clip(token, _CLIP, 1 - _CLIP)
    z[:, :n] = WEIGHTS["bias"] + WEIGHTS["logit"] * np.log(p / (1 - p))
    z[:, :n] += WEIGHTS["told"] * told[:, :n] + WEIGHTS["shown"] * shown[:, :n]
    return np.asarray(np.where(named_otherwise(told), 0.0, 1 / (1 + np.exp(-z))), dtype=np.float32)


def named_otherwise(told: Floats) -> npt.NDArray[np.bool_]:
    """(n, labels) where a word names another feeling than this, and not this."""
    return np.asarray(told.any(axis=1, keepdims=True) & (told == 0))


def words_of(lemmas: tuple[str, ...], forms: list[str]) -> tuple[Floats, Floats]:
    """Indicators (n, labels) of words that name and of words that show a feeling."""
    told, shown = (np.zeros((len(forms), len(LABELS)), np.float32) for _ in range(2))
    for t, (lemma, form) in enumerate(zip(lemmas, forms, strict=True)):
        for table, into in ((TOLD, told), (SHOWN, shown)):
            label = table.get(form) or table.get(lemma)
            if label is not None:
                into[t, LABELS.index(label)] = 1
    return told, shown


def find_cues(c: Clauses, scores: FeelingScores, least: float = CUE_LEAST) -> list[Cue]:
    """Stretches of tokens within a sentence whose probability for one feeling is at least ``least``."""
    told, shown = words_of(c.lemma, c.form)
    p = combine(scores.token, told, shown)
    for t, lemma in enumerate(c.lemma):
        if (lemma == "tear" and not _shed(c, t)) or (lemma == "hate" and _hates_a_thing(c, t)):
            p[t] = 0
    for t, label in outright(c):
        k = LABELS.index(label)
        p[t, k] = max(p[t, k], least)
    return [cue for cue in runs_of(p, c.sentence, least) if c.told[cue.start]]


def outright(c: Clauses) -> list[tuple[int, str]]:
    """Tokens that say a feeling outright, with its label: tears, hatred of a person or of nothing named.

    Not tears of another feeling ("of joy"), nor the dislike of a thing ("she hated rice").
    """
    found = []
    for t, (form, lemma, upos) in enumerate(zip(c.form, c.lemma, c.upos, strict=True)):
        if form == "tears" and upos == "NOUN":
            if c.deps(t, "compound", "obj") or c.form[t + 1 : t + 2] in (["at"], ["up"], ["off"], ["open"]):
                continue  # A verb that the parse takes for a noun: "Martin tears at the rope".
            of = [TOLD.get(c.lemma[k], TOLD.get(c.form[k])) for k in c.deps(t, "nmod")]
            if not any(label not in (None, "sadness") for label in of):
                found.append((t, "sadness"))
        elif (form == "hatred" and upos == "NOUN") or (
            lemma == "hate" and upos == "VERB" and not _hates_a_thing(c, t)
        ):
            found.append((t, "anger"))
        elif lemma == "cry" and upos == "VERB" and _weeps(c, t):
            found.append((t, "sadness"))
    return found


def _shed(c: Clauses, t: int) -> bool:
    """Who tears a letter sheds no tear, nor does a coat with a tear in it."""
    inside = c.form[t + 1 : t + 2] == ["in"] and "eye" not in c.lemma[t + 2 : t + 5]
    return c.upos[t] == "NOUN" and not inside


def _weeps(c: Clauses, t: int) -> bool:
    """Who is said in talk to cry weeps, but for who cries out or cries wolf."""
    return (
        c.quote[t] >= 0 and not c.deps(t, "obj", "ccomp") and c.form[t + 1 : t + 2] not in (["out"], ["for"])
    )


def _hates_a_thing(c: Clauses, t: int) -> bool:
    """ "She hated rice", "she hated to go"."""
    return any(c.mention[k] is None for k in c.deps(t, "obj")) or bool(c.deps(t, "xcomp", "ccomp"))


def runs_of(p: Floats, sentence: Sequence[int], least: float) -> list[Cue]:
    """Stretches of tokens of one sentence with at least ``least`` for one label; ``p`` (n, labels)."""
    cues = []
    for k, label in enumerate(LABELS):
        hot = np.flatnonzero(p[:, k] >= least).tolist()
        i = 0
        while i < len(hot):
            j = i
            while j + 1 < len(hot) and hot[j + 1] == hot[j] + 1 and sentence[hot[j + 1]] == sentence[hot[i]]:
                j += 1
            a, b = hot[i], hot[j] + 1
            cues.append(Cue(a, b, label, float(p[a:b, k].max())))
            i = j + 1
    return sorted(cues)


def find_emotions(c: Clauses, scores: FeelingScores | None) -> tuple[Emotion, ...]:
    """The feelings of a story in text order. None without a head."""
    if scores is None:
        return ()
    found = []
    spans = c.analysis.story.sentence_tokens
    people = Experiencers(c, scores.weights.get("who.weight"))
    tags = {q.cue.start for q in c.analysis.quotes if q.cue is not None}
    plain = set(outright(c))
    for cue in find_cues(c, scores):
        t = main_token(c, cue)
        if _formula(c, t) or _address(c, t) or (c.lemma[t] == "cry" and c.span(t).start in tags):
            continue
        who, p = people.of(t, cue.label)
        least = LISTED_LEAST if _listed(c, cue) else LEAST
        if any((k, cue.label) in plain for k in range(cue.start, cue.end)):
            least = OUTRIGHT_LEAST
        if who is None or cue.p * p < least:
            continue
        how = stance(c, governor(c, t)) if c.upos[t] not in ("VERB", "ADJ") else stance(c, t)
        lo, hi = spans[c.sentence[t]].tolist()
        found.append((cue, t, who, cue.p * p, how, scores.valence(lo, hi)))
    best: dict[tuple[int, str, int, bool, bool], float] = {}
    for cue, t, who, p, how, _ in found:
        key = c.sentence[t], cue.label, who, how.denied, how.imagined
        best[key] = max(best.get(key, 0.0), p)
    # Two words for one feeling in one sentence ("blushed with shame") are one cue, the clearer.
    found = [
        row
        for row in found
        if row[3] == best[c.sentence[row[1]], row[0].label, row[2], row[4].denied, row[4].imagined]
    ]
    return tuple(
        Emotion(
            id=k,
            character=who,
            label=cue.label,
            valence=round(valence, 4),
            cue=c.span(cue.start, cue.end),
            channel="speech" if c.quote[t] >= 0 else "narration",
            negated=how.denied,
            hypothetical=how.imagined and not (c.quote[t] >= 0 and _present(c, t)),
            confidence=float(min(p, 1.0)),
        )
        for k, (cue, t, who, p, how, valence) in enumerate(found)
    )


def _listed(c: Clauses, cue: Cue) -> bool:
    """Whether a word that the lists have for this feeling stands in the cue."""
    words = {w for t in range(cue.start, cue.end) for w in (c.form[t], c.lemma[t])}
    return any(cue.label in (TOLD.get(w), SHOWN.get(w)) for w in words)


def _formula(c: Clauses, t: int) -> bool:
    """ "I'm afraid it is late", "I'm afraid not": no fear."""
    if c.form[t] != "afraid" or c.quote[t] < 0 or not any(c.form[k] == "i" for k in c.deps(t, "nsubj")):
        return False
    return c.form[t + 1 : t + 2] in (["so"], ["not"]) or any(k > t for k in c.deps(t, "ccomp", "parataxis"))


def _address(c: Clauses, t: int) -> bool:
    """ "Mind your head, love", "Now, my loves": so people are called, whatever is felt."""
    if c.form[t] not in ("love", "loves") or c.quote[t] < 0:
        return False
    before = t - 2 if t and c.form[t - 1] == "my" else t - 1
    around = [c.form[k] for k in (before, t + 1) if 0 <= k < len(c.form)]
    return not any(any(map(str.isalnum, form)) for form in around)


def _present(c: Clauses, t: int) -> bool:
    """In speech the present tense tells a feeling as it is had ("I am afraid")."""
    at = t if c.upos[t] in ("VERB", "ADJ") else governor(c, t)
    deps = c.children[at]
    modal = any(c.deprel[d].startswith("aux") and c.xpos[d] == "MD" for d in deps)
    marked = any(c.deprel[d] == "mark" and c.form[d] in ("if", "unless", "to", "whether") for d in deps)
    a, b = c.analysis.story.sentence_tokens[c.sentence[t]].tolist()
    return not modal and not marked and "?" not in c.form[max(a, b - 3) : b]


def main_token(c: Clauses, cue: Cue) -> int:
    """The head word of a cue."""
    for t in range(cue.start, cue.end):
        if not cue.start <= c.head[t] < cue.end and c.upos[t] not in ("PUNCT", "DET", "ADP", "PRON"):
            return t
    return cue.start


def cue_span(c: Clauses, cue: Cue) -> Span:
    """The code points of a cue."""
    return c.span(cue.start, cue.end)
