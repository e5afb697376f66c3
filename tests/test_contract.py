"""The JSON contract: out, back, and everything that can be wrong with a file."""

# ruff: noqa: E501  (tables of one fault to a line)

from __future__ import annotations

import copy
import json
import re
import time
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fabula.contract import from_dict, from_json, json_pieces, load_file, parse, to_dict, validate
from fabula.contract.schema import Schema, contract_schema, schema_document
from fabula.errors import ContractError, InputError
from fabula.types import Analysis
from tests.support.fake import fake_analysis, ferry, novel
from tests.support.same import difference
from tests.support.strategies import analyses

DESIGN_KEYS = {
    "": "schema producer story text segments paragraphs sentences tokens mentions entities quotes events acts "
    "emotions scenes bonds",
    "producer": "fabula model options",
    "story": "id title author language declared_language format metadata",
    "segments": "kind start end label narrator",
    "tokens": "start end lemma upos xpos head deprel",
    "mentions": "id start end head type kind entity confidence candidates",
    "entities": "id name aliases type number pronouns role members mention_count",
    "quotes": "id start end kind type speaker addressees mention cue parent confidence addressee_confidence candidates",
    "events": "start end",
    "acts": "id kind agent patient trigger evidence channel negated hypothetical confidence",
    "emotions": "id character label valence cue channel negated hypothetical confidence",
    "scenes": "id start end characters",
    "bonds": "a b scenes asymmetry turns",
}
ADDED_KEYS = {"": "marks", "story": "archive hints"}
"""Keys that came later: every new file has them, files written before need not."""


def written(analysis: Analysis, **options: bool) -> str:
    return "".join(json_pieces(analysis, **options))


# ------------------------------------------------------------------ out and back
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(analyses())
def test_what_is_loaded_is_what_was_saved(analysis: Analysis) -> None:
    text = written(analysis)
    data = json.loads(text)
    assert data == to_dict(analysis)
    assert validate(data) == []
    assert list(jsonschema.Draft202012Validator(schema_document()).iter_errors(data)) == []
    assert difference(from_json(text), analysis) == ""
    assert json.loads(written(analysis, one_line=True)) == data


def test_the_keys_are_those_of_the_design() -> None:
    schema = schema_document()
    for path, keys in DESIGN_KEYS.items():
        node = schema["properties"][path] if path else schema
        node = node.get("items", node)
        if "$ref" in node:
            node = schema["$defs"][node["$ref"].rsplit("/", 1)[1]]
        assert node["required"] == keys.split(), path
        assert list(node["properties"]) == node["required"] + ADDED_KEYS.get(path, "").split(), path


def test_shapes_of_the_design() -> None:
    data = to_dict(ferry())
    start, end = data["paragraphs"][0]
    assert data["text"][start:end] == "The Ferry House"
    assert data["sentences"][0] == [start, end]
    assert set(map(len, data["tokens"].values())) == {len(ferry().story.tokens)}
    assert data["entities"][1]["aliases"][0] == {"text": "Halvard", "count": 3}
    assert data["entities"][1]["pronouns"]["he"] == 4
    doubtful = next(m for m in data["mentions"] if m["confidence"] == 0.57)
    assert doubtful["candidates"] == [{"entity": 2, "p": 0.57}, {"entity": 1, "p": 0.41}]
    quote = data["quotes"][-1]
    assert (quote["speaker"], quote["addressees"], quote["cue"], quote["parent"]) == (None, [], None, None)
    assert data["segments"][2] == {
        "kind": "disclaimer",
        "start": 33,
        "end": 83,
        "label": "Disclaimer",
        "narrator": None,
    }


def test_one_item_to_a_line_or_all_on_one() -> None:
    lines = written(ferry()).splitlines()
    assert (
        sum(line.startswith('{"id":') for line in lines)
        == len(ferry().mentions + ferry().entities + ferry().quotes) + 1
    )
    assert written(ferry(), one_line=True).count("\n") == 1


def test_a_long_text_is_written_in_pieces() -> None:
    text = 5_000 * ("é" * 500 + "\n")
    analysis = fake_analysis(text)
    pieces = list(json_pieces(analysis))
    assert max(map(len, pieces)) < 3 << 20
    assert from_json("".join(pieces)).story.text == text


