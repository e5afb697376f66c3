"""What stands behind an article is nobody's name: it says where somebody is from, or it is a ship."""

from __future__ import annotations

import pytest

from fabula.encoder.session import model_folder
from fabula.heads.evidence import gather
from fabula.lexicon.demonyms import is_people
from fabula.pipeline import default_encoder
from fabula.text import read_text
from fabula.types import ENTITY_TYPES, MENTION_KINDS


def _people(text: str, kind: str) -> list[str]:
    """The people's mentions of a kind that are found in a text."""
    story = read_text(text)
    m = gather(story, default_encoder(), model_folder()).mentions
    people = (m.type == ENTITY_TYPES.index("PER")) & (m.kind == MENTION_KINDS.index(kind))
    spans = zip(m.token_start[people].tolist(), m.token_end[people].tolist(), strict=True)
    return [story.text[story.tokens.start[a] : story.tokens.end[b - 1]] for a, b in spans]


@pytest.mark.parametrize("who", ["the Norwegian", "the Texan", "the Finn", "the Irishman"])
def test_where_somebody_is_from_describes_them(who: str) -> None:
    text = f"Imre put down the lamp. “I never said so,” said {who}, and {who} laughed at him. Imre laughed."
    assert _people(text, "NOM").count(who) == 2
    assert not [name for name in _people(text, "PROP") if name in who]


def test_a_name_that_is_also_a_people_stays_a_name() -> None:
    text = "Finn put down the lamp. “I never said so,” said Finn, and looked at Imre. Imre laughed."
    assert _people(text, "PROP").count("Finn") == 2


def test_an_emphasised_name_with_an_article_is_no_person() -> None:
    text = "There were two captains on the *Patient Griselda*, and Imre was one. Imre looked at the sea."
    assert _people(text, "PROP") == ["Imre", "Imre"]


def test_a_style_is_no_name() -> None:
    text = "“He struck the cup away, Highness,” said Sabran. “Did he?” said Imre. “Yes, Highness.”"
    assert set(_people(text, "PROP")) == {"Sabran", "Imre"}


@pytest.mark.parametrize(
    ("word", "right"),
    [
        ("Welshman", True),
        ("Earthwoman", True),
        ("Roman", True),
        ("Hermit", False),
        ("Man", False),
        ("woman", False),
    ],
)
def test_words_for_where_somebody_is_from(word: str, right: bool) -> None:
    assert is_people(word) is right
