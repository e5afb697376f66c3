"""The direction of imports, what `import fabula` may load, and what may be tracked."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "fabula"

LAYERS: tuple[frozenset[str], ...] = (
    frozenset({"errors", "lexicon", "types", "usage"}),
    frozenset({"text"}),
    frozenset({"encoder"}),
    frozenset({"heads"}),
    frozenset({"ledger", "resolve"}),
    frozenset({"assemble", "pipeline"}),
    frozenset(
        {"annotated", "cast", "characters", "contract", "doubts", "export", "output", "reading", "views"}
    )
    | {"bonds", "plots", "telling"},
    frozenset({"corrections"}),
    frozenset({"api", "reader"}),
    frozenset({"__init__"}),
    frozenset({"__main__", "cli"}),
)
"""Lowest first. A module imports from lower layers, from its own folder, and from beside it in its layer."""

PUBLIC = ("fabula", "fabula.api", "fabula.errors", "fabula.reading", "fabula.types")
"""The package, and where its names come from."""
HEAVY = frozenset(
    {"cyclopts", "lxml", "markdown_it", "onnxruntime", "rich", "starlette", "tokenizers", "uvicorn"}
)
NEVER = frozenset({"bench", "tests", "torch", "training", "transformers"})


# ------------------------------------------------------------------ reading the code
def modules() -> dict[str, Path]:
    """Dotted name to file, for every module of the package."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def imports(source: str, module: str, is_package: bool, on_load_only: bool) -> Iterator[str]:
    """Dotted names a module imports; with ``on_load_only`` only those that loading it runs."""
    todo: list[ast.AST] = [ast.parse(source)]
    while todo:
        node = todo.pop()
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = module.split(".")[: None if is_package and node.level == 1 else -node.level + is_package]
            base = ".".join([*(above if node.level else []), *([node.module] if node.module else [])])
            yield base
            yield from (f"{base}.{alias.name}" for alias in node.names)
        elif on_load_only and isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        elif on_load_only and isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            todo += node.orelse
        else:
            todo += ast.iter_child_nodes(node)


def imports_of(module: str, path: Path, on_load_only: bool = False) -> Iterator[str]:
    return imports(path.read_text(encoding="utf-8"), module, path.name == "__init__.py", on_load_only)


def layer_of(module: str) -> int | None:
    """The place of a module of the package in LAYERS, or None if it has none."""
    part = module.split(".")[1] if "." in module else "__init__"
    return next((i for i, layer in enumerate(LAYERS) if part in layer), None)


def wrong_directions(module: str, imported: Iterator[str], known: set[str]) -> list[str]:
    """The imports of ``module`` that go up, or out to what the package never imports."""
    here = layer_of(module)
    assert here is not None, f"{module} has no layer: give it one in {Path(__file__).name}"
    wrong = []
    for name in imported:
        if name.split(".")[0] in NEVER:
            wrong.append(f"{module} imports {name}")
        if name not in known:
            continue
        there = layer_of(name)
        # The bare package gives its version to whoever asks; its names are for users.
        if name != "fabula" and (there is None or there > here):
            wrong.append(f"{module} imports {name}, which stands above it")
    return wrong


# ------------------------------------------------------------------ the tests
def test_imports_go_one_way() -> None:
    found = modules()
    assert "fabula.types" in found
    wrong = [w for m, p in found.items() for w in wrong_directions(m, imports_of(m, p), set(found))]
    assert wrong == []


def test_an_import_upwards_or_outwards_would_be_seen() -> None:
    known = {"fabula", "fabula.cli", "fabula.resolve", "fabula.resolve.names", "fabula.types"}
    source = "def f():\n    from ..resolve import names\nimport torch.nn\nfrom fabula import cli, types\n"
    names = set(imports(source, "fabula.text.read", False, on_load_only=False))
    assert {"fabula.resolve", "fabula.resolve.names", "torch.nn", "fabula.cli", "fabula.types"} <= names
    wrong = wrong_directions("fabula.text.read", iter(sorted(names)), known)
    assert [w.split()[2].rstrip(",") for w in wrong] == [
        "fabula.cli",
        "fabula.resolve",
        "fabula.resolve.names",
        "torch.nn",
    ]
    inside = imports("from . import a\nfrom .b import c\n", "fabula.text", True, on_load_only=False)
    assert set(inside) == {"fabula.text", "fabula.text.a", "fabula.text.b", "fabula.text.b.c"}
    with pytest.raises(AssertionError, match="give it one"):
        wrong_directions("fabula.novelty", iter(()), known)


