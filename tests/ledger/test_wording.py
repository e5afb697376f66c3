"""What lemmas and grammar say of acts, beside what the encoder's vectors say."""

from __future__ import annotations

from functools import cache

import numpy as np

from fabula.heads.acts import KINDS, ActScores, stretches
from fabula.ledger.clauses import Clauses, read_clauses
from fabula.ledger.wording import (
    BUCKETS,
    SAID,
    TOLD,
    bucket,
    joined,
    logits,
    said_features,
    told_features,
    with_wording,
)
from fabula.lexicon.speech_acts import SPEECH_KINDS
from fabula.pipeline import analyse
from fabula.text import read_text
from fabula.types import Ints

STORY = (
    "Helen Marsh and Arthur Kerr lived by the river. Helen laid a hand on Arthur's sleeve.\n\n"
    "“Come, Arthur. Will you come?” said Helen.\n\n"
    "“Not today,” said Arthur.\n"
)


@cache
def clauses() -> Clauses:
    found = read_clauses(analyse(read_text(STORY)))
    assert found is not None
    return found


def stretch() -> Ints:
    c = clauses()
    return stretches(np.asarray(c.quote), np.asarray(c.sentence), np.asarray(c.told, np.int32))


def scores(told: str, said: str) -> ActScores:
    """Scores that know nothing, and a wording that trusts one feature for touch, one for refuse."""
    n, s = len(clauses().form), int(stretch().max()) + 1
    w = {
        f"{TOLD}.weight": np.zeros((len(KINDS), BUCKETS), np.float32),
        f"{TOLD}.bias": np.full(len(KINDS), -4, np.float32),
        f"{SAID}.weight": np.zeros((len(SPEECH_KINDS), BUCKETS), np.float32),
        f"{SAID}.bias": np.full(len(SPEECH_KINDS), -4, np.float32),
    }
    w[f"{TOLD}.weight"][KINDS.index("touch"), bucket(told)] = 20
    w[f"{SAID}.weight"][SPEECH_KINDS.index("refuse"), bucket(said)] = 20
    few = np.full((n, len(KINDS)), 0.01, np.float32)
    return ActScores(few, few[:, 0], stretch(), np.full((s, len(SPEECH_KINDS)), 0.01, np.float32), w)


def test_a_verb_is_known_by_its_lemma_and_what_it_governs() -> None:
    c = clauses()
    found = with_wording(c, scores("lc lay obj hand", "none"))
    assert c.form[int(found.told[:, KINDS.index("touch")].argmax())] == "laid"
    assert (found.told[:, KINDS.index("touch")] > 0.5).sum() == 1
    assert found.told[:, KINDS.index("kiss")].max() < 0.05


def test_words_are_known_by_what_they_answer() -> None:
    found = with_wording(clauses(), scores("none", "answer ? not today"))
    assert found.said[:, SPEECH_KINDS.index("refuse")].argmax() == 2
    assert (found.said > 0.1).sum() == 1
    found = with_wording(clauses(), scores("none", "s2 come arthur"))
    assert found.said[:, SPEECH_KINDS.index("refuse")].argmax() == 0


def test_each_stretch_and_each_telling_word_has_features_each_once() -> None:
    c = clauses()
    rows = [*said_features(c, stretch()), *(told_features(c, t) for t in range(len(c.form)))]
    assert len(rows) == 3 + len(c.form)
    assert all(r and r == sorted(set(r)) and r[0] >= 0 and r[-1] < BUCKETS for r in rows)


def test_logits_are_sums_of_weights_however_many_rows_there_are() -> None:
    w = {"x.weight": np.arange(2 * BUCKETS, dtype=np.float32).reshape(2, -1), "x.bias": np.asarray([0.5, 1])}
    rows = [[k % 7, 9] for k in range(5000)]
    found = logits(w, "x", rows)
    assert found.shape == (5000, 2)
    assert found[4999].tolist() == [4999 % 7 + 9 + 0.5, 4999 % 7 + 9 + 2 * BUCKETS + 1]
    assert logits(w, "x", []).shape == (0, 2)


def test_two_probabilities_are_joined_as_logits() -> None:
    p = joined(np.asarray([0.5, 0.0, 1.0], np.float32), np.asarray([2, -30, 30], np.float32), 0.5)
    assert p[0] == np.float32(1 / (1 + np.exp(-1.0))) and p[1] < 1e-6 and p[2] > 1 - 1e-6
