"""Words of direct speech that do an act: patterns of our own over an utterance.

The utterance is in lower case with straight apostrophes. They are few on purpose: a pattern
stands here only where what it matches is mostly that act.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from fabula.lexicon.words import words

BAD_NAMES = words(
    """
    fool idiot liar coward brute beast villain scoundrel rascal rogue wretch traitor devil fiend pig
    swine dog cur hound ass donkey ox blockhead dunce simpleton ninny hypocrite cheat thief robber
    murderer monster snob prig bully blackguard ruffian knave vagabond scamp imp vermin worm snake
    viper toad rat hag witch shrew hussy slut minx jade baggage wench moron imbecile cretin dolt
    dullard lout oaf booby numskull good-for-nothing scapegrace bastard bitch jerk loser creep git
    prat twit berk sod bugger swindler impostor ingrate weakling milksop sneak humbug charlatan
    parasite savage brat nincompoop halfwit
    """
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
    _pattern(
        "thank",
        0.93,
        (
            r"\b(?:thank (?:you|'ee|thee|ye|u)\b|thanks\b(?! to)|much obliged|(?:i am|i'm) (?:so |very |"
            r"most |deeply |truly )*(?:grateful|obliged|indebted)\b)"
        ),
    ),
    _pattern(
        "apologize",
        0.90,
        (
            r"(?:^|[,;—–-]\s*|\bbut |\band |\boh |\bi know )(?:i am|i'm|i was|i've been) (?:so |very |"
            r"really |truly |awfully |dreadfully |terribly |that |most |deeply |"
            r"sincerely )*sorry\b(?! (?:to hear|for (?:him|her|them|you\b)|that (?:you|he|she|they)|you|"
            r"he |she |they ))"
        ),
    ),
    _pattern(
        "apologize",
        0.90,
        (
            r"(?<!god )(?<!heaven )\b(?:(?<!to )(?<!never )(?<!ever )(?<!you )(?<!he )(?<!she )(?<!they )"
            r"(?<!can )(?<!will )(?<!would )(?<!'ll )(?<!could )(?<!might )(?<!may )(?<!not )forgive me\b|"
            r"i beg (?:your|thy|you) (?:pardon|forgiveness)\b|"
            r"i (?:do )?apologi[sz]e\b|"
            r"my apologies\b|i ask (?:your|you to) (?:pardon|forgive))"
        ),
    ),
    _pattern("apologize", 0.70, r"^(?:oh,? |no,? )?(?:so |very |i'm )?sorry[,.!—-]"),
    _pattern(
        "apologize",
        0.65,
        r"^(?:oh,? )?(?:excuse|pardon) me(?: (?:for|if)\b|[.!—-])|\b(?:forgive|pardon) my \w+",
    ),
    _pattern(
        "plead",
        0.90,
        (
            r"\bi (?:beg|implore|beseech|entreat) (?:of )?(?:you|thee)\b(?! pardon)|\bfor (?:god's|"
            r"heaven's|pity's|mercy's|christ's|love's|goodness') sakes?\b|\bhave (?:mercy|pity)\b|"
            r"\blet me go\b"
        ),
    ),
    _pattern(
        "plead",
        0.85,
        r"\blet me (?:beg|entreat|implore|beseech)\b(?! (?:your|thy|to differ))|\bi(?:'m| am) on my knees\b",
    ),
    _pattern(
        "ask",
        0.70,
        (
            r"^(?:(?:oh|ah|well|but|and|now|so|come|then|please),? )*(?:let us|let's) "
            r"(?!see\b|say\b|hope\b|suppose\b)[a-z]+"
        ),
    ),
    _pattern(
        "ask",
        0.72,
        (
            r"\bi (?:want|need|should like|would like|'d like) to (?:know|ask)\b|"
            r"\bmay i ask\b|\bi'd rather you\b"
        ),
    ),
    _pattern(
        "ask",
        0.82,
        (
            r"(?:^|[,;—–-]\s*|\band )(?:please,? )?(?:will|would|could|can|won't|couldn't|can't) (?:you|"
            r"ye) (?:please |kindly |just |not )*(?!believe|imagine|guess|suppose|see\b|wonder|blame|deny|"
            r"doubt|mean\b|say\b|think|know|remember|never|ever|have been|be\b|dare|wish|"
            r"like)[a-z]+\b[^.!]*\?"
        ),
    ),
    _pattern(
        "ask",
        0.80,
        (
            r"(?:^|[,;—–-]\s*)(?:may|might|could|can) (?:i|we) (?!help|ask what|be\b|have been|never|ever|"
            r"say)[a-z]+\b[^.!]*\?"
        ),
    ),
    _pattern(
        "ask",
        0.75,
        (
            r"\b(?:do me (?:a|one|the) favou?r|i (?:ask|want|wish|would like|'d like|should like) (?:you|"
            r"thee) to\b(?! (?:know|understand)\b)|would you mind\b)"
        ),
    ),
    _pattern(
        "promise",
        0.93,
        (
            r"\bi (?:do |solemnly |faithfully |can )*(?:promise|pledge|vow)\b(?! (?:myself|nothing))|"
            r"\bi (?:do )?swear\b(?= (?:to|that|by|it|i'll|i will|i won't|never)|[.!—-])|\b(?:i give you|"
            r"you have|upon|on) my word (?:of honou?r|that|i)\b"
            r"|\bi give you my word\b"
        ),
    ),
    _pattern(
        "promise",
        0.72,
        (
            rf"\b{_OATH} (?:never (?:again |forget |leave |tell |let |forsake |ask |do )|always |"
            rf"not (?:tell|leave|forget|betray|fail|let|go without)|take (?:good )?care of|come back|"
            rf"be back|be there|see to it|take you|bring you|send you|give you|help you|write (?:to )?you|"
            rf"protect you|stand by|tell you everything|make it up|pay you back|sit still|do my best|"
            rf"do anything|do it|do that)"
        ),
    ),
    _pattern(
        "promise",
        0.70,
        (
            r"\bi won't (?:tell|leave you|forget|let (?:him|her|them|anything|anyone)|betray|fail|"
            r"say a word|do it again|ever)\b"
        ),
    ),
    _pattern(
        "threaten",
        0.90,
        (
            rf"\b{_OATH} (?:{_HARM}) (?:you|your|thee|the (?:life|truth) out of you)\b|\b(?:you'll|you will"
            rf"|you shall) (?:be sorry|regret|pay for|repent|suffer for|answer for|rue|smart for)\b|"
            rf"\bor else\b[!.]|\bif you (?:don't|do not|dare|ever|move|stir|speak|utter|touch|lay|"
            rf"come (?:near|one step))\b[^.?!]*\b(?:i'll|i will|i shall|you'll|you will)\b"
        ),
    ),
    _pattern(
        "threaten",
        0.75,
        (
            r"\bi'll (?:teach you (?:a lesson|to (?:lie|steal|insult|cheat|spy|speak to me|talk))|"
            r"make you (?:pay|sorry|regret|smart)|have you (?:arrested|hanged|whipped|flogged|dismissed|"
            r"turned out|put)|show you (?:who|what)|see you (?:hanged|dead|damned)|call the (?:police|"
            r"watch|guard))\b|\bi could (?:kill|strangle) you\b"
        ),
    ),
    _pattern(
        "accuse",
        0.85,
        (
            r"\byou (?:have |'ve )?(?:lied|betrayed|deceived|cheated|tricked|killed|murdered|stole|stolen|"
            r"robbed|ruined|abandoned|deserted|wronged|insulted|broke your|broken your|spied|poisoned|"
            r"forged|tempted)\b|\byou've (?:lied|betrayed|deceived|cheated|ruined|killed|stolen|robbed)\b|"
            r"\bit(?:'s| is| was) (?:all )?your (?:own )?(?:fault|doing)\b|\bit was you (?:who|that)\b|"
            r"\bi accuse (?:you|thee)\b|\byou are lying\b|\byou're lying\b"
        ),
    ),
    _pattern(
        "accuse",
        0.78,
        (
            r"\bhow (?:dare|could|can) you\b(?! (?:be so (?:kind|good)|know|tell|bear|see|help|ever (?:know|"
            r"think|guess)))|\byou (?:never|didn't|did not|don't|do not|haven't|wouldn't) (?:even )?(?:love"
            r"|loved|care|cared|trust|trusted|tell me|told me|keep your)\b|\byou (?:left|gave up|sold|"
            r"forgot|laughed at|made a fool of) (?:me|us|him|her)\b|\byou (?:promised|said you would|"
            r"swore)\b"
        ),
    ),
    _pattern(
        "insult",
        0.90,
        rf"\b(?:you|ye|thou) (?:(?!are\b|is\b|say\b)[a-z'-]+,? ){{0,3}}(?:{_BAD})s?\b(?! (?:of a )?\w+er\b)",
    ),
    _pattern(
        "insult",
        0.85,
        (
            rf"\b(?:you are|you're|thou art|ye are) (?:nothing but |only |just |such |no better than |"
            rf"as bad as )?(?:a|an|the) (?:[a-z'-]+,? ){{0,3}}(?:{_BAD})\b|^(?:(?:oh|ah|"
            rf"why),? )?(?:the )?(?:{_BAD})s?[.!]"
        ),
    ),
    _pattern(
        "insult",
        0.80,
        (
            r"\b(?:you are|you're) (?:so |a |too |very |quite |perfectly |absolutely |utterly )*(?:stupid|"
            r"disgusting|contemptible|detestable|despicable|pathetic|odious|hateful|idiotic|worthless|"
            r"insufferable|vile|shameless|heartless|ridiculous|impertinent|insolent|a disgrace|a nasty"
            r"|wicked)\b|\b(?:i hate|i despise|i detest|i loathe|damn|curse|confound) you\b|^hang you\b|"
            r"\bgo to (?:hell|the devil)\b"
        ),
    ),
    _pattern(
        "praise",
        0.82,
        (
            rf"\b(?:you are|you're|you were|you've been|you have been|thou art) (?:always |really |truly |"
            rf"certainly |indeed |so |very |too |most |quite |a |an |the |my |such |one of the |"
            rf"as )*(?:{_GOOD})\b"
        ),
    ),
    _pattern(
        "praise",
        0.90,
        (
            r"^(?:oh,? |ah,? |very )?(?:well done|bravo|good (?:boy|girl|lad|lass|man|fellow)|capital|"
            r"clever (?:boy|girl)|nicely done)\b|\bi(?:'m| am) (?:so |very )?proud of you\b|"
            r"\bi (?:so )?(?:admire|respect|congratulate) you\b|\byou (?:look|looked) (?:so |very |quite |"
            r"perfectly )*(?:lovely|beautiful|charming|splendid|wonderful|well\b|pretty|handsome)|"
            r"\byou were (?:quite |perfectly |always )?right\b|\byou (?:did|have done|'ve done) (?:very |"
            r"so |quite )?(?:well|splendidly|right|beautifully|nobly)\b"
        ),
    ),
    _pattern(
        "praise",
        0.78,
        (
            rf"^(?:oh,? |ah,? |why,? )?(?:how (?:very )?(?:{_GOOD}) (?:of you|you)\b|"
            rf"what (?:a |an )(?:{_GOOD})\b)|"
            r"^(?:that's |that is |it's |it is )?(?:so |very |really )?(?:kind|good|sweet|nice|clever|brave|"
            r"noble|generous) of you\b|\bi never (?:saw|knew|met|heard) (?:a|an|any) [^.!?]{1,30} (?:so|as) "
            r"(?:well|good|brave|kind)\b|^congratulations\b|"
            r"\byou(?:'re| are) (?:much |far |a lot )?(?:better|cleverer|braver|"
            r"stronger) than\b|\b(?:suits|becomes) you\b|\byou(?:'re| are) doing (?:fine|well|splendidly)\b"
        ),
    ),
    _pattern(
        "comfort",
        0.85,
        (
            r"(?<!i )(?<!we )(?<!they )(?<!you )\b(?:don't|do not|never) (?:you )?(?:cry|weep|worry|fret|"
            r"be (?:afraid|frightened|scared|alarmed|sad|unhappy|uneasy|so unhappy)|fear|grieve|despair|"
            r"take on so|lose heart)\b|\bit(?:'s| is| will be|'ll be) (?:going to be )?(?:all right|"
            r"alright|okay)\b|\b(?:there, there|there now|hush,? (?:now|dear|child|my|darling|love)|"
            r"cheer up|take heart|courage[,!]|never fear)\b|"
            r"(?:^|[,;] ?)you(?:'re| are) (?:quite |perfectly |all )?safe\b|^hush[,!.]"
        ),
    ),
    _pattern(
        "comfort",
        0.72,
        (
            r"^(?:oh,? |my )*poor (?:dear|darling|child|boy|girl|little|fellow|thing|lamb|soul)\b|"
            r"\bit (?:wasn't|was not|isn't) your fault\b|\b(?:everything|all) will be (?:all right|well|"
            r"fine)\b|\b(?:you|he|she|it|they)(?:'ll| will) be (?:quite )?(?:fine|all right|okay|ok)\b|"
            r"\b(?:nobody|no one) blames? you\b|\bi don't blame you\b|\byou weren't to (?:know|blame)\b|"
            r"\bit(?:'s| is) (?:nobody's|no one's|not your) fault\b|^(?:oh,? |but )?never mind(?:,|\.|!)|"
            r"\bi(?:'m| am) (?:right )?here\b[.,!]|\bi've got you[.,!]|\bdon't be (?:troubled|sorry|upset)\b"
        ),
    ),
    _pattern(
        "confess",
        0.88,
        (
            r"\bi (?:must |do |will |have to |may as well |should |ought to |'ll )*(?:confess|admit|"
            r"own)\b(?! (?:a|the|this|that house))|\bi (?:lied|have lied|was lying|did it\b|stole|"
            r"have stolen|cheated|betrayed|have betrayed|deceived|have deceived|killed|murdered|"
            r"have killed|have sinned)|\bi've (?:lied|stolen|betrayed|deceived|sinned|killed|wronged)|"
            r"\bit was (?:i|me)(?=[.,!;—-]| who\b| that\b|$)|\bit(?:'s| was|"
            r" is) (?:all )?my (?:own )?fault\b|\bi(?:'m| am| was| have been|'ve been) (?:to blame|"
            r"guilty)\b"
        ),
    ),
    _pattern(
        "confess",
        0.80,
        (
            r"\bi (?:was|have been|'ve been|am|'m) (?:such |only |quite |a |an |too much of a |the |just |"
            r"very |so |all )*(?:coward|fool|brute|wretch|beast|wrong|ashamed|liar|thief|jealous|selfish|"
            r"cruel|unjust|wicked)\b|\bi (?:ought|should) (?:to have|have) told you\b|\bi (?:have|"
            r"'ve) (?:something|a confession|a secret) to (?:tell|confess|make)\b|\bi never (?:told|"
            r"loved) (?:you|him|her)\b|\bi knew (?:it wasn't|all along|and)\b"
        ),
    ),
    _pattern(
        "command",
        0.80,
        r"(?:^|[,;—–-] ?|\band )(?:do not|don't) (?:you dare\b|be (?!afraid|frightened|so sure))",
    ),
    _pattern("plead", 0.80, r"\bi(?:'m| am) (?:asking|begging)(?: you\b|[.!,])"),
    _pattern("confess", 0.75, r"\bi (?:forgot|had no right)\b|\bi was (?:afraid|furious|frightened)[.,]"),
    _pattern(
        "refuse",
        0.90,
        (
            r"\bi (?:absolutely |flatly |must |utterly )?(?:refuse|decline)\b|"
            r"^(?:no[,.!—]+ )?i won't[.,!]|^(?:no[,.!—]+ )+(?:i|we) (?:won't|will not|can't|cannot|"
            r"shall not|shan't|don't want|would rather not|couldn't)\b|\b(?:certainly|of course|indeed|"
            r"decidedly) not[.!]|^(?:not for the world|not i|never)[.!]|\bi (?:won't|shan't|'ll not|"
            r"will not|shall not) (?:go|come|do|give|take|have|hear|listen|stay|marry|see|allow|permit|"
            r"submit|answer"
            r"|eat|drink|sell|sign|move|stir|obey|speak)\b|\bi(?:'d| would| had) rather not\b|"
            r"^(?:oh,? )?no,? (?:thank you|thanks)\b|"
            r"\bi(?:'m| am) not (?:going to (?:go|leave|do|tell|take|give|"
            r"come|stay|marry|let)|having)\b|^i don't want to[.,!]"
        ),
    ),
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
NO = re.compile(
    r"^(?:no|never|nay|not (?:yet|now|today|tonight|i|at all)|i can't|i cannot|i won't|in a minute"
    r"|absolutely not)\b(?!,? (?:i (?:see|know|think|mean|suppose)|it|he|she|they|there|that|this|"
    r"one|doubt|longer|more|matter))"
)

YES = re.compile(
    r"^(?:yes,? |very well,? |all right,? |oh,? )?(?:i will|i'll|i shall|we will|we'll)\b(?! not\b)"
)
"""What, said in answer to a request, promises to do it."""

DENIED = re.compile(
    r"\b(?:i'm|i am|we're|we are) not (?:asking|begging|apologi[sz]ing|promising|threatening|"
    r"accusing|refusing|ordering|thanking|blaming)\b|\bi (?:don't|do not|can't|cannot|won't|"
    r"never) (?:apologi[sz]e|promise|blame|accuse|refuse|confess|threaten|thank|ask for|beg)\b|"
    r"\b(?:i'm|i am) not (?:at all |a bit |one bit |really )?sorry\b"
)
"""Words that name an act of speech and deny doing it."""
SUPPOSED = re.compile(
    r"\b(?:if|unless|as though|as if|suppose|when|whether|wish|could have|should have|would have|"
    r"might have)\b[^,;.]*$"
)
"""What, standing before the words of an act in its clause, makes it only imagined."""
