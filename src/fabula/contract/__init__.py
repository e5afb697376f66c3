"""The JSON contract ``fabula/1``: an Analysis to JSON and back, and what is wrong with a broken file.

``write`` makes JSON of an Analysis piece by piece, ``load`` makes an Analysis of a file of any producer,
``validate`` lists the problems of a parsed file: first of shape (``schema``, against the JSON Schema that
ships with the package), then of meaning (``semantics``: offsets in the text, ids that exist, children in
parents).
"""

from fabula.contract.load import from_dict, from_json, load_file, parse, parse_file
from fabula.contract.problem import Problem
from fabula.contract.semantics import validate
from fabula.contract.write import json_pieces, to_dict

__all__ = [
    "Problem",
    "from_dict",
    "from_json",
    "json_pieces",
    "load_file",
    "parse",
    "parse_file",
    "to_dict",
    "validate",
]
