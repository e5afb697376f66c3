"""Authors' notes before, inside and after a story, with and without a label."""

from __future__ import annotations

import pytest
from tests.support.parts import BODY, kinds, label_of, parts

from fabula.text import read_text


@pytest.mark.parametrize(
    ("note", "label"),
    [
        ("A/N: Sorry this is so short!", "A/N"),
        ("AN: thanks to my beta, who knows who she is.", "AN"),
        ("A/N - a bit of fluff before the storm", "A/N"),
        ("*A/N* I know, I know. It has been months.", "A/N"),
        ("Author's Note: this ignores the second series.", "Author's Note"),
        ("Authors note: this ignores the second series.", "Authors note"),
        ("(A/N: the harbour is real, the people are not)", "A/N"),
        ("[Author’s note: the harbour is real]", "Author’s note"),
        ("~A/N: no, I have no idea either~", "A/N"),
    ],
)
def test_notes_before_and_inside_a_chapter(note: str, label: str) -> None:
    before = f"The Late Boat\n\n{note}\n\n{BODY}"
    assert kinds(before) == ["title", "note", "body"]
    assert label_of(before, "note") == label
    assert kinds(f"{BODY}{note}\n\n{BODY}") == ["body", "note", "body"]


def test_note_of_several_paragraphs_that_is_closed() -> None:
    story = read_text(
        BODY + "A/N: Two things.\n\nThe lamp is my grandmother's.\n\nHe is not coming back, as you may have "
        "guessed.\n\n"
        "End A/N\n\n" + BODY
    )
    assert [k for k, _ in parts(story)] == ["body", "note", "body"]
    assert "grandmother" in parts(story)[1][1]
    assert parts(story)[1][1].endswith("End A/N")


def test_note_of_several_paragraphs_that_only_sounds_like_one() -> None:
    story = read_text(
        "Chapter 4\n\nA/N: Hello again!\n\nThank you all for the reviews, I read every one.\n\n"
        "This chapter is for my beta reader, who asked for more rain.\n\n" + BODY
    )
    assert [k for k, _ in parts(story)] == ["heading", "note", "body"]
    assert parts(story)[1][1].endswith("more rain.")


def test_bracketed_note_over_paragraphs() -> None:
    assert kinds(BODY + "(A/N: The next bit is sad.\n\nYou have been told.)\n\n" + BODY) == [
        "body",
        "note",
        "body",
    ]


def test_note_inside_a_paragraph_is_lifted_out() -> None:
    story = read_text("Maren took the oar (A/N: it is an old oar) and pushed off from the quay.\n\n" + BODY)
    assert parts(story)[:3] == [
        ("body", "Maren took the oar"),
        ("note", "(A/N: it is an old oar)"),
        ("body", "and pushed off from the quay. " + " ".join(BODY.split())),
    ]


def test_note_in_brackets_before_story_text_of_the_same_paragraph() -> None:
    story = read_text("[A/N: it is an old oar] Maren took it and pushed off from the quay.\n\n" + BODY)
    assert parts(story)[:2] == [
        ("note", "[A/N: it is an old oar]"),
        ("body", "Maren took it and pushed off from the quay. " + " ".join(BODY.split())),
    ]


def test_notes_of_a_copied_page_do_not_swallow_the_story() -> None:
    front = "The Late Boat\nby saltpan\n\nSummary:\n\nSomebody waits.\n\nNotes:\n\nFor Kim.\n\n"
    story = read_text(f"{front}{BODY}End Notes\n\nThanks, Kim.\n\nCome and talk to me.\n")
    assert [k for k, _ in parts(story)] == ["title", "byline", "summary", "note", "body", "note"]
    assert story.metadata["Summary"] == ("Somebody waits.",)
    story = read_text(f"{front}Work Text:\n\n{BODY}Notes:\n\nThanks, Kim.\n\nCome and talk to me.\n")
    assert [k for k, _ in parts(story)][-4:] == ["note", "boilerplate", "body", "note"]
    assert parts(story)[-1][1].endswith("talk to me.")


def test_notes_in_the_story_are_part_of_it() -> None:
    assert kinds(f"{BODY}Notes:\n\nThe lamp was cold.\n\n{BODY}") == ["body"]


def test_a_note_under_the_byline() -> None:
    assert kinds(f"The Late Boat\nby saltpan\n\nNotes: For Kim.\n\n{BODY}") == [
        "title", "byline", "note", "body",
    ]  # fmt: skip


def test_note_after_the_end_runs_to_the_end_of_the_file() -> None:
    note = "A/N: That's all.\n\nIt began as a dream about a lamp.\n\nUntil the next one.\n"
    assert kinds(BODY + "The End\n\n" + note) == ["body", "end", "note"]


def test_notes_without_labels_around_a_chapter() -> None:
    story = read_text(
        "Chapter 1\n\nOkay, so this is my first story, please be nice.\n\nEnjoy!\n\nxXxXxXx\n\n"
        f"{BODY}Well, there you go! Hope you liked it! Please review!\n\nLove, saltpan\n\nChapter 2\n\n{BODY}"
    )
    assert [k for k, _ in parts(story)] == [
        "heading",
        "note",
        "scene_break",
        "body",
        "note",
        "heading",
        "body",
    ]


def test_note_does_not_swallow_a_first_person_beginning() -> None:
    story = read_text(
        "A/N: hello.\n\nI hope you know that I never meant to leave. I posted the letter on Monday.\n\n"
        f"Nobody answered it.\n\n***\n\n{BODY}"
    )
    assert parts(story)[:2] == [
        ("note", "A/N: hello."),
        (
            "body",
            "I hope you know that I never meant to leave. I posted the letter on Monday. Nobody answered it.",
        ),
    ]


def test_request_for_reviews_without_a_label() -> None:
    assert kinds(
        BODY + "Please read and review! Next chapter will be up on Sunday, thanks for reading.\n"
    ) == ["body", "note"]