def test_half_surrogates_cannot_be_loaded() -> None:
    for path in ("text", "name"):
        data = to_dict(ferry())
        if path == "text":
            data["text"] = "\ud800" + data["text"][1:]
        else:
            data["entities"][1]["name"] = "\udfff"
        with pytest.raises(ContractError, match="half of a surrogate pair"):
            from_json(json.dumps(data))


def test_unknown_keys_of_a_later_program_do_no_harm() -> None:
    data = to_dict(ferry())
    data["moods"] = [1]
    data["mentions"][0]["colour"] = "red"
    data["tokens"]["feats"] = ["_"]
    assert difference(from_dict(data), ferry()) == ""


def test_whole_floats_count_as_integers() -> None:
    data = json.loads(json.dumps(to_dict(ferry())), parse_int=float)
    assert difference(from_dict(data), ferry()) == ""


# ------------------------------------------------------------------ shape
SCALARS: list[Any] = [None, True, -1, 0, 1.5, 2**31, 10**30, "x", "PER", [], [0], {}, {"start": 0, "end": 1}]


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    keys = value if isinstance(value, dict) else range(min(len(value), 3)) if isinstance(value, list) else ()
    return [path, *(place for key in keys for place in places(value[key], (*path, key)))]


FULL = to_dict(ferry()) | {
    "acts": [
        {
            "id": 0, "kind": "touch", "agent": 1, "patient": 2, "trigger": {"start": 0, "end": 3},
            "evidence": {"start": 0, "end": 9}, "channel": "narration", "negated": False, "hypothetical": True,
            "confidence": 0.8,
        }
    ],
    "emotions": [
        {
            "id": 0, "character": None, "label": "fear", "valence": -0.5, "cue": {"start": 0, "end": 3},
            "channel": "speech", "negated": False, "hypothetical": False, "confidence": 0.7,
        }
    ],
    "bonds": [
        {
            "a": 1, "b": 2, "asymmetry": {"value": 0.1, "low": 0, "high": 0.3},
            "scenes": [
                {"scene": 0, "acts": {"touch": [1, 0]}, "lines": [6, 5], "tone": {"mean": 0, "low": -1, "high": 1}}
            ],
            "turns": [{"start": 3, "end": 9, "p": None}],
        }
    ],
}  # fmt: skip
TRIMMED = {key: value[:2] if isinstance(value, list) else value for key, value in FULL.items()}
TRIMMED["tokens"] = {name: column[:2] for name, column in FULL["tokens"].items()}
PLACES = places(TRIMMED)


def test_the_full_example_is_valid() -> None:
    assert validate(FULL) == []


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(PLACES), st.sampled_from(["drop", *range(len(SCALARS))]))
def test_the_interpreter_agrees_with_jsonschema(place: tuple[Any, ...], change: Any) -> None:
    data: Any = {"root": copy.deepcopy(TRIMMED)}
    *route, last = ("root", *place)
    target = data
    for key in route:
        target = target[key]
    if change == "drop":
        del target[last]
    else:
        target[last] = copy.deepcopy(SCALARS[change])
    data = data.get("root")
    problems = list(contract_schema().problems(data))
    assert bool(problems) == bool(list(JSONSCHEMA.iter_errors(data))), (place, change, problems)
    for problem in problems:
        assert str(problem) and len(str(problem)) < 400
    assert isinstance(validate(data), list)


JSONSCHEMA = jsonschema.Draft202012Validator(schema_document())


def test_the_schema_itself_is_valid_and_wholly_understood() -> None:
    jsonschema.Draft202012Validator.check_schema(schema_document())
    with pytest.raises(ValueError, match="'dependentRequired' is not supported"):
        Schema({"type": "object", "dependentRequired": {"a": ["b"]}})


