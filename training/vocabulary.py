"""Leave word pieces that no English text needs out of a model folder.

    python -m training.vocabulary --model MODEL

They are BERT's 994 ``[unused...]`` places, which no text can give, and single letters of scripts that English
is not written in, of which the encoder has learnt nothing: a word with one of them becomes ``[UNK]``. Greek
and Cyrillic stay. What is left is numbered anew, in the old order; only the trunk sees the numbers. Texts
without such letters are read as before.
"""

from __future__ import annotations

import argparse
import json
import unicodedata
from pathlib import Path
from typing import Any

import numpy as np

UNUSED = "[unused"
SCRIPTS = (
    "CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "HANGUL", "ARABIC", "HEBREW", "BENGALI", "DEVANAGARI",
    "TAMIL", "SINHALA", "KANNADA", "THAI", "MYANMAR", "TIBETAN", "ARMENIAN", "GEORGIAN",
)  # fmt: skip
"""First words of the Unicode names of letters that are left out."""


def is_needed(piece: str) -> bool:
    """Whether an English text may need a piece."""
    if piece.startswith(UNUSED):
        return False
    scripts = {unicodedata.name(c, "").partition(" ")[0] for c in piece.removeprefix("##") if c.isalpha()}
    return scripts.isdisjoint(SCRIPTS)


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
    from training.export import identify  # needs torch, as nothing else here does

    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--model", type=Path, required=True, help="a model folder; it is changed in place")
    a = p.parse_args()
    file = a.model / "tokenizer.json"
    about = json.loads(file.read_text(encoding="utf-8"))
    vocabulary: dict[str, int] = about["model"]["vocab"]
    kept = [w for w in sorted(vocabulary, key=vocabulary.__getitem__) if is_needed(w)]
    trim_trunk(a.model / "trunk.onnx", [vocabulary[piece] for piece in kept])
    trim_tokenizer(about, kept)
    temporary = file.with_suffix(".tmp")
    temporary.write_text(json.dumps(about, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
    temporary.rename(file)
    print(f"{len(kept):,} of {len(vocabulary):,} pieces", identify(a.model))


if __name__ == "__main__":
    main()
