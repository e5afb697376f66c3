"""Several programs on one story at once, and programs that die: no answer that was given is lost."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from fabula.corrections.log import Log
from tests.reader.conftest import Serve
from tests.reader.test_guard import ask, own
from tests.support.fake import ferry


def correct(address: str, number: int, who: int) -> int:
    body = {"action": "speaker", "id": number, "people": [who]}
    return ask(address + "do", own(address), body)[0]


def test_what_two_programs_answer_at_the_same_moment_is_all_kept(serve: Serve, tmp_path: Path) -> None:
    addresses = [serve(), serve()]
    lines = [q.id for q in ferry().quotes][:8]
    assert len(lines) == 8
    with ThreadPoolExecutor(4) as hands:
        done = [hands.submit(correct, addresses[k % 2], q, 1 + k % 2) for k, q in enumerate(lines)]
        assert [one.result() for one in done] == [200] * 8
    kept = Log(tmp_path / "ferry.fabula", ferry().story.id).in_force()
    assert len({e.correction.targets for e in kept}) == len(kept) == 8
    assert ask(addresses[0] + "undo", own(addresses[0]), {})[0] == 200
    seen = []
    for address in addresses:
        assert ask(address + "do", own(address), {"action": "rename", "people": [1], "name": "Hal"})[0] == 200
        seen.append(len(json.loads(ask(address + "corrections.json")[2])["corrections"]))
    assert seen == [8, 9], "each sees what the other has done and undone"


def test_the_same_line_answered_by_two_programs_holds_the_later_answer(serve: Serve) -> None:
    one, two = serve(), serve()
    assert (correct(one, 3, 1), correct(two, 3, 2)) == (200, 200)
    assert ask(one + "undo", own(one), {})[0] == 200  # the last step, whoever made it
    rows = json.loads(ask(one + "book.json")[2])["quotes"]
    assert next(row[6] for row in rows if row[0] == 3) == 1
