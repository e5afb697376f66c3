"""The wheel holds everything a reading needs, and the project's description agrees with itself."""

from __future__ import annotations

import re
import subprocess
import tomllib
import zipfile
from pathlib import Path

import pytest

import fabula

ROOT = Path(__file__).resolve().parent.parent
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> frozenset[str]:
    """Names of the files in a wheel built of this tree, without a network."""
    builders = pytest.importorskip("hatchling.builders.wheel", reason="hatchling comes with the dev extra")
    folder = tmp_path_factory.mktemp("wheel")
    (path,) = builders.WheelBuilder(str(ROOT)).build(directory=str(folder), versions=["standard"])
    with zipfile.ZipFile(path) as archive:
        return frozenset(archive.namelist())


def test_the_wheel_holds_every_tracked_file_of_the_package(wheel: frozenset[str]) -> None:
    try:
        command = ["git", "ls-files", "-z", "src/fabula"]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("not a git checkout")
    tracked = {n.removeprefix("src/") for n in done.stdout.split("\0") if n and (ROOT / n).exists()}
    assert tracked - wheel == set()


def test_the_wheel_holds_schema_card_licences_and_type_marker(wheel: frozenset[str]) -> None:
    licences = f"fabula-{PYPROJECT['project']['version']}.dist-info/licenses/"
    needed = {"fabula/model/README.md", "fabula/py.typed", "fabula/schema/fabula-1.json"}
    assert needed | {f"{licences}LICENSE", f"{licences}ATTRIBUTION.md"} <= wheel
    assert [n for n in wheel if not n.startswith(("fabula/", "fabula-"))] == []


def test_the_version_is_the_same_everywhere() -> None:
    version = PYPROJECT["project"]["version"]
    cited = re.search(r"^version: (\S+)$", (ROOT / "CITATION.cff").read_text(encoding="utf-8"), re.MULTILINE)
    assert cited is not None and cited[1] == version == fabula.__version__


def test_every_weight_is_named_in_the_model_card() -> None:
    model = ROOT / "src" / "fabula" / "model"
    card = (model / "README.md").read_text(encoding="utf-8")
    weights = [f.name for f in model.iterdir() if f.is_file() and f.suffix in {".onnx", ".npz", ".json"}]
    assert [name for name in weights if f"`{name}`" not in card] == []


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", "docs/quality.md", "ATTRIBUTION.md"])
def test_the_links_of_a_page_lead_somewhere(page: str) -> None:
    path = ROOT / page
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8"))
    assert [link for link in links if not (path.parent / link).exists()] == []


def test_the_commands_of_the_readme_are_targets_of_make() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = set()
    for page in ("README.md", "CONTRIBUTING.md", ".ci/run"):
        named |= set(re.findall(r"\bmake (demo|test|check|bench|clean)\b", (ROOT / page).read_text("utf-8")))
    assert {"demo", "test", "check", "bench"} <= named <= targets
