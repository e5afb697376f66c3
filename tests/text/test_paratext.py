"""Every form of paratext, in the shapes that archives hold, and stories that only look like it."""

from __future__ import annotations

import pytest

from fabula.text import read_text
from fabula.types import Story

BODY = (
    "Maren put the lamp on the sill and looked at the water. She had not slept, and the boat was late.\n\n"
    "“You should lie down,” said Odd from the stairs.\n\n"
    "“When he is in,” she said. He came and stood beside her and said nothing more about it.\n\n"
)


def parts(story: Story) -> list[tuple[str, str]]:
    """(kind, text) of every segment, white space made plain."""
    return [(s.kind, " ".join(story.text[s.start : s.end].split())) for s in story.segments]


def kinds(text: str) -> list[str]:
    """The kinds of the segments of ``text``."""
    return [s.kind for s in read_text(text).segments]


def label_of(text: str, kind: str) -> str | None:
    """The label of the first segment of that kind."""
    return next(s.label for s in read_text(text).segments if s.kind == kind)


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
    assert parts(story)[:2] == [("title", "The Late Boat"), ("byline", "by Saltpan")]
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


def test_bracket_that_is_never_closed_takes_its_own_paragraph() -> None:
    text = BODY + "(A/N: so it begins\n\n" + BODY + "She smiled at him :)\n\n" + BODY
    assert kinds(text) == ["body", "note", "body"]
    assert len(parts(read_text(text))[1][1]) < 30


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


@pytest.mark.parametrize(
    "heading",
    [
        "Chapter 1", "CHAPTER ONE", "Chapter I.", "Chapter 12: The Lamp", "chapter three", "Part Two",
        "PART II - Low Water",
        "Book the First", "Prologue", "EPILOGUE", "**Chapter 7**", "# Chapter 7", "~ Chapter Seven ~",
        "Ch. 4 - Rain",
        "_Chapter Five_", "Act III", "Maren's POV", "*Maren POV*", "POV: Maren", "-Maren's Point of View-",
    ],
)  # fmt: skip
def test_headings(heading: str) -> None:
    assert kinds(f"{BODY}\n{heading}\n\n{BODY}") == ["body", "heading", "body"]


def test_headings_that_are_bare_numbers_in_sequence() -> None:
    story = read_text(f"I\n\n{BODY}II\n\n{BODY}III\n\n{BODY}")
    assert [s.label for s in story.segments if s.kind == "heading"] == ["I", "II", "III"]
    assert kinds(f"1.\n\n{BODY}2.\n\n{BODY}") == ["heading", "body", "heading", "body"]


def test_heading_with_its_title_below() -> None:
    story = read_text(f"CHAPTER I\n\nThe Lamp on the Sill\n\n{BODY}CHAPTER II\n\nLOW WATER\n\n{BODY}")
    assert [s.label for s in story.segments if s.kind == "heading"] == [
        "CHAPTER I: The Lamp on the Sill", "CHAPTER II: LOW WATER",
    ]  # fmt: skip


def test_names_of_narrators_as_headings() -> None:
    first = "I had never seen so much rain in one night, and I told Odd as much when he came up.\n\n"
    second = (
        "Maren thinks that I did not hear her. I heard every word of it, and I went on mending the net.\n\n"
    )
    first, second = first * 3, second * 3
    story = read_text(f"Maren\n\n{first}Odd\n\n{second}Maren\n\n{first}")
    assert [(s.kind, s.label) for s in story.segments if s.kind == "heading"] == [
        ("heading", "Maren"), ("heading", "Odd"), ("heading", "Maren"),
    ]  # fmt: skip


@pytest.mark.parametrize("names", [("MAREN", "ODD"), ("-Maren-", "-Odd-"), ("Maren", "Odd")])
def test_names_of_narrators_under_title_and_byline(names: tuple[str, str]) -> None:
    told = "I had never seen so much rain, and Maren told Odd as much when he came up to the lamp.\n\n" * 6
    story = read_text(f"The Late Boat\nby saltpan\n\n{names[0]}\n\n{told}{names[1]}\n\n{told}")
    assert [s.label for s in story.segments if s.kind == "heading"] == [n.strip("-") for n in names]


@pytest.mark.parametrize(
    "ornament",
    [
        "***", "* * *", "*", "---", "-----", "~*~", "~~~", "oOo", "oOoOo", "-oOo-", "X", "x", "xXx", "###",
        "#", "<>", "<><><>",
        "_____", "=====", "+++", "- - -", "• • •", "⁂", "❦", "***\n***", "-x-x-x-", "[scene break]", "~ "
            "Scene Break ~", "-x-", "-0-", "<3 <3 <3", "・・・", "/ / /",
        "<hr>", "<center>* * *</center>", "OoO", ". . .", "—", "o0o", "MOMOMOMO", "/\\/\\/\\",
    ],
)  # fmt: skip
def test_scene_breaks(ornament: str) -> None:
    assert kinds(f"{BODY}{ornament}\n\n{BODY}") == ["body", "scene_break", "body"]


@pytest.mark.parametrize(
    "end",
    [
        "The End",
        "THE END.",
        "Fin",
        "~fin~",
        "FINIS",
        "TBC",
        "TBC...",
        "To be continued...",
        "*To Be Continued*",
        "End of Part One",
        "END",
        "The End?",
        "TBC?",
    ],
)
def test_ends(end: str) -> None:
    assert kinds(f"{BODY}{end}\n") == ["body", "end"]


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


def test_contents_are_no_headings() -> None:
    chapters = "\n".join(f"CHAPTER {n}. A title" for n in ("I", "II", "III", "IV", "V", "VI"))
    story = f"CHAPTER I. A title\n\n{BODY}CHAPTER II. A title\n\n{BODY}"
    assert kinds(f"THE LATE BOAT\n\nCONTENTS\n\n{chapters}\n\n\n{story}") == [
        "title", "boilerplate", "heading", "body", "heading", "body",
    ]  # fmt: skip


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


def test_play_script_names_are_no_headings() -> None:
    turn = "I will not go out in this, not for you and not for all the herring in the sea.\n\n"
    assert "heading" not in kinds("".join(f"{name}\n\n{turn}" for name in ("MAREN", "ODD") * 5))


def test_empty_and_blank_texts() -> None:
    assert read_text("").segments == ()
    assert read_text(" \n\n \t\n").segments == ()
