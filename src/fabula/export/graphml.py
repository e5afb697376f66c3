"""``graphml``: networks for yEd, Cytoscape, igraph and others (networkx): the whole story, and a graph for
each scene. GraphML knows no time; the scenes are files of their own.
"""

from __future__ import annotations

from typing import Any

from fabula.export.networks import network_files
from fabula.export.request import Files, Request
from fabula.types import Analysis


def write(analysis: Analysis, request: Request) -> Files:
    """The networks as GraphML. Raises OutputError if networkx is missing."""
    return network_files(analysis, "graphml", _encoded, dynamic=False)


def _encoded(graph: Any) -> str:
    import networkx as nx

    return "\n".join(nx.generate_graphml(graph)) + "\n"
