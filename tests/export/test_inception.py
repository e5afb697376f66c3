"""INCEpTION: the CAS, loaded by dkpro-cassis from XMI and from JSON."""

from __future__ import annotations

from typing import Any

import cassis
import pytest

from fabula.export import Request, render
from fabula.export import inception as layers
from tests.export.sample import lock

FILES = render(lock(), "inception", Request("lock")).contents
SYSTEM = cassis.load_typesystem(FILES["TypeSystem.xml"])
CASES: dict[str, Any] = {
    "xmi": lambda: cassis.load_cas_from_xmi(FILES["lock.xmi"], typesystem=SYSTEM),
    "json": lambda: cassis.load_cas_from_json(FILES["lock.json"]),
}


@pytest.fixture(params=CASES, scope="module")
def cas(request: pytest.FixtureRequest) -> Any:
    return CASES[request.param]()


def test_the_text_is_the_story(cas: Any) -> None:
    assert cas.sofa_string == lock().story.text


def test_tokens_lemmas_tags_and_heads(cas: Any) -> None:
    analysis = lock()
    tokens = cas.select(layers.TOKEN)
    assert [t.get_covered_text() for t in tokens] == [
        analysis.story.token_text(i) for i in range(len(analysis.story.tokens))
    ]
    assert [t.lemma.value for t in tokens] == list(analysis.syntax.lemma)
    assert [t.pos.coarseValue for t in tokens] == list(analysis.syntax.upos)
    place = {t.begin: i for i, t in enumerate(tokens)}
    heads = {place[d.Dependent.begin]: place[d.Governor.begin] for d in cas.select(layers.DEPENDENCY)}
    expected = {i: i if h < 0 else h for i, h in enumerate(analysis.syntax.head.tolist())}
    assert heads == expected
    assert len(cas.select(layers.SENTENCE)) == len(analysis.story.sentences)


def test_names_and_chains(cas: Any) -> None:
    analysis = lock()
    names = sorted((n.begin, n.end, n.value, n.identifier) for n in cas.select(layers.NAMED_ENTITY))
    assert names == sorted(
        (m.start, m.end, m.type, f"e{m.entity}") for m in analysis.mentions if m.kind == "PROP"
    )
    chains = []
    for chain in cas.select(layers.CHAIN):
        link, found = chain.first, []
        while link is not None:
            found.append((link.begin, link.end, link.referenceType))
            link = link.next
        chains.append(found)
    by_entity: dict[int, list[tuple[int, int, str]]] = {}
    for m in analysis.mentions:
        if m.entity is not None:
            by_entity.setdefault(m.entity, []).append((m.start, m.end, m.kind))
    assert sorted(chains) == sorted(by_entity.values())


def test_quotes(cas: Any) -> None:
    analysis = lock()
    names = {e.id: e.name for e in analysis.entities}
    found = sorted((q.begin, q.end, q.kind, q.speaker, q.addressees) for q in cas.select(layers.QUOTE))
    assert found == sorted(
        (
            q.start,
            q.end,
            q.kind,
            None if q.speaker is None else layers.label(names[q.speaker], q.speaker),
            "; ".join(layers.label(names[a], a) for a in q.addressees) or None,
        )
        for q in analysis.quotes
    )


def test_offsets_in_the_xmi_are_utf_16() -> None:
    """A sign beyond the first plane counts twice in Java."""
    text = lock().story.text
    at = text.index("“Come down")
    shift = len(text[:at].encode("utf-16-le")) // 2
    assert shift == at + 1
    assert f'begin="{shift}"' in str(FILES["lock.xmi"])