# ------------------------------------------------------------------ meaning
def broken(change: str, data: dict[str, Any] | None = None) -> list[str]:
    data = copy.deepcopy(data or FULL)
    exec(change, {"d": data})
    return [str(problem) for problem in validate(data)]


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ("del d['acts']", "the key 'acts' is missing"),
        ("d['mentions'][3]['type'] = 'MAN'", 'mentions[3].type: is "MAN", must be one of "PER", '),
        ("d['quotes'][0]['cue'] = {'start': 3}", "quotes[0].cue: the key 'end' is missing"),
        ("d['tokens']['lemma'][7] = 4", "tokens.lemma[7]: is 4, must be a string"),
        ("d['story']['metadata'] = {'Additional Tags': 'angst'}", 'story.metadata["Additional Tags"]: is "angst", must be a'),
        ("d['text'] += 'x'", "story.id: is not the SHA-256 of text"),
        ("d['segments'][0]['end'] = 20", "segments[1]: overlaps or precedes"),
        ("d['segments'][-1]['end'] = 9999", "ends at 9999, the text has"),
        ("d['segments'][0]['narrator'] = 44", "segments[0].narrator: no entity has the id 44"),
        ("d['paragraphs'][1] = [20, 20]", "paragraphs[1]: runs from 20 to 20"),
        ("del d['paragraphs'][0]", "sentences[0]: no paragraph holds it"),
        ("d['paragraphs'] = []", "sentences[0]: no paragraph holds it"),
        ("del d['sentences'][0]", "tokens[0]: no sentence holds it"),
        ("d['tokens']['end'].pop()", "tokens.end: has "),
        ("d['tokens']['head'][5] = 5", "tokens.head[5]: is its own head"),
        ("d['tokens']['head'][5] = 100000", "tokens.head[5]: names token 100000, there are"),
        ("d['tokens']['start'][5] = 0", "tokens[5]: overlaps or precedes"),
        ("d['mentions'][1]['id'] = 0", "mentions[1].id: 0 is the id of mentions[0] already"),
        ("d['mentions'][1]['end'] = d['mentions'][1]['start']", "mentions[1]: runs from"),
        ("d['mentions'][1]['head']['end'] += 1", "mentions[1].head: does not lie in its mention"),
        ("d['mentions'][1]['entity'] = 77", "mentions[1].entity: no entity has the id 77"),
        ("d['mentions'][0]['candidates'] = [{'entity': 9, 'p': 1}]", "mentions[0].candidates[0].entity: no entity has"),
        ("d['mentions'][0]['candidates'] = [{'entity': 1, 'p': .1}, {'entity': 2, 'p': .2}]", "greater than the one before"),
        ("d['mentions'][0]['candidates'] = [{'entity': 1, 'p': .3}, {'entity': 1, 'p': .2}]", "names an entity twice"),
        ("d['mentions'][0]['candidates'] = [{'entity': 1, 'p': .1}] * 6", "has 6 items, must have 5 or fewer"),
        ("d['entities'][1]['id'] = 0", "entities[1].id: 0 is the id of entities[0] already"),
        ("d['entities'][0]['members'] = [0, 1]", "entities[0].members: names the group itself"),
        ("d['entities'][0]['members'] = [1, 1]", "entities[0].members: names something twice"),
        ("d['entities'][1]['mention_count'] = 2", "entities[1].mention_count: is 2, 16 mentions name it"),
        ("d['quotes'][1]['id'] = 0", "quotes[1].id: 0 is the id of quotes[0] already"),
        ("d['quotes'][0]['speaker'] = 9", "quotes[0].speaker: no entity has the id 9"),
        ("d['quotes'][0]['addressees'] = [1, 9]", "quotes[0].addressees[1]: no entity has the id 9"),
        ("d['quotes'][0]['mention'] = 999", "quotes[0].mention: no mention has the id 999"),
        ("d['quotes'][0]['cue'] = {'start': 4, 'end': 99999}", "quotes[0].cue: ends at 99999"),
        ("d['quotes'][0]['parent'] = 1", "quotes[0].parent: the quote does not lie in its parent"),
        ("d['quotes'][0]['parent'] = 99", "quotes[0].parent: no quote has the id 99"),
        ("d['quotes'][0]['end'] = d['quotes'][1]['start'] + 2", "quotes[1]: crosses quotes[0]"),
        ("d['quotes'][0]['end'] = d['quotes'][1]['end']", "quotes[1].parent: is null, the quote lies in 0"),
        ("d['quotes'][1].update(start=d['quotes'][0]['start'], end=d['quotes'][0]['end'])", "is the same stretch as"),
        ("d['events'] = [{'start': 5, 'end': 2}]", "events[0]: runs from 5 to 2"),
        ("d['acts'] *= 2", "acts[1].id: 0 is the id of acts[0] already"),
        ("d['acts'][0]['agent'] = 55", "acts[0].agent: no entity has the id 55"),
        ("d['acts'][0]['trigger']['end'] = 90000", "acts[0].trigger: ends at 90000"),
        ("d['emotions'][0]['character'] = 55", "emotions[0].character: no entity has the id 55"),
        ("d['emotions'][0]['valence'] = -2", "emotions[0].valence: is -2, must be -1 or more"),
        ("d['scenes'][0]['characters'] = [55]", "scenes[0].characters[0]: no entity has the id 55"),
        ("d['bonds'][0]['a'] = 55", "bonds[0].a: no entity has the id 55"),
        ("d['bonds'][0]['b'] = 1", "bonds[0]: is a bond of one with oneself"),
        ("d['bonds'] *= 2", "bonds[1]: is a second bond of the same two"),
        ("d['bonds'][0]['scenes'][0]['scene'] = 55", "bonds[0].scenes[0].scene: no scene has the id 55"),
        ("d['bonds'][0]['scenes'][0]['lines'] = [1]", "bonds[0].scenes[0].lines: has 1 items, must have 2 or more"),
        ("d['bonds'][0]['asymmetry']['low'] = 3", "bonds[0].asymmetry: low ≤ value ≤ high does not hold"),
        ("d['bonds'][0]['turns'][0]['end'] = 99999", "bonds[0].turns[0]: ends at 99999"),
    ],
)  # fmt: skip
def test_each_fault_is_named_with_its_place(change: str, problem: str) -> None:
    found = broken(change)
    assert any(problem in line for line in found), found


