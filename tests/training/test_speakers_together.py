"""Several conversation decoders as one, and which texts the models over the readings learn from."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from training.held import is_held
from training.labelled_texts import sampled_texts

from fabula.resolve.conversations import N_HEARS, N_SPEAKS, N_STEP, SpeakerWeights, unary
from fabula.resolve.speaker_features import N_FEATURES, N_PERSON, QuoteCandidates


def _weights(seed: int) -> SpeakerWeights:
    rng = np.random.default_rng(seed)

    def some(*shape: int) -> np.ndarray:  # type: ignore[type-arg]
        return rng.normal(size=shape).astype(np.float32)

    return SpeakerWeights(
        mean=np.zeros(N_FEATURES, np.float32),
        scale=np.ones(N_FEATURES, np.float32),
        first=some(N_FEATURES, 5),
        first_bias=some(5),
        second=some(5, 2),
        straight=some(N_FEATURES, 2),
        nobody=some(N_FEATURES - N_PERSON + 1),
        step=some(N_STEP, N_SPEAKS * N_HEARS),
        trust=some(2),
    )


def test_averaged_decoders_score_as_their_mean() -> None:
    pytest.importorskip("torch", reason="torch is needed for training alone and is not installed")
    from training.speakers_together import averaged

    several = [_weights(1), _weights(2)]
    rng = np.random.default_rng(3)
    c = QuoteCandidates(
        np.arange(3, dtype=np.int32),
        rng.normal(size=(3, N_FEATURES)).astype(np.float32),
        np.zeros(4, np.float32),
        rng.normal(size=(4, 2)).astype(np.float32),
    )
    each = [unary(w, c) for w in several]
    one = averaged(several)
    for k in (0, 1):
        assert unary(one, c)[k] == pytest.approx(np.mean([e[k] for e in each], axis=0), abs=1e-4)
    assert one.step == pytest.approx((several[0].step + several[1].step) / 2)


def test_fresh_stories_are_all_learnt_from_and_of_the_others_every_other(tmp_path: Path) -> None:
    for folder, n in (("a", 12), ("y", 6)):
        (tmp_path / "stories" / folder).mkdir(parents=True)
        for k in range(n):
            (tmp_path / "stories" / folder / f"{k:02}_tale.mark").write_text("x", encoding="utf-8")
    (tmp_path / "novels").mkdir()
    for k in range(8):
        path = tmp_path / "novels" / f"{k}_0.json"
        path.write_text(json.dumps({"book": str(k)}), encoding="utf-8")
    (tmp_path / "data" / "litbank_natural" / "train").mkdir(parents=True)
    found = sampled_texts(tmp_path / "data", tmp_path / "stories", tmp_path / "novels", "y", 2)
    assert all(held == is_held(p.stem if source == "story" else p.stem[:-2]) for source, p, held in found)

    def learnt(source: str, folder: str) -> int:
        return sum(s == source and p.parent.name == folder and not held for s, p, held in found)

    mine = [f"{k:02}_tale" for k in range(12)]
    kept = [s for s in mine if not is_held(s)]
    assert learnt("story", "a") == (len(kept) + 1) // 2
    assert learnt("story", "y") == len([s for s in mine[:6] if not is_held(s)])
    held = {p.stem for source, p, held in found if held and source == "story" and p.parent.name == "a"}
    assert held == {s for s in mine if is_held(s)}
