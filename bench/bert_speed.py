"""Fabula's whole pipeline against BookNLP's encoders alone: words per second, in one run, on two cores.

    python -m bench.bert_speed [--words N] [--sample N] [--data DIR]

BookNLP "big" reads with three BERTs of 768 values and 12 heads: 6 layers for entities, 12 for coreference, 12
for speakers (booknlp/english/english_booknlp.py of its repository names them: entities_google_bert_uncased_
L-6_H-768_A-12, coref_..._L-12_H-768_A-12, speaker_..._L-12_H-768_A-12). Here each is a graph of that shape
with random weights: time is measured, not quality. Everything around it is made easy for them: ONNX Runtime
in float32 with fused nodes in place of PyTorch; windows of 512 word pieces without padding or overlap, each
read once (BookNLP asks for speakers quote by quote, each in a passage of its own); windows side by side on
the cores, as Fabula reads its own; nothing before and nothing behind the encoders.

The pipeline reads ``--words`` words of a novel; the encoders read the first ``--sample`` of them, half before
it and half after, and their time is scaled by the number of word pieces. Only the ratio means much: both
share whatever else the machine does. The ratio of processor time is kept too: it is what to look at where the
machine is not idle, for waiting does not count in it.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np

from bench import fingerprint, results, speed
from bench.novel import novel
from bench.predict import analyse_text
from bench.results import Figure, Result
from bench.settings import BenchError, Settings, parser, settings

ENCODERS = {"entities": 6, "coreference": 12, "speakers": 12}
"""BookNLP big: what for, and layers."""
WIDTH, HEADS, INNER, WINDOW = 768, 12, 3072, 512
TABLE_ROWS = 2000
"""Rows of the table of word pieces: looking one up costs the same in a table of 30,522."""
WORDS, SAMPLE = 100_000, 20_000
WARM = 5000
"""Code points read before the clock starts, so that weights are loaded."""

Run = Callable[[Sequence[int]], object]
"""Encodes one window of word pieces."""


# ------------------------------------------------------------------ graphs
def graph(layers: int, width: int = WIDTH, heads: int = HEADS, inner: int = INNER, seed: int = 0) -> bytes:
    """An encoder of BERT's shape with random weights, in ONNX.

    Raises:
        BenchError: ``onnx`` is not installed.

    """
    try:
        from onnx import TensorProto, helper, numpy_helper
    except ImportError as error:
        raise BenchError("The graphs of the encoders need onnx. Run: pip install '.[bench]'") from error
    rng = np.random.default_rng(seed)
    nodes: list[Any] = []
    weights: list[Any] = []

    def new(name: str, *shape: int) -> str:
        # A standard deviation of 0.02, as BERT begins with, keeps the numbers ordinary: none is subnormal.
        values = (rng.random(shape, dtype=np.float32) - np.float32(0.5)) * np.float32(0.07)
        weights.append(numpy_helper.from_array(values, name))
        return name

    def node(kind: str, inputs: list[str], output: str, domain: str = "com.microsoft", **more: Any) -> str:
        nodes.append(helper.make_node(kind, inputs, [output], domain=domain, **more))
        return output

    def normed(product: str, beside: str, output: str) -> str:
        # Spelt out: under ONNX Runtime ten times faster than SkipLayerNormalization.
        biased = node("Add", [product, new(f"{output}_bias", width)], f"{output}_biased", "")
        both = node("Add", [biased, beside], f"{output}_sum", "")
        norm = [new(f"{output}_gain", width), new(f"{output}_shift", width)]
        return node("LayerNormalization", [both, *norm], output, "", epsilon=1e-12)

    node("Gather", [new("words", TABLE_ROWS, width), "ids"], "looked_up", "")
    node("Gather", [new("places", WINDOW, width), "positions"], "placed", "")
    node("Add", ["looked_up", "placed"], "sum", "")
    x = node("LayerNormalization", ["sum", new("n0", width), new("m0", width)], "x0", "", epsilon=1e-12)
    for i in range(layers):
        joined = [x, new(f"qkv{i}", width, 3 * width), new(f"qkvb{i}", 3 * width)]
        a = node("Attention", joined, f"a{i}", num_heads=heads)
        a = node("MatMul", [a, new(f"o{i}", width, width)], f"o_{i}", "")
        h = normed(a, x, f"h{i}")
        f = node("MatMul", [h, new(f"up{i}", width, inner)], f"up_{i}", "")
        f = node("BiasGelu", [f, new(f"upb{i}", inner)], f"gelu{i}")
        f = node("MatMul", [f, new(f"down{i}", inner, width)], f"down_{i}", "")
        x = normed(f, h, f"x{i + 1}")
    inputs = [helper.make_tensor_value_info(n, TensorProto.INT64, [1, "n"]) for n in ("ids", "positions")]
    output = helper.make_tensor_value_info(x, TensorProto.FLOAT, [1, "n", width])
    made = helper.make_model(
        helper.make_graph(nodes, "encoder", inputs, [output], weights),
        opset_imports=[helper.make_opsetid("", 17), helper.make_opsetid("com.microsoft", 1)],
        ir_version=8,
    )
    return bytes(made.SerializeToString())


def encoder(made: bytes) -> Run:
    """The graph ``made`` under ONNX Runtime, on one core: windows run side by side."""
    import onnxruntime as ort

    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    session = ort.InferenceSession(made, options, providers=["CPUExecutionProvider"])

    def run(window: Sequence[int]) -> object:
        ids = np.asarray([window], dtype=np.int64) % TABLE_ROWS
        return session.run(None, {"ids": ids, "positions": np.arange(len(window), dtype=np.int64)[None]})[0]

    return run


# ------------------------------------------------------------------ timing, in the child
def pieces(text: str) -> list[int]:
    """The word pieces of a text; Fabula's tokenizer has BERT's uncased vocabulary."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(fingerprint.model_folder() / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return list(tokenizer.encode(text, add_special_tokens=False).ids)


