"""Which texts the models over the readings learn from."""

from __future__ import annotations

import json
from pathlib import Path

from training.held import is_held
from training.labelled_texts import sampled_texts


def test_fresh_stories_are_all_learnt_from_and_of_the_others_every_other(tmp_path: Path) -> None:
    for folder, n in (("a", 12), ("y", 6)):
        (tmp_path / "stories" / folder).mkdir(parents=True)
        for k in range(n):
            (tmp_path / "stories" / folder / f"{k:02}_tale.mark").write_text("x", encoding="utf-8")
    (tmp_path / "novels").mkdir()
    for k in range(8):
        path = tmp_path / "novels" / f"{k}_0.json"
        path.write_text(json.dumps({"book": str(k)}), encoding="utf-8")
    (tmp_path / "data" / "litbank_natural" / "train").mkdir(parents=True)
    found = sampled_texts(tmp_path / "data", tmp_path / "stories", tmp_path / "novels", "y", 2)
    assert all(held == is_held(p.stem if source == "story" else p.stem[:-2]) for source, p, held in found)

    def learnt(source: str, folder: str) -> int:
        return sum(s == source and p.parent.name == folder and not held for s, p, held in found)

    mine = [f"{k:02}_tale" for k in range(12)]
    kept = [s for s in mine if not is_held(s)]
    assert learnt("story", "a") == (len(kept) + 1) // 2
    assert learnt("story", "y") == len([s for s in mine[:6] if not is_held(s)])
    held = {p.stem for source, p, held in found if held and source == "story" and p.parent.name == "a"}
    assert held == {s for s in mine if is_held(s)}
