"""Word lists written as prose."""

from __future__ import annotations


def words(*lists: str) -> frozenset[str]:
    """The set of the words in strings of words set off by white space."""
    return frozenset(word for text in lists for word in text.split())
