"""Chats, scripts, e-mails and stories told of "you", read end to end by the shipped weights."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import pytest

from fabula.cli.report import report
from fabula.contract import from_dict, to_dict, validate
from fabula.corrections.around import Around
from fabula.corrections.edition import Edition
from fabula.export.choices import Choices
from fabula.export.lines import perform
from fabula.export.request import Request
from fabula.pipeline import analyse
from fabula.reading import Reading
from fabula.text import read_text
from fabula.types import Story

CHAT = """The Landing

Marta sat down on the step and took out her phone.

Marta: where are you
Lena: Home. Why?
Marta: I am outside your door
Lena: You could have knocked.

The door opened. Lena was standing there in her socks.
"""

SCRIPT = """INT. KITCHEN - NIGHT

Anders sits at the table. Jonas comes in.

JONAS
You kept my letter.

ANDERS
I keep everything.

JONAS
(quietly)
Then keep this one.

ANDERS
Sit down.
"""

YOU = """Coffee

You push the door open with your shoulder and shake out your umbrella. Bastian is at the counter.

“You are late,” he says.

“You are early,” you tell him. You put your wet hat on the chair.

Stellan looks up from his corner. “Y/N! Over here.”

You drop into the chair beside him. Bastian brings your cup.

“I did not order yet,” you say.

“I know what you like, Y/N,” says Bastian.
"""

MAIL = """The Boat

Halvard opened the message on the kitchen table, and Imre’s name was on it.

From: Imre Sandor
To: Halvard Brandt
Subject: The boat

I will not sell it. You may come and look at it, Halvard, if you like.

He shut the machine and went out to the shed.
"""


@lru_cache
def _read(text: str) -> Reading:
    read = analyse(read_text(text))
    assert validate(to_dict(read)) == []
    return Reading(read)


def _lines(text: str) -> list[tuple[str, str, str]]:
    """(kind, speaker, words) of every quote."""
    return [(q.kind, str(q.speaker), q.text) for q in _read(text).quotes]


def _who(text: str, *words: str) -> list[str]:
    """Whom the mentions written like any of ``words`` mean, in text order."""
    read = _read(text)
    names = {e.id: e.name for e in read.analysis.entities}
    return [
        names[m.entity]
        for m in read.analysis.mentions
        if m.entity is not None and read.text[m.start : m.end] in words
    ]


def test_a_chat_has_its_writers() -> None:
    assert _lines(CHAT) == [
        ("writing", "Marta", "where are you"),
        ("writing", "Lena", "Home. Why?"),
        ("writing", "Marta", "I am outside your door"),
        ("writing", "Lena", "You could have knocked."),
    ]
    assert _who(CHAT, "I") == ["Marta"] and _who(CHAT, "you", "your", "You") == ["Lena", "Lena", "Marta"]
    assert all(q.type == "explicit" and q.value.cue is None for q in _read(CHAT).quotes)


def test_a_script_has_its_speakers() -> None:
    assert [(kind, who) for kind, who, _ in _lines(SCRIPT)] == [
        ("speech", "Jonas"), ("speech", "Anders"), ("speech", "Jonas"), ("speech", "Anders"),
    ]  # fmt: skip


def test_whoever_is_you_speaks_and_has_a_name() -> None:
    read = _read(YOU)
    speakers = {q.text: str(q.speaker) for q in read.quotes}
    assert speakers["“You are early,”"] == speakers["“I did not order yet,”"] == "Y/N"
    assert set(_who(YOU, "You", "your")[:4]) == {"Y/N"}
    assert all(s.narrator is None for s in read.analysis.story.segments)
    assert all(e.role is None for e in read.analysis.entities)
    first = next(iter(report(read, path="coffee.txt", kept=False, width=100)))
    assert "second person" in first.plain


def test_an_e_mail_is_its_senders() -> None:
    assert set(_who(MAIL, "I")) == {"Imre Sandor"}
    assert set(_who(MAIL, "You", "you")) == {"Halvard Brandt"}


BARE = """The Quay

Halvard came down to the quay at six. The boat was already out of the water.

You're late, Imre said.

I walked.

