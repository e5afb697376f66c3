"""Who speaks: whole decisions with weights made by hand, and the shipped ones where they are there."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from tests.support.mentions import Score, evidence_of

from fabula.errors import ModelError
from fabula.heads.evidence import Evidence
from fabula.resolve import speakers
from fabula.resolve.conversations import N_HEARS, N_SPEAKS, N_STEP, SpeakerWeights
from fabula.resolve.coref import EntityBeliefs
from fabula.resolve.names import NameBeliefs, RosterEntry
from fabula.resolve.own_words import own_words
from fabula.resolve.quote_context import NEXT_PARAGRAPH
from fabula.resolve.speaker_features import FEATURES, N_FEATURES, N_PERSON
from fabula.resolve.speakers import resolve_speech
from fabula.resolve.speech import SpeechBeliefs
from fabula.types import Ints, Story

ANNA, CORIN, SAINT = 0, 1, 2
NOBODY = NameBeliefs((), np.zeros(0, np.int32), np.zeros(0, np.float32))


def _weights() -> SpeakerWeights:
    """Tags and vocatives count, and who was spoken to answers."""
    straight = np.zeros((N_FEATURES, 2), np.float32)
    for name, speaks, hears in (
        ("tag_name_direct", 6, -3),
        ("tag_pron_direct", 4, -2),
        ("vocative", -3, 5),
        ("told", -3, 5),
        ("neural", 0.3, 0),
    ):
        straight[FEATURES.index(name)] = speaks, hears
    step = np.zeros((N_STEP, N_SPEAKS * N_HEARS), np.float32)
    step[NEXT_PARAGRAPH, 1 * N_HEARS + 1] = 4
    return SpeakerWeights(
        np.zeros(N_FEATURES, np.float32),
        np.ones(N_FEATURES, np.float32),
        np.zeros((N_FEATURES, 1), np.float32),
        np.zeros(1, np.float32),
        np.zeros((1, 2), np.float32),
        straight,
        np.zeros(N_FEATURES - N_PERSON + 1, np.float32),
        step,
    )


def _flat(a: str, b: str) -> float:
    return 0.0


def _resolve(
    monkeypatch: pytest.MonkeyPatch,
    text: str,
    mentions: list[tuple[str, str, int]],
    narrators: tuple[int, ...] = (-1,),
    score: Score = _flat,
) -> tuple[Story, Evidence, SpeechBeliefs]:
    monkeypatch.setattr(speakers, "speaker_weights", lambda together: _weights())
    story, evidence = evidence_of(text, [(w, k) for w, k, _ in mentions], score)
    ids = [e for _, _, e in mentions]
    column: Ints = np.asarray(ids, dtype=np.int32)
    roster = tuple(
        RosterEntry(n, (), "PER", (0.0, 0.0, 0.0), "sing", False, n == "Olaf")
        for n in ("Anna", "Corin", "Olaf")
    )
    named = np.asarray([e if k == "PROP" else -1 for _, k, e in mentions], np.int32)
    names = NameBeliefs(roster, named, np.ones(len(ids), np.float32))
    entities = EntityBeliefs(
        column, np.ones(len(ids), np.float32), tuple(((e, 1.0),) for e in ids), 3, 3 + len(ids)
    )
    return story, evidence, resolve_speech(story, evidence, names, entities, narrators)


def test_a_conversation_from_one_tag_and_one_name_called(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "“Sit, Corin,” said Anna.\n\n“Why?”\n\n“You are tired.”\n\n“I am.”\n"
    mentions = [("Corin", "PROP", CORIN), ("Anna", "PROP", ANNA)]
    _, _, speech = _resolve(monkeypatch, text, mentions)
    assert [d[0][0] for d in speech.speaker] == [ANNA, CORIN, ANNA, CORIN]
    assert list(speech.addressees) == [(CORIN,), (ANNA,), (CORIN,), (ANNA,)]
    assert speech.type == ("explicit", "implicit", "implicit", "implicit")
    assert speech.mention.tolist() == [1, -1, -1, -1]
    assert [c and text[c.start : c.end] for c in speech.cue] == ["said", None, None, None]


def test_a_tags_own_word_holds_against_what_follows_what(monkeypatch: pytest.MonkeyPatch) -> None:
    said = [("Corin", "PROP", CORIN)] + [("Anna", "PROP", ANNA)] * 3
    weak = _weights()
    weak.straight[FEATURES.index("tag_name_direct")] = 1, 0
    weak.step[:] /= 2
    monkeypatch.setattr(f"{__name__}._weights", lambda: weak)
    text = "Corin sat.\n\n“One,” said Anna.\n\n“Two,” said Anna.\n\n“Three,” said Anna.\n"
    _, _, speech = _resolve(monkeypatch, text, said)
    assert [d[0][0] for d in speech.speaker] == [ANNA, ANNA, ANNA]
    untagged = text.replace("“Two,” said Anna.", "“Two.”")
    _, _, speech = _resolve(monkeypatch, untagged, said[:-1])
    assert [d[0][0] for d in speech.speaker] == [ANNA, CORIN, ANNA]


def test_probabilities_are_probabilities(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Anna and Corin sat.\n\n“Why?”\n\n“You are tired.”\n"
    _, _, speech = _resolve(monkeypatch, text, [("Anna", "PROP", ANNA), ("Corin", "PROP", CORIN)])
    for d in (*speech.speaker, *speech.addressee):
        assert 0 < sum(p for _, p in d) <= 1 + 1e-6
        assert [p for _, p in d] == sorted((p for _, p in d), reverse=True)


def test_what_a_tag_interrupts_has_one_speaker(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Corin sat. “Go,” said Anna, “and come back.”\n"
    _, _, speech = _resolve(monkeypatch, text, [("Corin", "PROP", CORIN), ("Anna", "PROP", ANNA)])
    assert [d[0][0] for d in speech.speaker] == [ANNA, ANNA]
    assert speech.type == ("explicit", "explicit")


@pytest.mark.parametrize(("word", "low", "high"), [("she", 0.0, 0.6), ("I", 0.9, 1.0)])
def test_who_retells_what_she_said_did_not_say_it(
    monkeypatch: pytest.MonkeyPatch, word: str, low: float, high: float
) -> None:
    text = f"“Corin was there. First {word} said, ‘No,’ and then ‘Yes,’” said Anna.\n"
    mentions = [("Corin", "PROP", CORIN), (word, "PRON", ANNA), ("Anna", "PROP", ANNA)]
    story, _, speech = _resolve(monkeypatch, text, mentions)
    inner = next(k for k, q in enumerate(story.quotes) if q.parent is not None)
    assert speech.speaker[0][0][0] == ANNA
    assert low <= dict(speech.speaker[inner])[ANNA] <= high


def test_thought_and_writing_are_told_by_the_verb(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "“I am late,” thought Anna.\n\n“Dear Corin,” wrote Anna.\n"
    mentions = [("Anna", "PROP", ANNA), ("Corin", "PROP", CORIN), ("Anna", "PROP", ANNA)]
    _, _, speech = _resolve(monkeypatch, text, mentions)
    assert speech.kind == ("thought", "writing")


def test_a_saint_sworn_by_does_not_speak(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Anna and Olaf sat.\n\n“By Olaf, no.”\n"
    mentions = [("Anna", "PROP", ANNA), ("Olaf", "PROP", SAINT), ("Olaf", "PROP", SAINT)]
    _, _, speech = _resolve(monkeypatch, text, mentions)
    assert SAINT not in {e for d in (*speech.speaker, *speech.addressee) for e, _ in d}


def test_i_said_is_the_narrator(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Anna sat.\n\n“Go home,” I said.\n"
    _, _, speech = _resolve(monkeypatch, text, [("Anna", "PROP", ANNA), ("I", "PRON", 4)], narrators=(CORIN,))
    assert speech.speaker[0][0][0] == CORIN
    assert speech.type == ("anaphoric",)


def test_a_quotes_own_i_does_not_vote(monkeypatch: pytest.MonkeyPatch) -> None:
    def score(a: str, b: str) -> float:
        return 9.0 if b == "I" else 0.0

    text = "Anna sat.\n\n“I am late.”\n"
    _, _, speech = _resolve(monkeypatch, text, [("Anna", "PROP", ANNA), ("I", "PRON", CORIN)], score=score)
    assert [e for e, _ in speech.speaker[0]] == [ANNA]


def test_nobody_there(monkeypatch: pytest.MonkeyPatch) -> None:
    _, _, speech = _resolve(monkeypatch, "“Go home.”\n\n“No.”\n", [])
    assert speech.speaker == ((), ()) and speech.addressees == ((), ())
    _, _, speech = _resolve(monkeypatch, "It rained.\n", [])
    assert speech.speaker == ()


def test_own_words_follow_speaker_and_hearer(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "“I want you, Corin,” said Anna. “You all know it.”\n"
    mentions = [
        ("I", "PRON", 5),
        ("you", "PRON", 6),
        ("Corin", "PROP", CORIN),
        ("Anna", "PROP", ANNA),
        ("You", "PRON", 7),
    ]
    story, evidence, speech = _resolve(monkeypatch, text, mentions)
    said = own_words(story, evidence, speech, (-1,), NOBODY)
    assert said[0][0][0] == ANNA
    assert said[1][0][0] == CORIN
    assert 4 not in said  # "you all" are many
    assert 2 not in said and 3 not in said


def test_own_words_of_a_narrator(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "I sat. My hands shook. We went.\n"
    mentions = [("I", "PRON", 5), ("My", "PRON", 5), ("We", "PRON", 6)]
    story, evidence, speech = _resolve(monkeypatch, text, mentions)
    assert own_words(story, evidence, speech, (CORIN,), NOBODY) == {0: ((CORIN, 1.0),), 1: ((CORIN, 1.0),)}
    assert own_words(story, evidence, speech, (-1,), NOBODY) == {}


def test_missing_and_broken_weights_say_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(speakers, "model_folder", lambda: tmp_path)
    (tmp_path / "speakers.json").write_text("{")
    with pytest.raises(ModelError, match="another version"):
        speakers.speaker_weights()


def test_shipped_weights_read_a_tag_and_an_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    folder = Path(speakers.__file__).parent.parent / "model"
    if not (folder / "speakers.json").exists():
        pytest.skip("no speaker weights in the package")
    shipped = speakers.load_speaker_weights(folder)
    monkeypatch.setattr(speakers, "speaker_weights", lambda together: shipped)
    text = (
        "Anna and Corin sat by the fire.\n\n“Sit, Corin,” said Anna.\n\n“Why?” Corin asked.\n\n"
        "“You are tired.”\n"
    )
    words = [("Anna", ANNA), ("Corin", CORIN), ("Corin", CORIN), ("Anna", ANNA), ("Corin", CORIN)]
    story, evidence = evidence_of(text, [(w, "PROP") for w, _ in words], _flat)
    column = np.asarray([e for _, e in words], np.int32)
    names = NameBeliefs(
        tuple(RosterEntry(n, (), "PER", (0.0, 0.0, 0.0), "sing", False) for n in ("Anna", "Corin")),
        column,
        np.ones(5, np.float32),
    )
    entities = EntityBeliefs(column, np.ones(5, np.float32), tuple(((int(e), 1.0),) for e in column), 2, 7)
    speech = resolve_speech(story, evidence, names, entities, (-1,))
    assert [d[0][0] for d in speech.speaker[:2]] == [ANNA, CORIN]
    assert speech.addressees[0] == (CORIN,)
