"""Quotes in every style; all prose written for these tests."""

import pytest
from tests.support.quoting import paragraphs_of, said, spans

from fabula.text.quotes import find_quotes
from fabula.types import Segment


# ------------------------------------------------------------------ marks that open and close
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("“Come in,” said Olga. “It is cold.”", ["“Come in,”", "“It is cold.”"], id="curly"),
        pytest.param('"Come in," said Olga. "It is cold."', ['"Come in,"', '"It is cold."'], id="straight"),
        pytest.param("‘Come in,’ said Olga. ‘It’s cold.’", ["‘Come in,’", "‘It’s cold.’"], id="british"),
        pytest.param("'Come in,' said Olga. 'It's cold.'", ["'Come in,'", "'It's cold.'"], id="single"),
        pytest.param("«Come in», said Olga. «It is cold.»", ["«Come in»", "«It is cold.»"], id="guillemets"),
        pytest.param("« Come in », said Olga.", ["« Come in »"], id="spaced guillemets"),
        pytest.param("»Come in,« said Olga. »It is cold.«", ["»Come in,«", "»It is cold.«"], id="reversed"),
        pytest.param("»Come in,» said Olga. »It is cold.»", ["»Come in,»", "»It is cold.»"], id="finnish"),
        pytest.param("„Come in,“ said Olga. „It is cold.“", ["„Come in,“", "„It is cold.“"], id="german"),
        pytest.param("„Come in,” said Olga. „It is cold.”", ["„Come in,”", "„It is cold.”"], id="polish"),
        pytest.param("”Come in,” said Olga. ”It is cold.”", ["”Come in,”", "”It is cold.”"], id="swedish"),
        pytest.param("‚Come in,‘ said Olga. ‚It is cold.‘", ["‚Come in,‘", "‚It is cold.‘"], id="low single"),
        pytest.param("‹Come in,› said Olga.", ["‹Come in,›"], id="single guillemets"),
        pytest.param("「Come in,」 said Olga.", ["「Come in,」"], id="corner brackets"),
        pytest.param("``Come in,'' said Olga.", ["``Come in,''"], id="latex"),
        pytest.param("`Come in,' said Olga. `It's cold.'", ["`Come in,'", "`It's cold.'"], id="backtick"),
        pytest.param("''Come in,'' said Olga.", ["''Come in,''"], id="two singles"),
        pytest.param('*"Come in,"* said Olga.', ['"Come in,"'], id="starred"),
        pytest.param("_“Come in,”_ said Olga.", ["“Come in,”"], id="underlined"),
        pytest.param('"_Come in!_" said Olga.', ['"_Come in!_"'], id="underlined inside"),
        pytest.param('“Come in," said Olga. "It is cold.”', ['“Come in,"', '"It is cold.”'], id="mixed pair"),
        pytest.param('"Come in,"said Olga.', ['"Come in,"'], id="no space behind"),
        pytest.param('Olga said,"Come in."', ['"Come in."'], id="no space before"),
        pytest.param('" Come in, " said Olga.', ['" Come in, "'], id="spaced inside"),
        pytest.param('Olga cried--"Come in!"--and ran.', ['"Come in!"'], id="between dashes"),
        pytest.param('("Come in," said Olga.)', ['"Come in,"'], id="bracketed"),
        pytest.param('"Come\nin," said Olga.', ['"Come in,"'], id="wrapped line"),
        pytest.param('"..."\n\n"Well?" said Olga.', ['"..."', '"Well?"'], id="silence"),
    ],
)
def test_style(text: str, expected: list[str]) -> None:
    assert said(text) == expected
    assert all(q.closed and q.parent is None for q in spans(text))


def test_style_is_the_opening_mark() -> None:
    assert [q.style for q in spans("„Come in,“ said Olga.\n\n— Yes, — said Pavel. — Now.")] == ["„", "—", "—"]


