"""From bytes to text: encodings, and files that hold no text."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from fabula.errors import InputError
from fabula.text import read_bytes, read_file, read_text
from fabula.text.decode import decode

TEXT = "“Où es-tu, Zoë?” she said — quietly.\nNo answer came…\n"
RUSSIAN = "Он вошёл в дом и сел у окна. Никто не сказал ни слова, и он тоже молчал весь вечер.\n" * 6


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        b"\xfe\xff" + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-16-le") * 1,
        TEXT.encode("utf-32"),
        TEXT.encode("cp1252"),
        TEXT.replace("\n", "\r\n").encode(),
        TEXT.replace("\n", "\r").encode(),
    ],
    ids=["utf-8", "bom", "utf-16", "utf-16-be", "utf-16 without mark", "utf-32", "cp1252", "crlf", "cr"],
)
def test_encodings(data: bytes) -> None:
    assert decode(data, "story.txt") == TEXT


def test_utf8_with_a_stray_byte_stays_utf8() -> None:
    assert decode(TEXT.encode() + b"caf\xe9\n", "story.txt") == TEXT + "café\n"


def test_surrogates_written_as_characters() -> None:
    data = b"He said \xed\xa0\x80 no. \xed\xa0\xbd\xed\xb8\x80 She \xc3\xa9."
    assert decode(data, "story.txt") == "He said \ufffd no. \U0001f600 She é."


def test_other_encodings_are_guessed() -> None:
    assert decode(RUSSIAN.encode("cp1251"), "story.txt") == RUSSIAN


def test_form_feeds_tabs_and_some_nuls_are_kept() -> None:
    text = "Chapter 1\f\tHe went on and on until he came to the end of the road.\x00\n" * 3
    story = read_bytes(text.encode(), "story.txt")
    assert story.text == text


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "empty"),
        (bytes(range(256)) * 20, "binary"),
        (b"\0" * 1000 + b"abc", "binary"),
        (b"%PDF-1.4 abc", "PDF"),
        (b"PK\x03\x04abc", "zip"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b" \n\t\n", "no letters"),
        (b"1234 5678\n*** !!! ???\n", "no letters"),
        (b"\xef\xbb\xbf", "no letters"),
        (b"\xff\xfe", "no letters"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, problem: str) -> None:
    with pytest.raises(InputError, match=problem) as caught:
        read_bytes(data, "story.bin")
    assert str(caught.value).startswith("story.bin: ")
    assert caught.value.remedy


def test_files(tmp_path: Path) -> None:
    path = tmp_path / "story.txt"
    path.write_bytes(TEXT.encode("cp1252"))
    story = read_file(path)
    assert story.text == TEXT
    assert story.id == read_file(str(path)).id


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        read_file(tmp_path / "missing.txt")
    with pytest.raises(InputError, match="no chapter in it"):
        read_file(tmp_path)
    with pytest.raises(InputError, match="cannot be read"):
        read_file(tmp_path / ("a" * 5000))
    with pytest.raises(InputError, match="cannot be read"):
        read_file("a\0b")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes on this system")
def test_a_pipe_does_not_hang(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(InputError, match="no regular file"):
        read_file(pipe)


def test_no_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "secret.txt"
    path.write_text("He said nothing.")

    def refuse(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    path.chmod(0)
    if os.access(path, os.R_OK):
        monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(InputError, match="no permission"):
        read_file(path)
    path.chmod(stat.S_IRUSR | stat.S_IWUSR)


def test_lone_surrogates_are_replaced_one_for_one() -> None:
    story = read_text("He \ud800said\udfff nothing.")
    assert story.text == "He \ufffdsaid\ufffd nothing."
    story.text.encode()


def test_id_is_the_hash_of_the_text() -> None:
    assert read_text("a").id == "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"
