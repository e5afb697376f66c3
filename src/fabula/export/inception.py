"""``inception``: a UIMA CAS as XMI and as JSON with its type system (dkpro-cassis), for INCEpTION.

INCEpTION's own layers hold sentences, tokens, lemmas, parts of speech, dependencies, named entities
(``value``: type, ``identifier``: the entity's id) and coreference (a link's ``referenceType``: kind of
mention). Quotes are the span layer ``webanno.custom.Quote`` with ``kind``, ``speaker``, ``addressees`` (names
with ids) and ``confidence``. Offsets in the XMI are UTF-16, as UIMA counts; the library converts them.
"""

from __future__ import annotations

from importlib.resources import files
from itertools import pairwise
from typing import Any

from fabula.export.request import Files, Request, needs
from fabula.export.voices import display_name
from fabula.export.xml_text import xml_text
from fabula.types import Analysis, Mention

_CORE = "de.tudarmstadt.ukp.dkpro.core.api"
SENTENCE = f"{_CORE}.segmentation.type.Sentence"
TOKEN = f"{_CORE}.segmentation.type.Token"
LEMMA = f"{_CORE}.segmentation.type.Lemma"
POS = f"{_CORE}.lexmorph.type.pos.POS"
DEPENDENCY = f"{_CORE}.syntax.type.dependency.Dependency"
NAMED_ENTITY = f"{_CORE}.ner.type.NamedEntity"
CHAIN = f"{_CORE}.coref.type.CoreferenceChain"
LINK = f"{_CORE}.coref.type.CoreferenceLink"
QUOTE = "webanno.custom.Quote"
QUOTE_FEATURES = ("kind", "speaker", "addressees", "confidence")


def write(analysis: Analysis, request: Request) -> Files:
    """The CAS as ``.xmi``, as ``.json``, and ``TypeSystem.xml``. Raises OutputError if cassis is missing."""
    try:
        import cassis
    except ImportError:
        raise needs("cassis", "dkpro-cassis", "export", "inception") from None
    # The library's own function for this warns that it will stop working.
    types = files("cassis.resources").joinpath("dkpro-core-types.xml")
    system = cassis.load_typesystem(types.read_text(encoding="utf-8"))
    layer = system.create_type(QUOTE, supertypeName="uima.tcas.Annotation")
    for feature in QUOTE_FEATURES:
        system.create_feature(layer, feature, rangeType="uima.cas.String")
    cas = cassis.Cas(typesystem=system)
    cas.sofa_string = xml_text(analysis.story.text)
    cas.sofa_mime = "text/plain"
    writer = _Writer(analysis, cas)
    writer.write()
    contents = {
        f"{request.name}.xmi": cas.to_xmi(),
        f"{request.name}.json": cas.to_json(),
        "TypeSystem.xml": system.to_xml(),
    }
    altered = xml_text(analysis.story.text) != analysis.story.text
    return Files(contents, ("characters that XML does not allow are U+FFFD",) if altered else ())


def label(name: str, number: int) -> str:
    """An entity as a feature shows it, and as it can be read back: its name with its id."""
    return xml_text(f"{name} (e{number})")


class _Writer:
    def __init__(self, analysis: Analysis, cas: Any) -> None:
        self.analysis, self.cas = analysis, cas
        self.types = {
            name: cas.typesystem.get_type(name)
            for name in (SENTENCE, TOKEN, LEMMA, POS, DEPENDENCY, NAMED_ENTITY, CHAIN, LINK, QUOTE)
        }
        self.names = {e.id: display_name(e) for e in analysis.entities}

    def write(self) -> None:
        self._syntax()
        self._coreference()
        self._quotes()

    def _add(self, name: str, start: int, end: int, **features: Any) -> Any:
        item = self.types[name](begin=start, end=end, **features)
        self.cas.add(item)
        return item

    def _syntax(self) -> None:
        story, syntax = self.analysis.story, self.analysis.syntax
        for sentence in story.sentences:
            self._add(SENTENCE, sentence.start, sentence.end)
        starts, ends = story.tokens.start.tolist(), story.tokens.end.tolist()
        tokens = []
        for i, (start, end) in enumerate(zip(starts, ends, strict=True)):
            tag = self._add(
                POS, start, end, PosValue=xml_text(syntax.xpos[i]), coarseValue=xml_text(syntax.upos[i])
            )
            lemma = self._add(LEMMA, start, end, value=xml_text(syntax.lemma[i]))
            tokens.append(self._add(TOKEN, start, end, pos=tag, lemma=lemma))
        for i, head in enumerate(syntax.head.tolist()):
            governor = tokens[i if head < 0 else head]
            relation = xml_text(syntax.deprel[i]) or "dep"
            self._add(
                DEPENDENCY,
                starts[i],
                ends[i],
                Governor=governor,
                Dependent=tokens[i],
                DependencyType=relation,
            )

    def _coreference(self) -> None:
        chains: dict[int, list[Mention]] = {}
        for m in self.analysis.mentions:
            if m.kind == "PROP":
                number = None if m.entity is None else f"e{m.entity}"
                self._add(NAMED_ENTITY, m.start, m.end, value=m.type, identifier=number)
            if m.entity is not None:
                chains.setdefault(m.entity, []).append(m)
        for entity, mentions in chains.items():
            links = [
                self.types[LINK](begin=m.start, end=m.end, referenceType=m.kind)
                for m in sorted(mentions, key=lambda m: (m.start, m.end, m.id))
            ]
            for link, following in pairwise(links):
                link.next = following
                link.referenceRelation = label(self.names[entity], entity)
            self.cas.add_all(links)
            self.cas.add(self.types[CHAIN](first=links[0]))

    def _quotes(self) -> None:
        for q in self.analysis.quotes:
            self._add(
                QUOTE,
                q.start,
                q.end,
                kind=q.kind,
                speaker=None if q.speaker is None else label(self.names[q.speaker], q.speaker),
                addressees="; ".join(label(self.names[a], a) for a in q.addressees) or None,
                confidence=f"{q.confidence:.3f}",
            )
