"""Who may ask the reader: this machine's own page with the token, and nobody else."""

from __future__ import annotations

import json
import re
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from fabula.contract import validate
from fabula.reader.app import PAGE
from tests.reader.conftest import TOKEN, Serve
from tests.support.fake import ferry


def ask(
    address: str, headers: Mapping[str, str] = {}, body: Any = None, method: str | None = None
) -> tuple[int, Mapping[str, str], bytes]:
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(address, data, dict(headers), method=method)
    try:
        with urllib.request.urlopen(request, timeout=10) as found:
            return found.status, found.headers, found.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()


def own(address: str) -> dict[str, str]:
    origin = address.split(f"/{TOKEN}")[0]
    return {"Origin": origin, "Content-Type": "application/json", "Sec-Fetch-Site": "same-origin"}


def test_the_address_needs_its_token(serve: Serve) -> None:
    address = serve()
    assert ask(address)[0] == 200
    for wrong in ("", "x/", TOKEN[:-1] + "/", TOKEN + "x/"):
        assert ask(address.replace(f"{TOKEN}/", wrong) + "book.json")[0] == 404


def test_another_host_is_refused(serve: Serve) -> None:
    assert ask(serve(), {"Host": "fabula.example"})[0] == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://example.org"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_another_sites_page_may_neither_look_nor_correct(serve: Serve, headers: dict[str, str]) -> None:
    address = serve()
    assert ask(address + "book.json", headers)[0] == 403
    assert ask(address + "undo", {**own(address), **headers}, {})[0] == 403


def test_a_correction_needs_an_origin_and_json(serve: Serve) -> None:
    address = serve()
    body = {"action": "speaker", "id": 0, "people": []}
    without = {k: v for k, v in own(address).items() if k != "Origin"}
    assert ask(address + "do", without, body)[0] == 403
    assert ask(address + "do", {**own(address), "Content-Type": "text/plain"}, body)[0] == 415
    assert ask(address + "do", own(address), body)[0] == 200


def test_choosing_the_answer_that_stands_is_accepting_it(serve: Serve) -> None:
    address = serve()
    quote = json.loads(ask(address + "book.json")[2])["quotes"][0]
    number, who = quote[0], quote[6]
    for answer in (who, who, 1 + (who == 1)):
        body = {"action": "speaker", "id": number, "people": [answer]}
        assert ask(address + "do", own(address), body)[0] == 200
    found = json.loads(ask(address + "corrections.json")[2])["corrections"]
    assert [c["status"] for c in found] == ["accepted", "corrected", "corrected"]


@pytest.mark.parametrize(
    "body",
    [
        [],
        {},
        {"action": "delete"},
        {"action": "speaker", "id": 10**9, "people": []},
        {"action": "speaker", "id": 0, "people": [10**9]},
        {"action": "speaker", "id": 0, "people": [True]},
        {"action": "person", "id": 0, "people": [{"new": " "}]},
        {"action": "merge", "people": [1]},
        {"action": "merge", "people": [1, 1]},
        {"action": "rename", "people": [1]},
        {"action": "speaker", "id": "x", "people": []},
        {"action": "speaker", "scope": "range", "ids": None, "people": []},
    ],
)
def test_what_is_no_correction_is_refused_in_words(serve: Serve, body: Any) -> None:
    address = serve()
    status, _, content = ask(address + "do", own(address), body)
    assert status in (400, 409)
    assert status == 400 or json.loads(content)["error"]
    assert json.loads(ask(address + "corrections.json")[2])["corrections"] == []


def test_nothing_but_the_pages_own_files_is_served(serve: Serve) -> None:
    address = serve()
    for path in (
        "page/../app.py",
        "page/..%2Fapp.py",
        "page/%2e%2e%2fsession.py",
        "page/app.py",
        "page/",
        "export/../do",
    ):
        assert ask(address + path)[0] in (403, 404, 405) or b"<!doctype" in ask(address + path)[2]
    assert ask(address + "page/app.js")[0] == 200


def test_nothing_may_run_but_the_pages_own_scripts(serve: Serve) -> None:
    _, headers, content = ask(serve())
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "script-src 'self'" in policy and "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff" and headers["Referrer-Policy"] == "no-referrer"
    assert b"<script>" not in content and b" onclick" not in content and b"style=" not in content
    assert ferry().story.text[:20].encode() not in content


def test_every_view_has_a_json_address(serve: Serve) -> None:
    address = serve()
    views = "state book text text/40 cast cast/1 doubts doubts/speaker/3 doubts/person/2 doubts/addressees/3"
    for view in (*views.split(), "scenes", "network", "feelings", "bonds", "at", "at/40", "corrections"):
        status, _, content = ask(f"{address}{view}.json")
        assert status == 200, view
        assert isinstance(json.loads(content), dict)
    for view in ("nothing", "cast/999", "doubts/speaker/999", "doubts/x/1", "text/x", "bonds/1-2", "at/x"):
        assert ask(f"{address}{view}.json")[0] == 409


def test_the_export_follows_the_contract(serve: Serve) -> None:
    address = serve()
    ask(address + "do", own(address), {"action": "speaker", "id": 3, "people": [{"new": "Runa"}]})
    status, headers, content = ask(address + "export/json")
    assert status == 200 and "ferry.json" in headers["Content-Disposition"]
    assert validate(json.loads(content)) == []
    assert b"Runa" in content
    assert ask(address + "export/exe")[0] == 404


def test_the_page_is_made_of_its_own_files_alone() -> None:
    # Nothing of others is in it, so nothing has to be pinned, vendored or licensed; docs/reader.md says so.
    names = {path.name for path in PAGE.iterdir()}
    scripts = [path for path in PAGE.iterdir() if path.suffix == ".js"]
    assert len(scripts) > 10 and {Path(name).suffix for name in names} == {".js", ".css", ".html", ".svg"}
    for path in PAGE.iterdir():
        content = path.read_text(encoding="utf-8")
        taken = re.findall(r"""^import .*?["']([^"']+)["'];|\bimport\(["']([^"']+)""", content, re.MULTILINE)
        assert all((a or b).startswith("./") and (a or b)[2:] in names for a, b in taken), path.name
        assert not re.search(r"url\(|@import|https?:(?!//www\.w3\.org/2000/svg)", content), path.name
    assert all("import " in path.read_text(encoding="utf-8") for path in scripts if path.name == "app.js")
