"""The encoder under ONNX Runtime: windows in, token vectors out, one window at a time.

Activations are quantised with one scale per window, and a window is never padded or batched with another, so
the same text gives the same vectors whatever is read beside it and however many threads run.
"""

from __future__ import annotations

import json
import os
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
import numpy.typing as npt

from fabula.encoder.pieces import SPECIAL_FEATURE, PieceEncoder, Pieces, cut_windows, surface_flags
from fabula.encoder.weights import load_weights
from fabula.errors import ModelError
from fabula.types import Floats, Story

if TYPE_CHECKING:
    from fabula.encoder.person_windows import PersonWindow

WINDOW = 384
"""Pieces in a window, [CLS] and [SEP] included."""
OVERLAP = 48
"""Pieces of context on each side of what a window keeps."""
KEPT_LOW = 16
"""Windows whose lower layers' output is kept, 0.6 MB each: those of the parts being corrected.

It depends on the pieces alone; who is marked in them comes in above, and is what a correction changes.
"""
MODEL_FORMAT = 1

ADDED = "ledger."
"""Inputs of the reading branch that begin so are the weights with which it reads for acts and feelings."""

Cut = tuple[int, int, int, int]
"""A window's tokens, and those of them that are kept, half-open: as ``cut_windows`` gives them."""
Ids = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Hidden:
    """Token vectors of the kept tokens [start, end) of one window; each (end - start, 384).

    ``reader`` comes from the branch trained for reading, ``ledger`` from the same branch as it reads for acts
    and feelings (the same vectors, where the model folder has no such layers), ``syntax`` from the syntax
    branch or None, ``low`` from the trunk that all stand on: nearer to the words themselves.
    """

    start: int
    end: int
    reader: Floats
    ledger: Floats
    syntax: Floats | None
    low: Floats


class Encoder(Protocol):
    """What the heads need: hidden states window by window, in text order.

    The kept ranges partition the tokens.
    """

    model_id: str

    def windows(self, story: Story) -> Iterator[Hidden]:
        """Encode a story."""
        ...


def model_folder() -> Path:
    """The weights in use: the package's own, or the folder that FABULA_MODEL names."""
    chosen = os.environ.get("FABULA_MODEL")
    return Path(chosen) if chosen else Path(__file__).parent.parent / "model"