def test_what_users_import_names_nothing_heavy_on_loading() -> None:
    found = modules()
    todo, seen, heavy = list(PUBLIC), set(), []
    while todo:
        module = todo.pop()
        if module in seen or module not in found:
            continue
        seen.add(module)
        for name in imports_of(module, found[module], on_load_only=True):
            if name.split(".")[0] in HEAVY:
                heavy.append(f"{module} imports {name} on loading")
            parts = name.split(".")
            todo += [".".join(parts[:i]) for i in range(1, len(parts) + 1)]
    assert heavy == []


def test_an_import_inside_a_function_is_not_on_loading() -> None:
    source = (
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import rich\nelse:\n    import json\n"
        "class A:\n    import ast\n    def f(self):\n        import onnxruntime\n"
    )
    assert set(imports(source, "fabula.x", False, on_load_only=True)) == {
        "typing",
        "typing.TYPE_CHECKING",
        "json",
        "ast",
    }


def test_importing_fabula_loads_nothing_heavy() -> None:
    code = "import sys, fabula; print(*sorted({m.split('.')[0] for m in sys.modules}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert "fabula" in loaded
    assert loaded & (HEAVY | NEVER | {"scipy"}) == set()


# ------------------------------------------------------------------ what is tracked
WEIGHTS = "src/fabula/model/"
LARGEST = 5_000_000
MODEL_LIMIT = 40_000_000
MACHINE_PATH = re.compile(
    rb"(?<![\w.~-])/(?:home|Users|root|work|farm|mnt|tmp)/[\w./-]+|\b[A-Z]:\\(?:Users|home)\\"
)


@pytest.fixture(scope="module")
def tracked() -> list[Path]:
    """Every file in git's index that is in the working tree too."""
    try:
        done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("not a git checkout")
    paths = [ROOT / name for name in done.stdout.split("\0") if name]
    return [path for path in paths if path.is_file()]


def machine_paths(content: bytes) -> list[str]:
    return [m[0].decode() for m in MACHINE_PATH.finditer(content)]


def test_a_path_of_a_machine_would_be_seen() -> None:
    folder = b"/ho" + b"me/ann/fabula"
    assert machine_paths(b'open("' + folder + b'")') == [folder.decode()]
    assert machine_paths(b"C:" + b"\\Users\\ann") != []
    assert machine_paths(b"https://example.org/ho" + b"me/ann, ../ho" + b"me/x and /usr/bin/env") == []


def test_no_tracked_file_names_a_path_of_a_machine(tracked: list[Path]) -> None:
    wrong = {str(p.relative_to(ROOT)): found for p in tracked if (found := machine_paths(p.read_bytes()))}
    assert wrong == {}


def test_no_tracked_file_is_large_but_the_weights(tracked: list[Path]) -> None:
    sizes = {p.relative_to(ROOT).as_posix(): p.stat().st_size for p in tracked}
    assert {n: s for n, s in sizes.items() if s > LARGEST and not n.startswith(WEIGHTS)} == {}
    assert sum(s for n, s in sizes.items() if n.startswith(WEIGHTS)) < MODEL_LIMIT


def test_no_data_set_is_tracked(tracked: list[Path]) -> None:
    """The data stay outside the project; they are told by their kinds of file."""
    kinds = {".ann", ".conll", ".conllu", ".tsv"}
    assert [str(p.relative_to(ROOT)) for p in tracked if p.suffix in kinds and "tests" not in p.parts] == []
