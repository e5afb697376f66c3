"""Learn the lemmatiser's tables from (form, UPOS, XPOS, lemma) counts."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

from fabula.encoder.pieces import normalise
from fabula.heads.lemmas import CASED, MAX_SUFFIX, Lemmatiser, lemma_key
from training.treebank import Sentence

OPEN = frozenset({"NOUN", "VERB", "ADJ", "ADV", "PROPN"})
"""Tags whose unseen forms are inflected by rule; a form of any other tag is its own lemma."""

# Irregular forms that stories need and news and reviews hardly show: base, past, participle where it differs.
_VERBS = """
arise arose arisen|awake awoke awoken|bear bore borne|beat beat beaten|become became become
|befall befell befallen|begin began begun|behold beheld|bend bent|bereave bereft|beseech besought
|bestride bestrode bestridden|bid bade bidden|bind bound|bite bit bitten|bleed bled|blow blew blown
|break broke broken|breed bred|bring brought|build built|burn burnt|buy bought|catch caught
|choose chose chosen|cleave clove cloven|cling clung|come came come|creep crept|deal dealt|dig dug
|dive dove|do did done|draw drew drawn|dream dreamt|drink drank drunk|drive drove driven|dwell dwelt
|eat ate eaten|fall fell fallen|feed fed|feel felt|fight fought|find found|flee fled|fling flung
|fly flew flown|forbear forbore forborne|forbid forbade forbidden|foresee foresaw foreseen
|forget forgot forgotten|forgive forgave forgiven|forgo forwent forgone|forsake forsook forsaken
|forswear forswore forsworn|freeze froze frozen|get got gotten|gild gilt|gird girt|give gave given
|go went gone|grind ground|grow grew grown|hang hung|have had|hear heard|heave hove|hew hewed hewn
|hide hid hidden|hold held|keep kept|kneel knelt|know knew known|lay laid|lead led|lean leant|leap leapt
|learn learnt|leave left|lend lent|lie lay lain|light lit|lose lost|make made|mean meant|meet met
|mislead misled|mistake mistook mistaken|mow mowed mown|outrun outran outrun|overcome overcame overcome
|overhear overheard|override overrode overridden|oversee oversaw overseen|oversleep overslept
|overtake overtook overtaken|overthrow overthrew overthrown|partake partook partaken|pay paid
|rebuild rebuilt|rend rent|retell retold|ride rode ridden|ring rang rung|rise rose risen|run ran run
|say said|see saw seen|seek sought|sell sold|send sent|sew sewed sewn|shake shook shaken
|shear sheared shorn|shine shone|shoe shod|shoot shot|show showed shown|shrink shrank shrunk
|shrive shrove shriven|sing sang sung|sink sank sunk|sit sat|slay slew slain|sleep slept|slide slid
|sling slung|slink slunk|smell smelt|smite smote smitten|sow sowed sown|speak spoke spoken|speed sped
|spell spelt|spend spent|spill spilt|spin spun|spit spat|spoil spoilt|spring sprang sprung|stand stood
|steal stole stolen|stick stuck|sting stung|stink stank stunk|strew strewed strewn
|stride strode stridden|strike struck|string strung|strive strove striven|swear swore sworn|sweep swept
|swell swelled swollen|swim swam swum|swing swung|take took taken|teach taught|tear tore torn|tell told
|think thought|thrive throve|throw threw thrown|tread trod trodden|undergo underwent undergone
|understand understood|undertake undertook undertaken|undo undid undone|unwind unwound|uphold upheld
|wake woke woken|wear wore worn|weave wove woven|weep wept|win won|wind wound
|withdraw withdrew withdrawn|withhold withheld|withstand withstood|wring wrung|write wrote written
"""
_NOUNS = """
man men|woman women|child children|foot feet|tooth teeth|goose geese|mouse mice|louse lice|ox oxen
|wife wives|life lives|knife knives|wolf wolves|leaf leaves|thief thieves|loaf loaves|half halves
|calf calves|self selves|shelf shelves|elf elves|hoof hooves|scarf scarves|sheaf sheaves|dwarf dwarves
|wharf wharves|gentleman gentlemen|gentlewoman gentlewomen|policeman policemen|fireman firemen
|fisherman fishermen|nobleman noblemen|horseman horsemen|housewife housewives|midwife midwives
|grandchild grandchildren|stepchild stepchildren|werewolf werewolves|penknife penknives
|bookshelf bookshelves|forefoot forefeet|die dice|kiss kisses|glass glasses|watch watches|lens lenses
|bus buses|gas gases|echo echoes|hero heroes|potato potatoes|torpedo torpedoes|cargo cargoes|axis axes
|crisis crises|oasis oases|phenomenon phenomena|stimulus stimuli|canvas canvases|corpse corpses
|horse horses|purse purses|nurse nurses|curse curses|lie lies|tie ties|pie pies|movie movies|shoe shoes
|toe toes|foe foes|eye eyes
"""


# Verbs of stories, to teach the suffix rules which stems end in a mute e and which double their last letter.
_STORY_VERBS = """
ache admire adore amble amuse arch arrange babble baffle balance bang banish bargain bark barge bash
bathe batter beam beckon behave beg belch bellow berate bicker blab blame blanch blaze bless blink bloom
blot blunder blur blurt blush boast bob bolt bounce bow brace brag braid brave breathe brew bribe
bristle brood bruise brush bubble buckle budge bump bundle bustle cackle cage calm caper cajole caress
carve cascade cease chafe charm chase chat chatter chide chime chirp choke chop chortle chuckle churn
clap clamber clamp clank clasp clatter claw clench climb clip cloak clutch coax cock coil collapse comb
confide console converse coo cough cower crack crackle cradle cram crane crash crave crawl creak cringe
croak crook crouch crow crumble crumple crunch crush cuddle cuff curl curse curtsy cuss dab dance dangle
dare dart dash daub daze dazzle declare decree demand deride descend despise devour dip disguise dislike
dismount dither dodge doze drag drain drape drawl dread drench dribble drift drip drone drool droop drop
drown drum duck dump dust edge elbow embrace emerge endure enrage entice escape evade exchange exclaim
excuse exhale explode eye fade faint falter fasten fear fidget file fix flail flap flare flash flatter
flick flicker flinch flip flirt flit float flog flop flounce flounder flush flutter fondle force forge
fret frown fumble fume fuss gallop gape gasp gather gaze gesture giggle glance glare gleam glide glimpse
glint glisten glitter glow glower gnash gnaw gobble grab grasp grate graze grieve grimace grin grip
gripe groan grope grouse growl grumble grunt guess guide gulp gurgle gush haggle halt hammer hate haul
haunt heal heap heckle hesitate hike hint hiss hitch hobble hoist hop hope hover howl huddle hug hum
hurl hurry hush idle ignore implore inhale inquire insult invite jab jeer jerk jest jingle jog joke jolt
jostle judge juggle jump kick kill kiss knit knock lap lash laugh lash leer lick lift limp linger listen
loathe lock loom loosen lope lounge love lower lug lull lumber lunge lurch lure lurk manage marry
massage mate mime mingle moan mock mop mope mount mourn mouth move muffle mumble murmur muse mutter nag
nap narrow nestle nibble nod nudge numb nurse nuzzle obey ogle ooze pace pack pad paddle pale pant pare
pat patrol pause paw peek peel peep peer pepper perch pester pet pinch pine pitch plague plead please
plod pluck plummet plunge pocket point poise poke ponder pop pounce pour pout praise pray preen press
pretend prick prise probe prod prop prowl pry puff pull pummel pump punch punish purr purse push puzzle
quake quarrel quaver quell quench query quiver race rage raise rake ramble rap rasp rattle ravage rave
reach realise realize reassure rebuke recline recoil reel refuse rejoice relax release relieve remark
resume retch retire retort retreat retrieve reveal revere rid rifle rinse rip roam roar rob rock roll
romp rouse rub ruffle ruin rumble rummage rush rustle sag sail salute saunter save savour scamper scan
scare scatter scoff scold scoop scorn scour scowl scramble scrape scratch scrawl scream screech scribble
scrub scrutinise scuff scuffle scurry seal seethe seize sense serve settle shade shame shape share
shatter shave shed shelter shift shimmer shiver shop shove shout shower shriek shrug shuffle shun shush
shut shy sidle sift sigh signal simmer sip sizzle skid skim skip skirt slam slap slash slice slip
slither slope slosh slouch slug slump slur smack smash smear smile smirk smoke smooth smother smoulder
snag snap snarl snatch sneak sneer sneeze sniff sniffle snigger snip snivel snore snort snuggle soak
soar sob sober soothe sort spare spark sparkle spatter splash splinter sprawl spray sprinkle sprint spur
spurn spy squabble squat squawk squeak squeal squeeze squint squirm stab stagger stalk stall stamp
stammer stare startle starve stash stay steady steer step stiffen stifle stir stomp stoop stop straddle
straighten strain strangle strap stray stretch strip stroke stroll struggle strum strut stuff stumble
stun stutter subside suck suffice sulk surge surprise survive swab swagger swallow swap swarm sway
swerve swindle swipe swirl swish swoon swoop tame tangle tap tape taste taunt tease tempt thank thaw
thrash threaten thrill throb throng thrust thud thump tickle tidy tie tighten tilt tingle tip tiptoe
tire toil topple toss totter touch tow toy trace trade trail trail trample trap tremble tremble trick
trickle trim trip trot trouble trudge trust try tsk tuck tug tumble turn twinkle twirl twist twitch
unbutton unclasp uncork uncover unfold unleash unlock unlace untie urge usher utter vanish venture vomit
vow wade waft wag wager wail wait walk wallow waltz wander wane want warble warn wash waste watch wave
waver weigh welcome wheeze while whimper whine whip whirl whisk whisper whistle wield wiggle wince wink
wipe wish wither wobble wonder worm worry worship wrap wreathe wreck wrench wrestle wriggle wrinkle
writhe yank yap yawn yearn yell yelp yield zip
"""
_DOUBLED = """
admit befit commit compel control defer deter emit equip excel expel forbid incur infer occur omit
outwit patrol permit prefer propel rebel recur refer regret repel submit transfer transmit unwrap kidnap
worship quarrel travel marvel level signal snivel pummel counsel cancel label shrivel grovel swivel
unravel
"""
_DOUBLED_SET = frozenset(_DOUBLED.split())
_CONSONANT_Y = re.compile(r"[^aeiou]y$")
_SHORT = re.compile(r"^(?:[^aeiou]|qu)*[aeiouy][bdfgklmnprtvz]$")


def _stem(base: str) -> str:
    """What -ed, -er and -est are put on: a mute e off, y to i, a letter doubled after a short vowel."""
    if base.endswith("e"):
        return base[:-1]
    if _CONSONANT_Y.search(base):
        return base[:-1] + "i"
    return base + base[-1] if _SHORT.match(base) or base in _DOUBLED_SET else base


def plural(base: str) -> str:
    """The regular -s form of a noun or verb."""
    if _CONSONANT_Y.search(base):
        return base[:-1] + "ies"
    return base + ("es" if re.search(r"(?:s|x|z|ch|sh|[^aeiou]o)$", base) else "s")


def participle(base: str) -> str:
    """The -ing form of a verb."""
    if base.endswith("ie"):
        return base[:-2] + "ying"
    if base.endswith("e") and not base.endswith(("ee", "oe", "ye")) and base != "be":
        return base[:-1] + "ing"
    return (base if _CONSONANT_Y.search(base) else _stem(base)) + "ing"


def irregular() -> dict[tuple[str, str, str], str]:
    """(form, UPOS, XPOS) to lemma of the irregular forms listed above."""
    out: dict[tuple[str, str, str], str] = {}
    for entry in _VERBS.replace("\n", "").split("|"):
        base, past, *rest = entry.split()
        out[past, "VERB", "VBD"] = base
        out[rest[0] if rest else past, "VERB", "VBN"] = base
    for entry in _NOUNS.replace("\n", "").split("|"):
        base, many = entry.split()
        out[many, "NOUN", "NNS"] = base
    return out


def regular(
    verbs: Iterable[str], adjectives: Iterable[str], strong: frozenset[str]
) -> dict[tuple[str, str, str], str]:
    """(form, UPOS, XPOS) to lemma of regular forms; ``strong`` verbs have no -ed."""
    out: dict[tuple[str, str, str], str] = {}
    for v in verbs:
        out[plural(v), "VERB", "VBZ"] = v
        out[participle(v), "VERB", "VBG"] = v
        if v not in strong:
            out[_stem(v) + "ed", "VERB", "VBD"] = out[_stem(v) + "ed", "VERB", "VBN"] = v
    for a in adjectives:
        if len(a) > 2 and (len(re.findall(r"[aeiouy]+", a.removesuffix("e"))) == 1 or _CONSONANT_Y.search(a)):
            out[_stem(a) + "er", "ADJ", "JJR"] = out[_stem(a) + "est", "ADJ", "JJS"] = a
    return out


def _script(base: str, lemma: str) -> str:
    pairs = zip(base, lemma, strict=False)
    same = next((k for k, (a, b) in enumerate(pairs) if a != b), min(len(base), len(lemma)))
    return f"{len(base) - same} {lemma[same:]}"


def _rules(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """{suffix: script} from (form, script) of distinct forms, less what a shorter suffix says already."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for form, script in pairs:
        for n in range(min(MAX_SUFFIX, len(form)) + 1):
            votes[form[len(form) - n :]][script] += 1
    rules: dict[str, str] = {}
    for suffix in sorted(votes, key=lambda s: (len(s), s)):
        script, count = min(votes[suffix].items(), key=lambda x: (-x[1], x[0]))
        shorter = next((rules[suffix[k:]] for k in range(1, len(suffix) + 1) if suffix[k:] in rules), None)
        if shorter is None or (script != shorter and count >= 2):
            rules[suffix] = script
    return rules