# ------------------------------------------------------------------ single marks beside apostrophes
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("'Tis late,' said Tom. ''Tis five o'clock.'", ["'Tis late,'", "''Tis five o'clock.'"]),
        ("'I took the boys' coats,' said Tom, 'and ran.'", ["'I took the boys' coats,'", "'and ran.'"]),
        ("'Give 'em bread,' said Tom. 'They're goin' home.'", ["'Give 'em bread,'", "'They're goin' home.'"]),
        ("‘Give ’em bread,’ said Tom. ‘They’re goin’ home.’", ["‘Give ’em bread,’", "‘They’re goin’ home.’"]),
        ("'That's the boys',' said Tom.", ["'That's the boys','"]),
        ("'I'm goin'!' said Tom. 'I'm goin'.'", ["'I'm goin'!'", "'I'm goin'.'"]),
        ("'We 'ad an 'orse in '48,' said Tom.", ["'We 'ad an 'orse in '48,'"]),
        ("'And the '90s were odd,' said Tom.", ["'And the '90s were odd,'"]),
        ("''Twas odd in the '90s,' said Tom.", ["''Twas odd in the '90s,'"]),
        ("'Cause they're odd, the '90s,' said Tom.", ["'Cause they're odd, the '90s,'"]),
        ('"I\'m 5\'10"," said Tom.', ['"I\'m 5\'10","']),
        ("'Rock 'n' roll,' said Tom.", ["'Rock 'n' roll,'"]),
        ("'Come in' said Tom and sat down.", ["'Come in'"]),
        ("\"Give 'em the boys' coats,\" said Tom.", ["\"Give 'em the boys' coats,\""]),
        ("The boys' coats hung there. 'Twas five o'clock, and 'em as were late were goin' hungry.", []),
        ("The Joneses' dog and the Smiths' cat fought till the neighbours' windows opened.", []),
        ("He came from 'ouses by the boys' school and 'eld his 'at.", []),
        ("‘Tis late and the boys’ coats hang by the door; ‘twas ever so.", []),
    ],
)
def test_apostrophes(text: str, expected: list[str]) -> None:
    assert said(text) == expected


def test_a_whole_page_of_british_dialogue() -> None:
    text = (
        "'Who's there?' called Anne.\n\nThe landlords' dogs barked.\n\n"
        "'It's me, Jack. I've brought the ladies' hats.'\n\n"
        "'Leave 'em,' said Anne, 'on the Evans' porch.' She shut the boys' window.\n\n"
        "'Right you are, miss!'"
    )
    assert said(text) == [
        "'Who's there?'",
        "'It's me, Jack. I've brought the ladies' hats.'",
        "'Leave 'em,'",
        "'on the Evans' porch.'",
        "'Right you are, miss!'",
    ]


# ------------------------------------------------------------------ nesting
@pytest.mark.parametrize(
    ("text", "inner"),
    [
        ("“He looked up and said, ‘Never come back,’ and I went,” said Ida.", "‘Never come back,’"),
        ("\"He looked up and said, 'Never come back,' and I went,\" said Ida.", "'Never come back,'"),
        ("‘He looked up and said, “Never come back,” and I went,’ said Ida.", "“Never come back,”"),
        ("'He looked up and said, \"Never come back,\" and I went,' said Ida.", '"Never come back,"'),
        ("«He looked up and said, “Never come back,” and I went», said Ida.", "“Never come back,”"),
        ("«He looked up and said: ‹Never come back!› and I went», said Ida.", "‹Never come back!›"),
        ("„He looked up and said: ‚Never come back!‘ and I went,“ said Ida.", "‚Never come back!‘"),
        ("“He looked up and said, “Never come back,” and I went,” said Ida.", "“Never come back,”"),
        ("“I went. He said, ‘Never come back.’” Ida wept.", "‘Never come back.’"),
        ("\"I went. He said, 'Never come back.'\" Ida wept.", "'Never come back.'"),
        ("'I went. He said, \"Never come back.\"' Ida wept.", '"Never come back."'),
    ],
)
def test_inner_quote_has_its_parent(text: str, inner: str) -> None:
    found = spans(text)
    assert len(found) == 2
    assert found[0].parent is None
    assert found[1].parent == 0
    assert text[found[1].start : found[1].end] == inner


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        ("“She said, ‘No,’ and shut the door,” said Ida.", "‘No,’"),
        ("\"She said, 'No,' and shut the door,\" said Ida.", "'No,'"),
        ("‘She said, “No,” and shut the door,’ said Ida.", "“No,”"),
        ("“I asked her twice and she said ‘Yes’ both times,” said Ida.", "‘Yes’"),
        ("“All she said was ‘Not now.’ I went home,” said Ida.", "‘Not now.’"),
        ("“I heard ‘Help!’ from the yard,” said Ida.", "‘Help!’"),
        ("“‘Never,’ he told me, and I went,” said Ida.", "‘Never,’"),
    ],
)
def test_an_inner_quote_of_a_word_or_two_is_one(text: str, inner: str) -> None:
    found = spans(text)
    assert [(text[q.start : q.end], q.parent) for q in found[1:]] == [(inner, 0)]


@pytest.mark.parametrize(
    "text",
    [
        "“They call it ‘progress’ up at the house,” said Ida.",
        "“He is a ‘Gentleman’ now,” said Ida.",
        "“How do you spell ‘rhyme’?” said Ida.",
        "“The word was ‘Please’ when I was young,” said Ida.",
    ],
)
def test_a_word_set_off_inside_a_quote_is_none(text: str) -> None:
    assert len(spans(text)) == 1


