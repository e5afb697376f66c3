"""From a file to a Story: decoding, paratext, paragraphs, sentences, tokens, quotes."""

from __future__ import annotations

from fabula.text.read import read_bytes, read_file, read_text

__all__ = ["read_bytes", "read_file", "read_text"]
