"""Narrators whom headings name, though no sentence does."""

from __future__ import annotations

import pytest
from tests.resolve.named import Named

from fabula.resolve.name_book import FormUse
from fabula.resolve.name_headings import headed_narrators
from fabula.resolve.names import resolve_names
from fabula.text import read_text

TOLD = (
    "I went down to the quay, and I sat there until the lamps were lit. I thought of nothing much.\n\n"
    "Nobody came. I was glad that nobody came, and I said so to the gulls, who did not mind.\n\n"
    "The ferry was late, as it was every day of the week, and the rope lay on the stones like a sleeper. "
    "A woman was selling eels out of a pail, and a boy was trying to look as if he wanted none of them.\n\n"
)


def _headed(text: str) -> list[str]:
    uses: list[FormUse] = []
    found = headed_narrators(read_text(text), uses, {})
    assert sorted(set(found.values())) == list(range(len(uses)))
    return sorted(found)


@pytest.mark.parametrize("form", ["{}", "::: {}", "**{}**", "~ {} ~", "✦ {} ✦", "[{}]", "+ {} +"])
def test_names_alone_on_a_line_are_those_of_narrators(form: str) -> None:
    parts = "".join(f"{form.format(name)}\n\n{TOLD}" for name in ("Kezia", "Ambrus") * 2)
    assert _headed(parts) == ["Ambrus", "Kezia"]


def test_points_of_view_are_names_too() -> None:
    parts = "".join(f"{name}'s POV\n\n{TOLD}" for name in ("Kezia", "Ambrus", "Kezia"))
    assert "Kezia's POV" in _headed(parts)


def test_titles_of_chapters_are_nobody() -> None:
    assert _headed("".join(f"Chapter {n}: {t}\n\n{TOLD}" for n, t in ((1, "Lanterns"), (2, "Weather")))) == []


def test_where_nobody_says_i_a_heading_names_no_narrator() -> None:
    told = TOLD.replace("I ", "Ilka ")
    assert _headed("".join(f"**{name}**\n\n{told}" for name in ("Kezia", "Ambrus") * 2)) == []


def test_a_name_in_headings_only_is_in_the_roster_and_joins_its_short_form() -> None:
    text = "".join(
        f"**{name}**\n\n{TOLD}{told}\n\n"
        for name, told in (
            ("Kezia", ""),
            ("Ambrus", "There was [Kez], asleep."),
            ("Kezia", ""),
            ("Ambrus", ""),
        )
    )
    n = Named(text)
    headed = n.beliefs.headed
    assert set(headed) == {"Kezia", "Ambrus"}
    assert headed["Kezia"] == n.number("Kez")
    ambrus = n.beliefs.roster[headed["Ambrus"]]
    assert (ambrus.name, ambrus.aliases, ambrus.sworn) == ("Ambrus", (), False)
    assert not resolve_names(read_text("Nobody came.\n"), Named("Nobody came.\n").mentions).headed
