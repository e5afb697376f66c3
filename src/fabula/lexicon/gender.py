"""What words alone say about gender, as evidence and never as a verdict: names, titles, nouns, pronouns.

Evidence is a triple of weights in [0, 1] for (he, she, they or other); (0, 0, 0) is "says nothing".
"""

from __future__ import annotations

from functools import cache
from typing import Literal, NamedTuple

from fabula.lexicon.name_lists import given_names
from fabula.lexicon.name_titles import TITLES, fold

Evidence = tuple[float, float, float]
UNKNOWN: Evidence = (0.0, 0.0, 0.0)
_HE: Evidence = (1.0, 0.0, 0.0)
_SHE: Evidence = (0.0, 1.0, 0.0)

Case = Literal["nom", "acc", "poss", "refl"]


class Pronoun(NamedTuple):
    """A pronoun's grammar. ``set`` is the nominative by which the set is known; ``cases``: commonest first.

    ``number`` is the usual one of the form; "they" is "plur" though it may be one person, "you" "sing" though
    it may be many.
    """

    person: Literal[1, 2, 3]
    number: Literal["sing", "plur"]
    set: str
    cases: tuple[Case, ...]


_PRONOUNS = """
1 sing I: i/nom me/acc my/poss mine/poss myself/refl meself/refl m'self/refl
1 plur we: we/nom us/acc our/poss ours/poss ourselves/refl ourself/refl
2 sing you: you/nom+acc your/poss yours/poss yourself/refl ya/nom+acc yer/poss yeh/nom+acc y'/nom
2 sing you: thou/nom thee/acc+nom thy/poss thine/poss thyself/refl ye/nom+acc 'ee/acc+nom
2 plur you: yourselves/refl y'all/nom+acc y'all's/poss
3 sing he: he/nom him/acc his/poss himself/refl hisself/refl hissen/refl 'im/acc 'e/nom
3 sing she: she/nom her/poss+acc hers/poss herself/refl 'er/poss+acc
3 sing it: it/nom+acc its/poss itself/refl 't/nom+acc
3 sing one: one/nom+acc one's/poss oneself/refl
3 plur they: they/nom them/acc their/poss theirs/poss themselves/refl theirselves/refl 'em/acc
3 sing they: themself/refl theirself/refl
3 sing xe: xe/nom xem/acc xyr/poss xyrs/poss xemself/refl xyrself/refl xir/poss xirs/poss xirself/refl
3 sing ze: ze/nom zir/acc+poss zirs/poss zirself/refl zem/acc zes/poss zemself/refl
3 sing ze: hir/acc+poss hirs/poss hirself/refl zie/nom sie/nom
3 sing ey: ey/nom em/acc eir/poss eirs/poss emself/refl eirself/refl
3 sing fae: fae/nom faer/acc+poss faers/poss faerself/refl
3 sing ae: ae/nom aer/acc+poss aers/poss aerself/refl
3 sing ve: ve/nom ver/acc vis/poss verself/refl
3 sing ne: ne/nom nem/acc nir/poss nirs/poss nemself/refl
3 sing thon: thon/nom+acc thons/poss thonself/refl
"""


def _pronouns() -> dict[str, Pronoun]:
    table: dict[str, Pronoun] = {}
    for line in _PRONOUNS.strip().splitlines():
        head, _, forms = line.partition(":")
        person, number, name = head.split()
        for entry in forms.split():
            form, _, cases = entry.partition("/")
            grammar = Pronoun(
                1 if person == "1" else 2 if person == "2" else 3,
                "sing" if number == "sing" else "plur",
                name,
                tuple(c for c in ("nom", "acc", "poss", "refl") if c in cases.split("+")),
            )
            first = cases.split("+")[0]
            ordered = tuple(sorted(grammar.cases, key=lambda c: c != first))
            table[form] = grammar._replace(cases=ordered)
    return table


PRONOUNS: dict[str, Pronoun] = _pronouns()
"""Personal pronouns by lower-case form with straight apostrophes; "em" is the neopronoun, "'em" is "them"."""

_HE_NOUNS = """
man gentleman boy lad laddie fellow chap bloke guy dude king prince emperor tsar czar sultan sheikh rajah
maharajah shah pharaoh lord duke marquis marquess earl count viscount baron baronet knight squire laird sir
sire mister father dad daddy papa pa pop pops son brother bro uncle nephew grandfather grandpa granddad
grandad grandson godfather godson stepfather stepson stepbrother husband hubby widower bridegroom groom
fiance bachelor boyfriend monk friar abbot pope cardinal monsignor clergyman vicar curate parson padre
patriarch deacon archbishop altarboy choirboy actor waiter steward butler footman valet coachman postman
milkman fireman policeman fisherman nobleman tradesman sportsman horseman huntsman boatman ferryman workman
madman statesman seaman oarsman foreman doorman gunman hangman headman henchman houseboy schoolboy
schoolmaster headmaster landlord host hero god wizard warlock sorcerer enchanter emir caliph mullah imam
rabbi masseur heir manservant pageboy stableboy cowboy stockman swain suitor gallant dandy rake rogue_m
ruffian blackguard scoundrel villain_m cad monsieur herr signor senor don caballero hidalgo sahib muzhik
mandarin samurai shogun sensei_m eunuch stallion bull ram rooster cock gander drake stag buck tomcat boar
widower forefather kinsman countryman frenchman englishman irishman scotsman welshman dutchman chinaman
spaniard_m tomboy_f yeoman highwayman alderman midshipman chairman congressman salesman craftsman swordsman
bowman watchman gamekeeper_m gravedigger_m lumberjack grandsire
"""

