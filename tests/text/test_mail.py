"""E-mails inside a story."""

from __future__ import annotations

import pytest

from fabula.text import read_text
from fabula.text.mail import mail_names

HEAD = "From: Anders Holt\nTo: Jonas Holt <jonas@quay.example>\nSubject: The boat"


def letters(text: str) -> list[str]:
    story = read_text(text)
    return [" ".join(story.text[s.start : s.end].split()) for s in story.segments if s.kind == "letter"]


def _story(head: str, *paragraphs: str) -> str:
    return "\n\n".join(["It rained, and nobody came.", head, *paragraphs]) + "\n"


@pytest.mark.parametrize(
    "head",
    [
        HEAD,
        HEAD.replace("\n", "\n\n"),
        "**From:** Anders Holt\n**To:** Jonas Holt\n**Subject:** The boat",
        "TO: Jonas Holt\nFROM: Anders Holt\nDATE: 3 May",
        "From: Anders Holt\nRe: the boat",
    ],
)
def test_a_head_and_what_is_said_to_you(head: str) -> None:
    text = _story(
        head,
        "I will not sell the boat.",
        "Not now.",
        "You may look at it.",
        "He shut the machine and went out to the shed.",
    )
    assert letters(text) == [
        " ".join(f"{head} I will not sell the boat. Not now. You may look at it.".split())
    ]


def test_a_message_ends_with_its_signature_or_the_next_head() -> None:
    text = _story(
        HEAD,
        "I will not sell.",
        "Anders",
        "The rain had stopped by the time he had read it.",
        HEAD,
        "I know.",
        HEAD,
        "Good. You do.",
    )
    assert [x.rpartition("boat ")[2] for x in letters(text)] == [
        "I will not sell. Anders",
        "I know.",
        "Good. You do.",
    ]


def test_talk_ends_a_message() -> None:
    assert letters(_story(HEAD, "I will not sell.", "“You read it,” I said.")) == [
        " ".join(f"{HEAD} I will not sell.".split())
    ]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("From: the window you could see the quay.", id="a word and a colon"),
        pytest.param("From: Anders Holt\n\nI will not sell it, he had said to me.", id="one line"),
        pytest.param("To: Jonas Holt\nSubject: boats\n\nI will not sell it.", id="from nobody"),
    ],
)
def test_what_is_no_mail(text: str) -> None:
    assert letters("It rained, and nobody came.\n\n" + text + "\n") == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (HEAD, ("Anders Holt", "Jonas Holt")),
        ("From: Anders Holt\nTo: Jonas Holt, Mary Holt\n", ("Anders Holt", None)),
        ("From: anders@quay.example\nTo: Jonas\n", (None, "Jonas")),
        ("To: Jonas\n\nFrom: Anders\n", ("Anders", "Jonas")),
        ("Dear Jonas,\nFrom: Anders\n", (None, None)),
    ],
)
def test_whose_it_is_and_for_whom(text: str, names: tuple[str | None, str | None]) -> None:
    found = mail_names(text, 0, len(text))
    assert tuple(None if span is None else text[slice(*span)] for span in found) == names
