"""Words by which an imperative is told from what only looks like one, an order from a request.

Patterns are over an utterance in lower case with straight apostrophes.
"""

from __future__ import annotations

import re

from fabula.lexicon.words import words

NOT_ORDERS = words(
    """
    look see say mind let come thank forgive excuse pardon suppose bless damn curse hang
    confound god believe trust fancy imagine hark lo behold hold pray hear be have do
    guess welcome farewell good mark remember depend rest please beg help judge consider think
    know allow dear love like hope wish want need mean swear promise tell get
    """
)
"""Verbs that in the imperative mostly fill the talk; they order only with an object or complement."""
FILLERS = re.compile(
    r"^(?:(?:but|and|now|well|oh|so|then|why),? )*"
    r"(?:how dare|look here|see here|i say|come,? come|come now|mind you|let me see|let's|let us|"
    r"believe me|trust me|"
    r"thank god|god (?:bless|help|forgive|grant|knows)|bless (?:me|my|you|your)|never mind|hang it"
    r"|damn it|suppose|"
    r"say what you|do you|don't you|have you|be it|long live|take care of yourself\b$|excuse me|"
    r"pardon me|forgive me|"
    r"mark my words|look at (?:that|this|it)\b|look[.,!]|"
    r"see[.,!?]|come[.,!]|hark|"
    r"remember[,!]|thank|here comes?\b|there goes?\b|here goes\b)"
)
"""Openings that look like orders and are none."""
PLEASE = re.compile(r"\bplease\b(?! (?:god|him|her|me|you|yourself|myself|them|heaven))|\bi beg\b|\bpray,? ")
DISTRESS = re.compile(
    r"\b(?:help me|save me|don't leave me|don't go\b|spare me|spare my|take me with you|stay with me)"
)
URGENT = re.compile(r"!|\bi beg\b|\bdon't\b|\bdo not\b|\bplease,? please\b|\boh,? please\b")
"""With "please", what makes a request a plea."""
