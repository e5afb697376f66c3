"""What the report says somebody is called is what they are called."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

from fabula.cli.report import _called
from fabula.types import Alias
from fabula.views import Character


def test_what_somebody_is_said_to_be_is_not_what_they_are_called() -> None:
    forms = ("Imre Sandor", "Imre", "a coward", "the taller man")
    found: Any = SimpleNamespace(name="Imre Sandor", aliases=[Alias(form, 2) for form in forms])
    assert _called(cast("Character", found)) == "Imre, the taller man"
