"""Headers, disclaimers and letters, in the shapes that archives hold, and stories that only look like it."""

from __future__ import annotations

import pytest
from tests.support.parts import BODY, kinds, label_of, parts

from fabula.text import read_text


def test_archive_header_with_keys() -> None:
    story = read_text(
        "Title: The Late Boat\nAuthor: saltpan\nFandom: The Crossing\nRating: PG-13\nPairing: Maren/Odd, "
        "Odd/the sea\n"
        "Word Count: 1,204\nLanguage: English\nWarnings: none to speak of\n"
        "Disclaimer: The Crossing is not mine. I make no money from this.\n"
        "Summary: Somebody waits, somebody is late.\nIt is raining.\n\n" + BODY
    )
    assert [k for k, _ in parts(story)] == ["title", "byline", "tags", "disclaimer", "summary", "body"]
    assert (story.title, story.author, story.declared_language) == ("The Late Boat", "saltpan", "en")
    assert story.metadata["Pairing"] == ("Maren/Odd", "Odd/the sea")
    assert story.metadata["Rating"] == ("PG-13",)
    assert story.metadata["Summary"] == ("Somebody waits, somebody is late. It is raining.",)
    assert parts(story)[-1][1].startswith("Maren put the lamp")


def test_archive_header_with_values_on_lines_of_their_own() -> None:
    story = read_text(
        "The Late Boat\nby saltpan\n\nPosted originally on the Archive at http://archive.example/works/1\n\n"
        "Rating:\n    General Audiences\nArchive Warning:\n    No Archive Warnings Apply\nFandom:\n    "
        "The Crossing\n"
        "Additional Tags:\n    Rain, Waiting\nStats:\n    Published: 2019-03-02 Words: 1204\n\n"
        "Summary\n\nSomebody waits, somebody is late.\n\nNotes\n\nFor the winter exchange.\n\nChapter 1\n\n"
        + BODY
        + "End Notes\n\nComments are love.\n"
    )
    assert [k for k, _ in parts(story)] == [
        "title", "byline", "boilerplate", "tags", "summary", "note", "heading", "body", "note",
    ]  # fmt: skip
    assert story.title == "The Late Boat"
    assert story.author == "saltpan"
    assert story.metadata["Additional Tags"] == ("Rain", "Waiting")
    assert story.metadata["Fandom"] == ("The Crossing",)


def test_title_and_byline_on_one_line() -> None:
    story = read_text("The Late Boat, by Saltpan\n\n" + BODY)
    assert parts(story)[:2] == [("title", "The Late Boat,"), ("byline", "by Saltpan")]
    assert (story.title, story.author) == ("The Late Boat", "Saltpan")


@pytest.mark.parametrize(
    "line", ["by Saltpan", "By: Saltpan", "Written by Saltpan", "*by Saltpan*", "a fanfic by Saltpan"]
)
def test_bylines(line: str) -> None:
    story = read_text(f"The Late Boat\n\n{line}\n\n{BODY}")
    assert kinds(story.text) == ["title", "byline", "body"]
    assert story.author == "Saltpan"


def test_mail_header_of_a_list_story() -> None:
    assert kinds(
        "From: saltpan@list.example\nSubject: NEW: The Late Boat (1/1)\nDate: 3 Mar 1998\n\nTITLE: The "
        "Late Boat\n"
        "AUTHOR: Saltpan\nRATING: PG\nCODES: M/O\nARCHIVE: ask first\nFEEDBACK: please\n\n~~~~~\n\n" + BODY
    ) == ["tags", "title", "byline", "tags", "scene_break", "body"]  # fmt: skip


@pytest.mark.parametrize(
    "disclaimer",
    [
        "Disclaimer: I do not own The Crossing.",
        "DISCLAIMER - Not mine, never will be.",
        "I don't own The Crossing or any of its characters; they belong to their authors.",
        "**Disclaimer:** These people belong to the studio. No infringement intended.",
        "I don't own Salt Bay or anything in it, all rights belong to their owners. This is for fun.",
    ],
)
def test_disclaimers(disclaimer: str) -> None:
    assert kinds(f"The Late Boat\n\n{disclaimer}\n\n{BODY}") == ["title", "disclaimer", "body"]


def test_bracket_that_is_never_closed_takes_its_own_paragraph() -> None:
    text = BODY + "(A/N: so it begins\n\n" + BODY + "She smiled at him :)\n\n" + BODY
    assert kinds(text) == ["body", "note", "body"]
    assert len(parts(read_text(text))[1][1]) < 30


