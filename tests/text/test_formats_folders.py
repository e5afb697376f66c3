"""Folders and zip archives of chapters."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.support import archive_files as archives
from tests.support import story_files as files
from tests.support.kinds import story
from tests.support.story_files import TITLE

from fabula.errors import InputError
from fabula.text import read_bytes, read_file


def test_a_folder_is_read_in_natural_order(tmp_path: Path) -> None:
    for name, content in files.chapter_files().items():
        (tmp_path / name).write_bytes(content)
    s = read_file(tmp_path)
    assert s.format == "folder"
    assert s.text == story("zip of chapters").text
    assert s.metadata["Left out"] == ("cover.jpg",)


def test_a_zip_with_one_story_in_it_is_that_story() -> None:
    s = read_bytes(files.zipped({"Low Water/story.epub": archives.ao3_epub(), "cover.png": b"x"}), "x.zip")
    assert (s.format, s.archive, s.title) == ("epub", "ao3", TITLE)
    assert s.metadata["Left out"] == ("cover.png",)


def test_a_folder_does_not_follow_links_out_of_it(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("Torbjorn was here, and he was alone.", encoding="utf-8")
    folder = tmp_path / "story"
    folder.mkdir()
    (folder / "1.txt").write_text("Odd waited on the quay.", encoding="utf-8")
    (folder / "2.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "loop").symlink_to(folder)
    s = read_file(folder)
    assert "Torbjorn" not in s.text
    assert s.metadata["Left out"] == ("2.txt (no file of this folder)",)


def test_an_empty_folder_says_what_it_needs(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no chapter in it.*Give a folder or zip of text"):
        read_file(tmp_path)