def learn(first: Iterable[Sentence], second: Iterable[Sentence]) -> dict[str, Any]:
    """Tables for ``Lemmatiser``. Where the treebanks disagree on a word, ``first`` is right."""
    seen: dict[tuple[str, str, str], Counter[tuple[str, str]]] = {}
    for treebank in (first, second):
        counts: dict[tuple[str, str, str], Counter[tuple[str, str]]] = defaultdict(Counter)
        for s in treebank:
            for form, lemma, upos, xpos in zip(s.forms, s.lemma, s.upos, s.xpos, strict=True):
                if lemma != "_" and xpos != "GW" and " " not in form:
                    counts[lemma_key(form), upos, xpos][normalise(form), normalise(lemma)] += 1
        for key, c in counts.items():
            seen.setdefault(key, c)
    best = {k: min(c.items(), key=lambda x: (-x[1], x[0]))[0] for k, c in seen.items()}
    odd = irregular()
    strong = frozenset(odd.values()) | {
        v for (f, u, x), (_, v) in best.items() if (u, x) == ("VERB", "VBD") and f[-1:] != "d"
    }
    known = {
        (u, lemma)
        for (low, u, x), (_, lemma) in best.items()
        if lemma.isascii() and lemma.isalpha() and lemma.islower()
    }
    verbs = sorted({v for u, v in known if u == "VERB" and len(v) > 2} | set(_STORY_VERBS.split()))
    made = regular(verbs, sorted(a for u, a in known if u == "ADJ"), strong)
    for (form, upos, xpos), lemma in (odd | {k: v for k, v in made.items() if k not in odd}).items():
        best.setdefault((form, upos, xpos), (form, lemma))
    by_tags: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for (low, upos, xpos), (form, lemma) in sorted(best.items()):
        if upos in OPEN and (upos == "PROPN" or not xpos.startswith("NNP")):
            by_tags[f"{upos} {xpos}"].append((low, _script(form if upos in CASED else low, lemma)))
    rules = {tags: _rules(pairs) for tags, pairs in by_tags.items()}
    # What the rules alone get wrong goes into the table: first per form and tag, then what that gets wrong.
    words: dict[str, str] = {}
    lemmatiser = Lemmatiser({"words": words, "rules": rules}, [], [])
    general: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for (low, upos, xpos), (_, lemma) in best.items():
        general[low, upos][lemma] += sum(seen.get((low, upos, xpos), Counter({("", ""): 1})).values())
    wrong = {
        (low, upos)
        for (low, upos, xpos), (form, lemma) in best.items()
        if lemmatiser.lemma(form, upos, xpos) != lemma
    }
    for low, upos in sorted(wrong):
        words[f"{low} {upos}"] = min(general[low, upos].items(), key=lambda x: (-x[1], x[0]))[0]
    for (low, upos, xpos), (form, lemma) in sorted(best.items()):
        if lemmatiser.lemma(form, upos, xpos) != lemma:
            words[f"{low} {upos} {xpos}"] = lemma
    return {"words": words, "rules": rules}
