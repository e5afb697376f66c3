"""Networks: read by networkx from GEXF and GraphML."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import networkx as nx
import pytest

from fabula.export import render
from fabula.export.networks import spells, talk_of
from tests.export.sample import lock
from tests.support.fake import fake_analysis

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
