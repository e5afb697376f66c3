"""Windows with a header: where everything lies, and which places carry whose mark."""

from __future__ import annotations

import numpy as np
import pytest

from fabula.encoder.person_windows import (
    ASKED,
    FIRST_SLOT,
    N_KEYS,
    N_SLOTS,
    OTHER,
    SEVERAL,
    Person,
    PersonWindow,
    bias_index,
    build_window,
    marked_places,
)
from fabula.encoder.pieces import PieceEncoder
from fabula.encoder.session import model_folder

TEXT = ["“", "Go", ",", "”", "he", "told", "Imre", "."]


@pytest.fixture(scope="module")
def pieces() -> PieceEncoder:
    return PieceEncoder.from_file(model_folder() / "tokenizer.json")


def _window(pieces: PieceEncoder, order: list[int] | None = None) -> PersonWindow:
    flat = [0] * len(TEXT)
    p = pieces.encode(TEXT, flat, flat)
    marks = np.asarray([0, 0, 0, 0, ASKED, 0, FIRST_SLOT + 1, 0], np.int32)
    said = np.asarray([FIRST_SLOT, 0, 0, N_SLOTS + ASKED, 0, 0, 0, 0], np.int32)
    header = [Person(("Halvard", "he")), Person(("Imre", "Sandor", "he"))]
    return build_window(pieces, header, (p.ids, p.features, p.first), marks, said, order)


def test_header_and_text_are_laid_end_to_end(pieces: PieceEncoder) -> None:
    w = _window(pieces)
    assert w.ids[0] == pieces.cls_id
    assert w.ids[-1] == pieces.sep_id
    assert w.ids[w.token[0] - 1] == pieces.sep_id
    assert w.token[-1] == len(w.ids) - 1
    assert len({len(a) for a in (w.ids, w.features, w.slots, w.said)}) == 1


def test_every_entry_carries_its_slot_whatever_the_order(pieces: PieceEncoder) -> None:
    for order in (None, [1, 0]):
        w = _window(pieces, order)
        carried = [set(w.slots[a:b].tolist()) for a, b in w.entry.tolist()]
        assert carried == [{OTHER}, {SEVERAL}, {FIRST_SLOT}, {FIRST_SLOT + 1}]


def test_marked_places_are_header_names_and_known_speakers_but_no_questions(pieces: PieceEncoder) -> None:
    w = _window(pieces)
    places = marked_places(w)
    found = {(int(k), int(e)) for k, e in zip(places.key, places.entry, strict=True)}
    header = {(0, e) for e in range(4)}
    assert found == header | {(1, 3), (2, 2)}
    imre = int(np.flatnonzero(places.key == 1)[0])
    assert places.span[imre].tolist() == w.token[6:8].tolist()


def test_the_bias_tells_distances_and_sides_apart_but_not_within_the_header(pieces: PieceEncoder) -> None:
    w = _window(pieces)
    places = marked_places(w)
    at = w.token[[4, 7]]
    index = bias_index(w, np.zeros(2, np.int32), at, places)
    assert index.shape == (2, len(places.key))
    in_header = places.key == 0
    assert len(set(index[:, in_header].ravel().tolist())) == 1
    name = int(np.flatnonzero(places.key == 1)[0])
    assert index[0, name] != index[1, name]
    assert index.max() < 4 * N_KEYS * 20
