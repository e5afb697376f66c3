"""``gexf``: networks for Gephi (networkx): the whole story over time, and a graph for each scene.

In ``speaks.gexf`` and ``together.gexf`` nodes and edges have their spells, and ``lines_in_scene`` its value
in each scene; Gephi's timeline runs from scene to scene.
"""

from __future__ import annotations

import re
from typing import Any

from fabula.export.networks import network_files
from fabula.export.request import Files, Request
from fabula.types import Analysis


def write(analysis: Analysis, request: Request) -> Files:
    """The networks as GEXF 1.2. Raises OutputError if networkx is missing."""
    return network_files(analysis, "gexf", _encoded, dynamic=True)


def _encoded(graph: Any) -> str:
    import networkx as nx

    if any("spells" in facts for _, facts in graph.nodes(data=True)):
        graph.graph["mode"] = "dynamic"
    text = "\n".join(nx.generate_gexf(graph, version="1.2draft")) + "\n"
    # The day it was written would make every file differ from the one before.
    return re.sub(r' lastmodifieddate="[^"]*"', "", text, count=1)
