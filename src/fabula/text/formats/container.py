"""Zip archives, read in memory: nothing is written to disk, no path leads out, every read is bounded."""

from __future__ import annotations

import io
import lzma
import posixpath
import struct
import zipfile
import zlib

from fabula.text.formats import limits
from fabula.text.formats.document import UnreadableError

_FAULTS: tuple[type[Exception], ...] = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error)
_FAULTS += (NotImplementedError, OverflowError, EOFError, OSError, ValueError, KeyError, IndexError)
_BLOCK = 1 << 16


def _damaged() -> UnreadableError:
    return UnreadableError("the zip archive is cut short or damaged", "Download or copy the file again")


class Archive:
    """A zip archive. Raises UnreadableError where it is damaged, encrypted or larger than a book can be."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            infos = self._zip.infolist()
        except _FAULTS:
            raise _damaged() from None
        if len(infos) > limits.ENTRIES:
            raise UnreadableError(f"the archive has {len(infos):,} entries, more than any book", "Unpack it")
        # An entry without a name (is_dir would fail on it) is no file of a book.
        files = [info for info in infos if info.filename and not info.is_dir()]
        self._infos = {info.filename.replace("\\", "/"): info for info in files}
        self._budget = limits.BOOK_BYTES

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the files in it, in its own order."""
        return tuple(self._infos)

    def __contains__(self, name: str) -> bool:
        return name in self._infos

    def size(self, name: str) -> int:
        """How large the entry says it is when unpacked, in bytes."""
        return self._infos[name].file_size

    def read(self, name: str, limit: int = limits.MARKUP_BYTES) -> bytes:
        """The content of an entry. Raises UnreadableError."""
        info = self._infos[name]
        if info.flag_bits & 0x1:
            raise UnreadableError("it is encrypted with a password", "Save it without one")
        if self._budget <= 0:
            raise limits.too_large("what the archive holds", limits.BOOK_BYTES)
        own, limit = limit, min(limit, self._budget)
        parts: list[bytes] = []
        size = 0
        try:
            with self._zip.open(info) as stream:
                while block := stream.read(_BLOCK):
                    parts.append(block)
                    size += len(block)
                    if size > limits.RATIO_FROM and size > limits.RATIO * max(info.compress_size, 1):
                        raise UnreadableError(
                            "it unpacks to far more than a story holds", "Check where it comes from"
                        )
                    if size > limit:
                        if limit < own:
                            raise limits.too_large("what the archive holds", limits.BOOK_BYTES)
                        raise limits.too_large(f"its part {name[-60:]}", limit)
        except NotImplementedError:
            raise UnreadableError(
                "it is packed in a way that is not known", "Pack it as an ordinary zip"
            ) from None
        except RuntimeError:
            raise UnreadableError("it is encrypted with a password", "Save it without one") from None
        except _FAULTS:
            raise _damaged() from None
        finally:
            self._budget -= size
        return b"".join(parts)


def resolve(base: str, reference: str) -> str | None:
    """The entry that ``reference``, found in the entry ``base``, means; None where it leads out."""
    from urllib.parse import unquote

    path = unquote(reference.split("#", 1)[0].split("?", 1)[0])
    if not path or ":" in path.split("/", 1)[0] or path.startswith(("/", "\\")):
        return None
    joined = posixpath.normpath(posixpath.join(posixpath.dirname(base), path))
    return None if joined.startswith("..") else joined
