"""Who speaks to whom, and who is with whom: the networks that ``gexf`` and ``graphml`` write.

``speaks`` is directed: an edge for each speaker and addressee, with ``lines``, ``words`` and ``weight``
(lines). ``together`` is undirected: an edge for each two who are present in the same scene, with ``weight``
(scenes). Nodes are the persons who speak, are spoken to or are present, with ``label``, ``mentions``,
``lines`` and ``role``. What is said to a group is said to its members; quotes inside quotes do not count.
Time is the number of the scene, from 1; a reading without scenes is one.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, Any

from fabula.export.request import Files, needs
from fabula.export.voices import display_name
from fabula.export.xml_text import xml_text
from fabula.types import Analysis

if TYPE_CHECKING:
    from networkx import Graph

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class SceneTalk:
    """What passes in one scene, by (speaker, addressee): lines and words; who is present."""

    number: int
    present: tuple[int, ...]
    lines: Counter[Pair] = field(default_factory=Counter)
    words: Counter[Pair] = field(default_factory=Counter)
    spoken: Counter[int] = field(default_factory=Counter)

    @property
    def persons(self) -> set[int]:
        """Who is present, speaks or is spoken to."""
        return {*self.present, *self.spoken, *(person for pair in self.lines for person in pair)}


def talk_of(analysis: Analysis) -> list[SceneTalk]:
    """The scenes in text order; a quote before the first or between two belongs to the one before."""
    persons = {e.id for e in analysis.entities if e.type == "PER" and e.role != "group"}
    members = {e.id: e.members for e in analysis.entities if e.role == "group"}
    scenes = sorted(analysis.scenes, key=lambda s: s.start)
    talk = [
        SceneTalk(n, tuple(c for c in s.characters if c in persons)) for n, s in enumerate(scenes, 1)
    ] or [SceneTalk(1, ())]
    starts = [s.start for s in scenes]
    for quote in analysis.quotes:
        if quote.parent is not None or quote.speaker not in persons or quote.speaker is None:
            continue
        scene = talk[max(bisect_right(starts, quote.start) - 1, 0)]
        scene.spoken[quote.speaker] += 1
        words = len(analysis.story.text[quote.start : quote.end].split())
        for addressee in dict.fromkeys(a for to in quote.addressees for a in members.get(to, (to,))):
            if addressee in persons and addressee != quote.speaker:
                scene.lines[quote.speaker, addressee] += 1
                scene.words[quote.speaker, addressee] += words
    return talk


def spells(times: list[int]) -> list[tuple[float, float]]:
    """Scene numbers as half-open stretches of scenes in a row."""
    cuts = [0, *(i for i, (a, b) in enumerate(pairwise(times), 1) if b != a + 1), len(times)]
    return [(float(times[a]), float(times[b - 1] + 1)) for a, b in pairwise(cuts) if a < b]


class Networks:
    """Builds the graphs of a reading. Raises OutputError if networkx is missing."""

    def __init__(self, analysis: Analysis, to: str) -> None:
        try:
            import networkx
        except ImportError:
            raise needs("networkx", "networkx", "export", to) from None
        self.nx = networkx
        self.talk = talk_of(analysis)
        self.persons = {e.id: e for e in analysis.entities}
        self.lines: Counter[int] = Counter()
        for scene in self.talk:
            self.lines.update(scene.spoken)

    def speaks(self, *, dynamic: bool) -> Graph:
        """Who speaks to whom in the whole story."""
        graph: Graph = self.nx.DiGraph()
        self._nodes(graph, self.talk, dynamic)
        times: dict[Pair, list[SceneTalk]] = defaultdict(list)
        for scene in self.talk:
            for pair in scene.lines:
                times[pair].append(scene)
        for (a, b), scenes in times.items():
            lines, words = (sum(getattr(s, what)[a, b] for s in scenes) for what in ("lines", "words"))
            self._edge(
                graph, (a, b), [s.number for s in scenes], dynamic, lines=lines, words=words, weight=lines
            )
            if dynamic:
                graph.edges[a, b]["lines_in_scene"] = [
                    (s.lines[a, b], float(s.number), float(s.number + 1)) for s in scenes
                ]
        return graph

    def together(self, *, dynamic: bool) -> Graph:
        """Who is with whom in the whole story."""
        graph: Graph = self.nx.Graph()
        self._nodes(graph, self.talk, dynamic)
        times: dict[Pair, list[int]] = defaultdict(list)
        for scene in self.talk:
            for a, b in combinations(sorted(set(scene.present)), 2):
                times[a, b].append(scene.number)
        for pair, numbers in times.items():
            self._edge(graph, pair, numbers, dynamic, weight=len(numbers))
        return graph

    def scene(self, scene: SceneTalk) -> Graph:
        """Who speaks to whom in one scene; everybody present is a node."""
        graph: Graph = self.nx.DiGraph()
        self._nodes(graph, [scene], False)
        for person in scene.persons:
            graph.add_node(person, present=person in scene.present, lines=scene.spoken[person])
        for (a, b), lines in scene.lines.items():
            graph.add_edge(a, b, lines=lines, words=scene.words[a, b], weight=lines)
        return graph

    def _nodes(self, graph: Graph, talk: list[SceneTalk], dynamic: bool) -> None:
        times: dict[int, list[int]] = defaultdict(list)
        for scene in talk:
            for person in scene.persons:
                times[person].append(scene.number)
        for person in sorted(times):
            e = self.persons[person]
            label = xml_text(display_name(e))
            graph.add_node(
                person,
                label=label,
                mentions=e.mention_count,
                lines=self.lines[person],
                role=e.role or "character",
            )
            if dynamic:
                graph.nodes[person]["spells"] = spells(times[person])

    def _edge(self, graph: Graph, pair: Pair, times: list[int], dynamic: bool, **facts: int) -> None:
        graph.add_edge(*pair, **facts)
        if dynamic:
            graph.edges[pair]["spells"] = spells(times)


def network_files(analysis: Analysis, to: str, encode: Callable[[Any], str], *, dynamic: bool) -> Files:
    """``speaks``, ``together`` and a graph for each scene, encoded by ``encode``; suffix ``to``."""
    networks = Networks(analysis, to)
    contents = {
        f"speaks.{to}": encode(networks.speaks(dynamic=dynamic)),
        f"together.{to}": encode(networks.together(dynamic=dynamic)),
    }
    for scene in networks.talk:
        contents[f"scenes/scene_{scene.number:03d}.{to}"] = encode(networks.scene(scene))
    groups = sum(e.role == "group" and e.type == "PER" for e in analysis.entities)
    note = f"no nodes: groups of persons ({groups}); their members are" if groups else ""
    return Files(contents, (note,) if note else ())
