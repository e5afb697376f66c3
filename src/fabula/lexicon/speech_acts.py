"""Acts of speech: the verbs narration has for them, and the words that do them. Lists of our own.

The words are patterns over an utterance in lower case with straight apostrophes. They are few on purpose: a
pattern stands here only where what it matches is mostly that act.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple

SPEECH_KINDS = (
    "ask", "plead", "refuse", "command", "confess", "promise", "threaten", "accuse", "apologize", "comfort",
    "praise", "insult", "thank",
)  # fmt: skip


class SpeechVerb(NamedTuple):
    """A verb of narration for an act of speech.

    ``preps`` are those after which the one addressed may stand; ``direct`` whether he may be the object.
    ``alone`` whether the verb tells the act without anybody named beside it.
    """

    kind: str
    direct: bool
    preps: frozenset[str]
    alone: bool
    p: float


_VERBS = """
ask       d  of,from       alone  .85  ask inquire enquire
ask       d  of,from       with   .75  request question
plead     d  with,to,of    alone  .88  beg implore beseech entreat supplicate plead
plead     -  to            with   .65  appeal
refuse    d  to            alone  .80  refuse decline
command   d  to            alone  .85  order command bid
command   d  -             with   .75  forbid instruct
confess   -  to            alone  .88  confess
confess   -  to            alone  .70  admit
confess   -  to,in         with   .75  confide
promise   d  to            alone  .88  promise vow pledge
promise   -  to            with   .75  swear
threaten  d  -             alone  .82  threaten menace
accuse    d  -             with   .88  accuse blame reproach upbraid denounce rebuke reprove chide scold reprimand
apologize -  to            alone  .92  apologize apologise
comfort   d  -             with   .85  comfort console soothe reassure pacify calm
praise    d  -             with   .82  praise compliment congratulate applaud commend flatter
insult    d  at            with   .80  insult mock taunt ridicule revile deride jeer abuse
thank     d  -             with   .95  thank
"""

_TOLD_OBJECTS = {
    ("beg", "pardon"): "apologize", ("ask", "pardon"): "apologize", ("ask", "forgiveness"): "apologize",
    ("beg", "forgiveness"): "apologize", ("make", "apology"): "apologize", ("offer", "apology"): "apologize",
    ("give", "word"): "promise", ("make", "promise"): "promise", ("give", "promise"): "promise",
    ("give", "order"): "command", ("make", "confession"): "confess", ("pay", "compliment"): "praise",
    ("express", "gratitude"): "thank", ("return", "thanks"): "thank", ("express", "thanks"): "thank",
}  # fmt: skip
TOLD_OBJECTS: Mapping[tuple[str, str], str] = _TOLD_OBJECTS
"""Verb and object that tell an act together ("begged her pardon")."""


def _verbs() -> dict[str, tuple[SpeechVerb, ...]]:
    table: defaultdict[str, list[SpeechVerb]] = defaultdict(list)
    for line in _VERBS.strip().splitlines():
        kind, direct, preps, alone, p, *lemmas = line.split()
        words = frozenset() if preps == "-" else frozenset(preps.split(","))
        for lemma in lemmas:
            table[lemma].append(SpeechVerb(kind, direct == "d", words, alone == "alone", float(p)))
    return {k: tuple(v) for k, v in table.items()}


SPEECH_VERBS: Mapping[str, tuple[SpeechVerb, ...]] = _verbs()

BAD_NAMES = frozenset(
    """
    fool idiot liar coward brute beast villain scoundrel rascal rogue wretch traitor devil fiend pig swine dog
    cur hound ass donkey ox blockhead dunce simpleton ninny hypocrite cheat thief robber murderer monster
    snob prig bully blackguard ruffian knave vagabond scamp imp vermin worm snake viper toad rat hag witch
    shrew hussy slut minx jade baggage wench moron imbecile cretin dolt dullard lout oaf booby numskull
    good-for-nothing scapegrace bastard bitch jerk loser creep git prat twit berk sod bugger swindler
    impostor ingrate weakling milksop sneak humbug charlatan parasite savage brat nincompoop halfwit
    """.split()
)
"""Nouns that insult the one they are said to."""
_BAD = "|".join(sorted(map(re.escape, BAD_NAMES), key=len, reverse=True))
_GOOD = (
    "good|kind|brave|clever|beautiful|wonderful|splendid|noble|generous|handsome|lovely|charming|perfect|"
    "marvellous|marvelous|strong|wise|magnificent|excellent|angel|darling|treasure|amazing|brilliant|"
    "admirable|bravest|kindest|best|cleverest|strongest|finest|noblest|sweetest|dearest"
)
_HARM = (
    "kill|strike|hit|thrash|whip|flog|hang|shoot|beat|break|crush|ruin|destroy|murder|punish|smash|cut|burn|"
    "throttle|strangle|choke|knock|box|tear|wring|horsewhip|tan|skin|drown|brain|stab"
)
_OATH = r"(?:i|we)(?:'ll| will| shall)"
_GAP = r"(?:[^.!?;]{0,40}?)"


class Pattern(NamedTuple):
    """Words that do an act. ``past`` acts are not undone by a question mark."""

    kind: str
    words: re.Pattern[str]
    p: float


def _pattern(kind: str, p: float, words: str) -> Pattern:
    return Pattern(kind, re.compile(words), p)


PATTERNS: tuple[Pattern, ...] = (
    _pattern("thank", 0.93, r"\b(?:thank (?:you|'ee|thee|ye|u)\b|thanks\b(?! to)|much obliged|(?:i am|i'm) (?:so |very |most |deeply |truly )*(?:grateful|obliged|indebted)\b)"),
    _pattern("apologize", 0.90, r"(?:^|[,;—–-]\s*|\bbut |\band |\boh |\bi know )(?:i am|i'm|i was|i've been) (?:so |very |really |truly |awfully |dreadfully |terribly |that |most |deeply |sincerely )*sorry\b(?! (?:to hear|for (?:him|her|them|you\b)|that (?:you|he|she|they)|you|he |she |they ))"),
    _pattern("apologize", 0.90, r"\b(?:forgive me\b|i beg (?:your|thy|you) (?:pardon|forgiveness)\b|i (?:do )?apologi[sz]e\b|my apologies\b|i ask (?:your|you to) (?:pardon|forgive)|pardon me\b)"),
    _pattern("apologize", 0.70, r"^(?:oh,? |no,? )?(?:so |very |i'm )?sorry[,.!—-]"),
    _pattern("plead", 0.90, r"\bi (?:beg|implore|beseech|entreat) (?:of )?(?:you|thee)\b(?! pardon)|\bfor (?:god's|heaven's|pity's|mercy's|christ's|love's|goodness') sakes?\b|\bhave (?:mercy|pity)\b|\blet me go\b"),
    _pattern("ask", 0.82, r"(?:^|[,;—–-]\s*|\band )(?:please,? )?(?:will|would|could|can|won't|couldn't|can't) (?:you|ye) (?:please |kindly |just |not )*(?!believe|imagine|guess|suppose|see\b|wonder|blame|deny|doubt|mean\b|say\b|think|know|remember|never|ever|have been|be\b|dare|wish|like)[a-z]+\b[^.!]*\?"),
    _pattern("ask", 0.80, r"(?:^|[,;—–-]\s*)(?:may|might|could|can) (?:i|we) (?!help|ask what|be\b|have been|never|ever|say)[a-z]+\b[^.!]*\?"),
    _pattern("ask", 0.75, r"\b(?:do me (?:a|one|the) favou?r|i (?:ask|want|wish|would like|'d like|should like) (?:you|thee) to\b|would you mind\b)"),
    _pattern("promise", 0.93, r"\bi (?:do |solemnly |faithfully |can )*(?:promise|pledge|vow)\b(?! (?:myself|nothing))|\bi (?:do )?swear\b(?!ing)|\b(?:i give you|you have|upon|on) my word (?:of honou?r|that|i)\b|\bi give you my word\b"),
    _pattern("promise", 0.72, rf"\b{_OATH} (?:never (?:again |forget |leave |tell |let |forsake |ask |do )|always |not (?:tell|leave|forget|betray|fail|let|go without)|take (?:good )?care of|come back|be back|be there|see to it|take you|bring you|send you|give you|help you|write (?:to )?you|protect you|stand by|tell you everything|make it up|pay you back|sit still|do my best|do anything|do it|do that)"),
    _pattern("promise", 0.70, r"\bi won't (?:tell|leave you|forget|let (?:you|him|her|them|anything|anyone)|betray|fail|say a word|do it again|ever)\b"),
    _pattern("threaten", 0.90, rf"\b{_OATH} (?:{_HARM}) (?:you|your|thee|the (?:life|truth) out of you)\b|\b(?:you'll|you will|you shall) (?:be sorry|regret|pay for|repent|suffer for|answer for|rue|smart for)\b|\bor else\b[!.]|\bif you (?:don't|do not|dare|ever|move|stir|speak|utter|touch|lay|come (?:near|one step))\b[^.?!]*\b(?:i'll|i will|i shall|you'll|you will)\b"),
    _pattern("threaten", 0.75, rf"\bi'll (?:teach you (?:a lesson|to (?:lie|steal|insult|cheat|spy|speak to me|talk))|make you (?:pay|sorry|regret|smart)|have you (?:arrested|hanged|whipped|flogged|dismissed|turned out|put)|show you (?:who|what)|see you (?:hanged|dead|damned)|call the (?:police|watch|guard))\b|\bi could (?:kill|strangle) you\b"),
    _pattern("accuse", 0.85, r"\byou (?:have |'ve )?(?:lied|betrayed|deceived|cheated|tricked|killed|murdered|stole|stolen|robbed|ruined|abandoned|deserted|wronged|insulted|broke your|broken your|spied|poisoned|forged|tempted)\b|\byou've (?:lied|betrayed|deceived|cheated|ruined|killed|stolen|robbed)\b|\bit(?:'s| is| was) (?:all )?your (?:own )?(?:fault|doing)\b|\bit was you (?:who|that)\b|\bi accuse (?:you|thee)\b|\byou are lying\b|\byou're lying\b"),
    _pattern("accuse", 0.78, r"\bhow (?:dare|could|can) you (?!be so (?:kind|good)|know|tell|bear|see|help|ever (?:know|think|guess))|\byou (?:never|didn't|did not|don't|do not|haven't|wouldn't) (?:even )?(?:love|loved|care|cared|trust|trusted|tell me|told me|keep your)\b|\byou (?:left|gave up|sold|forgot|laughed at|made a fool of) (?:me|us|him|her)\b|\byou (?:promised|said you would|swore)\b"),
    _pattern("insult", 0.90, rf"\b(?:you|ye|thou) (?:(?!are\b|is\b|say\b)[a-z'-]+,? ){{0,3}}(?:{_BAD})s?\b(?! (?:of a )?\w+er\b)"),
    _pattern("insult", 0.85, rf"\b(?:you are|you're|thou art|ye are) (?:nothing but |only |just |such |no better than |as bad as )?(?:a|an|the) (?:[a-z'-]+,? ){{0,3}}(?:{_BAD})\b|^(?:(?:oh|ah|why),? )?(?:the )?(?:{_BAD})s?[.!]"),
    _pattern("insult", 0.80, r"\b(?:you are|you're) (?:so |a |too |very |quite |perfectly |absolutely |utterly )*(?:stupid|disgusting|contemptible|detestable|despicable|pathetic|odious|hateful|idiotic|worthless|insufferable|vile|shameless|heartless|ridiculous|impertinent|insolent|a disgrace|mad|a nasty|wicked)\b|\b(?:i hate|i despise|i detest|i loathe|damn|curse|confound|hang) you\b|\bshut up\b|\bgo to (?:hell|the devil)\b"),
    _pattern("praise", 0.82, rf"\b(?:you are|you're|you were|you've been|you have been|thou art) (?:always |really |truly |certainly |indeed |so |very |too |most |quite |a |an |the |my |such |one of the |as )*(?:{_GOOD})\b"),
    _pattern("praise", 0.90, r"^(?:oh,? |ah,? |very )?(?:well done|bravo|good (?:boy|girl|lad|lass|man|fellow)|capital|clever (?:boy|girl)|nicely done)\b|\bi(?:'m| am) (?:so |very )?proud of you\b|\bi (?:so )?(?:admire|respect|congratulate) you\b|\byou (?:look|looked) (?:so |very |quite |perfectly )*(?:lovely|beautiful|charming|splendid|wonderful|well\b|pretty|handsome)|\byou were (?:quite |perfectly |always )?right\b|\byou (?:did|have done|'ve done) (?:very |so |quite )?(?:well|splendidly|right|beautifully|nobly)\b"),
    _pattern("comfort", 0.85, r"(?<!i )(?<!we )(?<!they )(?<!you )\b(?:don't|do not|never) (?:you )?(?:cry|weep|worry|fret|be (?:afraid|frightened|scared|alarmed|sad|unhappy|uneasy|so unhappy)|fear|grieve|despair|take on so|lose heart)\b|\bit(?:'s| is| will be|'ll be) (?:going to be )?(?:all right|alright|okay)\b|\b(?:there, there|there now|hush,? (?:now|dear|child|my|darling|love)|cheer up|take heart|courage[,!]|never fear)\b|\byou(?:'re| are) (?:quite |perfectly |all )?safe\b|^hush[,!.]"),
    _pattern("comfort", 0.72, r"^(?:oh,? |my )*poor (?:dear|darling|child|boy|girl|little|fellow|thing|lamb|soul)\b|\bit (?:wasn't|was not|isn't) your fault\b|\b(?:everything|all) will be (?:all right|well|fine)\b"),
    _pattern("confess", 0.88, r"\bi (?:must |do |will |have to |may as well |should |ought to |'ll )*(?:confess|admit|own)\b(?! (?:a|the|this|that house))|\bi (?:lied|have lied|was lying|did it\b|stole|have stolen|cheated|betrayed|have betrayed|deceived|have deceived|killed|murdered|have killed|have sinned)|\bi've (?:lied|stolen|betrayed|deceived|sinned|killed|wronged)|\bit was (?:i|me)(?=[.,!;—-]| who\b| that\b|$)|\bit(?:'s| was| is) (?:all )?my (?:own )?fault\b|\bi(?:'m| am| was| have been|'ve been) (?:to blame|guilty)\b"),
    _pattern("confess", 0.80, r"\bi (?:was|have been|'ve been|am|'m) (?:such |only |quite |a |an |too much of a |the |just |very |so |all )*(?:coward|fool|brute|wretch|beast|wrong|ashamed|liar|thief|jealous|selfish|cruel|unjust|wicked)\b|\bi (?:ought|should) (?:to have|have) told you\b|\bi (?:have|'ve) (?:something|a confession|a secret) to (?:tell|confess|make)\b|\bi never (?:told|loved) (?:you|him|her)\b|\bi knew (?:it wasn't|all along|and)\b"),
    _pattern("refuse", 0.90, r"\bi (?:absolutely |flatly |must |utterly )?(?:refuse|decline)\b|\bi (?:will|shall) (?:not|never)\b(?! (?:be\b|have\b|forget|tell|leave you|let|betray|say a word|deny))|^(?:no[,.!—]+ )?i won't[.,!]|^(?:no[,.!—]+ )+(?:i|we) (?:won't|will not|can't|cannot|shall not|shan't|don't want|would rather not|couldn't)\b|\b(?:certainly|of course|indeed|decidedly) not[.!]|^(?:not for the world|not i|never)[.!]|\bi (?:won't|shan't|'ll not|will not) (?:go|come|do|give|take|have|hear|listen|stay|marry|see|allow|permit|submit|answer|eat|drink|sell|sign|move|stir|obey|speak)\b"),
)
"""In order: an utterance may do several acts, but see IN_PLACE_OF."""

IN_PLACE_OF: Mapping[str, frozenset[str]] = {
    "comfort": frozenset({"command", "plead"}),
    "thank": frozenset({"command", "refuse", "ask"}),
    "apologize": frozenset({"command", "plead", "confess"}),
    "threaten": frozenset({"promise", "command"}),
    "plead": frozenset({"command", "ask"}),
    "ask": frozenset({"command"}),
    "insult": frozenset({"accuse"}),
    "promise": frozenset({"refuse"}),
}
"""Acts that, done by an utterance, leave no room for others ("Don't cry" comforts and does not command)."""

REQUESTS = frozenset({"ask", "plead", "command"})
"""What can be refused by "No"."""
NO = re.compile(r"^(?:no|never|nay|not (?:yet|now|today|tonight|i|at all)|i can't|i cannot|i won't|in a minute|absolutely not)\b(?!,? (?:i (?:see|know|think|mean|suppose)|it|he|she|they|there|that|this|one|doubt|longer|more|matter))")

NOT_ORDERS = frozenset(
    """
    look see listen say mind let come thank forgive excuse pardon suppose bless damn curse hang confound god
    believe trust fancy imagine hark lo behold wait hold stay pray hear be have do guess hush welcome
    farewell good mark remember depend rest please beg help judge consider think know allow dear love like hope
    wish want need mean swear promise tell get
    """.split()
)
"""Verbs that in the imperative mostly fill the talk; they order only with an object or complement."""
FILLERS = re.compile(
    r"^(?:look here|see here|i say|come,? come|come now|mind you|let me see|let's|let us|believe me|trust me|tell me\b|"
    r"thank god|god (?:bless|help|forgive|grant|knows)|bless (?:me|my|you|your)|never mind|hang it|damn it|suppose|"
    r"say what you|do you|don't you|have you|be it|long live|take care of yourself\b$|excuse me|pardon me|forgive me|"
    r"mark my words|look at (?:that|this|it|him|her|them)\b|listen[.,!]|look[.,!]|see[.,!?]|come[.,!]|hark|"
    r"go on\b|wait a (?:minute|moment|bit)|remember[,!]|thank|here comes?\b|there goes?\b|here goes\b)"
)
"""Openings that look like orders and are none."""
PLEASE = re.compile(r"\bplease\b(?! (?:god|him|her|me|you|yourself|myself|them|heaven))|\bi beg\b|\bpray,? ")
DISTRESS = re.compile(r"\b(?:help me|save me|don't leave me|don't go\b|spare me|spare my|take me with you|stay with me)")
DENIED = re.compile(r"\b(?:i'm|i am|we're|we are) not (?:asking|begging|apologi[sz]ing|promising|threatening|accusing|refusing|ordering|thanking|blaming)\b|\bi (?:don't|do not|can't|cannot|won't|never) (?:apologi[sz]e|promise|blame|accuse|refuse|confess|threaten|thank|ask for|beg)\b|\b(?:i'm|i am) not (?:at all |a bit |one bit |really )?sorry\b")
"""Words that name an act of speech and deny doing it."""
SUPPOSED = re.compile(r"\b(?:if|unless|as though|as if|suppose|when|whether|wish|could have|should have|would have|might have)\b[^,;.]*$")
"""What, standing before the words of an act in its clause, makes it only imagined."""
