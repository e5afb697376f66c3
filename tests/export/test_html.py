"""The page: whole, harmless, and readable by itself."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

from hypothesis import HealthCheck, given, settings

from fabula.export import render
from fabula.types import MARK_KINDS, Analysis, Mark
from tests.export.sample import lock
from tests.support.fake import fake_analysis
from tests.support.strategies import analyses

VOID = {"meta", "br", "input", "link", "img"}


class Page(HTMLParser):
    """Checks that tags nest, and collects the text of main and the attributes of spans."""

    def __init__(self, content: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.text = ""
        self.spans: list[dict[str, str | None]] = []
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.feed(content)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag == "span" and "main" in self.open:
            self.spans.append(dict(attrs))
        if tag == "br" and "main" in self.open:
            self.text += "\n"
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "main" in self.open:
            self.text += data


def page(analysis: Analysis) -> str:
    (content,) = render(analysis, "html").contents.values()
    assert isinstance(content, str)
    return content


def test_the_story_is_all_there_in_order() -> None:
    assert Page(page(lock())).text.split() == lock().story.text.split()


def test_speech_says_who_and_doubt_shows() -> None:
    spans = Page(page(lock())).spans
    first = next(s for s in spans if "q" in str(s["class"]).split())
    assert first["title"] == "Runa says, to Eskil (99% sure)"
    assert first["data-who"] == "Runa"
    unknown = next(s for s in spans if str(s.get("title", "")).startswith("? says"))
    assert "d" in str(unknown["class"]).split()
    thought = next(s for s in spans if "thinks" in str(s.get("title", "")))
    assert thought["data-who"] == "Eskil"
    she = next(s for s in spans if s.get("title") == "Runa (95% sure)")
    assert str(she["class"]).split() == ["m", "p"]


def test_emphasis_and_block_quotes_look_as_in_the_file() -> None:
    content = page(lock())
    assert "opened <em>the sluice</em> at" in content
    assert re.search(r'<strong><span class="m"[^>]*>Mossgate</span></strong>', content)
    assert re.search(r"“Come <em>down, .*?Eskil.*?,”</em></span><em> .*?she.*?</em> said", content)
    assert '<p class="block_quote letter">Dear' in content


def test_every_mark_has_its_look() -> None:
    text = "Seven words stand here, one by one."
    plain = fake_analysis(text)
    for kind in MARK_KINDS:
        marked = replace(plain, story=replace(plain.story, marks=(Mark(0, len(text), kind),)))
        assert page(marked) != page(plain)
        assert Page(page(marked)).text.split() == text.split()


def test_nothing_is_loaded_and_nothing_runs() -> None:
    content = page(lock())
    found = Page(content)
    assert found.tags & {"script", "iframe", "object", "link", "img", "b"} == set()
    assert not any(name.startswith("on") or name in ("src", "style", "action") for name in found.attributes)
    assert "default-src 'none'" in content
    assert re.search(r"url\(|@import|https?:", content) is None


def test_what_looks_like_markup_is_text() -> None:
    nasty = fake_analysis(
        '{{<i"\'&>-|“<script>alert(1)</script>”}} said ["><img src=x onerror=y>:<i"\'&].', title="<title>&"
    )
    found = Page(page(nasty))
    assert found.tags & {"script", "img", "i"} == set()
    assert "<script>alert(1)</script>" in found.text


def test_chapters_have_links() -> None:
    content = page(lock())
    for link in re.findall(r'href="#(\w+)"', content):
        assert f'id="{link}"' in content
    assert content.count('href="#') == 2


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(analyses())
def test_any_reading_is_well_formed(analysis: Analysis) -> None:
    found = Page(page(analysis))
    assert found.tags <= {
        "html", "head", "meta", "title", "style", "body", "header", "h1", "p", "section", "h2", "table",
        "thead", "tr", "th", "td", "tbody", "small", "span", "form", "label", "input", "main", "br", "footer",
        "nav", "ol", "li", "a", "details", "summary", "dl", "dt", "dd",
        "em", "strong", "u", "s", "sup", "sub", "code",
    }  # fmt: skip