def test_a_nested_quote_needs_its_parent() -> None:
    data = to_dict(fake_analysis("{{Imre>-|“He said {{Halvard>-|‘go’}} to me.”}}"))
    assert [q["parent"] for q in data["quotes"]] == [None, 0]
    assert validate(data) == []
    assert broken("d['quotes'][1]['parent'] = None", data) == [
        "quotes[1].parent: is null, the quote lies in 0"
    ]


def test_many_problems_are_cut_off() -> None:
    data = to_dict(ferry())
    data["tokens"]["head"] = [9999] * len(data["tokens"]["head"])
    assert len(validate(data)) == 100
    assert len(validate(data, limit=3)) == 3


# ------------------------------------------------------------------ files
@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is empty"),
        (b"  \n", "is empty"),
        (b"\xff\xfe\x00", "is not UTF-8 (byte 0)"),
        (b"Once upon a time", "is not JSON at line 1, column 1"),
        (b'{"schema": "fabula/1", "text": "Onc', "is cut short at line 1"),
        (b'{"schema": "fabula/1",\n"text": ', "is cut short at line 2"),
        (b'{"schema": "fabula/1" "text": 1}', "is not JSON at line 1, column 23"),
        (b'{"schema": "fabula/1", "schema": "fabula/1"}', 'the key "schema" stands twice'),
        (b'{"schema": "fabula/1", "text": NaN}', "NaN is no JSON number"),
        (b'{"schema": ' + b"9" * 5000 + b"}", "is not JSON"),
        (b'{"schema": ' + b"[" * 100_000, "is nested too deep"),
        (b"[" * 100_000 + b"]" * 100_000, "is nested too deep"),
        (b"[]", "it has no 'schema'"),
        (b"{}", "it has no 'schema'"),
        (b'{"schema": "fabula/2"}', "follows the schema 'fabula/2'. This program reads fabula/1"),
        (b'{"schema": ["fabula/1"]}', "follows the schema"),
        (b'{"schema": "fabula/1"}', "the key 'producer' is missing"),
    ],
)
def test_a_bad_file_is_one_clear_line(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "bad.json"
    path.write_bytes(content)
    with pytest.raises(ContractError, match=re.escape(message)) as caught:
        load_file(path)
    assert str(caught.value).startswith(f"{path}: ")
    assert caught.value.remedy
    assert "\n" not in str(caught.value)


def test_a_file_cut_anywhere_is_said_to_be_broken() -> None:
    whole = written(ferry())
    for end in range(0, len(whole) - 1, 97):
        with pytest.raises(ContractError):
            from_json(whole[:end])


def test_a_byte_order_mark_does_no_harm() -> None:
    assert difference(from_json(b"\xef\xbb\xbf" + written(ferry()).encode()), ferry()) == ""


@pytest.mark.parametrize("name", ["missing.json", ".", "missing/x.json", "\0"])
def test_a_file_that_cannot_be_read(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        load_file(f"{tmp_path}/{name}")


def test_parse_gives_plain_values() -> None:
    assert parse('{"a": [1, null]}') == {"a": [1, None]}


def test_a_novel_is_quick() -> None:
    analysis = novel(20_000)
    began = time.process_time()
    again = from_json(written(analysis))
    assert difference(again, analysis) == ""
    assert time.process_time() - began < 10
