"""Deeds by the verbs that tell them: a curated list, made for fiction, with the frame each verb needs.

A frame says where the one to whom it is done stands:

    person     the direct object is a person, or a part of one ("struck him", "struck his cheek")
    part       the direct object is a part of the other's body or dress ("took her hand")
    PREP       after one of these prepositions ("looked at her", "came up to him")
    recipient  the indirect object, or after "to" ("gave her the key", "gave the key to her")
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple

from fabula.lexicon.words import words

DEED_KINDS = ("approach", "withdraw", "look", "touch", "embrace", "kiss", "restrain", "strike", "give")


class Frame(NamedTuple):
    """One way a verb tells a deed. ``slot``: person, part, recipient or prep; ``needs`` a particle, if any.

    ``p`` is how often, by our own reading of samples, the verb in this frame tells the kind.
    """

    kind: str
    slot: str
    preps: frozenset[str]
    needs: frozenset[str]
    p: float


_NEAR = "to,towards,toward,beside,near,behind,after,before"
_LIST = """
look     prep:at,into,upon,on,over,after,towards,toward .93 look glance stare gaze gape peer peep glare
look     prep:at,into,upon,on,over,after,towards,toward .93 squint leer goggle
look     prep:at,upon,on .85 blink frown scowl wink glower ogle
look     person .88 watch eye regard study survey scan inspect contemplate
look     person .88 behold
look     person .60 examine observe scrutinize scrutinise
approach person .95 approach accost
approach prep:@near .88 come go walk run step hurry rush move
approach prep:@near .88 advance hasten creep stride ride steal spring dart
approach prep:@near .88 cross march dash crawl limp stagger glide return
approach prep:@near .88 leap draw approach shuffle slip trot tiptoe sidle
approach prep:@near .85 fly scramble bound stumble totter stroll saunter stalk hobble bustle hop wade
approach prep:@near .85 race bolt hurtle lurch pad tramp wander climb scurry scuttle edge scoot
approach prep:at .80 come rush run lunge charge fly spring leap
approach prep:round,around,about .75 crowd gather cluster flock throng press
approach prep:over,down,beside,toward,towards,by,near,to .80 lean bend stoop kneel crouch
approach prep:over,towards,toward .75 bow
approach prep:beside,by,near,opposite .80 sit squat settle perch lie drop sink
approach person .75 join rejoin overtake reach
approach person .72 follow pursue chase visit
approach prep:on,upon .65 call
withdraw prep:from .88 withdraw retreat recoil shrink flinch back draw start
withdraw prep:from .88 turn move run flee step part walk go
withdraw prep:from .88 break spring pull tear edge cower depart escape
withdraw prep:from .85 jump leap wrench jerk twist shy swerve sway disengage slink scramble roll
withdraw person .80 leave quit desert abandon forsake shun
withdraw person:go .85 let
withdraw person .75 release relinquish free
touch    person .93 touch stroke pat caress fondle nudge prod tickle
touch    person .93 nuzzle massage
touch    person .85 brush poke tap rub squeeze pinch jog ruffle tousle rumple elbow
touch    person:up,down,out,off .60 help hand assist
touch    part .90 take hold press clasp wring wipe smooth
touch    part .90 grasp catch seize pull raise lift
touch    part .85 feel chafe dry bathe wash bandage button unbutton straighten finger
touch    prep:against,on,upon .75 lean rest nestle press
embrace  person .95 embrace hug cuddle enfold
embrace  prep:to,round,around .80 cling
embrace  prep:to,on,upon,round,around .65 hang
embrace  prep:with .60 dance waltz
embrace  person .65 carry
embrace  person:up .60 pick catch gather snatch
kiss     person .96 kiss
restrain person .90 grab seize grasp grip clutch pin restrain detain
restrain person .90 bind fetter handcuff imprison capture arrest
restrain person .85 kidnap abduct gag shackle chain manacle collar trap
restrain person:back,down,fast,off,away,along,aside,round,around .80 hold keep pull drag force haul
restrain person:back,down,away,along,aside,round,around .70 push tug yank jerk hustle bundle
restrain person:up,in,out .75 lock shut
restrain person .60 catch drag haul hustle tow
strike   person .93 strike slap smack punch kick whip flog thrash
strike   person .93 cuff stab smite thump pummel batter belabour cudgel
strike   person .93 horsewhip beat clout wallop thwack spank clobber
strike   person .85 kill murder slay strangle throttle assassinate wound slaughter butcher
strike   person .70 hit bite lash cane club attack assault shove scratch claw maul pelt
strike   person .70 knock shoot
strike   part .85 box
strike   prep:at .75 strike lash kick hit
strike   prep:at,upon,on .75 shoot fire
give     recipient:out .85 hold stretch reach
give     recipient .90 give hand lend pass offer deliver
give     recipient .75 bring present restore return send leave pour fetch pay sell
give     recipient .75 push slide toss throw slip fling thrust extend serve shove
restrain person .70 shake
"""

LIGHT: Mapping[str, tuple[str, str]] = {
    "look": ("look", "at iobj"), "glance": ("look", "at iobj"), "stare": ("look", "at"),
    "kiss": ("kiss", "iobj to on"), "hug": ("embrace", "iobj"), "embrace": ("embrace", "iobj"),
    "blow": ("strike", "iobj"), "slap": ("strike", "iobj"), "kick": ("strike", "iobj"),
    "thrashing": ("strike", "iobj"), "beating": ("strike", "iobj"), "whipping": ("strike", "iobj"),
    "cuff": ("strike", "iobj"), "punch": ("strike", "iobj"), "push": ("touch", "iobj"),
    "pat": ("touch", "iobj"), "nudge": ("touch", "iobj"), "squeeze": ("touch", "iobj"),
    "caress": ("touch", "iobj"), "poke": ("touch", "iobj"), "tap": ("touch", "iobj"),
    "dig": ("touch", "iobj"), "pinch": ("touch", "iobj"), "gaze": ("look", "at"), "glare": ("look", "at"),
    "peck": ("kiss", "iobj on"), "cuddle": ("embrace", "iobj"), "clout": ("strike", "iobj"),
    "buffet": ("strike", "iobj"), "shove": ("strike", "iobj"), "smack": ("strike", "iobj"),
    "whack": ("strike", "iobj"), "box": ("strike", "iobj"),
}  # fmt: skip
"""Nouns that carry the deed after a light verb ("gave her a look"), and where the other then stands."""
LIGHT_VERBS = words(
    """
    give cast throw shoot dart steal take have drop plant press deal fetch bestow land turn fling
    direct fix risk venture send
    """
)

PUT = words(
    """
    put lay place rest set slip pass lean press thrust slide drop throw run fold close clap drape
    hide bury nestle tuck hook plant
    """
)
"""Verbs that bring one's hand or head upon another."""
ARMS_ROUND = words(
    """
    put throw fling slip wrap fold wind pass twine lay cast lock clasp have get slide
    """
)
"""Verbs that bring one's arms round another."""
TAKE_IN_ARMS = words(
    """
    take catch gather fold clasp strain draw press hold snatch pull clutch lift hug
    """
)
TAKE_HOLD = words(
    """
    take lay catch get seize keep have
    """
)