def test_scare_quotes_inside_a_quote_are_none() -> None:
    assert said("“Your ‘friend’ was here,” said Ida.") == ["“Your ‘friend’ was here,”"]


def test_a_quote_and_its_echo() -> None:
    assert said("“‘Never,’” repeated Ida.") == ["“‘Never,’”"]


# ------------------------------------------------------------------ over paragraphs
@pytest.mark.parametrize(("left", "right"), ["“”", "‘’", "«»", '""', "''"])
def test_reopened_at_each_paragraph_is_one_quote(left: str, right: str) -> None:
    first = "I was born in a mill by the river, the youngest of nine, and nobody had time to name me."
    second = "The summer I turned ten the river rose, and the mill went with it down to the sea."
    third = "So you see why I keep a boat."
    speech = f"{left}{first}\n\n{left}{second}\n\n{left}{third}{right}"
    text = f"The old man began:\n\n{speech}\n\n{left}I see,{right} said Marta."
    found = spans(text)
    assert [text[q.start : q.end] for q in found] == [speech, f"{left}I see,{right}"]
    assert all(q.closed for q in found)


def test_nested_quote_reopened_with_its_parent() -> None:
    inner = (
        "‘We shall sail at dawn, all of us who can hold an oar, and God help the rest of you.\n\n"
        "“‘Whoever stays must bar the doors and wait until the others are home again.’"
    )
    text = f"“The captain stood on the table and spoke to everyone in the hall: {inner} That was his speech.”"
    found = spans(text)
    assert [(q.start, q.end, q.parent) for q in found] == [
        (0, len(text), None),
        (text.index("‘"), text.rindex("’") + 1, 0),
    ]


def test_long_quote_that_is_not_reopened() -> None:
    speech = "“Dear Ilse,\n\nthe house is sold, and I am off to the coast.\n\nForgive me.”"
    text = f"She read it aloud. {speech}\n\n“How dare he!” said Ilse."
    assert said(text) == [" ".join(speech.split()), "“How dare he!”"]


def test_heading_ends_an_open_quote() -> None:
    text = "“I will tell you tomorrow what I saw in the garden\n\nCHAPTER TWO\n\n“Good morning,” said Ida."
    a, b = text.index("CHAPTER"), text.index("“Good")
    segments = (Segment("body", 0, a), Segment("heading", a, b), Segment("body", b, len(text)))
    found = find_quotes(text, paragraphs_of(text), segments)
    assert [q.closed for q in found] == [False, True]
    assert found[0].end <= a


def test_only_story_segments_hold_quotes() -> None:
    note = "A/N: “Please review!” said my cat.\n\n"
    letter = "“Come at once,” he told me.\n\n"
    body = "“Who?” said Ida."
    text = note + letter + body
    cuts = (0, len(note), len(note) + len(letter), len(text))
    segments = tuple(
        Segment(kind, cuts[i], cuts[i + 1])
        for i, kind in enumerate(("note", "letter", "body"))  # type: ignore[arg-type]
    )
    found = find_quotes(text, paragraphs_of(text), segments)
    assert [text[q.start : q.end] for q in found] == ["“Come at once,”", "“Who?”"]


# ------------------------------------------------------------------ interrupted
def test_interrupted_by_a_tag_is_two_quotes() -> None:
    assert said("“I thought,” said Ida; “that you had gone.”") == ["“I thought,”", "“that you had gone.”"]
    assert said('"If you go," he said, "i shall follow."') == ['"If you go,"', '"i shall follow."']


# ------------------------------------------------------------------ missing marks
AFTER = "\n\n“Who is it?” asked Ida.\n\nShe put down the lamp. “Nobody,” said Per."


@pytest.mark.parametrize(
    ("broken", "expected"),
    [
        ("“Somebody is at the gate\n\nShe listened.", ["“Somebody is at the gate"]),
        ("“Somebody is at the gate, he said.\n\nShe listened.", ["“Somebody is at the gate,"]),
        ("“Somebody is there, said Per. “I saw him.”", ["“Somebody is there,", "“I saw him.”"]),
        ("“Somebody is there.", ["“Somebody is there."]),
        ("Somebody is at the gate,” said Per.", ["Somebody is at the gate,”"]),
        ("“Hush,” said Per. I saw him there.” He rose.", ["“Hush,”", "I saw him there.”"]),
    ],
)
@pytest.mark.parametrize("marks", ["“”", '""', "«»"])
def test_one_missing_mark_spoils_nothing_behind_it(broken: str, expected: list[str], marks: str) -> None:
    def restyle(s: str) -> str:
        return s.replace("“", marks[0]).replace("”", marks[1])

    rest = ["“Who is it?”", "“Nobody,”"]
    assert said(restyle(broken + AFTER)) == [restyle(s) for s in expected + rest]