_SHE_NOUNS = """
woman lady girl lass lassie gal maid maiden damsel wench queen princess empress tsarina czarina sultana rani
maharani duchess marquise marchioness countess viscountess baroness dame madam madame ma'am miss missus
missis mistress mother mum mummy mom mommy mama mamma ma daughter sister sis aunt auntie niece grandmother
grandma granny nana granddaughter godmother goddaughter stepmother stepdaughter stepsister wife wifie widow
bride fiancee bridesmaid spinster girlfriend nun abbess prioress priestess matriarch actress waitress
stewardess hostess seamstress laundress governess schoolmistress headmistress landlady heroine goddess witch
sorceress enchantress heiress housemaid chambermaid parlourmaid maidservant milkmaid handmaid handmaiden
barmaid nursemaid dairymaid washerwoman charwoman noblewoman gentlewoman horsewoman policewoman saleswoman
countrywoman englishwoman frenchwoman irishwoman scotswoman schoolgirl cowgirl showgirl ballerina diva
prima_donna soprano_f contralto courtesan concubine harlot prostitute_f whore strumpet coquette siren nymph
mermaid virgin_f matron midwife wetnurse nurse_f housekeeper_f housewife hag crone vixen belle debutante
dowager mademoiselle signora signorina senora senorita fraulein frau donna geisha memsahib ayah mem sultana
murderess authoress poetess huntress temptress seductress giantess lioness tigress negress mare cow ewe hen
doe sow bitch filly mulatress quadroon_f tomboy lady's-maid chatelaine empress suffragette nanny kinswoman
foremother
"""


@cache
def _nouns() -> dict[str, Evidence]:
    table: dict[str, Evidence] = {}
    for block, sure, lean in ((_HE_NOUNS, _HE, (0.5, 0.1, 0.0)), (_SHE_NOUNS, _SHE, (0.1, 0.5, 0.0))):
        for entry in block.split():
            word, _, mark = entry.rpartition("_") if entry[-2:] in ("_m", "_f") else (entry, "", "")
            table[word.replace("_", " ")] = lean if mark else sure
    return table


def noun_gender(head_noun: str) -> Evidence:
    """Evidence from a noun for a person, singular or plural, in any case ("widow", "Men", "grandsons")."""
    table = _nouns()
    word = fold(head_noun)
    for form in _singulars(word):
        if form in table:
            return table[form]
    for tail, evidence in (("woman", _SHE), ("girl", _SHE), ("boy", _HE)):
        if word.endswith((tail, tail + "s", tail[:-2] + "en" if tail == "woman" else tail)):
            return evidence
    return UNKNOWN


def _singulars(word: str) -> tuple[str, ...]:
    if word.endswith("men"):
        return (word, word[:-3] + "man")
    if word.endswith("wives"):
        return (word, word[:-3] + "fe")
    if word.endswith("ies"):
        return (word, word[:-3] + "y", word[:-1])
    if word.endswith("es"):
        return (word, word[:-2], word[:-1])
    return (word, word[:-1]) if word.endswith("s") else (word,)


def title_gender(title: str) -> Evidence:
    """Evidence from a title or form of address ("Mrs.", "Herr", "Captain"), alone and without a name."""
    known = TITLES.get(fold(title))
    if known is None:
        return UNKNOWN
    return {"m": _HE, "f": _SHE, "x": (0.0, 0.0, 1.0)}.get(known.gender, UNKNOWN)


def name_gender(name: str) -> Evidence:
    """Evidence from a given name, or from the first title or given name known in a full name.

    Names of the table give up to 1; an unknown single name that ends as many women's names do ("Ilessa")
    gives a hint of 0.25. Surnames are not told apart from given names here: pass given names where they are
    known.
    """
    words = name.split()
    table = given_names()
    for word in words:
        from_title = title_gender(word)
        if from_title != UNKNOWN and len(words) > 1:
            return from_title
        folded = fold(word)
        if folded in table:
            return table[folded]
        first = folded.partition("-")[0]
        if first in table:
            return table[first]
    if len(words) == 1:
        folded = fold(name)
        if (
            len(folded) > 3
            and folded.endswith(("a", "elle", "ette", "ine", "lyn"))
            and not folded.endswith("ya")
        ):
            return (0.05, 0.25, 0.0)
    return UNKNOWN
