"""Small matters of wording for reports."""

from __future__ import annotations

from collections.abc import Sequence

_LANGUAGES = {
    "ar": "Arabic", "cs": "Czech", "da": "Danish", "de": "German", "el": "Greek", "es": "Spanish",
    "fi": "Finnish", "fr": "French", "he": "Hebrew", "hi": "Hindi", "hu": "Hungarian", "id": "Indonesian",
    "it": "Italian",
    "ja": "Japanese", "ko": "Korean", "la": "Latin", "nl": "Dutch", "no": "Norwegian", "pl": "Polish",
    "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sv": "Swedish", "th": "Thai", "tr": "Turkish",
    "uk": "Ukrainian", "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip


def counted(number: int, word: str) -> str:
    """ "1 scene", "1,712 words", "2 summaries"."""
    if number == 1:
        return f"{number:,} {word}"
    return f"{number:,} {word[:-1]}ies" if word[-2:] in ("ry", "ty") else f"{number:,} {word}s"


def listed(names: Sequence[str], most: int, unnamed: int = 0) -> str:
    """The first ``most`` names with commas, and how many more there are, with ``unnamed`` others."""
    more = max(len(names) - most, 0) + unnamed
    parts = [", ".join(names[:most]), f"{more:,} more" if more else ""]
    return " and ".join(filter(None, parts))


def chance(p: float) -> str:
    """A probability in [0, 1] as ".55"."""
    return "1.0" if p >= 0.995 else f".{max(round(100 * p), 0):02d}"


def language_name(code: str) -> str:
    """The English name of a language."""
    return _LANGUAGES.get(code.casefold().split("-")[0], f"the language {code!r}")
