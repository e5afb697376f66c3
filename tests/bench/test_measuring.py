"""Reading, scoring, pooling and drawing intervals, over a small shared folder and a stand-in pipeline."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from bench.predict import predict
from bench.scorer import Scorer, parse
from bench.settings import BenchError, Settings, need, parser, settings, shared_folder

from bench import confidence, litbank, pdnc, results, stories
from tests.bench.conftest import CountingReader


def test_the_scorers_lines_become_figures() -> None:
    printed = (
        "documents: 10\nmention span F1: 88.7 (n=3011)\ncoref CoNLL F1: 62.3 \n  of Imre: 50.0 (n=2)\n"
        "pronoun confidence AUROC: nan (n=4)\n"
        "speaker accuracy keeping the surest 100/90/80 %: 70.1 / 74.0 / 80.2\n"
        "acts asserted that the text denies or only imagines: 0 of 3; acts predicted: 5\n"
    )
    found = parse(printed)
    assert math.isnan(found.pop("pronoun confidence AUROC")[0])
    assert found == {
        "documents": (10.0, None),
        "mention span F1": (88.7, 3011),
        "coref CoNLL F1": (62.3, None),
        "speaker accuracy, surest 100 %": (70.1, None),
        "speaker accuracy, surest 90 %": (74.0, None),
        "speaker accuracy, surest 80 %": (80.2, None),
    }


def test_a_text_is_read_once_and_a_broken_run_is_taken_up(tmp_path: Path, reader: CountingReader) -> None:
    (tmp_path / "b.part.json").write_text("{", encoding="utf-8")
    for _ in range(2):
        predict([("a", "one"), ("b", "two")], tmp_path, reader)
    assert reader.texts == ["one", "two"]
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.json", "b.json"]


def test_litbank_has_intervals_over_documents_and_keeps_its_result(
    small: Settings, reader: CountingReader
) -> None:
    found = litbank.run(small, reader)
    figure = found.figures["mention span F1"]
    assert (figure.value, figure.n) == (75.0, 4)
    assert figure.low is not None and figure.high is not None
    assert figure.low < 75 <= figure.high
    assert len(reader.texts) == 4, "resamples are scored from the same readings"
    assert results.load("litbank", results.folder(small)) == litbank.run(small, reader)


def test_a_document_may_be_drawn_twice(small: Settings, reader: CountingReader) -> None:
    scorer, predictions, gold, _ = litbank.score(small, reader)
    report = litbank.drawn(scorer, predictions, gold, ["c", "c", "a"])
    assert report.scores["mention span F1"] == (33.3, 3)
    assert report.pairs["speaker"] == ((0.75, False), (0.75, False), (0.75, True))


def test_novels_are_averaged_and_their_confidence_pooled(small: Settings, reader: CountingReader) -> None:
    found = pdnc.run(small, reader).figures
    assert (found["speaker accuracy, all"].value, found["speaker accuracy, all"].n) == (50.0, 2)
    assert (found["First: speaker accuracy, all"].value, found["Second: speaker accuracy, all"].value) == (
        100,
        0,
    )
    assert found["speaker calibration error"].value == 0.25
    assert found["speaker calibration error"].n == 2


def test_stories_are_pooled_by_case_and_the_unseen_only_on_request(
    small: Settings, reader: CountingReader
) -> None:
    found = stories.run(small, reader)
    assert found.bench == "stories-seen"
    assert found.figures["third-person pronoun accuracy"].value == pytest.approx(75.0)
    assert found.figures["third-person pronoun accuracy"].n == 40
    assert found.figures["birch: third-person pronoun accuracy"].value == 0
    assert "good too" not in reader.texts
    unseen = stories.run(replace(small, unseen=True), reader)
    assert unseen.bench == "stories-unseen"
    assert unseen.figures["third-person pronoun accuracy"].n == 5


def test_every_story_must_have_a_group_and_labels(small: Settings) -> None:
    (small.examples / "dogwood.txt").write_text("new", encoding="utf-8")
    with pytest.raises(BenchError, match="whether dogwood is seen"):
        stories.groups(small.examples)
    table = small.examples / "README.md"
    table.write_text(table.read_text(encoding="utf-8") + "| dogwood | d | seen |\n", encoding="utf-8")
    with pytest.raises(BenchError, match="labels of dogwood"):
        stories.groups(small.examples)


def test_confidence_is_measured_per_data_set(small: Settings, reader: CountingReader) -> None:
    found = confidence.run(small, reader, plots=None).figures
    assert found["speaker, LitBank dev: calibration error"].value == 0.0
    assert found["speaker, PDNC dev: calibration error"].value == 0.25
    assert found["pronoun, own stories: calibration error"].value == 0.25
    assert found["speaker, LitBank dev: surest 80 % above all"].value == 25.0
    assert found["speaker, PDNC dev: calibration error"].low is not None


def test_bins_hold_every_decision_and_their_intervals_hold_the_share() -> None:
    pairs = [(i / 99, i % 3 == 0) for i in range(100)]
    found = confidence.bins(pairs)
    assert sum(b.n for b in found) == 100
    assert all(0 <= b.low <= b.right <= b.high <= 1 for b in found)
    assert found[-1].confidence == pytest.approx(sum(i / 99 for i in range(90, 100)) / 10)
    assert confidence.bins([(1.0, True)])[0].low == pytest.approx(1 / (1 + 1.6449**2))


def test_the_same_decisions_draw_the_same_picture(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib", reason="drawing needs the bench extra")
    decisions = {"speaker, here": ("speaker", [[(0.9, True), (0.4, False)], [(0.7, True)]])}
    for name in ("one.svg", "two.svg"):
        confidence.draw(decisions, tmp_path / name)
    drawn = (tmp_path / "one.svg").read_text(encoding="utf-8")
    assert drawn == (tmp_path / "two.svg").read_text(encoding="utf-8")
    assert "speaker, here (n = 3)" in drawn


def test_intervals_are_seeded_ignore_what_is_no_number_and_may_be_left_out() -> None:
    values = [1.0, 2.0, 3.0, 10.0]

    def mean(indices: Sequence[int]) -> dict[str, float]:
        chosen = [values[i] for i in indices]
        return {
            "mean": sum(chosen) / len(chosen),
            "never": math.nan,
            "odd": math.nan if 10.0 in chosen else 1.0,
        }

    once, again = (results.intervals(mean, 4, 300, 7) for _ in range(2))
    assert once == again
    assert set(once) == {"mean", "odd"}
    assert once["odd"] == (1.0, 1.0)
    assert 1 <= once["mean"][0] < 4 < once["mean"][1] <= 10
    assert results.intervals(mean, 4, 0, 7) == results.intervals(mean, 1, 50, 7) == {}


def test_what_is_absent_is_named_with_its_remedy(tmp_path: Path) -> None:
    with pytest.raises(BenchError, match=r"The scorer is not at .*nowhere.*FABULA_SHARED"):
        Scorer(tmp_path / "nowhere" / "score.py")
    assert need(tmp_path, "The folder") == tmp_path


def test_the_shared_folder_can_be_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FABULA_SHARED", str(tmp_path))
    assert shared_folder() == tmp_path
    found = settings(parser("x").parse_args([]))
    assert (found.data, found.score) == (tmp_path / "data", tmp_path / "score" / "score.py")
    assert settings(parser("x").parse_args(["--data", "d"])).data == Path("d")


def test_the_real_scorer_leaves_nothing_behind_and_tells_pairs(real_scorer: Path, tmp_path: Path) -> None:
    text = "“Go,” said Ann. He went."
    quote = {"id": 0, "start": 0, "end": 5, "speaker": "ann", "confidence": 0.8}
    mentions = [
        {"start": 11, "end": 14, "token_start": 5, "type": "PER", "kind": "PROP", "entity": "ann"},
        {
            "start": 16,
            "end": 18,
            "token_start": 7,
            "type": "PER",
            "kind": "PRON",
            "entity": "tom",
            "confidence": 0.6,
        },
    ]
    document = {"text": text, "mentions": mentions, "entities": [], "quotes": [quote], "events": []}
    for folder in ("pred", "gold"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "x.json").write_text(json.dumps(document), encoding="utf-8")
    before = sorted(real_scorer.parent.iterdir())
    report = Scorer(real_scorer).litbank(tmp_path / "pred", tmp_path / "gold")
    assert report.scores["mention span F1"] == (100.0, 2)
    assert report.pairs == {"speaker": ((0.8, True),), "pronoun": ((0.6, True),)}
    assert sorted(real_scorer.parent.iterdir()) == before
