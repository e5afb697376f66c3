"""Importers: each makes a Document, blocks with roles, of one kind of file. A file for each format.

``opening.open_document`` tells kinds apart by content; ``canonical`` turns every Document into text.
"""

from __future__ import annotations
