"""Verse is told by how its lines are set."""

from __future__ import annotations

import pytest

from fabula.text.verse import find_verse, is_verse


@pytest.mark.parametrize(
    "block",
    [
        "  Over the hill and under the tree\n  There went my love.\n  What could I do?\n",
        "Over the hill and under the tree,\nOver the hill with a bell on her shoe\nThere went my love.",
        "*The snow came down*\n*And the wolf came in*\n*And I was alone*\n",
    ],
)
def test_verse(block: str) -> None:
    assert is_verse(block)


@pytest.mark.parametrize(
    "block",
    [
        "I woke.\nI ate.\nI slept.\n",
        "Over the hill and under the tree\nthere went my love and she never\nsaw me, said Wen.",
        "“Go.”\n“I will not.”\n“Then stay.”\n",
        "Over the hill,\nUnder the tree\n",
        "She went over the hill with a bell on her shoe and nobody ever saw her again,\n" * 3,
    ],
)
def test_prose(block: str) -> None:
    assert not is_verse(block)


def test_where_the_verse_stands() -> None:
    verse = "  A hill,\n  A tree,\n  A bell\n"
    text = f"Wen sang.\n\n{verse}\nHe went home.\n"
    assert [text[a:b] for a, b in find_verse(text, 0, len(text))] == [verse]


def test_lines_in_italics_are_a_song() -> None:
    sung = "*I left my coat on your chair,*\n*I left my name on the stair*\n"
    assert [
        text[a:b] for text in [f"He sang.\n\n{sung}\nShe did not."] for a, b in find_verse(text, 0, len(text))
    ] == [sung]


def test_so_are_lines_by_themselves_one_after_another() -> None:
    lines = ["*I left my coat on your chair*", "*I left my name on the stair*", "♪ And you never called ♪"]
    text = "He sang.\n\n" + "\n\n".join(lines) + "\n\nShe did not.\n\n*Why not*\n\nHe left."
    assert [text[a:b].strip() for a, b in find_verse(text, 0, len(text))] == lines


def test_a_verse_between_such_lines_takes_none_of_them() -> None:
    parts = [
        "*One line*",
        "*And one more*",
        "*Over the hill,*\n*Under the tree*",
        "*A third line*",
        "*And a last*",
    ]
    text = "\n\n".join(parts)
    assert [text[a:b].strip() for a, b in find_verse(text, 0, len(text))] == parts


def test_thoughts_are_no_song() -> None:
    text = "*I can not do this.*\n\n*I can not stay.*\n\n*Why not*\n\nHe left.\n\n*Why*"
    assert find_verse(text, 0, len(text)) == []
