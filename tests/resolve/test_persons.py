"""What the person model is asked, and what becomes of its answers; the model itself is played."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import pytest
from tests.support.mentions import evidence_of

from fabula.encoder.person_windows import ASKED, FIRST_SLOT, N_SLOTS, PRONOUN, SPEAKER
from fabula.encoder.pieces import PieceEncoder, surface_flags
from fabula.encoder.session import model_folder
from fabula.heads.evidence import Evidence
from fabula.heads.persons import Inquiry
from fabula.resolve.agreement import Agreement
from fabula.resolve.coref import EntityBeliefs, resolve_mentions
from fabula.resolve.names import NameBeliefs, resolve_names
from fabula.resolve.person_reading import PASSES, PEOPLE, SOMEBODY, PersonBeliefs, _words_here
from fabula.resolve.persons import (
    halfway,
    kept_apart,
    read_persons,
    speech_priors,
    with_persons,
)
from fabula.resolve.speech import SpeechBeliefs
from fabula.types import Floats, Story

TEXT = "Imre met Halvard. He sat.\n\n“Go,” he said.\n"
WORDS = [("Imre", "PROP"), ("Halvard", "PROP"), ("He", "PRON"), ("he", "PRON")]


class Played:
    """Answers every question with the entry that ``choose`` names: pronouns at 0.9, speakers at 0.6."""

    def __init__(self, story: Story, choose: Callable[[Inquiry, int], int]) -> None:
        self.pieces = PieceEncoder.from_file(model_folder() / "tokenizer.json")
        p = self.pieces.encode((story.token_text(i) for i in range(len(story.tokens))), *surface_flags(story))
        self.text = (p.ids, p.features, p.first)
        self.encoder = self
        self.choose = choose
        self.asked: list[Inquiry] = []

    def answer(self, inquiries: Sequence[Inquiry]) -> list[Floats]:
        out = []
        for x in inquiries:
            self.asked.append(x)
            n = len(x.window.entry)
            p = np.zeros((len(x.kind), n), np.float32)
            for row, kind in enumerate(x.kind.tolist()):
                best = 0.9 if kind == PRONOUN else 0.6
                p[row] = (1 - best) / (n - 1)
                p[row, self.choose(x, row)] = best
            out.append(np.log(p))
        return out


def _read(choose: Callable[[Inquiry, int], int]) -> tuple[Played, NameBeliefs, EntityBeliefs, PersonBeliefs]:
    story, evidence = evidence_of(TEXT, WORDS, lambda a, b: 1.0)
    names = resolve_names(story, evidence.mentions)
    priors = [r.gender for r in names.roster]
    entities = resolve_mentions(story, evidence, names.entity, len(priors), Agreement(priors))
    played = Played(story, choose)
    evidence: Evidence = replace(evidence, persons=played)  # type: ignore[arg-type]
    speech = SpeechBeliefs(
        speaker=((),), addressee=((),), addressees=((),), type=("implicit",), kind=("speech",),
        mention=np.asarray([-1], np.int32), cue=(None,),
    )  # fmt: skip
    return played, names, entities, read_persons(story, evidence, names, entities, speech, (-1,))


def test_names_are_marked_and_everything_else_is_asked() -> None:
    played, *_ = _read(lambda x, row: 2)
    w = played.asked[0].window
    text = w.slots[w.token[0] :]
    assert (text == ASKED).sum() == 2
    assert {FIRST_SLOT, FIRST_SLOT + 1} <= set(text.tolist())
    assert (w.said == ASKED).any()
    assert (w.said == N_SLOTS + ASKED).any()


def test_answers_become_distributions_over_the_people_of_the_header() -> None:
    _, _, entities, persons = _read(lambda x, row: 2)
    best = {d[0][0] for d in persons.mention if d}
    assert len(best) == 1
    assert best <= {0, 1}
    assert persons.speaker[0][0][0] in (0, 1)
    assert persons.mention[0] == ()
    after = with_persons(entities, persons)
    assert after.distribution[0] == entities.distribution[0]
    assert after.entity[2] == next(iter(best))
    assert after.p[2] == pytest.approx(0.9, abs=0.01)


def test_who_tells_is_marked_and_only_its_narrator_stands_with_i_in_a_header() -> None:
    text = "Chapter 1\n\nI slept well. I met Halvard.\n\nChapter 2\n\nI rose. I saw Imre.\n"
    words = [
        ("I", "PRON"),
        ("I", "PRON"),
        ("Halvard", "PROP"),
        ("I", "PRON"),
        ("I", "PRON"),
        ("Imre", "PROP"),
    ]
    story, evidence = evidence_of(text, words, lambda a, b: 1.0)
    names = resolve_names(story, evidence.mentions)
    priors = [r.gender for r in names.roster]
    entities = resolve_mentions(story, evidence, names.entity, len(priors), Agreement(priors))
    played = Played(story, lambda x, row: 2)
    evidence = replace(evidence, persons=played)  # type: ignore[arg-type]
    halvard, imre = int(names.entity[2]), int(names.entity[5])
    tells = []
    for s in story.segments:
        told = story.text[s.start : s.end]
        tells.append(imre if "slept" in told else halvard if "rose" in told else -1)
    assert {imre, halvard} <= set(tells)
    speech = SpeechBeliefs((), (), (), (), (), np.zeros(0, np.int32), ())
    persons = read_persons(story, evidence, names, entities, speech, tells)
    assert [persons.mention[k] for k in (0, 1, 3, 4)] == [((imre, 1.0),)] * 2 + [((halvard, 1.0),)] * 2
    assert _words_here(("Imre", "he", "I"), tells=False) == ("Imre", "he")
    assert _words_here(("Imre", "he", "I"), tells=True) == ("Imre", "he", "I")
    assert _words_here(("I",), tells=False) == ("I",)


def test_a_title_that_one_person_bears_is_known_to_be_theirs() -> None:
    text = "Farmer Lugg met the dyer. The farmer slept. The dyer sat.\n"
    words = [("Farmer Lugg", "PROP"), ("the dyer", "NOM"), ("The farmer", "NOM"), ("The dyer", "NOM")]
    story, evidence = evidence_of(text, words, lambda a, b: -1.0)
    names = resolve_names(story, evidence.mentions)
    entities = resolve_mentions(story, evidence, names.entity, 1, Agreement([names.roster[0].gender]))
    played = Played(story, lambda x, row: 0)
    evidence = replace(
        evidence,
        persons=played,  # type: ignore[arg-type]
        syntax=replace(evidence.syntax, xpos=("NN",) * len(story.tokens)),
    )
    speech = SpeechBeliefs((), (), (), (), (), np.zeros(0, np.int32), ())
    persons = read_persons(story, evidence, names, entities, speech, [-1] * len(story.segments))
    assert persons.mention[2] == ((0, 1.0),)
    assert persons.mention[3] != ((0, 1.0),)


def test_somebody_else_goes_to_whom_the_model_was_not_shown() -> None:
    _, _, entities, _ = _read(lambda x, row: 2)
    old = replace(entities, distribution=(*entities.distribution[:3], ((7, 0.6), (0, 0.4))))
    new = PersonBeliefs(((), (), (), ((SOMEBODY, 0.7), (0, 0.2), (PEOPLE, 0.1))), ((),), ((),))
    after = with_persons(old, new)
    assert after.distribution[3][0] == (7, pytest.approx(0.8))
    assert dict(after.distribution[3])[0] == pytest.approx(0.2)


def test_halfway_lies_between_the_links_and_the_model_and_leaves_what_is_fixed() -> None:
    _, _, entities, _ = _read(lambda x, row: 2)
    links = replace(entities, distribution=(*entities.distribution[:2], ((0, 1.0),), ((0, 0.6), (1, 0.4))))
    model = PersonBeliefs(((), (), ((1, 1.0),), ((1, 0.8), (0, 0.2))), ((),), ((),))
    between = halfway(links, model, {2: ((0, 1.0),)}, {})
    assert between.distribution[2] == ((0, 1.0),)
    assert between.distribution[3] == ((1, pytest.approx(0.6)), (0, pytest.approx(0.4)))
    assert between.entity[3] == 1


def test_whom_grammar_bars_the_model_does_not_mean_either() -> None:
    _, _, entities, _ = _read(lambda x, row: 2)
    links = replace(entities, distribution=(*entities.distribution[:3], ((0, 0.6), (1, 0.4))))
    model = PersonBeliefs(((), (), (), ((1, 0.8), (0, 0.2))), ((),), ((),))
    free, held = halfway(links, model, {}, {}), halfway(links, model, {}, {3: ((1, 0.99),)})
    assert free.entity[3] == 1
    assert held.entity[3] == 0


def test_one_person_is_not_both_subject_and_object() -> None:
    _, _, entities, _ = _read(lambda x, row: 2)
    both = replace(
        entities,
        distribution=(*entities.distribution[:2], ((0, 0.9), (1, 0.1)), ((0, 0.6), (1, 0.4))),
        entity=np.asarray([0, 1, 0, 0], np.int32),
    )
    parted = kept_apart(both, {3: (2,)}, {})
    assert parted.entity.tolist() == [0, 1, 0, 1]
    assert parted.distribution[2] == (
        (0, pytest.approx(0.862, abs=0.001)),
        (1, pytest.approx(0.138, abs=0.001)),
    )
    assert parted.p[3] > 0.75
    assert kept_apart(both, {3: (2,)}, {3: ((0, 1.0),)}).distribution[3] == both.distribution[3]
    assert kept_apart(both, {}, {}).distribution == both.distribution


def test_a_short_text_is_read_several_times_and_the_answers_averaged(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Imre met Halvard. " + "He sat down on the wet stones of the quay. " * 60
    words = [("Imre", "PROP"), ("Halvard", "PROP"), *[("He", "PRON")] * 60]
    story, evidence = evidence_of(text, words, lambda a, b: 1.0)
    names = resolve_names(story, evidence.mentions)
    entities = resolve_mentions(story, evidence, names.entity, 2, Agreement([r.gender for r in names.roster]))
    speech = SpeechBeliefs((), (), (), (), (), np.zeros(0, np.int32), ())

    def ask() -> tuple[Played, PersonBeliefs]:
        # Every other window says otherwise, so that the mean of several is neither's word.
        played = Played(story, lambda x, row: 2 + len(played.asked) % 2)
        asked = replace(evidence, persons=played)  # type: ignore[arg-type]
        return played, read_persons(story, asked, names, entities, speech, [-1] * len(story.segments))

    played, persons = ask()
    sizes = [len(x.window.token) for x in played.asked]
    assert len(played.asked) > 3 * PASSES - 3
    assert len(set(sizes)) > 1
    for d in persons.mention[2:]:
        assert sum(p for _, p in d) == pytest.approx(1.0, abs=0.01)
    assert any(0.2 < d[0][1] < 0.8 for d in persons.mention[2:])
    monkeypatch.setattr("fabula.resolve.person_reading.SHORT", 10)
    once, alone = ask()
    assert len(once.asked) < len(played.asked) / 2
    assert any(d[0][1] == pytest.approx(0.9, abs=0.01) for d in alone.mention[2:])


def test_priors_of_speech_are_finite_and_favour_the_answer() -> None:
    persons = PersonBeliefs((), (((1, 0.9), (SOMEBODY, 0.1)),), ((),))
    prior = speech_priors(persons, 0, np.asarray([0, 1], np.int32))
    assert np.isfinite(prior).all()
    assert prior[1, 0] > prior[0, 0]
    assert (prior[:, 1] == 0).all()


def test_a_question_about_a_speaker_stands_on_the_opening_mark() -> None:
    played, *_ = _read(lambda x, row: 2)
    x = played.asked[0]
    at = x.token[x.kind == SPEAKER]
    assert len(at) == 1
    assert x.window.said[x.window.token[at[0]]] == ASKED
