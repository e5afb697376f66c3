"""The decoder against sums over every reading of a conversation."""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import pytest
from tests.support.mentions import evidence_of

from fabula.resolve.conversations import (
    N_HEARS,
    N_SPEAKS,
    N_STEP,
    SpeakerWeights,
    conversations,
    decode,
    load_speaker_weights,
    step_features,
    step_patterns,
    unary,
)
from fabula.resolve.quote_context import QuoteContext, read_context
from fabula.resolve.speaker_features import N_FEATURES, N_PERSON, QuoteCandidates


def _weights(rng: np.random.Generator) -> SpeakerWeights:
    def draw(*shape: int) -> np.ndarray:
        return rng.normal(size=shape).astype(np.float32)

    return SpeakerWeights(
        mean=np.zeros(N_FEATURES, np.float32),
        scale=np.ones(N_FEATURES, np.float32),
        first=draw(N_FEATURES, 4) / 4,
        first_bias=draw(4),
        second=draw(4, 2),
        straight=draw(N_FEATURES, 2) / 4,
        nobody=draw(N_FEATURES - N_PERSON + 1),
        step=draw(N_STEP, N_SPEAKS * N_HEARS),
    )


def _contexts(n: int) -> tuple[QuoteContext, ...]:
    text = "\n\n".join(["“Go home.”"] * n) + "\n"
    story, evidence = evidence_of(text, [], lambda a, b: 0.0)
    return read_context(story, evidence).quotes


def _candidates(rng: np.random.Generator, *ids: int) -> QuoteCandidates:
    x = rng.normal(size=(len(ids), N_FEATURES)).astype(np.float32)
    x[:, N_PERSON:] = x[:1, N_PERSON:]
    return QuoteCandidates(np.asarray(ids, np.int32), x, rng.random(4).astype(np.float32))


def _by_hand(
    w: SpeakerWeights, contexts: tuple[QuoteContext, ...], c: list[QuoteCandidates]
) -> list[np.ndarray]:
    """Marginals by adding up every sequence of states."""
    n = len(c)
    states = [[(s, h) for s in range(len(x.entity)) for h in range(len(x.entity) + 1) if s != h] for x in c]
    scores = [unary(w, x) for x in c]
    out = [np.zeros((len(x.entity), len(x.entity) + 1)) for x in c]
    for path in itertools.product(*states):
        total = sum(float(scores[t][0][s] + scores[t][1][h]) for t, (s, h) in enumerate(path))
        for t in range(1, n):
            (s1, h1), (s2, h2) = path[t - 1], path[t]
            a, b = c[t - 1].entity, c[t].entity
            heard = int(a[h1]) if h1 < len(a) else None
            now = int(b[h2]) if h2 < len(b) else None
            speaks = 0 if b[s2] == a[s1] else 1 if b[s2] == heard else 2
            hears = 0 if now is None else 1 if now == a[s1] else 2 if now == heard else 3
            table = step_features(contexts[t - 1], contexts[t], c[t - 1], c[t]) @ w.step
            total += float(np.clip(table[speaks * N_HEARS + hears], -15, 15))
        for t, (s, h) in enumerate(path):
            out[t][s, h] += np.exp(total)
    return [x / x.sum() for x in out]


@pytest.mark.parametrize("seed", range(4))
def test_marginals_are_those_of_all_readings(seed: int) -> None:
    rng = np.random.default_rng(seed)
    w, contexts = _weights(rng), _contexts(4)
    c = [_candidates(rng, 3, 5), _candidates(rng, 5, 3, 8), _candidates(rng, 8, 5), _candidates(rng, 3, 8, 9)]
    for table, expected in zip(decode(w, contexts, c, range(4)), _by_hand(w, contexts, c), strict=True):
        np.testing.assert_allclose(table, expected, rtol=1e-4, atol=1e-6)


def test_nobody_speaks_to_himself() -> None:
    rng = np.random.default_rng(1)
    (table,) = decode(_weights(rng), _contexts(1), [_candidates(rng, 3, 5)], [0])
    assert table[0, 0] == table[1, 1] == 0
    assert table.sum() == pytest.approx(1)


def test_a_quote_without_candidates_parts_the_chain() -> None:
    rng = np.random.default_rng(2)
    w, contexts = _weights(rng), _contexts(3)
    c = [_candidates(rng, 3, 5), _candidates(rng), _candidates(rng, 3, 5)]
    tables = decode(w, contexts, c, range(3))
    assert tables[1].size == 0
    np.testing.assert_allclose(tables[0], decode(w, contexts, c, [0])[0])
    np.testing.assert_allclose(tables[2], decode(w, contexts, c, [2])[0])


def test_scores_of_any_size_stay_finite() -> None:
    rng = np.random.default_rng(3)
    w, contexts = _weights(rng), _contexts(60)
    c = [_candidates(rng, 3, 5, 7) for _ in range(60)]
    c = [QuoteCandidates(x.entity, x.features * 500, x.ties) for x in c]
    for table in decode(w, contexts, c, range(60)):
        assert np.isfinite(table).all() and table.sum() == pytest.approx(1)


def test_patterns_name_who_speaks_next() -> None:
    a, b = np.asarray([3, 5], np.int32), np.asarray([5, 9], np.int32)
    p = step_patterns(a, b).reshape(2, 3, 2, 3)
    assert p[0, 1, 0, 2] == 1 * N_HEARS + 0  # 3 to 5, then 5 to nobody: the one spoken to speaks
    assert p[1, 0, 0, 1] == 0 * N_HEARS + 3  # 5 to 3, then 5 to 9: the same speaks to another
    assert p[1, 2, 1, 0] == 2 * N_HEARS + 1  # 5 to nobody, then 9 to 5: another speaks to the last speaker


def test_conversations_end_at_breaks() -> None:
    far = "\n\n".join(["“Go home.”", "“No.”", *["It rained."] * 30, "“Yes.”"]) + "\n"
    story, evidence = evidence_of(far, [], lambda a, b: 0.0)
    assert conversations(read_context(story, evidence).quotes, range(3)) == [[0, 1], [2]]


def test_weights_of_another_version_are_refused(tmp_path: Path) -> None:
    w = {k: [[0.0]] for k in SpeakerWeights.__slots__}
    import json

    (tmp_path / "speakers.json").write_text(json.dumps(w))
    with pytest.raises(ValueError, match="other features"):
        load_speaker_weights(tmp_path)