Imre wiped his hands on a rag. He did not look up. You could have called, he said. I would have come for you.

I wanted to walk, said Halvard. He put his hand on the hull.

What did Tomas say? Imre asked.
"""


def test_speech_without_marks_has_its_speakers_and_is_nobodys_narration() -> None:
    assert [(who, words) for _, who, words in _lines(BARE)] == [
        ("Imre", "You're late,"),
        ("Halvard", "I walked."),
        ("Imre", "You could have called,"),
        ("Imre", "I would have come for you."),
        ("Halvard", "I wanted to walk,"),
        ("Imre", "What did Tomas say?"),
    ]
    assert _who(BARE, "I") == ["Halvard", "Imre", "Halvard"]
    assert all(s.narrator is None for s in _read(BARE).analysis.story.segments)


SMALL = """the ferry house

the rain came over the hill, and imre sandor put down his book. halvard stood in the door.

“you're late,” said imre.

“the river is high.” halvard hung up the hat. “i came by the road.”

imre looked at him for a while. he didn't get up. “you could have called,” he said. “i would have come.”

“i wanted to walk,” said halvard, and then he sat down by the fire and took off his boots.
"""


def test_small_letters_are_no_hindrance() -> None:
    read = _read(SMALL)
    assert read.text == SMALL
    assert {e.name for e in read.analysis.entities if len(e.aliases)} >= {"Imre Sandor", "Halvard"}
    assert [who for _, who, _ in _lines(SMALL)] == [
        "Imre Sandor", "Halvard", "Halvard", "Imre Sandor", "Imre Sandor", "Halvard",
    ]  # fmt: skip
    assert _who(SMALL, "i") == ["Halvard", "Imre Sandor", "Halvard"]
    again = from_dict(to_dict(read.analysis))
    assert to_dict(again) == to_dict(read.analysis)


def test_small_letters_can_be_corrected() -> None:
    analysis = _read(SMALL).analysis
    part = Around(analysis.story)._evidence(0, Edition(analysis))
    assert "“I came by the road.”" in part.story.text and "Imre looked at him" in part.story.text


def test_who_is_nobody_is_not_asked_where_capitals_are_guessed(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []

    def judge(story: Story, words: Sequence[str], *rest: object) -> npt.NDArray[np.bool_]:
        asked.append(story)
        return np.ones(len(rest[1]), dtype=bool)  # type: ignore[arg-type]

    monkeypatch.setattr("fabula.heads.evidence.persons_named", judge)
    analyse(read_text(SMALL))
    assert not asked
    analyse(read_text("Imre laughed. Halvard sat down."))
    assert len(asked) == 1


TOGETHER = """The Ferry House

Halvard stood in the door with his hat in his hand. Imre put down his book.

“You're late,” said Imre. “The river is high,” said Halvard.

“You could have called.” “I wanted to walk.” “In this?” “In this.”

“You are a fool.” “So you always say.” Imre laughed.
"""


def test_two_who_speak_in_one_paragraph_are_told_apart() -> None:
    assert [who for _, who, _ in _lines(TOGETHER)] == ["Imre", "Halvard"] * 4


SUNG = """The Radio

Perrin turned the radio up. Joss was asleep on the back seat.

*I left my coat on your kitchen chair,*
*I left my name on the window there*

“Turn it off,” said Joss. He had not been asleep.

*And if you call me I won't be home,*
*I'm out in the rain with my telephone*

Perrin turned it off.
"""


def test_a_song_has_no_narrator() -> None:
    read = _read(SUNG)
    assert all(s.narrator is None for s in read.analysis.story.segments)
    assert all(e.role is None for e in read.analysis.entities)


def test_labels_need_not_be_read_aloud() -> None:
    for text in (CHAT, SCRIPT):
        read = _read(text).analysis
        performance = perform(read, Request("story", Choices(tags="omitted")))
        left_out = [o.text.strip(" \n:") for o in performance.omissions if o.why == "speech tag"]
        assert len(left_out) == 4 and {x.lower() for x in left_out} <= {"marta", "lena", "jonas", "anders"}
        whole = perform(read, Request("story", Choices()))
        assert not [o for o in whole.omissions if o.why == "speech tag"]
