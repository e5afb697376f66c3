"""Learn the lemmatiser's tables from (form, UPOS, XPOS, lemma) counts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from os.path import commonprefix
from typing import Any

from fabula.encoder.pieces import normalise
from fabula.heads.lemmas import CASED, MAX_SUFFIX, Lemmatiser, lemma_key
from training.treebank import Sentence

OPEN = frozenset({"NOUN", "VERB", "ADJ", "ADV", "PROPN"})
"""Tags whose unseen forms are inflected by rule; a form of any other tag is its own lemma."""

# Irregular forms that stories need and news and reviews hardly show: base, past, participle where it differs.
_VERBS = """
arise arose arisen|awake awoke awoken|bear bore borne|beat beat beaten|become became become|befall befell befallen
|begin began begun|behold beheld|bend bent|bereave bereft|beseech besought|bestride bestrode bestridden|bid bade bidden
|bind bound|bite bit bitten|bleed bled|blow blew blown|break broke broken|breed bred|bring brought|build built|burn burnt
|buy bought|catch caught|choose chose chosen|cleave clove cloven|cling clung|come came come|creep crept|deal dealt
|dig dug|dive dove|do did done|draw drew drawn|dream dreamt|drink drank drunk|drive drove driven|dwell dwelt|eat ate eaten
|fall fell fallen|feed fed|feel felt|fight fought|find found|flee fled|fling flung|fly flew flown|forbear forbore forborne
|forbid forbade forbidden|foresee foresaw foreseen|forget forgot forgotten|forgive forgave forgiven|forgo forwent forgone
|forsake forsook forsaken|forswear forswore forsworn|freeze froze frozen|get got gotten|gild gilt|gird girt|give gave given
|go went gone|grind ground|grow grew grown|hang hung|have had|hear heard|heave hove|hew hewed hewn|hide hid hidden
|hold held|keep kept|kneel knelt|know knew known|lay laid|lead led|lean leant|leap leapt|learn learnt|leave left|lend lent
|lie lay lain|light lit|lose lost|make made|mean meant|meet met|mislead misled|mistake mistook mistaken|mow mowed mown
|outrun outran outrun|overcome overcame overcome|overhear overheard|override overrode overridden|oversee oversaw overseen
|oversleep overslept|overtake overtook overtaken|overthrow overthrew overthrown|partake partook partaken|pay paid
|rebuild rebuilt|rend rent|retell retold|ride rode ridden|ring rang rung|rise rose risen|run ran run|say said|see saw seen
|seek sought|sell sold|send sent|sew sewed sewn|shake shook shaken|shear sheared shorn|shine shone|shoe shod|shoot shot
|show showed shown|shrink shrank shrunk|shrive shrove shriven|sing sang sung|sink sank sunk|sit sat|slay slew slain
|sleep slept|slide slid|sling slung|slink slunk|smell smelt|smite smote smitten|sow sowed sown|speak spoke spoken
|speed sped|spell spelt|spend spent|spill spilt|spin spun|spit spat|spoil spoilt|spring sprang sprung|stand stood
|steal stole stolen|stick stuck|sting stung|stink stank stunk|strew strewed strewn|stride strode stridden|strike struck
|string strung|strive strove striven|swear swore sworn|sweep swept|swell swelled swollen|swim swam swum|swing swung
|take took taken|teach taught|tear tore torn|tell told|think thought|thrive throve|throw threw thrown
|tread trod trodden|undergo underwent undergone|understand understood|undertake undertook undertaken|undo undid undone
|unwind unwound|uphold upheld|wake woke woken|wear wore worn|weave wove woven|weep wept|win won|wind wound
|withdraw withdrew withdrawn|withhold withheld|withstand withstood|wring wrung|write wrote written
"""
_NOUNS = """
man men|woman women|child children|foot feet|tooth teeth|goose geese|mouse mice|louse lice|ox oxen|wife wives|life lives
|knife knives|wolf wolves|leaf leaves|thief thieves|loaf loaves|half halves|calf calves|self selves|shelf shelves
|elf elves|hoof hooves|scarf scarves|sheaf sheaves|dwarf dwarves|wharf wharves|gentleman gentlemen
|gentlewoman gentlewomen|policeman policemen|fireman firemen|fisherman fishermen|nobleman noblemen|horseman horsemen
|housewife housewives|midwife midwives|grandchild grandchildren|stepchild stepchildren|werewolf werewolves
|penknife penknives|bookshelf bookshelves|forefoot forefeet|die dice|kiss kisses|glass glasses|watch watches|lens lenses
|bus buses|gas gases|echo echoes|hero heroes|potato potatoes|torpedo torpedoes|cargo cargoes|axis axes|crisis crises
|oasis oases|phenomenon phenomena|stimulus stimuli|canvas canvases|corpse corpses|horse horses|purse purses|nurse nurses
|curse curses|lie lies|tie ties|pie pies|movie movies|shoe shoes|toe toes|foe foes|eye eyes
"""


def irregular() -> dict[tuple[str, str, str], str]:
    """(form, UPOS, XPOS) to lemma of the irregular forms listed above."""
    out: dict[tuple[str, str, str], str] = {}
    for entry in _VERBS.replace("\n", "").split("|"):
        base, past, *rest = entry.split()
        out[past, "VERB", "VBD"] = base
        out[rest[0] if rest else past, "VERB", "VBN"] = base
    for entry in _NOUNS.replace("\n", "").split("|"):
        base, plural = entry.split()
        out[plural, "NOUN", "NNS"] = base
    return out


def _script(base: str, lemma: str) -> str:
    same = len(commonprefix([base, lemma]))
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
    for (form, upos, xpos), lemma in irregular().items():
        best.setdefault((form, upos, xpos), (form, lemma))
    by_tags: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for (low, upos, xpos), (form, lemma) in sorted(best.items()):
        if upos in OPEN:
            by_tags[f"{upos} {xpos}"].append((low, _script(form if upos in CASED else low, lemma)))
    rules = {tags: _rules(pairs) for tags, pairs in by_tags.items()}
    # What the rules alone get wrong goes into the table: first per form and tag, then what that gets wrong.
    words: dict[str, str] = {}
    lemmatiser = Lemmatiser({"words": words, "rules": rules}, [], [])
    general: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for (low, upos, xpos), (_, lemma) in best.items():
        general[low, upos][lemma] += sum(seen.get((low, upos, xpos), Counter({("", ""): 1})).values())
    wrong = {(low, upos) for (low, upos, xpos), (form, lemma) in best.items() if lemmatiser.lemma(form, upos, xpos) != lemma}
    for low, upos in sorted(wrong):
        words[f"{low} {upos}"] = min(general[low, upos].items(), key=lambda x: (-x[1], x[0]))[0]
    for (low, upos, xpos), (form, lemma) in sorted(best.items()):
        if lemmatiser.lemma(form, upos, xpos) != lemma:
            words[f"{low} {upos} {xpos}"] = lemma
    return {"words": words, "rules": rules}