TURN_EYES = words(
    """
    turn lift raise fix fasten set cast bend drop lower throw rest direct keep train rivet move
    """
)
"""Verbs that bring one's eyes upon another."""
MEET_EYES = words("meet seek catch search hold return find encounter")
"""Verbs whose object is the other's look."""
SHUT_WAY = words("bar block stop obstruct dispute")
"""Verbs that keep somebody from going, with his way as their object."""
TOLD_BY_PART = words("seize catch grab grip grasp clutch have get drag haul hold pull")
"""Verbs of holding somebody "by the arm"."""
HANDED = words("put press slip thrust place push drop pour lay stick squeeze force")
"""Verbs that bring a thing into another's hand."""
TAKEN_FROM = words("receive accept get take have borrow")
"""Verbs for what another gives, with "from" before him."""
SUPPLIED = words("present provide supply furnish")
"""Verbs whose object is the one to whom a thing is given, after "with"."""
GOING = words("come go run walk hurry hasten ride drive return rush")
VISITED = words("see meet greet join visit fetch find")
"""Infinitives that tell whom one goes to."""

MOVES: Mapping[str, tuple[str, frozenset[str], float]] = {
    **dict.fromkeys(
        words("come walk step run move hurry stride rush ride draw crawl shuffle hobble limp sidle"),
        ("approach", words("up over forward across nearer closer"), 0.35),
    ),
    **dict.fromkeys(
        words("lean bend stoop kneel sit crouch"), ("approach", words("over closer close"), 0.35)
    ),
}
"""Movements towards somebody who is not named beside the verb, by their particles."""
MOVES_AWAY: Mapping[str, tuple[str, frozenset[str], float]] = {
    **dict.fromkeys(
        words("draw step pull shrink back start fall spring jump move edge stagger flinch lean"),
        ("withdraw", words("back away aside off"), 0.4),
    ),
    **dict.fromkeys(
        words("turn walk run ride stride march slink drive sail stalk hurry"),
        ("withdraw", words("away off"), 0.35),
    ),
}
"""Movements away from somebody who is not named."""

NOT_GIVEN = words(
    """
    look glance answer reply advice order name time chance trouble pain pleasure idea reason account
    promise word permission leave attention thought love start cry shout way rise birth place credit
    notice warning information help assistance opportunity right power satisfaction impression
    second year month week hour century age mile nod
    smile blow push kick shove kiss pat hug slap life strength courage hope comfort joy turn try go
    ride lift lesson lecture talk call hint sign signal signs hearing interview audience welcome
    reception description history sketch explanation evidence proof assurance confidence trust heart
    soul mind offence offense uneasiness anxiety alarm fright shock surprise benefit choice
    preference honour honor command instruction direction message regards compliment thanks blessing
    consolation encouragement support air appearance character trouble squeeze shake stare wink
    moment minute hour day while rest sleep peace freedom liberty relief occasion cause ground view
    sight taste sense feeling hand satisfaction hint job work task service
    nothing something anything good-bye goodbye goodnight good-night farewell greeting bow curtsy
    slip time-table reward punishment beating thrashing whipping box piece&of&mind best worst deal
    benefit effect impulse pause voice confession apology opening leisure scope access entrance note
    vent utterance thought figure dinner possession care charge custody battle chase fight trial
    share thing
    specimen sample example hospitality story tale detail details seat
    """
)
"""What is "given" without passing from hand to hand."""


def _table() -> dict[str, tuple[Frame, ...]]:
    table: defaultdict[str, list[Frame]] = defaultdict(list)
    for line in _LIST.replace("@near", _NEAR).strip().splitlines():
        kind, slot, p, *lemmas = line.split()
        name, _, rest = slot.partition(":")
        some = frozenset(rest.split(",")) if rest else frozenset()
        none: frozenset[str] = frozenset()
        preps, needs = (some, none) if name == "prep" else (none, some)
        for lemma in lemmas:
            table[lemma].append(Frame(kind, name, preps, needs, float(p)))
    return {lemma: tuple(frames) for lemma, frames in table.items()}


DEEDS: Mapping[str, tuple[Frame, ...]] = _table()
"""Frames by lemma."""
