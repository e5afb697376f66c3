"""Networks: read by networkx from GEXF and GraphML."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import networkx as nx
import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree

from fabula.export import render
from fabula.export.networks import spells, talk_of
from fabula.types import Analysis
from tests.export.sample import lock
from tests.support.fake import fake_analysis, ferry
from tests.support.strategies import analyses

READERS: dict[str, Any] = {"gexf": nx.read_gexf, "graphml": nx.read_graphml}


def graphs(to: str) -> dict[str, Any]:
    files = render(lock(), to).contents
    return {name.split(".")[0]: READERS[to](io.BytesIO(str(c).encode())) for name, c in files.items()}


@pytest.mark.parametrize("to", READERS)
def test_who_speaks_to_whom(to: str) -> None:
    speaks = graphs(to)["speaks"]
    assert speaks.is_directed()
    label = {n: facts["label"] for n, facts in speaks.nodes(data=True)}
    edges = {
        (label[a], label[b]): (facts["lines"], facts["words"], float(facts["weight"]))
        for a, b, facts in speaks.edges(data=True)
    }
    # "both" is spoken to once; the one of the two who speaks is not spoken to.
    assert edges == {("Runa", "Eskil"): (3, 8, 3.0), ("Eskil", "Runa"): (2, 11, 2.0)}
    runa = next(facts for _, facts in speaks.nodes(data=True) if facts["label"] == "Runa")
    assert (runa["role"], runa["lines"]) == ("character", 3)
    assert runa["mentions"] == next(e.mention_count for e in lock().entities if e.name == "Runa")


@pytest.mark.parametrize("to", READERS)
def test_who_is_with_whom(to: str) -> None:
    together = graphs(to)["together"]
    assert not together.is_directed()
    assert [float(facts["weight"]) for _, _, facts in together.edges(data=True)] == [2.0]


@pytest.mark.parametrize("to", READERS)
def test_a_graph_for_each_scene(to: str) -> None:
    found = graphs(to)
    assert sorted(n for n in found if n.startswith("scenes/")) == [f"scenes/scene_00{i}" for i in (1, 2, 3)]
    last = found["scenes/scene_003"]
    assert [(f["label"], f["present"], f["lines"]) for _, f in last.nodes(data=True)] == [("Eskil", True, 1)]


def test_time_runs_from_scene_to_scene() -> None:
    speaks = render(lock(), "gexf").contents["speaks.gexf"]
    assert 'mode="dynamic"' in str(speaks)
    graph = graphs("gexf")["speaks"]
    runa = next(n for n, facts in graph.nodes(data=True) if facts["label"] == "Runa")
    eskil = next(n for n, facts in graph.nodes(data=True) if facts["label"] == "Eskil")
    assert graph.nodes[runa]["spells"] == [(1.0, 3.0)]
    assert graph.nodes[eskil]["spells"] == [(1.0, 4.0)]
    assert graph.edges[runa, eskil]["lines_in_scene"] == [(2, 1.0, 2.0), (1, 2.0, 3.0)]


# ------------------------------------------------------------------ what Gephi needs
GEXF = "{http://www.gexf.net/1.2draft}"
PARSED: dict[str, Callable[[str], object]] = {
    "long": int,
    "integer": int,
    "double": float,
    "float": float,
    "string": str,
    "boolean": {"true": True, "false": False}.__getitem__,
}


def stretches(element: Any) -> list[tuple[float, float]]:
    return [(float(s.get("start")), float(s.get("end"))) for s in element.iter(f"{GEXF}spell")]


def check_for_gephi(content: str, last: int, *, dynamic: bool) -> Any:
    """What Gephi's importer asks of a file (GEXF 1.2); it drops what breaks these rules, with a warning.

    ``last`` is the number of the last scene. Returns the root.
    """
    root = etree.fromstring(content)
    assert (root.tag, root.get("version")) == (f"{GEXF}gexf", "1.2")
    (graph,) = root.iter(f"{GEXF}graph")
    assert graph.get("defaultedgetype") in ("directed", "undirected")
    dynamic = dynamic and next(graph.iter(f"{GEXF}node"), None) is not None
    if dynamic:
        assert (graph.get("mode"), graph.get("timeformat")) == ("dynamic", "double")
    else:
        assert graph.get("mode") == "static" and not list(root.iter(f"{GEXF}spell"))
    declared: dict[tuple[str, str], tuple[str, str]] = {}
    for group in graph.findall(f"{GEXF}attributes"):
        for attribute in group:
            key = (group.get("class"), attribute.get("id"))
            assert key not in declared
            declared[key] = (attribute.get("type"), group.get("mode"))
    alive: dict[str, list[tuple[float, float]]] = {}
    edges = set()
    for kind in ("node", "edge"):
        for element in graph.iter(f"{GEXF}{kind}"):
            for value in element.iter(f"{GEXF}attvalue"):
                type_, mode = declared[kind, value.get("for")]
                PARSED[type_](value.get("value"))
                assert (
                    (value.get("start") is not None) is (value.get("end") is not None) is (mode == "dynamic")
                )
            found = stretches(element)
            assert bool(found) is dynamic
            assert all(1 <= start < end <= last + 1 for start, end in found)
            if kind == "node":
                assert element.get("label") and element.get("id") not in alive
                alive[element.get("id")] = found
                continue
            pair = (element.get("source"), element.get("target"))
            assert pair not in edges and set(pair) <= set(alive) and float(element.get("weight")) > 0
            edges.add(pair)
            for start, end in found:
                for person in pair:
                    assert any(a <= start and end <= b for a, b in alive[person]), "nobody speaks when away"
    return root


def check_networks(analysis: Analysis) -> None:
    files = dict(render(analysis, "gexf").contents)
    talk = talk_of(analysis)
    assert set(files) == {
        "speaks.gexf",
        "together.gexf",
        *(f"scenes/scene_{s.number:03d}.gexf" for s in talk),
    }
    for name, content in files.items():
        check_for_gephi(str(content), len(talk), dynamic=not name.startswith("scenes/"))
        assert READERS["gexf"](io.BytesIO(str(content).encode())) is not None


def test_gephi_can_show_the_networks() -> None:
    check_networks(lock())
    check_networks(ferry())


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(analyses())
def test_gephi_can_show_the_networks_of_any_reading(analysis: Analysis) -> None:
    check_networks(analysis)


def test_the_scenes_and_the_dynamic_graph_say_the_same() -> None:
    found = graphs("gexf")
    by_scene = {
        (a, b, number): facts["lines"]
        for number in (1, 2, 3)
        for a, b, facts in found[f"scenes/scene_00{number}"].edges(data=True)
    }
    over_time = {
        (a, b, int(start)): lines
        for a, b, facts in found["speaks"].edges(data=True)
        for lines, start, _ in facts["lines_in_scene"]
    }
    assert by_scene == over_time and len(by_scene) == 3
    (pair,) = found["together"].edges(data=True)
    met = {n for start, end in pair[2]["spells"] for n in range(int(start), int(end))}
    assert met == {
        number
        for number in (1, 2, 3)
        if sum(facts["present"] for _, facts in found[f"scenes/scene_00{number}"].nodes(data=True)) == 2
    }


def test_spells_join_scenes_in_a_row() -> None:
    assert spells([1, 2, 3, 5, 7, 8]) == [(1, 4), (5, 6), (7, 9)]
    assert spells([]) == []


def test_without_scenes_the_story_is_one() -> None:
    analysis = fake_analysis("{{Ann>Bo|“Hm.”}} {{Bo>Ann|“Hm?”}}", scenes=False)
    (scene,) = talk_of(analysis)
    assert scene.lines == {(0, 1): 1, (1, 0): 1}
    assert scene.present == ()


def test_nobody_speaks_to_oneself() -> None:
    analysis = fake_analysis("{{Ann>Ann|“Hm.”}}")
    assert talk_of(analysis)[0].lines == {}
    groups = render(replace(lock(), scenes=()), "gexf").notes
    assert groups == ("no nodes: groups of persons (1); their members are",)
