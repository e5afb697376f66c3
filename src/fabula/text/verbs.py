"""Verbs that report speech, thought or writing, by inflected form.

Four kinds:
- ``say``: verbs of saying, among them those that tell how the voice sounded (whispered, snapped, drawled);
- ``manner``: faces, breaths and gestures that writers use as speech tags (grinned, sighed, shrugged);
- ``think``: thought set down as if spoken;
- ``write``: words set down on paper or a screen.

The list is a selection made for fiction in English, old and new. A form that belongs to two kinds
counts as the first of them in the order above.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

VerbKind = Literal["say", "manner", "think", "write"]

_LEMMAS: dict[VerbKind, str] = {
    "say": """
        accuse acknowledge acquiesce add address admit admonish advise affirm agree allege allow announce
        answer apologize apologise appeal argue articulate ask assent assert assure attest aver avow
        babble bark bawl beg begin bellow beseech blab blare blurt blubber bluster boast bray breathe
        bluff brag burble cackle cajole call caution challenge chant chatter cheer chide chime chirp
        chorus claim clarify coax comfort command commence comment compliment complain concede conclude
        concur confess confide confirm congratulate console contend continue contradict coo correct
        counsel counter croak croon cry curse dare declare decree demand demur deny describe dictate
        disagree disclose dispute divulge drawl drone echo ejaculate elaborate emphasize emphasise
        encourage enquire entreat enunciate exclaim exhort explain explode expostulate exult falter finish
        fume fuss gabble gasp greet gripe groan growl grouch grouse grumble grunt gurgle gush harangue
        hazard hector hedge hint hiss holler howl implore imply inform inquire insinuate insist instruct
        insult interject interpolate interpose interrogate interrupt intervene intone invite jabber jeer
        jest jibe joke keen lament lecture lisp maintain marvel mention moan mock mumble murmur muse
        mutter nag narrate note object observe offer opine orate order persist persuade pipe plead pledge
        pontificate praise prate prattle pray preach predict press proclaim prod profess promise prompt
        pronounce prophesy propose protest purr quaver query question quip quote ramble rant rasp rave
        reason reassure rebuke recall recite recommend recount refuse regale rejoin relate relent remark
        remind remonstrate repeat reply report reprimand reproach reprove request resolve respond resume
        retaliate retort return reveal riposte roar rumble sass say scoff scold scream screech shout
        shriek shrill sign sing slur snap snarl sneer soothe speak specify splutter sputter squawk squeak
        squeal stammer state stipulate storm stress stutter submit suggest summarize surmise swear
        sympathize taunt tease tell testify thank threaten thunder trill translate trumpet tut urge utter
        venture verify volunteer vouch vow wail warble warn wheedle whimper whine whisper whoop yammer
        yell yelp yowl
    """,
    "manner": """
        beam blink blush bristle choke chortle chuckle cough cringe deadpan fret frown gag giggle glare
        glower grimace grin gulp guffaw heave hiccup hum huff laugh leer nod pant pout puff scowl shrug
        shudder sigh simper smile smirk snicker sniff sniffle snigger snivel snort sob sulk swallow titter
        tremble wag weep wheeze whistle wince wink yawn
    """,
    "think": """
        believe brood consider contemplate decide dream fear figure guess hope imagine ponder realize
        realise reckon recollect reflect remember ruminate speculate suppose suspect think understand wish
        wonder worry
    """,
    "write": """
        email inscribe jot message note pencil pen print read scrawl scribble text transcribe tweet
        type write
    """,
}

# Everything the regular rules below would get wrong: past, participle and, where needed, the others.
_IRREGULAR: dict[str, str] = {
    "agree": "agrees agreed agreeing",
    "begin": "begins began begun beginning",
    "deadpan": "deadpans deadpanned deadpanning",
    "decree": "decrees decreed decreeing",
    "disagree": "disagrees disagreed disagreeing",
    "dream": "dreams dreamed dreamt dreaming",
    "heave": "heaves heaved hove heaving",
    "hiccup": "hiccups hiccuped hiccupped hiccuping",
    "plead": "pleads pleaded pled plead pleading",
    "read": "reads read reading",
    "say": "says said sayin saying sez saith quoth quod",
    "sing": "sings sang sung singing",
    "speak": "speaks spoke spoken speaking spake",
    "swear": "swears swore sworn swearing",
    "tell": "tells told telling",
    "think": "thinks thought thinking",
    "understand": "understands understood understanding",
    "weep": "weeps wept weeping",
    "write": "writes wrote written writing",
}
# One stressed short vowel before the last consonant: the consonant is doubled.
_DOUBLING_WORDS = """
    admit aver beg blab brag concur demur fret gag grin hum jot nag nod pen prod quip shrug slur snap sob
    submit tut wag
"""
_DOUBLING = frozenset(_DOUBLING_WORDS.split())
_DOUBLING_BRITISH = ("counsel", "marvel", "pencil", "snivel")
_EXTRA: dict[str, VerbKind] = {"lied": "say"}  # the other forms of "lie" are nearly always the other verb
_VOWELS = "aeiou"


def _forms(lemma: str) -> list[str]:
    """The lemma and its inflected forms; spelling variants of both sides of the Atlantic."""
    if lemma in _IRREGULAR:
        return [lemma, *_IRREGULAR[lemma].split()]
    if lemma.endswith("y") and lemma[-2] not in _VOWELS:
        return [lemma, lemma[:-1] + "ies", lemma[:-1] + "ied", lemma + "ing"]
    third = lemma + ("es" if lemma.endswith(("s", "sh", "ch", "x", "z", "o")) and lemma != "coo" else "s")
    if lemma.endswith("e"):
        return [lemma, third, lemma + "d", lemma[:-1] + "ing"]
    forms = [lemma, third]
    if lemma not in _DOUBLING:
        forms += [lemma + "ed", lemma + "ing"]
    if lemma in _DOUBLING or lemma in _DOUBLING_BRITISH:
        forms += [lemma + lemma[-1] + "ed", lemma + lemma[-1] + "ing"]
    return forms


def _table() -> dict[str, VerbKind]:
    table: dict[str, VerbKind] = {}
    for kind, lemmas in _LEMMAS.items():
        for lemma in lemmas.split():
            for form in _forms(lemma):
                table.setdefault(form, kind)
    return table | _EXTRA


VERB_FORMS: Mapping[str, VerbKind] = MappingProxyType(_table())
"""Every known lower-case form and its kind; read-only."""


def speech_verb(form: str) -> VerbKind | None:
    """The kind of the verb that ``form`` (any case, one word) is a form of, or None. Takes constant time."""
    return VERB_FORMS.get(form) or VERB_FORMS.get(form.lower())
