"""Lines that a name heads: plays, scripts, chats; and what only looks like them."""

from __future__ import annotations

import time

import pytest

from fabula.text import read_bytes, read_text
from fabula.types import Story

CHAT = """The Landing

Marta sat down on the step and took out her phone.

Marta: where are you
Lena: Home. Why?
Marta: no reason
Piet: she is outside your door
Lena: Come in, then.

The door opened.
"""

PLAY = """_Enter the two brothers._

ANDERS: (_At the window_) Is it the boat?

JONAS: It is a boat.

_A bell rings, a long way off._

ANDERS: Then go down.

MRS. HOLT: Let him eat first. He has been up all night, and
the stairs are wet.

JONAS: I am not hungry.
"""

SCRIPT = """INT. KITCHEN - NIGHT

Rain. ANDERS sits at the table.

JONAS
You kept it.

ANDERS
I keep everything.

JONAS (CONT'D)
(quietly)
I thought you had burnt it.

ANDERS
I lose things. I do not
burn them.

EXT. YARD - LATER

JONAS
Come in.

He waits at the pump.
"""

SIGNED = """Group: the cake

Delphine, 08:02

Good morning. Orrin, you have one job.

Sabine, 08:04

He is asleep.

Orrin, 08:05

I am AWAKE.

It has music now.

Delphine, 08:05

Who asked you?

Sabine, 08:06

Nobody did.
"""


def turns(text: str) -> list[tuple[str, str]]:
    """(label, words) of the quotes that a name heads."""
    return [pair for pair, _ in _labelled(read_text(text))]


def _labelled(story: Story) -> list[tuple[tuple[str, str], bool]]:
    return [
        (
            (story.text[q.label.start : q.label.end], " ".join(story.text[q.start : q.end].split())),
            q.written,
        )
        for q in story.quotes
        if q.label is not None
    ]


def test_a_chat() -> None:
    assert turns(CHAT) == [
        ("Marta", "where are you"),
        ("Lena", "Home. Why?"),
        ("Marta", "no reason"),
        ("Piet", "she is outside your door"),
        ("Lena", "Come in, then."),
    ]
    assert all(written for _, written in _labelled(read_text(CHAT)))


def test_a_play_and_its_directions() -> None:
    assert turns(PLAY) == [
        ("ANDERS", "Is it the boat?"),
        ("JONAS", "It is a boat."),
        ("ANDERS", "Then go down."),
        ("MRS. HOLT", "Let him eat first. He has been up all night, and the stairs are wet."),
        ("JONAS", "I am not hungry."),
    ]
    assert not any(written for _, written in _labelled(read_text(PLAY)))


def test_a_screenplay() -> None:
    story = read_text(SCRIPT)
    assert [pair for pair, _ in _labelled(story)] == [
        ("JONAS", "You kept it."),
        ("ANDERS", "I keep everything."),
        ("JONAS", "I thought you had burnt it."),
        ("ANDERS", "I lose things. I do not burn them."),
        ("JONAS", "Come in."),
    ]
    heads = [story.text[s.start : s.end].strip() for s in story.segments if s.kind == "heading"]
    assert heads == ["INT. KITCHEN - NIGHT", "EXT. YARD - LATER"]


def test_messages_under_a_name_and_a_time() -> None:
    assert turns(SIGNED) == [
        ("Delphine", "Good morning. Orrin, you have one job."),
        ("Sabine", "He is asleep."),
        ("Orrin", "I am AWAKE. It has music now."),
        ("Delphine", "Who asked you?"),
        ("Sabine", "Nobody did."),
    ]


@pytest.mark.parametrize(
    "form",
    [
        "**{}:** {}", "**{}**: {}", "*{}:* {}", "_{}_: {}", "{} (10:16): {}", "[10:16] {}: {}",
        "10:16 {}: {}", "<{}> {}", "[10:16] <{}> {}", "@{}: {}", "{} [laughing]: {}",
    ],
)  # fmt: skip
def test_ways_to_set_a_label(form: str) -> None:
    said = [("Marta", "where are you"), ("Lena", "home"), ("Marta", "good"), ("Lena", "why")]
    text = "\n\n".join(form.format(*pair) for pair in said)
    assert turns("It rained.\n\n" + text + "\n") == said


def test_a_printed_play_with_full_stops() -> None:
    text = "ANDERS. Is it the boat?\n\nJONAS. It is a boat.\n\nANDERS. Go down.\n\nJONAS. I am going.\n"
    assert [who for who, _ in turns(text)] == ["ANDERS", "JONAS", "ANDERS", "JONAS"]


