"""Scenes: cut where the text says so, with the people who have a part in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from tests.support.mentions import evidence_of

from fabula.resolve.coref import EntityBeliefs
from fabula.resolve.scenes import find_scenes
from fabula.types import ENTITY_TYPES, Span


def scenes_of(text: str, *names: str, places: tuple[str, ...] = ()) -> list[tuple[str, list[str]]]:
    """(words of the scene, who has a part in it); ``names`` are all the text's names, in its order."""
    story, evidence = evidence_of(text, [(n, "PROP") for n in names], lambda a, b: 0.0)
    types = [ENTITY_TYPES.index("LOC" if n in places else "PER") for n in names]
    evidence = replace(evidence, mentions=replace(evidence.mentions, type=np.asarray(types, dtype=np.int32)))
    people = list(dict.fromkeys(names))
    entity = np.asarray([people.index(n) for n in names], dtype=np.int32)
    certain = tuple(((int(e), 1.0),) for e in entity)
    beliefs = EntityBeliefs(entity, np.ones(len(names), np.float32), certain, len(people), len(people))
    found = find_scenes(story, evidence, beliefs)
    return [(" ".join(text[s.start : s.end].split()), [people[e] for e in who]) for s, who in found]


def test_a_break_ends_a_scene() -> None:
    text = "Anna waited. Anna slept.\n\n* * *\n\nBoris came. Boris sat.\n"
    assert scenes_of(text, "Anna", "Anna", "Boris", "Boris") == [
        ("Anna waited. Anna slept.", ["Anna"]),
        ("Boris came. Boris sat.", ["Boris"]),
    ]


def test_a_chapter_heading_ends_a_scene_and_belongs_to_none() -> None:
    text = "Chapter 1\n\nAnna waited. Anna slept.\n\nChapter 2\n\nBoris came. Boris sat.\n"
    assert scenes_of(text, "Anna", "Anna", "Boris", "Boris") == [
        ("Anna waited. Anna slept.", ["Anna"]),
        ("Boris came. Boris sat.", ["Boris"]),
    ]


def test_a_heading_after_a_break_makes_no_empty_scene() -> None:
    text = "Anna waited.\n\n* * *\n\nChapter 2\n\nBoris came.\n"
    assert [words for words, _ in scenes_of(text)] == ["Anna waited.", "Boris came."]


def test_a_story_without_breaks_is_one_scene_of_all_its_paragraphs() -> None:
    text = "Anna waited.\n\nBoris came.\n\nIt rained.\n"
    assert [words for words, _ in scenes_of(text)] == ["Anna waited. Boris came. It rained."]


def test_an_authors_note_between_paragraphs_is_no_break() -> None:
    text = "Anna waited.\n\n(A/N: Sorry for the delay!)\n\nAnna slept.\n"
    [(words, who)] = scenes_of(text, "Anna", "Anna")
    assert words.startswith("Anna waited.")
    assert words.endswith("Anna slept.")
    assert who == ["Anna"]


def test_who_is_mentioned_once_is_spoken_of_rather_than_present() -> None:
    text = "Anna missed Tomas. Anna slept.\n\n***\n\nTomas sang. Tomas ate.\n"
    first, second = scenes_of(text, "Anna", "Tomas", "Anna", "Tomas", "Tomas")
    assert first[1] == ["Anna"]
    assert second[1] == ["Tomas"]


def test_the_most_mentioned_comes_first() -> None:
    text = "Anna met Boris. Boris sat. Anna left Boris.\n"
    [(_, who)] = scenes_of(text, "Anna", "Boris", "Boris", "Anna", "Boris")
    assert who == ["Boris", "Anna"]


def test_a_place_has_no_part_in_a_scene() -> None:
    text = "Anna saw Vardo. Anna left Vardo.\n"
    [(_, who)] = scenes_of(text, "Anna", "Vardo", "Anna", "Vardo", places=("Vardo",))
    assert who == ["Anna"]


def test_nothing_told_has_no_scenes() -> None:
    assert scenes_of("") == []


def test_many_scene_breaks_are_counted_once_each() -> None:
    """Work, not time: every paragraph is looked at a few times, however many scenes there are."""

    class Counted(tuple[Span, ...]):
        looked = 0

        def __iter__(self) -> Iterator[Span]:
            for span in super().__iter__():
                Counted.looked += 1
                yield span

    def work(n: int) -> int:
        Counted.looked = 0
        story, evidence = evidence_of("Anna sat.\n\n* * *\n\n" * n, [], lambda a, b: 0.0)
        none = EntityBeliefs(np.zeros(0, np.int32), np.zeros(0, np.float32), (), 0, 0)
        assert len(find_scenes(replace(story, paragraphs=Counted(story.paragraphs)), evidence, none)) == n
        return Counted.looked

    assert work(200) <= 5 * work(50)
