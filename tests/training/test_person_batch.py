"""Windows in one padded batch are answered as each is by itself."""

from __future__ import annotations

from pathlib import Path

import pytest

torch = pytest.importorskip("torch", reason="torch is needed for training alone and is not installed")


def test_padding_changes_no_answer() -> None:
    from training.person_batch import collate
    from training.person_data import from_marks
    from training.person_model import Persons
    from training.person_windows import sample

    from fabula.encoder.pieces import PieceEncoder
    from fabula.encoder.session import model_folder

    pieces = PieceEncoder.from_file(model_folder() / "tokenizer.json")
    stories = [from_marks(p) for p in sorted(Path("training/stories").rglob("*.mark"))[:2]]
    drawn = [sample(d, at, pieces, None) for d, at in zip(stories, (0, 600), strict=True)]
    windows, questions = [w for w, *_ in drawn], [q for _, q, *_ in drawn]
    assert len(windows[0].ids) != len(windows[1].ids)
    torch.manual_seed(0)
    model = Persons().eval()
    device = torch.device("cpu")
    with torch.no_grad():
        both = model.scores(collate(windows, questions).to(device))
        for k, (w, q) in enumerate(zip(windows, questions, strict=True)):
            alone = model.scores(collate([w], [q]).to(device))[0]
            n, e = alone.shape
            assert n == len(q.kind)
            together = both[k, :n, :e].softmax(1)
            assert torch.allclose(alone.softmax(1), together, atol=0.02)  # bfloat16


def test_bfloat16_changes_no_answer_by_much() -> None:
    from training.person_batch import collate
    from training.person_data import from_marks
    from training.person_model import Persons
    from training.person_windows import sample

    from fabula.encoder.pieces import PieceEncoder
    from fabula.encoder.session import model_folder

    pieces = PieceEncoder.from_file(model_folder() / "tokenizer.json")
    story = from_marks(min(Path("training/stories").rglob("*.mark")))
    window, questions, *_ = sample(story, 0, pieces, None)
    batch = collate([window], [questions]).to(torch.device("cpu"))
    torch.manual_seed(0)
    model = Persons().eval()
    with torch.no_grad():
        wide = model.scores(batch).softmax(2)
        model.narrow = True
        narrow = model.scores(batch).softmax(2)
    assert not torch.equal(wide, narrow), "it is computed otherwise"
    assert torch.allclose(wide, narrow, atol=0.03)
