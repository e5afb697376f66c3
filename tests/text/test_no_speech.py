"""What stands between quote marks and is no speech, or is; all prose written for these tests."""

import pytest
from tests.support.quoting import said


@pytest.mark.parametrize(
    "text",
    [
        "They were reading “The Salt Road” that winter.",
        "She hummed “The Miller’s Daughter,” and swept the floor.",
        "He sailed on the ‘Northern Star’ as a boy.",
        "They called it “the house,” though it was a barn.",
        "It was known as “Old Peculiar.”",
        "The word 'mercy' was never heard there.",
        "The word “mercy” was never heard there.",
        "Her so-called “friend” had gone.",
        "He was a real “gentleman of leisure,” and ate like one.",
        "The “study,” the “library” and the “front hall” were one room.",
        "He lived, as the saying goes, “on air.”",
        "She spelled it with an ‘e’ and he with an ‘i’.",
        'The sign above the door read "Eggs".',
        "It was a question of “form.” He had none.",
        '""',
        '" "',
        "“”",
        "He paid 'em for the '45 vintage.",
    ],
)
@pytest.mark.parametrize("rest", ["", "\n\n“Come in,” said Olga.\n\n“Thank you,” said Per."])
def test_not_speech(text: str, rest: str) -> None:
    assert len(said(text + rest)) == (2 if rest else 0)


@pytest.mark.parametrize(
    "text",
    [
        "He turned. “No.”",
        "“No.” He turned.",
        "Olga whispered “run” and was gone.\n\n“Run!”",
        "Then the gate opened: “Hands up!”",
        "“Father Nils.”\n\n“Yes, Anna.”",
        "“why not,” he muttered.",
    ],
)
def test_short_speech_is_speech(text: str) -> None:
    assert said(text)


def test_epigraph_is_no_speech() -> None:
    verse = "     “The river keeps no record of the rain,\n      The heron keeps no record of the reed.”\n"
    assert said(f"{verse}\nThe house stood empty.\n\n“Come in,” said Olga.") == ["“Come in,”"]