def test_closed_tells_of_the_missing_closing_mark() -> None:
    assert [q.closed for q in spans("“Somebody is there, said Per. “I saw him.”" + AFTER)] == [
        False,
        True,
        True,
        True,
    ]


def test_closing_marks_lost_all_over() -> None:
    text = "“Who is there? she called.\n\n“Only me.\n\n“Come in, then, said Ida.\n\n“Thank you.\n\nHe came."
    assert said(text) == ["“Who is there?", "“Only me.", "“Come in, then,", "“Thank you."]
    assert not any(q.closed for q in spans(text))


def test_inches_are_no_marks() -> None:
    assert said('He was 6\' 2" tall. "A giant," said Ida. The board was 12" wide.') == ['"A giant,"']


# ------------------------------------------------------------------ dashes
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "— Come in, — said Olga, — it is cold.", ["— Come in,", "— it is cold."], id="russian, two quotes"
        ),
        pytest.param(
            "– Come in, – said Olga. – It is cold.", ["– Come in,", "– It is cold."], id="polish, en dashes"
        ),
        pytest.param(
            "-- Come in, -- said Olga. -- It is cold.", ["-- Come in,", "-- It is cold."], id="hyphens"
        ),
        pytest.param("—Come in —said Olga—. It is cold.", ["—Come in", "It is cold."], id="spanish"),
        pytest.param("—Come in, said Olga. It is cold.", ["—Come in,", "It is cold."], id="joyce"),
        pytest.param(
            "—Come in! Olga said. It is cold.", ["—Come in!", "It is cold."], id="joyce, name first"
        ),
        pytest.param(
            "—Come in, said Mrs. Lund. It is cold.", ["—Come in,", "It is cold."], id="abbreviation"
        ),
        pytest.param(
            "—Come in, said Olga, wiping her hands.\n\n—Thanks, he said.",
            ["—Come in,", "—Thanks,"],
            id="tag goes on",
        ),
        pytest.param(
            "— Come in. — She opened the door. — It is cold.", ["— Come in.", "— It is cold."], id="beat"
        ),
        pytest.param(
            "— I think — no, I know — that he lied, — said Olga.",
            ["— I think — no, I know — that he lied,"],
            id="dashes inside the speech",
        ),
        pytest.param(
            "— Is he in?\n\n— He is out.\n\nOlga closed the door.\n\n— Since when?",
            ["— Is he in?", "— He is out.", "— Since when?"],
            id="untagged",
        ),
        pytest.param(
            "Olga knocked.\n— Is he in?\n— He is out.",
            ["— Is he in?", "— He is out."],
            id="lines",
        ),
        pytest.param(
            "– Which is yours? the old man asked me.\n\n– Per, I said.\n\n– And hers?",
            ["– Which is yours?", "– Per,", "– And hers?"],
            id="subject first, and I",
        ),
        pytest.param(
            "– Why, I said that I would.\n\n– When? he said to her. Today?\n\n– Soon, she asked what for.",
            ["– Why, I said that I would.", "– When?", "Today?", "– Soon, she asked what for."],
            id="reported speech is no tag",
        ),
        pytest.param(
            "- Is he in? - asked Olga.\n\n- No, - said Per.\n\n- Where is he?\n\n- Out.",
            ["- Is he in?", "- No,", "- Where is he?", "- Out."],
            id="single hyphens",
        ),
    ],
)
def test_dialogue_dashes(text: str, expected: list[str]) -> None:
    assert said(text) == expected


def test_marks_inside_dash_dialogue_are_nested() -> None:
    text = "— He said: “Never come back!” and left, — said Olga.\n\n— Did he? — asked Per."
    found = spans(text)
    assert [(q.style, q.parent) for q in found] == [("—", None), ("“", 0), ("—", None)]


@pytest.mark.parametrize(
    "text",
    [
        "“Is he in?” asked Olga.\n\n—the door was open, after all—\n\n“No,” said Per.",
        "All flesh is grass.\n\n—Old Song\n\n“Is he in?” asked Olga.\n\n“No,” said Per.",
        "“Is he in?” asked Olga.\n\n---\n\n“No,” said Per.\n\n— — —",
    ],
)
def test_other_dashes_are_no_dialogue(text: str) -> None:
    assert all(q.style == "“" for q in spans(text))


# ------------------------------------------------------------------ mixed styles
def test_letter_in_another_style() -> None:
    text = (
        "“Read it,” said Olga.\n\n'Dear Olga,' it began, 'I am well.'\n\n“Is that all?” asked Per.\n\n“Yes.”"
    )
    assert said(text) == ["“Read it,”", "'Dear Olga,'", "'I am well.'", "“Is that all?”", "“Yes.”"]
