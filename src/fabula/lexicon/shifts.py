"""Openings of paragraphs that move the story to another time or place. A list of our own."""

from __future__ import annotations

import re

_DAY = r"(?:day|morning|evening|afternoon|night|week|month|year|spring|summer|autumn|fall|winter)"
_PART = r"(?:morning|evening|afternoon|night|midday|noon)"
_WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_SOME = (
    r"(?:a|an|one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|half an|some|several|"
    r"a few|many|a couple of|about an?)"
)
_UNIT = r"(?:hours?|days?|nights?|weeks?|fortnights?|months?|years?)"

TIME = re.compile(
    rf"(?:(?:early |late )?(?:on |in )?the (?:next|following) {_DAY}\b"
    rf"|(?:early |late )?next {_DAY}\b(?! to)"
    rf"|(?:early |late )?that (?:same )?{_PART}\b"
    rf"|(?:it was )?{_SOME} {_UNIT}(?: or (?:two|so|more))? "
    rf"(?:later|afterwards?|passed|went by|had passed|had gone by)\b"
    rf"|(?:one|on the) {_PART}\b(?! of (?:his|her|the) life)"
    rf"|one (?:fine |cold |wet |bright |dark )?(?:day|{_PART})\b"
    rf"|on (?:the (?:next|following) )?{_WEEKDAY}\b"
    rf"|at (?:dawn|daybreak|sunrise|sunset|nightfall|midnight)\b"
    rf"|by (?:nightfall|sunset|sunrise|dawn|evening)\b"
    rf"|when (?:i|he|she|they|[a-z]+) (?:woke|awoke)\b"
    rf"|meanwhile\b|in the meantime\b)",
    re.IGNORECASE,
)
"""A time that has moved on."""
PLACE = re.compile(
    r"(?:(?:back|down|over|out|up|far away|upstairs|downstairs|outside|inside) "
    r"(?:in|at|on|by) (?:the|his|her|their|our|my)\b"
    r"|(?:upstairs|downstairs|outside|indoors)\b"
    r"|(?:in|at|on) (?:the|his|her|their|our|my) [a-z]+,)",
    re.IGNORECASE,
)
"""Another place, perhaps: it counts only where the people change with it."""
