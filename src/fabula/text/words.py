"""Word lists written as prose, as sets and as patterns."""

from __future__ import annotations


def words(*lists: str) -> frozenset[str]:
    """The set of the words in strings of words set off by white space."""
    return frozenset(word for text in lists for word in text.split())


def either(*lists: str) -> str:
    """A pattern, in a group of its own, that matches any of the words; ``+`` in a word is white space."""
    return "(?:" + "|".join(word.replace("+", r"\s+") for text in lists for word in text.split()) + ")"