def windows(some: Sequence[int], size: int = WINDOW - 2) -> list[list[int]]:
    """Word pieces in windows, with [CLS] and [SEP] (101 and 102 in BERT's vocabulary) around each."""
    return [[101, *some[i : i + size], 102] for i in range(0, len(some), size)]


def clocked(work: Callable[[], object]) -> tuple[float, float]:
    """Wall-clock time of ``work`` and the processor time of all threads, in seconds."""
    busy = time.process_time()
    wall = speed.seconds(work)
    return wall, time.process_time() - busy


def compare(
    text: str, sample: int, encoders: Sequence[Run], read: Callable[[str], object] = analyse_text
) -> dict[str, float]:
    """Seconds of the pipeline over ``text``, and of all encoders, scaled from its first ``sample`` words."""
    every = pieces(text)
    share = min(1.0, sample / max(1, len(text.split())))
    sampled = windows(every[: max(1, round(share * len(every)))])
    for run in encoders:
        run(sampled[0])
    read(text[:WARM])

    def encode(part: Sequence[Sequence[int]]) -> None:
        with ThreadPoolExecutor(speed.CORES) as pool:
            for run in encoders:
                deque(pool.map(run, part), maxlen=0)

    before = clocked(lambda: encode(sampled[0::2]))
    whole = clocked(lambda: read(text))
    after = clocked(lambda: encode(sampled[1::2]))
    spent = before[0] + after[0], before[1] + after[1]
    encoded = sum(len(w) - 2 for w in sampled)
    return {
        "pipeline": whole[0],
        "encoders": spent[0] * len(every) / encoded,
        "pipeline, processor": whole[1],
        "encoders, processor": spent[1] * len(every) / encoded,
        "words": float(len(text.split())),
        "pieces": float(len(every)),
        "sampled pieces": float(encoded),
    }


def child(path: Path, sample: int) -> dict[str, float]:
    """Build the encoders and compare, on the text at ``path``."""
    made = [encoder(graph(layers, seed=i)) for i, layers in enumerate(ENCODERS.values())]
    return compare(path.read_text(encoding="utf-8"), sample, made)


# ------------------------------------------------------------------ in the parent
def figures(found: Mapping[str, float]) -> dict[str, Figure]:
    """What the table asks for."""
    return {
        "BookNLP's encoders / pipeline": Figure(found["encoders"] / found["pipeline"]),
        "BookNLP's encoders / pipeline, processor time": Figure(
            found["encoders, processor"] / found["pipeline, processor"]
        ),
        "words per second, pipeline": Figure(found["words"] / found["pipeline"]),
        "words per second, BookNLP's encoders": Figure(found["words"] / found["encoders"]),
        "word pieces": Figure(found["pieces"]),
        "word pieces that the encoders read": Figure(found["sampled pieces"]),
    }


def run(s: Settings, words: int = WORDS, sample: int = SAMPLE) -> Result:
    """The ratio, and both speeds."""
    text, source = novel(words, s)
    with tempfile.TemporaryDirectory() as scratch, speed.two_cores():
        path = Path(scratch) / "novel.txt"
        path.write_text(text, encoding="utf-8")
        told = speed.run_python("-m", "bench.bert_speed", "--child", str(path), "--sample", str(sample))
    print(f"  timed on {source}", file=sys.stderr)
    return results.save(results.result("bert_speed", figures(json.loads(told.splitlines()[-1]))), s)


def options() -> argparse.ArgumentParser:
    """The command line."""
    p = parser(__doc__)
    p.add_argument("--words", type=int, default=WORDS, help="words that the pipeline reads")
    p.add_argument("--sample", type=int, default=SAMPLE, help="words that the encoders read")
    p.add_argument("--child", type=Path, metavar="TEXT", help="for the program itself")
    return p


if __name__ == "__main__":
    arguments = options().parse_args()
    if arguments.child:
        try:
            print(json.dumps(child(arguments.child, arguments.sample)))
        except BenchError as error:
            sys.exit(str(error))
    else:
        results.command(lambda: run(settings(arguments), arguments.words, arguments.sample))