def test_lines_of_a_chat_stay_apart_in_wrapped_text() -> None:
    prose = (
        "The rain came in at the window all that night and nobody got up to shut\nit, because the one who"
        " would have got up was away and the other two were\neach waiting for the other to begin. In the"
        " morning there was a pool upon\nthe boards, and in it, quite dry on its little island of cork, lay\n"
        "the letter.\n\n"
    )
    chat = "Marta: are you there\nLena: yes\nMarta: I would like to come after all\nLena: good\n\n"
    assert [who for who, _ in turns(prose * 3 + chat + prose)] == ["Marta", "Lena", "Marta", "Lena"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Lunch: soup.\n\nDinner: soup.\n\nLunch: bread.\n", id="meals"),
        pytest.param("From: Anna\n\nTo: Jonas\n\nSubject: soup\n\nFrom: Jonas\n\nTo: Anna\n", id="e-mail"),
        pytest.param(
            "Anders: the elder.\n\nJonas: the younger.\n\nHolt: their aunt.\n", id="a cast, once each"
        ),
        pytest.param(
            "Anders said: come in.\n\nJonas said: no.\n\nAnders said: why?\n\nJonas: so.\n", id="tags"
        ),
        pytest.param("Rating: T\n\nWarnings: none\n\nRating: T\n\nWarnings: none\n", id="header"),
        pytest.param("Secondly: it is cold.\n\nThirdly: it is late.\n\nSecondly: it is far.\n", id="points"),
        pytest.param("Marta: where are you\n\nMarta: well?\n\nMarta: I am here\n", id="one voice"),
        pytest.param("CHAPTER I.\n\nIt rained.\n\nCHAPTER II.\n\nIt rained.\n", id="chapters"),
    ],
)
def test_what_is_no_talk(text: str) -> None:
    assert turns("It rained.\n\n" + text + "\nIt rained still.\n") == []


def test_chapters_that_name_their_tellers_are_no_script() -> None:
    part = "\n\n".join(f"I went down to the boat on day {n}, and it was not there." for n in range(9))
    text = "\n\n".join(f"{name}\n\n{part}" for name in ("ANDERS", "JONAS", "ANDERS", "JONAS"))
    assert turns(text) == []


def test_speech_in_marks_after_a_label_is_read_by_its_marks() -> None:
    text = "Marta: “Where are you?”\n\nLena: “Home.”\n\nMarta: “Good.”\n\nLena: “Why?”\n"
    story = read_text(text)
    assert [story.text[q.start : q.end] for q in story.quotes] == [
        "“Where are you?”",
        "“Home.”",
        "“Good.”",
        "“Why?”",
    ]


def test_many_lines_take_linear_time() -> None:
    small, large = ("".join(f"Marta: {'*' * 50}\nLena: (((\n" for _ in range(n)) for n in (500, 5000))
    took = []
    for text in (small, large):
        began = time.perf_counter()
        read_text(text)
        took.append(time.perf_counter() - began)
    assert took[1] < 40 * took[0]


def test_line_ends_of_a_web_page_part_the_lines() -> None:
    page = (
        "<html><body><p>It rained, and nobody came to the landing.</p><p><b>Marta:</b> where are you<br/>"
        "<b>Lena:</b> Home.<br/><b>Marta:</b> good<br/><b>Lena:</b> why</p><p>The door opened.</p></body>"
        "</html>"
    )
    story = read_bytes(page.encode(), "page.html")
    assert [pair for pair, _ in _labelled(story)] == [
        ("Marta", "where are you"), ("Lena", "Home."), ("Marta", "good"), ("Lena", "why"),
    ]  # fmt: skip


def test_what_is_asked_and_answered_has_labels() -> None:
    text = "They sat.\n\nQ: Where were you?\n\nA: At home.\n\nQ: Alone?\n\nA: With my brother.\n\nHe rose.\n"
    story = read_text(text)
    assert [text[q.label.start : q.label.end] for q in story.quotes if q.label is not None] == list("QAQA")


@pytest.mark.parametrize(
    "text",
    [
        "Which was it?\n\nA: the boat\n\nB: the river\n\nA: again the boat\n\nB: again the river\n",
        "Q: Where were you?\n\nHe did not say.\n\nQ: Alone?\n\nQ: With whom?\n",
    ],
)
def test_one_of_them_alone_is_no_label(text: str) -> None:
    assert not [q for q in read_text(text).quotes if q.label is not None and text[q.label.start] in "QA"]
