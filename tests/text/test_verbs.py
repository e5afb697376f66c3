import pytest

from fabula.text.verbs import VERB_FORMS, speech_verb


@pytest.mark.parametrize(
    ("form", "kind"),
    [
        ("said", "say"),
        ("says", "say"),
        ("saying", "say"),
        ("Asked", "say"),
        ("REPLIED", "say"),
        ("whispered", "say"),
        ("gasped", "say"),
        ("cried", "say"),
        ("began", "say"),
        ("swore", "say"),
        ("told", "say"),
        ("admitted", "say"),
        ("quipped", "say"),
        ("agreeing", "say"),
        ("echoes", "say"),
        ("lied", "say"),
        ("grinned", "manner"),
        ("sighed", "manner"),
        ("shrugging", "manner"),
        ("wept", "manner"),
        ("nodded", "manner"),
        ("thought", "think"),
        ("wondered", "think"),
        ("realised", "think"),
        ("wrote", "write"),
        ("scribbled", "write"),
        ("penned", "write"),
        ("walked", None),
        ("lie", None),
        ("agreing", None),
        ("shruged", None),
        ("", None),
        ("said.", None),
    ],
)
def test_kind_of_a_form(form: str, kind: str | None) -> None:
    assert speech_verb(form) == kind


def test_every_form_is_one_lower_case_word() -> None:
    assert len(VERB_FORMS) > 1000
    assert all(form.isalpha() and form == form.lower() for form in VERB_FORMS)
