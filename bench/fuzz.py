"""Fuzz every importer with atheris: `python -m bench.fuzz SECONDS [KIND ...]`.

Whatever the bytes, a story comes back with its offsets in order, or an InputError; anything else is a
finding, kept in bench/out/fuzz. Coverage guides the changes; the seeds are the files that the tests build.
atheris is not among the development tools (it has wheels for some platforms only): `pip install atheris`.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from typing import Any

OUT = Path(__file__).parent / "out" / "fuzz"
SLOW = 20
"""Seconds of a single input that count as a hang."""


def seeds() -> dict[str, list[bytes]]:
    """Files of each kind of importer, the first of them the smallest."""
    from tests.support import archive_files as archives
    from tests.support import story_files as files

    return {
        "html": [files.plain_html(), archives.ao3_html(), archives.fanficfare_html(),
                 archives.gutenberg_html(), archives.fanfiction_net_html(), archives.wattpad_html()],
        "epub": [files.plain_epub(), archives.ao3_epub(), archives.fanficfare_epub()],
        "markdown": [files.markdown()],
        "docx": [files.docx()],
        "odt": [files.odt(), files.flat_odt()],
        "rtf": [files.rtf()],
        "zip": [files.chapters_zip()],
        "text": [files.plain_txt(), archives.fanficfare_txt(), archives.gutenberg_txt()],
    }  # fmt: skip


def unpack(data: bytes, seed: bytes) -> bytes:
    """An archive like ``seed`` with one entry replaced: changes inside an archive's checksum lead nowhere."""
    import zipfile
    from io import BytesIO

    with zipfile.ZipFile(BytesIO(seed)) as archive:
        names = archive.namelist()
        chosen = names[data[0] % len(names)] if data else names[0]
        out = BytesIO()
        with zipfile.ZipFile(out, "w") as changed:
            for name in names:
                changed.writestr(name, data[1:] if name == chosen else archive.read(name))
    return out.getvalue()


def read(data: bytes) -> None:
    """Read ``data`` as the program would; raises only for what is a fault of ours."""
    from fabula.errors import InputError
    from fabula.text import read_bytes

    try:
        story = read_bytes(data, "fuzz")
    except InputError as error:
        assert error.remedy, error
        return
    length = len(story.text)
    assert all(0 <= m.start < m.end <= length for m in story.marks)
    last = 0
    for segment in story.segments:
        assert last <= segment.start < segment.end <= length
        last = segment.end


def fuzz(kind: str, seconds: int) -> None:
    """Fuzz one kind in this process; atheris ends the process."""
    import atheris

    with atheris.instrument_imports(include=["fabula.text"]):
        import fabula.text
        import fabula.text.formats.chapters
        import fabula.text.formats.docx
        import fabula.text.formats.epub
        import fabula.text.formats.html
        import fabula.text.formats.markdown
        import fabula.text.formats.odt
        import fabula.text.formats.rtf
        import fabula.text.quotes  # noqa: F401

    corpus, found = OUT / kind / "corpus", OUT / kind / "found"
    corpus.mkdir(parents=True, exist_ok=True)
    found.mkdir(parents=True, exist_ok=True)
    known = seeds()[kind]
    zipped = known[0].startswith(b"PK")
    for i, seed in enumerate(known):
        (corpus / f"seed-{i}").write_bytes(seed)
        if seed.startswith(b"PK"):
            for j, part in enumerate(_entries(seed)):
                (corpus / f"entry-{i}-{j}").write_bytes(bytes([j]) + part)

    def target(data: bytes) -> None:
        read(data)
        if zipped:
            read(unpack(data, known[0]))

    options = [
        f"-max_total_time={seconds}",
        f"-timeout={SLOW}",
        "-rss_limit_mb=3000",
        "-max_len=60000",
        "-print_final_stats=1",
    ]
    atheris.Setup([sys.argv[0], str(corpus), f"-artifact_prefix={found}/", *options], target)
    atheris.Fuzz()


def _entries(seed: bytes) -> list[bytes]:
    import zipfile
    from io import BytesIO

    with zipfile.ZipFile(BytesIO(seed)) as archive:
        return [archive.read(name) for name in archive.namelist()]


def main(arguments: list[str]) -> int:
    """Fuzz each kind for an equal share of the time, in a process of its own, and print what came of it."""
    if arguments[:1] == ["--one"]:
        fuzz(arguments[1], int(arguments[2]))
        return 0
    total = int(arguments[0]) if arguments else 1800
    kinds = arguments[1:] or list(seeds())
    worst = 0
    print(f"{'importer':<10} {'seconds':>7} {'inputs':>9} {'findings':>8}")
    for kind in kinds:
        begin = time.monotonic()
        command = [sys.executable, "-m", "bench.fuzz", "--one", kind, str(max(total // len(kinds), 1))]
        done: Any = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
        runs = [line.split()[-1] for line in done.stderr.splitlines() if "number_of_executed_units" in line]
        found = sorted((OUT / kind / "found").glob("*"))
        worst = max(worst, bool(found) or done.returncode != 0)
        print(
            f"{kind:<10} {time.monotonic() - begin:7.0f} {runs[-1] if runs else '?':>9} {len(found):8}",
            flush=True,
        )
        if found or done.returncode:
            print("\n".join(done.stderr.splitlines()[-25:]), flush=True)
    return int(worst)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
