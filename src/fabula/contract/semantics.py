"""What a schema cannot say of a reading: offsets lie in the text, ids exist, children are in parents."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

import numpy as np
import numpy.typing as npt

from fabula.contract.problem import Problem, child, show
from fabula.contract.schema import contract_schema

Data = dict[str, Any]
Columns = npt.NDArray[np.int64]


def validate(data: Any, *, limit: int = 100) -> list[Problem]:
    """The first ``limit`` problems of a parsed JSON file; an empty list if it follows the contract.

    Shape comes first: meaning is only looked at where the shape is right.
    """
    shape = list(islice(contract_schema().problems(data), limit))
    return shape or list(islice(_problems(data), limit))


def _problems(data: Data) -> Iterator[Problem]:
    text = data["text"]
    yield from _strings(data)
    yield from _story(data)
    yield from _segments(data)
    paragraphs, sentences = _pairs(data["paragraphs"]), _pairs(data["sentences"])
    yield from _in_order("paragraphs", paragraphs, len(text))
    yield from _in_order("sentences", sentences, len(text))
    yield from _inside("sentences", sentences, paragraphs, "no paragraph holds it")
    yield from _tokens(data["tokens"], sentences, len(text))
    entities = _ids(data["entities"])
    yield from _mentions(data, entities)
    yield from _entities(data, entities)
    yield from _quotes(data, entities)
    yield from _spans(data["events"], "events", len(text))
    yield from _spans(data.get("marks", []), "marks", len(text))
    yield from _ledger(data, entities)


# ------------------------------------------------------------------ text
def _strings(data: Data) -> Iterator[Problem]:
    """Half of a surrogate pair is no character: no UTF-8 file can hold it."""
    columns = data["tokens"]
    parts: list[tuple[str, Any]] = [("text", data["text"])]
    parts += [(f"tokens.{name}", columns[name]) for name in ("lemma", "upos", "xpos", "deprel")]
    parts += [
        (key, data[key]) for key in ("producer", "story", "segments", "entities", "acts", "emotions", "bonds")
    ]
    for path, value in parts:
        if not _encodable(value):
            yield Problem(path, "holds half of a surrogate pair (\\ud800 to \\udfff), which is no character")


def _encodable(value: Any) -> bool:
    pending = [value]
    while pending:
        item = pending.pop()
        if isinstance(item, str):
            try:
                item.encode("utf-8")
            except UnicodeEncodeError:
                return False
        elif isinstance(item, dict):
            pending.extend(item)
            pending.extend(item.values())
        elif isinstance(item, list):
            pending.extend(set(item) if item and isinstance(item[0], str) else item)
    return True


def _story(data: Data) -> Iterator[Problem]:
    digest = hashlib.sha256(data["text"].encode("utf-8", "surrogatepass")).hexdigest()
    if data["story"]["id"] != digest:
        yield Problem(
            "story.id", "is not the SHA-256 of text: the text was changed after the reading was made"
        )


def _segments(data: Data) -> Iterator[Problem]:
    segments, entities = data["segments"], _ids(data["entities"])
    yield from _in_order("segments", _columns(segments), len(data["text"]), empty=True)
    for index, segment in enumerate(segments):
        yield from _reference(segment["narrator"], entities, f"segments[{index}].narrator", "entity")


def _pairs(pairs: list[list[int]]) -> Columns:
    return np.array(pairs, dtype=np.int64).reshape(-1, 2)


def _columns(spans: list[Data]) -> Columns:
    return _pairs([[span["start"], span["end"]] for span in spans])


def _in_order(path: str, spans: Columns, length: int, *, empty: bool = False) -> Iterator[Problem]:
    starts, ends = spans[:, 0], spans[:, 1]
    for i in np.flatnonzero(ends > length):
        yield Problem(child(path, int(i)), f"ends at {ends[i]}, the text has {length} code points")
    for i in np.flatnonzero(starts > ends if empty else starts >= ends):
        yield Problem(child(path, int(i)), f"runs from {starts[i]} to {ends[i]}")
    for i in np.flatnonzero(starts[1:] < ends[:-1]) + 1:
        yield Problem(child(path, int(i)), "overlaps or precedes the one before it")


def _inside(path: str, inner: Columns, outer: Columns, message: str) -> Iterator[Problem]:
    """Each of ``inner`` lies in one of ``outer``; both in text order (reported elsewhere where not)."""
    if not len(outer):
        yield from (Problem(child(path, i), message) for i in range(len(inner)))
        return
    where = np.searchsorted(outer[:, 0], inner[:, 0], side="right") - 1
    for i in np.flatnonzero((where < 0) | (inner[:, 1] > outer[where, 1])):
        yield Problem(child(path, int(i)), message)


def _tokens(columns: Data, sentences: Columns, length: int) -> Iterator[Problem]:
    count = len(columns["start"])
    for name in ("end", "lemma", "upos", "xpos", "head", "deprel"):
        if len(columns[name]) != count:
            yield Problem(f"tokens.{name}", f"has {len(columns[name])} items, tokens.start has {count}")
            return
    spans = np.stack([np.array(columns["start"], np.int64), np.array(columns["end"], np.int64)], axis=1)
    yield from _in_order("tokens", spans, length)
    yield from _inside("tokens", spans, sentences, "no sentence holds it")
    heads = np.array(columns["head"], np.int64)
    for i in np.flatnonzero((heads >= count) | (heads == np.arange(count))):
        why = "is its own head" if heads[i] == i else f"names token {heads[i]}, there are {count}"
        yield Problem(f"tokens.head[{i}]", why)


# ------------------------------------------------------------------ people and what they say
def _ids(items: list[Data]) -> frozenset[int]:
    return frozenset(item["id"] for item in items)


def _unique(items: list[Data], path: str) -> Iterator[Problem]:
    seen: dict[int, int] = {}
    for index, item in enumerate(items):
        first = seen.setdefault(item["id"], index)
        if first != index:
            yield Problem(f"{path}[{index}].id", f"{item['id']} is the id of {path}[{first}] already")


def _reference(value: int | None, known: Iterable[int], path: str, what: str) -> Iterator[Problem]:
    if value is not None and value not in known:
        yield Problem(path, f"no {what} has the id {value}")


def _references(values: list[int], known: Iterable[int], path: str) -> Iterator[Problem]:
    for index, value in enumerate(values):
        yield from _reference(value, known, child(path, index), "entity")


def _span(span: Data, path: str, length: int) -> Iterator[Problem]:
    start, end = span["start"], span["end"]
    if start >= end:
        yield Problem(path, f"runs from {start} to {end}")
    elif end > length:
        yield Problem(path, f"ends at {end}, the text has {length} code points")


def _spans(spans: list[Data], path: str, length: int) -> Iterator[Problem]:
    for index, span in enumerate(spans):
        yield from _span(span, child(path, index), length)


def _candidates(item: Data, entities: frozenset[int], path: str) -> Iterator[Problem]:
    candidates = item["candidates"]
    for index, candidate in enumerate(candidates):
        yield from _reference(candidate["entity"], entities, f"{path}.candidates[{index}].entity", "entity")
        if index and candidate["p"] > candidates[index - 1]["p"]:
            yield Problem(f"{path}.candidates[{index}].p", "is greater than the one before it: best first")
    if len({candidate["entity"] for candidate in candidates}) != len(candidates):
        yield Problem(f"{path}.candidates", "names an entity twice")


def _mentions(data: Data, entities: frozenset[int]) -> Iterator[Problem]:
    mentions, length = data["mentions"], len(data["text"])
    yield from _unique(mentions, "mentions")
    for index, mention in enumerate(mentions):
        path = f"mentions[{index}]"
        yield from _span(mention, path, length)
        head = mention["head"]
        if not mention["start"] <= head["start"] < head["end"] <= mention["end"]:
            yield Problem(f"{path}.head", "does not lie in its mention")
        yield from _reference(mention["entity"], entities, f"{path}.entity", "entity")
        yield from _candidates(mention, entities, path)


def _entities(data: Data, ids: frozenset[int]) -> Iterator[Problem]:
    entities = data["entities"]
    yield from _unique(entities, "entities")
    counts: dict[int, int] = {}
    for mention in data["mentions"]:
        if mention["entity"] is not None:
            counts[mention["entity"]] = counts.get(mention["entity"], 0) + 1
    for index, entity in enumerate(entities):
        path = f"entities[{index}]"
        yield from _references(entity["members"], ids, f"{path}.members")
        if entity["id"] in entity["members"]:
            yield Problem(f"{path}.members", "names the group itself")
        found = counts.get(entity["id"], 0)
        if found != entity["mention_count"]:
            yield Problem(f"{path}.mention_count", f"is {entity['mention_count']}, {found} mentions name it")


def _quotes(data: Data, entities: frozenset[int]) -> Iterator[Problem]:
    quotes, length = data["quotes"], len(data["text"])
    mentions = _ids(data["mentions"])
    yield from _unique(quotes, "quotes")
    for index, quote in enumerate(quotes):
        path = f"quotes[{index}]"
        yield from _span(quote, path, length)
        yield from _reference(quote["speaker"], entities, f"{path}.speaker", "entity")
        yield from _references(quote["addressees"], entities, f"{path}.addressees")
        yield from _reference(quote["mention"], mentions, f"{path}.mention", "mention")
        if quote["cue"] is not None:
            yield from _span(quote["cue"], f"{path}.cue", length)
        yield from _candidates(quote, entities, path)
    yield from _nesting(quotes)


def _nesting(quotes: list[Data]) -> Iterator[Problem]:
    """Quotes overlap only as parent and child: the parent is the innermost quote around its child."""
    order = sorted(range(len(quotes)), key=lambda i: (quotes[i]["start"], -quotes[i]["end"]))
    ids = _ids(quotes)
    around: list[int] = []
    for index in order:
        quote = quotes[index]
        while around and quotes[around[-1]]["end"] <= quote["start"]:
            around.pop()
        outer = quotes[around[-1]] if around else None
        path = f"quotes[{index}]"
        if quote["parent"] is not None and quote["parent"] not in ids:
            yield Problem(f"{path}.parent", f"no quote has the id {quote['parent']}")
        elif outer is None and quote["parent"] is not None:
            yield Problem(f"{path}.parent", "the quote does not lie in its parent")
        elif outer is not None and quote["end"] > outer["end"]:
            yield Problem(path, f"crosses quotes[{around[-1]}]")
        elif outer is not None and (quote["start"], quote["end"]) == (outer["start"], outer["end"]):
            yield Problem(path, f"is the same stretch as quotes[{around[-1]}]")
        elif outer is not None and quote["parent"] != outer["id"]:
            yield Problem(f"{path}.parent", f"is {show(quote['parent'])}, the quote lies in {outer['id']}")
        around.append(index)


# ------------------------------------------------------------------ what they do and feel
def _ledger(data: Data, entities: frozenset[int]) -> Iterator[Problem]:
    length = len(data["text"])
    for name in ("acts", "emotions", "scenes"):
        yield from _unique(data[name], name)
    for index, act in enumerate(data["acts"]):
        path = f"acts[{index}]"
        yield from _reference(act["agent"], entities, f"{path}.agent", "entity")
        yield from _reference(act["patient"], entities, f"{path}.patient", "entity")
        yield from _span(act["trigger"], f"{path}.trigger", length)
        yield from _span(act["evidence"], f"{path}.evidence", length)
    for index, emotion in enumerate(data["emotions"]):
        path = f"emotions[{index}]"
        yield from _reference(emotion["character"], entities, f"{path}.character", "entity")
        yield from _span(emotion["cue"], f"{path}.cue", length)
    yield from _spans(data["scenes"], "scenes", length)
    for index, scene in enumerate(data["scenes"]):
        yield from _references(scene["characters"], entities, f"scenes[{index}].characters")
    yield from _bonds(data, entities)


def _bonds(data: Data, entities: frozenset[int]) -> Iterator[Problem]:
    scenes, length = _ids(data["scenes"]), len(data["text"])
    pairs: set[frozenset[int]] = set()
    for index, bond in enumerate(data["bonds"]):
        path = f"bonds[{index}]"
        yield from _reference(bond["a"], entities, f"{path}.a", "entity")
        yield from _reference(bond["b"], entities, f"{path}.b", "entity")
        pair = frozenset((bond["a"], bond["b"]))
        if len(pair) == 1:
            yield Problem(path, "is a bond of one with oneself")
        if pair in pairs:
            yield Problem(path, "is a second bond of the same two")
        pairs.add(pair)
        for place, scene in enumerate(bond["scenes"]):
            below = f"{path}.scenes[{place}]"
            yield from _reference(scene["scene"], scenes, f"{below}.scene", "scene")
            yield from _interval(scene["tone"], "mean", f"{below}.tone")
        yield from _interval(bond["asymmetry"], "value", f"{path}.asymmetry")
        yield from _spans(bond["turns"], f"{path}.turns", length)


def _interval(interval: Data | None, middle: str, path: str) -> Iterator[Problem]:
    if interval is None:
        return
    low, value, high = interval["low"], interval[middle], interval["high"]
    if not all(math.isfinite(x) for x in (low, value, high)) or not low <= value <= high:
        yield Problem(path, f"low ≤ {middle} ≤ high does not hold")
