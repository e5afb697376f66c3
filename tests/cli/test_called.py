"""What the report says somebody is called is true, or it is not said."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from fabula.cli.report import _called
from fabula.types import Alias
from fabula.views import Character


def _somebody(**sure: float) -> Character:
    """Imre Sandor, by his names and by descriptions ("_" for a space) that mean him with this confidence."""
    forms = {"Imre": ("PROP", 0.5), **{f.replace("_", " "): ("NOM", p) for f, p in sure.items()}}
    found: Any = SimpleNamespace(
        name="Imre Sandor",
        aliases=[Alias(form, 2) for form in ("Imre Sandor", *forms)],
        mentions=[SimpleNamespace(text=f, kind=kind, confidence=p) for f, (kind, p) in forms.items()],
    )
    return cast("Character", found)


@pytest.mark.parametrize(
    ("sure", "said"),
    [
        ({"the_taller_man": 0.66}, "Imre"),
        ({"the_taller_man": 0.9}, "Imre, the taller man"),
        ({"a_coward": 0.99}, "Imre"),
    ],
)
def test_a_description_is_told_where_it_is_surely_theirs(sure: dict[str, float], said: str) -> None:
    assert _called(_somebody(**sure)) == said


def test_the_surest_use_counts() -> None:
    one = _somebody(the_guest=0.3)
    sure: Any = SimpleNamespace(text="The guest", kind="NOM", confidence=0.95)
    assert _called(
        cast("Character", SimpleNamespace(**{**vars(one), "mentions": [*one.mentions, sure]}))
    ) == ("Imre, the guest")
