"""How fast, how large: ratios of two times are taken in one run, on two cores.

    python -m bench.speed [--data DIR]

- whole pipeline ÷ bare encoder on 100,000 words: the encoder alone over the same windows, before and after;
- time of 400,000 words over that of 40,000 (before and after), and the peak memory of the former;
- ``fabula read`` of a 1,700-word story from process start to report, as ``pip install .`` leaves it in a new
  environment, median of five (files already cached);
- ``import fabula`` in a new process of that environment, median of five;
- the size on disk of everything that installation brings.

Every measurement runs in a process of its own, so that none sees what another has loaded.
"""

from __future__ import annotations

import collections
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from bench import results
from bench.novel import novel
from bench.predict import analyse_text
from bench.results import Figure, Result
from bench.settings import ROOT, BenchError, Settings, parser, settings
from fabula.encoder.person_windows import PersonWindow
from fabula.types import Floats

CORES = 2
REPEATS = 5
GB, MB = 1e9, 1e6


# ------------------------------------------------------------------ in the child
def peak_memory() -> int:
    """Most memory this process has held, in bytes.

    On Linux a new process starts with its parent's ``ru_maxrss``, so VmHWM is read there.
    """
    status = Path("/proc/self/status")
    if status.exists():
        for line in status.read_text(encoding="utf-8").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    import resource

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


def seconds(work: Callable[[], object]) -> float:
    """Wall-clock time of ``work``."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def child(kind: str, path: Path) -> dict[str, float]:
    """Measure on the text at ``path``: "whole" reads it, "ratio" also runs the encoder alone."""
    text = path.read_text(encoding="utf-8")
    analyse_text(text[:5000])  # weights are loaded and warm
    if kind == "whole":
        return {"seconds": seconds(lambda: analyse_text(text)), "peak": peak_memory()}
    bare = bare_encoder(text)
    before = seconds(bare)
    whole = seconds(lambda: analyse_text(text))
    return {"whole": whole, "bare": (before + seconds(bare)) / 2}


def bare_encoder(text: str) -> Callable[[], object]:
    """The encoder and nothing else: every branch over every window that the pipeline reads.

    Which windows the branch that reads with the cast in hand is given depends on what is believed: they are
    noted down in one reading.
    """
    from fabula.pipeline import analyse, default_encoder
    from fabula.text import read_text

    story, encoder = read_text(text), default_encoder()
    asked: list[list[PersonWindow]] = []

    class Noting:
        def __getattr__(self, name: str) -> object:
            return getattr(encoder, name)

        def persons(self, windows: Sequence[PersonWindow]) -> list[Floats]:
            asked.append(list(windows))
            return encoder.persons(windows)

    analyse(story, encoder=Noting())  # type: ignore[arg-type]

    def work() -> None:
        collections.deque(encoder.windows(story), maxlen=0)
        for windows in asked:
            encoder.persons(windows)

    return work


# ------------------------------------------------------------------ in the parent
@contextmanager
def two_cores() -> Iterator[None]:
    """Keep this process and its children to two cores, where the system can."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    all_cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, sorted(all_cores)[:CORES])
    try:
        yield
    finally:
        os.sched_setaffinity(0, all_cores)


def run_python(*arguments: str, python: Path | None = None) -> str:
    """What a new process of this Python, or of another, prints.

    Raises:
        BenchError: it failed.

    """
    done = subprocess.run(
        [str(python or sys.executable), *arguments],
        cwd=ROOT if python is None else python.parent,
        env=os.environ if python is None else {k: v for k, v in os.environ.items() if k[:6] != "PYTHON"},
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no word why"])[-1]
        raise BenchError(f"a measuring process failed: {last}")
    return done.stdout


def _child(kind: str, text: str) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "novel.txt"
        path.write_text(text, encoding="utf-8")
        found: dict[str, float] = json.loads(
            run_python("-m", "bench.speed", "--child", kind, str(path)).splitlines()[-1]
        )
    return found


@contextmanager
def installed() -> Iterator[tuple[Path, int]]:
    """The Python of a new environment with ``pip install .``, and the bytes that brought.

    Raises:
        BenchError: pip fails, for want of a network for instance.

    """
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "venv"
        venv.create(folder, with_pip=True)
        python = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
        before = _size(folder)
        command = [str(python), "-m", "pip", "install", "--quiet", str(ROOT)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise BenchError(f"pip install failed: {done.stderr.strip()[-200:]}")
        yield python, _size(folder) - before


def cold_start(python: Path, s: Settings) -> float:
    """Seconds from starting ``fabula read`` on 1,700 words to its end; median."""
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "story.txt"
        path.write_text(novel(1700, s)[0], encoding="utf-8")
        code = "import sys; from fabula.cli import main; sys.argv[0] = 'fabula'; main()"
        return statistics.median(
            seconds(lambda: run_python("-c", code, "read", str(path), python=python)) for _ in range(REPEATS)
        )


def import_time(python: Path) -> float:
    """Seconds of ``import fabula`` in a new process; median."""
    code = "import time; t = time.perf_counter(); import fabula; print(time.perf_counter() - t)"
    return statistics.median(float(run_python("-c", code, python=python)) for _ in range(REPEATS))


def _size(folder: Path) -> int:
    return sum(f.stat().st_size for f in folder.rglob("*") if f.is_file() and not f.is_symlink())


def run(s: Settings) -> Result:
    """All figures, under the names that the table asks for."""
    with two_cores():
        ratio = _child("ratio", (book := novel(100_000, s))[0])
        short = novel(40_000, s)[0]
        before = _child("whole", short)["seconds"]
        long = _child("whole", novel(400_000, s)[0])
        forty = (before + _child("whole", short)["seconds"]) / 2
        found = {
            "pipeline/encoder": ratio["whole"] / ratio["bare"],
            "words per second, 100k": len(book[0].split()) / ratio["whole"],
            "seconds, 40k": forty,
            "seconds, 400k": long["seconds"],
            "time 400k/40k": long["seconds"] / forty,
            "peak memory": long["peak"] / GB,
        }
    with installed() as (python, size):
        found["installed size"] = size / MB
        with two_cores():
            found["cold start"] = cold_start(python, s)
            found["import"] = import_time(python)
    print(f"  timed on {book[1]}", file=sys.stderr)
    return results.save(results.result("speed", {k: Figure(v) for k, v in found.items()}), s)


if __name__ == "__main__":
    options = parser(__doc__)
    options.add_argument("--child", nargs=2, metavar=("KIND", "TEXT"), help="for the program itself")
    arguments = options.parse_args()
    if arguments.child:
        print(json.dumps(child(arguments.child[0], Path(arguments.child[1]))))
    else:
        results.command(lambda: run(settings(arguments)))
