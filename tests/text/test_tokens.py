"""Tokens as UD English EWT has them."""

from __future__ import annotations

import pytest

from fabula.text.tokens import MAX_TOKEN, tokenize


def split(text: str) -> list[str]:
    """The tokens of ``text``."""
    spans = tokenize(text)
    return [text[a:b] for a, b in zip(spans.start.tolist(), spans.end.tolist(), strict=True)]


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("I don't know.", "I do n't know ."),
        ("I don’t know.", "I do n’t know ."),
        ("can't won't shan't ain't", "ca n't wo n't sha n't ai n't"),
        ("CAN'T", "CA N'T"),
        ("I'm he's we'll they've you'd she'd've", "I 'm he 's we 'll they 've you 'd she 'd 've"),
        ("couldn't've", "could n't 've"),
        ("Tom's boys' boats", "Tom 's boys ' boats"),
        ("cannot gonna wanna gotta dunno", "can not gon na wan na got ta du n no"),
        ("dont im youre thats", "do nt i m you re that s"),
        ("wont cant its were well", "wont ca nt its were well"),
        ("a well-known sister-in-law", "a well - known sister - in - law"),
        ("to-day, to-night and to-morrow", "to-day , to-night and to-morrow"),
        ("an ex-husband, mid-July, e-mail", "an ex-husband , mid-July , e-mail"),
        ("Mr. and Mrs. Grey saw Dr. Moss on St. John's Rd.", "Mr. and Mrs. Grey saw Dr. Moss on St. John "
            "'s Rd."),
        ("J. M. Grey", "J. M. Grey"),
        ("It was I.", "It was I ."),
        ("U.S. at 5 p.m., i.e. late", "U.S. at 5 p.m. , i.e. late"),
        ("No. He has No. 7.", "No . He has No. 7 ."),
        ("Wait... what?! No!!", "Wait ... what ?! No !!"),
        ("Wait… what?", "Wait … what ?"),
        ("so--he said -- and—no", "so -- he said -- and — no"),
        ("“Go!” he said. \"Go!\"", "“ Go ! ” he said . \" Go ! \""),
        ("‘Go,’ he said, ‘it’s late.’", "‘ Go , ’ he said , ‘ it ’s late . ’"),
        ("'Go,' he said, 'it's late.'", "' Go , ' he said , ' it 's late . '"),
        ("“‘No,’ he said.”", "“ ‘ No , ’ he said . ”"),
        ("Get 'em! 'Tis o'clock, rock 'n' roll", "Get 'em ! 'T is o'clock , rock 'n' roll"),
        ("’em ’tis ’Course", "’em ’t is ’Course"),
        ("goin' home, nothin' more, 'in the cabin'", "goin' home , nothin' more , ' in the cabin '"),
        ("a pint o' milk, th' old man", "a pint o' milk , th' old man"),
        ("ma'am O'Hara d'Arcy", "ma'am O'Hara d'Arcy"),
        ("y'all d'you", "y' all d' you"),
        ("let's I'se", "let 's I 'se"),
        ("it cost $5.50, or £3 (10%)", "it cost $ 5.50 , or £ 3 ( 10 % )"),
        ("at 7:30pm on 3/4/1999, 1,200 men", "at 7:30 pm on 3/4/1999 , 1,200 men"),
        ("the 1st, the '60s, the 1960s", "the 1st , the '60s , the 1960s"),
        ("see https://example.org/a-b?c=d, or me@example.org.", "see https://example.org/a-b?c=d , or "
            "me@example.org ."),
        ("a _very_ *big* __ship__", "a _ very _ * big * __ ship __"),
        ("he/she and/or AT&T", "he / she and / or AT&T"),
        ("*** ~~~ -----", "*** ~~~ -----"),
        ("na\u00efve nai\u0308ve", "na\u00efve nai\u0308ve"),
        ("[He] (she) {it}", "[ He ] ( she ) { it }"),
        ("猫が好き", "猫 が 好 き"),
    ],
)  # fmt: skip
def test_tokens(text: str, tokens: str) -> None:
    assert split(text) == tokens.split(" ")


def test_columns() -> None:
    spans = tokenize("Go on.")
    assert spans.start.tolist() == [0, 3, 5]
    assert spans.end.tolist() == [2, 5, 6]
    assert spans.start.dtype.name == "int32"
    assert len(tokenize("")) == 0


def test_nothing_is_longer_than_the_longest_token() -> None:
    spans = tokenize("a" * 1000 + " " + "é" * 1000 + " www.example.org/" + "b" * 1000)
    assert max(spans.end - spans.start) == MAX_TOKEN


def test_long_runs_of_marks_take_no_time() -> None:
    # U+0E32 is a letter and a mark of Thai: a pattern that may take it as either tries 2^60 ways.
    assert split("until" + "\u0e32" * 60 + " now") == ["until" + "\u0e32" * 60, "now"]
    assert len(split(("\u0e32\u0e31" * 9 + "'") * 300)) > 1
