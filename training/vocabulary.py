"""Leave the word pieces that no text can give out of a model folder: BERT's 994 ``[unused...]`` places.

    python -m training.vocabulary --model MODEL

What is left is numbered anew, in the old order; only the trunk sees the numbers. Readings stay as they are.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np

from training.export import identify

UNUSED = "[unused"


def trim_tokenizer(tokenizer: dict[str, Any], kept: list[str]) -> None:
    """Number ``kept`` from nought on in a tokenizer's description, in place."""
    number = {piece: k for k, piece in enumerate(kept)}
    tokenizer["model"]["vocab"] = number
    for added in tokenizer["added_tokens"]:
        added["id"] = number[added["content"]]
    for piece, special in tokenizer["post_processor"]["special_tokens"].items():
        special["ids"] = [number[piece]]
    if tokenizer.get("padding"):
        tokenizer["padding"]["pad_id"] = number[tokenizer["padding"]["pad_token"]]


def trim_trunk(path: Path, rows: list[int]) -> None:
    """Keep these rows of the word embeddings in the trunk's graph; written whole or not at all."""
    import onnx
    from onnx import numpy_helper

    model = onnx.load(str(path))
    table = next(
        t for t in model.graph.initializer if t.name.startswith("trunk.word.weight") and len(t.dims) == 2
    )
    small = np.ascontiguousarray(numpy_helper.to_array(table)[rows])
    table.CopyFrom(numpy_helper.from_array(small, table.name))
    temporary = path.with_suffix(".tmp")
    onnx.save(model, str(temporary))
    temporary.rename(path)


def main() -> None:
    """Parse the command line and trim."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--model", type=Path, required=True, help="a model folder; it is changed in place")
    a = p.parse_args()
    file = a.model / "tokenizer.json"
    about = json.loads(file.read_text(encoding="utf-8"))
    vocabulary: dict[str, int] = about["model"]["vocab"]
    kept = [w for w in sorted(vocabulary, key=vocabulary.__getitem__) if not w.startswith(UNUSED)]
    trim_trunk(a.model / "trunk.onnx", [vocabulary[piece] for piece in kept])
    trim_tokenizer(about, kept)
    temporary = file.with_suffix(".tmp")
    temporary.write_text(json.dumps(about, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
    temporary.rename(file)
    print(f"{len(kept):,} of {len(vocabulary):,} pieces", identify(a.model))


if __name__ == "__main__":
    main()
