"""Languages by their commonest words and their scripts."""

from __future__ import annotations

import pytest

from fabula.text import read_text
from fabula.text.language import detect_language, language_code

SAMPLES = {
    "en": "He had not slept, and when the boat came in she was the first who saw that it was empty.",
    "de": "Er hatte nicht geschlafen, und als das Boot kam, war sie die erste, die sah, dass es leer war.",
    "fr": "Il n'avait pas dormi, et quand le bateau est rentré, elle vit la première que la barque était "
          "vide.",
    "es": "No había dormido, y cuando llegó la barca ella fue la primera que vio que no había nadie en ella.",
    "it": "Non aveva dormito, e quando la barca arrivò lei fu la prima che vide che non c'era nessuno.",
    "pt": "Ele não tinha dormido, e quando o barco chegou ela foi a primeira que viu que não estava ninguém.",
    "nl": "Hij had niet geslapen, en toen de boot kwam zag zij het eerst dat er niemand in was.",
    "sv": "Han hade inte sovit, och när båten kom var hon den första som såg att det inte var någon i den.",
    "fi": "Hän ei ollut nukkunut, ja kun vene tuli, hän näki ensin, että se oli tyhjä.",
    "pl": "Nie spał, a kiedy łódź przypłynęła, ona pierwsza zobaczyła, że nie ma w niej nikogo.",
    "ru": "Он не спал, и когда лодка пришла, она первая увидела, что в ней никого нет.",
    "el": "Δεν είχε κοιμηθεί, και όταν ήρθε η βάρκα, εκείνη είδε πρώτη πως ήταν άδεια.",
    "ja": "彼は眠らなかった。舟が来たとき、それが空だと最初に見たのは彼女だった。",
    "zh": "他没有睡觉。船来的时候，是她第一个看见船是空的，可是她什么也没有说。",
    "ko": "그는 자지 못했고, 배가 왔을 때 비어 있는 것을 처음 본 것은 그녀였다.",
}  # fmt: skip


@pytest.mark.parametrize("code", SAMPLES)
def test_detected(code: str) -> None:
    assert detect_language(SAMPLES[code] * 3) == code


@pytest.mark.parametrize("text", ["", "Ha!", "12 34", "*** !!!", "Xq zzt brr wbl " * 20])
def test_too_little_to_tell(text: str) -> None:
    assert detect_language(text) is None


def test_paratext_does_not_decide() -> None:
    header = (
        "Author's Note: this is the first of the stories that I have written, and I hope you like it.\n\n"
    )
    assert read_text("Titel\n\n" + header + (SAMPLES["de"] + "\n\n") * 3).language == "de"


@pytest.mark.parametrize(
    ("declared", "code"),
    [
        ("English", "en"),
        ("en", "en"),
        ("en-GB", "en"),
        ("Deutsch", "de"),
        ("French, English", "fr"),
        ("Klingon", "Klingon"),
    ],
)
def test_declared(declared: str, code: str) -> None:
    assert language_code(declared) == code
    assert (
        read_text(f"Title: A\nRating: G\nLanguage: {declared}\n\nHe went away.\n").declared_language == code
    )