class OnnxEncoder:
    """The shipped encoder.

    Raises ``ModelError`` if a weight file is missing, damaged or of another format.
    """

    def __init__(self, folder: Path | None = None, threads: int | None = None) -> None:
        folder = folder or model_folder()
        try:
            info = json.loads((folder / "model.json").read_text(encoding="utf-8"))
        except (OSError, ValueError) as e:
            raise ModelError(
                str(folder), "the model's description cannot be read", "Install fabula again"
            ) from e
        if info.get("format") != MODEL_FORMAT:
            raise ModelError(
                str(folder),
                f"weights of format {info.get('format')}, not {MODEL_FORMAT}",
                "Install fabula again",
            )
        self.model_id: str = info["id"]
        self.folder = folder
        self._threads = threads or max(1, min(8, os.cpu_count() or 1))
        self._low: OrderedDict[bytes, Any] = OrderedDict()
        self._trunk = self._session("trunk.onnx")
        self._reader = self._session("reader.onnx")
        self._syntax = self._session("syntax.onnx") if (folder / "syntax.onnx").exists() else None
        self._persons = self._session("persons.onnx") if (folder / "persons.onnx").exists() else None
        try:
            self.pieces = PieceEncoder.from_file(folder / "tokenizer.json")
        except Exception as e:
            subject = str(folder / "tokenizer.json")
            raise ModelError(subject, "cannot be loaded", "Install fabula again") from e
        self._added = self._ledger_weights()

    def _session(self, name: str) -> Any:
        return self._open(name, str(self.folder / name))

    def _open(self, name: str, graph: str | bytes) -> Any:
        """A session over a graph, its path or what it holds; ``name`` is the file's in the folder."""
        import onnxruntime as ort

        options = ort.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        try:
            return ort.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
        except Exception as e:
            raise ModelError(str(self.folder / name), "cannot be loaded", "Install fabula again") from e

    def _ledger_weights(self) -> dict[str, Floats]:
        """What the reading branch is given beside its windows; the narrow matrices lie in rows on disk."""
        wanted = [i.name for i in self._reader.get_inputs() if i.name.startswith(ADDED)]
        if not wanted:
            return {}
        path = self.folder / "ledger.npz"
        found = {ADDED + name: np.ascontiguousarray(a.T) for name, a in load_weights(path).items()}
        if set(found) != set(wanted):
            raise ModelError(str(path), "does not fit the reading branch", "Install fabula again")
        return found

    @property
    def reads_persons(self) -> bool:
        """Whether the model folder has the branch that reads with the cast in hand."""
        return self._persons is not None

    def persons(self, windows: Sequence[PersonWindow]) -> list[Floats]:
        """Piece vectors (n_pieces, 384) of windows that are read with the cast in hand, each run alone."""
        if self._persons is None:
            raise ModelError(str(self.folder / "persons.onnx"), "missing", "Install fabula again")
        branch = self._persons

        def encode(w: PersonWindow) -> Floats:
            feed = {"low": self._lower(w.ids[None].astype(np.int64))}
            for name in ("features", "slots", "said"):
                feed[name] = getattr(w, name)[None].astype(np.int64)
            return np.asarray(branch.run(None, feed)[0][0], dtype=np.float32)

        if self._threads == 1 or len(windows) < 2:
            return [encode(w) for w in windows]
        with ThreadPoolExecutor(self._threads) as pool:
            return list(pool.map(encode, windows))

    def _lower(self, ids: Ids) -> Any:
        """What the trunk says of pieces ``ids`` (1, n), remembered for those asked for last."""
        key = ids.tobytes()
        low = self._low.get(key)
        if low is None:
            low = self._low[key] = self._trunk.run(None, {"ids": ids})[0]
            while len(self._low) > KEPT_LOW:
                with suppress(KeyError):  # another thread may have taken the last one out
                    self._low.popitem(last=False)
        return low

    def window(self, pieces: Pieces, cut: Cut) -> tuple[Ids, Ids, Ids]:
        """A window's pieces and features, (1, n) each; where its kept tokens begin and end, (k + 1,)."""
        a, b, keep, end = cut
        lo, hi = int(pieces.first[a]), int(pieces.first[b])
        ids = np.empty((1, hi - lo + 2), dtype=np.int64)
        ids[0, 0], ids[0, -1], ids[0, 1:-1] = self.pieces.cls_id, self.pieces.sep_id, pieces.ids[lo:hi]
        features = np.full(ids.shape, SPECIAL_FEATURE, dtype=np.int64)
        features[0, 1:-1] = pieces.features[lo:hi]
        return ids, features, pieces.first[keep : end + 1].astype(np.int64) - lo + 1

    def windows(self, story: Story) -> Iterator[Hidden]:
        """Encode a story; at most a few windows are in flight, so memory does not grow with the text."""
        n = len(story.tokens)
        if n == 0:
            return
        initial, quoted = surface_flags(story)
        pieces = self.pieces.encode((story.token_text(i) for i in range(n)), initial, quoted)
        starts = story.sentence_tokens[:, 0]
        cuts = cut_windows(pieces.first, starts, WINDOW - 2, OVERLAP)

        def encode(cut: Cut) -> Hidden:
            ids, features, at = self.window(pieces, cut)
            low = self._trunk.run(None, {"ids": ids})[0]
            feed = {"low": low, "features": features}

            def pool(x: Floats) -> Floats:
                kept = x[0, at[0] : at[-1]]
                total = np.add.reduceat(kept, at[:-1] - at[0], axis=0)
                return np.asarray(total / np.diff(at)[:, None].astype(np.float32), dtype=np.float32)

            read = [pool(x) for x in self._reader.run(None, feed | self._added)]
            syntax = pool(self._syntax.run(None, feed)[0]) if self._syntax is not None else None
            return Hidden(cut[2], cut[3], read[0], read[-1], syntax, pool(low))

        if self._threads == 1:
            yield from map(encode, cuts)
            return
        with ThreadPoolExecutor(self._threads) as pool:
            ahead = 4 * self._threads
            futures = [pool.submit(encode, c) for c in cuts[:ahead]]
            for k in range(len(cuts)):
                done = futures[k].result()
                futures[k] = None  # type: ignore[call-overload]
                if k + ahead < len(cuts):
                    futures.append(pool.submit(encode, cuts[k + ahead]))
                yield done
