"""``fabula open`` as a process: its first line, a story that cannot be opened, an end by Ctrl-C."""

from __future__ import annotations

import contextlib
import json
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from http.client import HTTPException
from pathlib import Path
from threading import Thread

import pytest

from fabula.cli import main

EXAMPLES = Path(__file__).parents[2] / "examples"
Start = Callable[..., tuple["subprocess.Popen[str]", str]]


@pytest.fixture
def start() -> Iterator[Start]:
    running: list[subprocess.Popen[str]] = []

    def begin(*arguments: str) -> tuple[subprocess.Popen[str], str]:
        command = [sys.executable, "-m", "fabula", "open", *arguments, "--no-browser"]
        running.append(subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True))
        assert running[-1].stdout is not None
        return running[-1], running[-1].stdout.readline().strip()

    yield begin
    for process in running:
        process.kill()
        process.communicate()


def ask(address: str, body: object = None) -> dict[str, object]:
    headers = {"Content-Type": "application/json", "Origin": "/".join(address.split("/")[:3])}
    data = None if body is None else json.dumps(body).encode()
    with urllib.request.urlopen(urllib.request.Request(address, data, headers), timeout=60) as found:
        return dict(json.load(found))


def ask_in_vain(address: str, body: object) -> None:
    with contextlib.suppress(OSError, HTTPException, ValueError):
        ask(address + "do", body)


def ready(address: str) -> dict[str, object]:
    until = time.monotonic() + 120
    while not (state := ask(address + "state.json"))["ready"]:
        assert time.monotonic() < until and not state["error"]
        time.sleep(0.05)
    return state


def test_a_story_is_read_corrected_killed_and_there_again(start: Start, tmp_path: Path) -> None:
    story = tmp_path / "ferry.txt"
    shutil.copy(EXAMPLES / "ferry_house.txt", story)
    process, address = start(str(story))
    assert address.startswith("http://127.0.0.1:") and address.endswith("/")
    ready(address)
    assert not story.with_suffix(".fabula").exists(), "opening leaves nothing behind"
    kind, number, _ = ask(address + "doubts.json")["queue"][0]  # type: ignore[index]
    wanted = {"action": kind, "id": number, "people": [{"new": "Runa"}]}
    change = ask(address + "do", wanted)
    assert "Runa" in str(change["what"])
    # The next answer is on its way when the process dies: it is kept whole or not at all.
    kind, number, _ = change["doubts"]["queue"][0]  # type: ignore[index]
    on_its_way = Thread(target=ask_in_vain, args=(address, {**wanted, "action": kind, "id": number}))
    on_its_way.start()
    time.sleep(0.1)
    process.kill()
    process.wait()
    on_its_way.join()
    process, address = start(str(story))
    ready(address)
    kept = ask(address + "corrections.json")["corrections"]
    assert isinstance(kept, list) and len(kept) in (1, 2)
    assert kept[0]["what"] == change["what"]
    kind, number, _ = ask(address + "doubts.json")["queue"][0]  # type: ignore[index]
    ask(address + "do", {**wanted, "action": kind, "id": number})
    assert len(ask(address + "corrections.json")["corrections"]) == len(kept) + 1  # type: ignore[arg-type]
    process.send_signal(signal.SIGINT)
    assert process.wait(20) == 0
    out, err = process.communicate()
    assert (out, err) == ("", "")


@pytest.mark.parametrize(("content", "code"), [(None, 3), (b"\0\1\2" * 99, 3), (b'{"schema":"fabula/1"}', 5)])
def test_a_story_that_cannot_be_opened_is_told_at_once(
    tmp_path: Path, content: bytes | None, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "story.txt"
    if content is not None:
        path.write_bytes(content)
    assert main(["open", str(path), "--no-browser"]) == code
    out, err = capsys.readouterr()
    assert out == "" and err.count("\n") == 1


def test_a_port_that_is_taken_and_standard_input_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import socket

    (tmp_path / "story.txt").write_text("It rained.\n")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        assert main(["open", str(tmp_path / "story.txt"), "--no-browser", "--port", port]) == 4
    assert main(["open", "-"]) == 2
    assert "port" in capsys.readouterr().err


def test_another_texts_corrections_stop_the_reader_and_are_left_alone(start: Start, tmp_path: Path) -> None:
    from fabula.corrections.log import Log
    from fabula.corrections.values import Anchor, Correction, Effects

    log = Log(tmp_path / "story.fabula", "f" * 64)
    with log.writing() as pen:
        pen.do(Correction("person", (Anchor(0, 1, "x"),)), "reading", Effects())
    (tmp_path / "story.txt").write_text("It rained.\n")
    process, _ = start(str(tmp_path / "story.txt"))
    _, err = process.communicate(timeout=60)
    assert process.returncode == 8 and "another text" in err
    assert len(log.in_force()) == 1
