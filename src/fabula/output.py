"""Writing a file whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from fabula.errors import ContractError, OutputError

_REMEDIES = {
    errno.ENOSPC: "Make room on the disk or write elsewhere",
    errno.EDQUOT: "Make room in your quota or write elsewhere",
    errno.EFBIG: "Raise the limit on the size of files or write elsewhere",
    errno.EACCES: "Write to a folder of your own",
    errno.EPERM: "Write to a folder of your own",
    errno.EROFS: "Write to a disk that is not read-only",
    errno.ENOENT: "Make the folder first",
    errno.ENOTDIR: "Name a file in a folder",
    errno.EISDIR: "Name a file, not a folder",
    errno.ENAMETOOLONG: "Choose a shorter name",
}


def output_error(path: str | os.PathLike[str], error: OSError) -> OutputError:
    """The OutputError that says why ``path`` could not be written and what to do."""
    reason = error.strerror or str(error) or type(error).__name__
    remedy = _REMEDIES.get(error.errno or 0, "Write elsewhere")
    return OutputError(os.fspath(path), f"cannot be written ({reason})", remedy)


def write_atomic(path: str | os.PathLike[str], pieces: Iterable[str | bytes]) -> None:
    """Write ``pieces`` (text as UTF-8) to ``path`` so that it holds all of them or what it held before.

    They go to a new file in the same folder, to the disk, and then take the name ``path``; a link is
    followed. What is not a regular file (a pipe, ``/dev/stdout``) is written straight. Raises OutputError,
    with nothing left behind, and ContractError for text that UTF-8 cannot hold.
    """
    target = _target(path)
    try:
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        if target.exists() and not target.is_file():
            with target.open("wb") as stream:
                stream.writelines(map(_encoded, pieces))
        else:
            _replace(target, pieces)
    except UnicodeEncodeError:
        problem = "holds half of a surrogate pair, which is no character"
        raise ContractError(os.fspath(path), problem, "Read the story again from its file") from None
    except OSError as error:
        raise output_error(path, error) from None


def _encoded(piece: str | bytes) -> bytes:
    return piece.encode("utf-8") if isinstance(piece, str) else piece


def _target(path: str | os.PathLike[str]) -> Path:
    try:
        return Path(os.path.realpath(path))
    except (OSError, ValueError) as error:
        raise OutputError(os.fspath(path), f"is no file name ({error})", "Choose another name") from None


def _replace(target: Path, pieces: Iterable[str | bytes]) -> None:
    handle, name = tempfile.mkstemp(prefix=f".{target.name[:60]}.", suffix=".part", dir=target.parent)
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.writelines(map(_encoded, pieces))
            stream.flush()
            os.fsync(stream.fileno())
        part.chmod(_mode(target))
        part.replace(target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    # The new name itself may still be in memory only; some file systems cannot sync a folder.
    with contextlib.suppress(OSError):
        folder = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _mode(target: Path) -> int:
    """The permissions of the file that is replaced, or those a new file would get."""
    try:
        return target.stat().st_mode & 0o777
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask


def check_writable(path: str | os.PathLike[str]) -> None:
    """Say at once what would otherwise be found out after a long reading.

    Raises OutputError if ``path`` is a folder, or its folder is missing or not writable.
    """
    target = _target(path)
    try:
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        if not target.parent.is_dir():
            raise FileNotFoundError(errno.ENOENT, "there is no folder " + str(target.parent))
        if not os.access(target.parent, os.W_OK) and not (target.exists() and not target.is_file()):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    except OSError as error:
        raise output_error(path, error) from None