def test_chapter_with_its_own_header_and_answers_to_readers() -> None:
    story = read_text(
        f"The Late Boat\nby saltpan\n\nChapter One\n\n{BODY}TBC\n\n---\n\nTitle: The Late Boat\n"
        "Author: saltpan\nRating: T\nDisclaimer: still not mine\n\nChapter Two\n\n"
        "A/N: Thanks to all who reviewed.\n\n"
        f"oddfan: glad you liked it!\nlampgirl: no, it is only late.\n\n{BODY}"
    )
    assert [k for k, _ in parts(story)] == [
        "title", "byline", "heading", "body", "end", "scene_break", "title", "byline", "tags", "disclaimer",
        "heading", "note", "body",
    ]  # fmt: skip


def test_header_without_labels() -> None:
    story = read_text(
        "The Late Boat\n\nsaltpan\n\nThis story takes place after the third season of The Crossing. "
        f"Many thanks to Lia for the beta. All mistakes are mine.\n\n* * *\n\n{BODY}"
    )
    assert [k for k, _ in parts(story)] == ["title", "byline", "note", "scene_break", "body"]
    assert (story.title, story.author) == ("The Late Boat", "saltpan")


def test_gutenberg_header_and_licence() -> None:
    story = read_text(
        "The Project Gutenberg EBook of The Late Boat, by S. Pan\n\nThis eBook is for the use of anyone "
        "anywhere.\n\n"
        "Title: The Late Boat\n\nAuthor: S. Pan\n\nLanguage: English\n\n"
        "*** START OF THIS PROJECT GUTENBERG EBOOK THE LATE BOAT ***\n\n\n\n"
        "Produced by Some Kind People and the Online Distributed\nProofreading Team at "
        "https://www.pgdp.net\n\n\n"
        "THE LATE BOAT\n\nBY S. PAN\n\n[Illustration: The quay]\n\n\nCHAPTER I\n\n"
        + BODY
        + "[Illustration]\n\n"
        + BODY
        + "THE END\n\n\n"
        "*** END OF THIS PROJECT GUTENBERG EBOOK THE LATE BOAT ***\n\n\nUpdated editions will replace the "
        "previous one.\n"
    )
    assert [k for k, _ in parts(story)] == [
        "boilerplate", "title", "byline", "boilerplate", "heading", "body", "boilerplate", "body", "end",
        "boilerplate",
    ]  # fmt: skip
    assert (story.title, story.author, story.declared_language) == ("The Late Boat", "S. Pan", "en")


def test_letter_inside_a_story() -> None:
    story = read_text(
        BODY
        + "My dear Maren,\n\nI am at the other side and shall stay here till the wind drops.\n\nKeep the "
        "lamp in.\n\n"
        "Your loving brother,\n\nOdd\n\nP.S. The oar is broken.\n\n" + BODY
    )
    assert [k for k, _ in parts(story)] == ["body", "letter", "body"]
    assert parts(story)[1][1].endswith("The oar is broken.")
    assert label_of(story.text, "letter") == "My dear Maren"


def test_one_letter_after_another() -> None:
    first = "Dear Thomas,\n\nThe house is cold and I miss you.\n\nYours always,\nAnna\n\n"
    second = "Dear Anna,\n\nI have mended the boat and shall come in May.\n\nYours,\nThomas\n"
    story = read_text(first + second)
    assert [(s.kind, s.label) for s in story.segments] == [("letter", "Dear Thomas"), ("letter", "Dear Anna")]
    assert [t for _, t in parts(story)] == [" ".join(first.split()), " ".join(second.split())]


def test_letter_that_only_a_name_closes() -> None:
    letter = "Dear Maren, dear Odd,\n\nI leave you the boat.\n\nMind the second lock.\n\nBunny\n\n"
    assert kinds(BODY + letter + BODY) == ["body", "letter", "body"]


@pytest.mark.parametrize(
    "line",
    [
        "Note: the lamp was out.", "The end of the quay was under water.", "Dear God, she thought.",
        "Chapter and verse, he had it.",
        "Part of her wanted to go.", "“No!”", "“...”", "X marked the spot.", "She read the summary: "
            "nothing.", "I", "*What a night.*",
        "The title: he had forgotten the title.", "No one came.", "The last chapter was the best, she "
            "thought, and shut the book.",
        "They posted the letter and thanked the reviewer for the comments.", "Time: half past two.", "...",
        "Begin again.",
        "by the time he came it was over", "Her point of view was simple.", "Yours is the boat, she said.",
    ],
)  # fmt: skip
def test_story_text_is_left_alone(line: str) -> None:
    assert kinds(f"{BODY}{line}\n\n{BODY}") == ["body"]


def test_first_paragraph_of_a_story_without_a_title() -> None:
    assert kinds(BODY + BODY) == ["body"]
    assert kinds("I own nothing in this town but the boat, and I do not own all of that.\n\n" + BODY) == [
        "body"
    ]


def test_empty_and_blank_texts() -> None:
    assert read_text("").segments == ()
    assert read_text(" \n\n \t\n").segments == ()
