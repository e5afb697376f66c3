"""Titles, forms of address, what else stands around a name; ``fold``, by which names are compared."""

from __future__ import annotations

import unicodedata
from typing import Literal, NamedTuple

from fabula.lexicon.words import words

TitleClass = Literal[
    "civil", "knight", "lord", "noble", "regal", "saint", "doc", "rank", "office", "clergy", "kin", "master"
]  # fmt: skip


class Title(NamedTuple):
    """A title: its canonical id, the gender it shows ("m", "f", "x" for neither, "" for any) and its class.

    ``bears``: what follows it when only one word does, a "given" name, a "family" name, or either ("").
    """

    id: str
    gender: Literal["m", "f", "x", ""]
    kind: TitleClass
    bears: Literal["given", "family", ""]


def fold(text: str) -> str:
    """``text`` as names are compared: lower case, no accents, straight marks, no final full stop."""
    if not text.isascii():
        text = text.translate(_STRAIGHT)
        decomposed = unicodedata.normalize("NFKD", text)
        text = "".join(c for c in decomposed if not unicodedata.combining(c)).translate(_PLAIN)
    return text.casefold().strip('_*.,;:!?"()[] ')


_STRAIGHT = {
    0x2018: "'",
    0x2019: "'",
    0x02BC: "'",
    0xFF07: "'",
    0x201C: '"',
    0x201D: '"',
    0x2010: "-",
    0x2011: "-",
}
_PLAIN = {
    0xF8: "o",
    0xD8: "O",
    0x142: "l",
    0x141: "L",
    0xE6: "ae",
    0xC6: "Ae",
    0x153: "oe",
    0x131: "i",
    0x111: "d",
}

_TABLE = """
civil m family: mr mister=mr mistah=mr mr's=mr monsieur=mr messieurs=mr m'sieur=mr mynheer=mr
civil m family: mijnheer=mr herr=mr senor=mr signor=mr signore=mr gospodin=mr pan=mr sri=mr shri=mr
civil m family: sahib=mr tuan=mr senhor=mr meneer=mr goodman=mr
civil f family: mrs missus=mrs missis=mrs mis'=mrs mistress=mrs madame=mrs mme=mrs frau=mrs senora=mrs
civil f family: signora=mrs pani=mrs goody=mrs goodwife=mrs widow=mrs mevrouw=mrs senhora=mrs
civil f family: memsahib=mrs missy=miss madam=mrs mdme=mrs ms
civil f -: miss mademoiselle=miss mlle=miss mamselle=miss ma'mselle=miss fraulein=miss senorita=miss
civil f -: signorina=miss
civil x family: mx
master m -: master marse=master massa=master mas'r=master young-master=master
knight m given: sir don=sir dom=sir ser=sir
lord m -: lord laird=lord milord=lord
lord f -: lady dame=lady dona=lady donna=lady milady=lady
noble m -: count comte=count conte=count graf=count earl duke viscount vicomte=viscount baron
noble m -: baronet=sir marquis marquess=marquis margrave=marquis landgrave=count archduke=duke
noble f -: countess comtesse=countess contessa=countess grafin=countess duchess viscountess baroness
noble f -: marquise marchioness=marquise archduchess=duchess
regal m given: king emperor tsar czar=tsar sultan shah kaiser pharaoh pope prince caliph rajah
regal m given: raja=rajah maharajah=rajah emir
regal f given: queen empress tsarina czarina=tsarina sultana princess rani maharani=rani
saint  given: saint st=saint san=saint santa=saint sainte=saint
doc  family: dr doctor=dr professor prof=professor doc=dr docteur=dr
rank  family: captain capt=captain cap'n=captain cap=captain major maj=major colonel col=colonel
rank  family: general gen=general lieutenant lieut=lieutenant lt=lieutenant sergeant sgt=sergeant
rank  family: serjeant=sergeant corporal cpl=corporal private ensign cadet commander cmdr=commander
rank  family: commodore admiral marshal midshipman brigadier trooper skipper bosun boatswain=bosun
rank  family: mate skip=skipper lieutenant-colonel=colonel major-general=general
office  family: inspector detective constable sheriff deputy officer agent chief superintendent
office  family: president senator governor mayor minister ambassador chancellor judge justice
office  family: councillor secretary consul headmaster headmistress=headmaster principal coach nurse
office  family: matron librarian director comrade citizen chairman
office m family: squire alderman bailie farmer butcher=butcher sensei shifu=sensei sifu=sensei
clergy m family: reverend rev=reverend parson pa'son=parson vicar rector curate deacon bishop
clergy m family: archbishop cardinal monsignor pastor rabbi imam friar fra=friar abbe=father canon
clergy m family: chaplain father=father padre=father pere=father elder
clergy f given: sister=sister mother=mother
kin m given: uncle brother=brother nephew papa dad daddy=dad grandfather grandpa=grandfather
kin m given: granddad=grandfather onkel=uncle oncle=uncle tio=uncle nunkie=uncle unc=uncle unca=uncle
kin m given: pa=papa gramps=grandfather grandad=grandfather
kin f given: aunt auntie=aunt aunty=aunt tante=aunt tia=aunt mama mamma=mama mum=mama mom=mama
kin f given: mummy=mama mommy=mama ma=mama grandmother grandma=grandmother granny=grandmother
kin f given: gran=grandmother nana=grandmother niece nan=grandmother marmee=mama
kin  given: cousin coz=cousin
"""


def _titles() -> dict[str, Title]:
    table: dict[str, Title] = {}
    for line in _TABLE.strip().splitlines():
        head, _, words = line.partition(":")
        parts = head.split(" ")
        kind, gender, bears = parts[0], parts[1], parts[2]
        for entry in words.split():
            word, _, name = entry.partition("=")
            table[word] = Title(name or word, gender, kind, "" if bears == "-" else bears)  # type: ignore[arg-type]
    return table


TITLES: dict[str, Title] = _titles()
"""Folded title word to what it shows."""

TITLE_KINDS: dict[str, str] = {title.id: title.kind for title in reversed(TITLES.values())}
"""Canonical title to its class."""

ALSO_NAMES = words(
    """
    dean earl don duke king prince bishop san ma pan nan pa gran dom fra ser marshal mate skip cap
    """
)
"""Titles that are given names or surnames as well; parsed as titles only where the context allows."""

ADDRESS_ONLY = words(
    """
    sir madam madame ma'am miss mister mistress lord lady monsieur mademoiselle signor signora signore
    signorina senor senora senorita milord milady sire missus missis missy mr mrs ms mx dame master
    majesty highness lordship ladyship honour honor grace excellency herr frau fraulein m'lord m'lady
    saint st
    """
)
"""Words that alone address somebody and name nobody."""

STYLES = words("highness majesty lordship ladyship excellency eminence holiness")
STYLES_WITH_OWNER = words("grace honour honor worship reverence")
"""Styles, which no title's bearer is named by; of the second it takes a "your" before them to tell."""

EPITHETS = words(
    """
    poor dear dearest darling old young little honest good sweet beloved late fair pretty brave the this
    that these those a an my our your his her its their plain said future sainted great lovely amiable
    envious gallant judicious admirable innocent naughty silly lucky wretched blessed noble handsome
    beautiful fat tall big bold gentle kind ol' ole lil' good-natured innocent-looking second first third
    former certain same other another no such bloody damn damned goddamn fucking stupid famous celebrated
    notorious illustrious venerable worthy elder younger eldest youngest right hon honourable honorable
    rt most very teenage middle-aged year-old precious only own mere merry mad crazy drunken wee
    sir-and-madam hey oh ah o and but or if when as is was both
    """
)
"""Words before a name that are no part of it, folded."""

PARTICLES = words(
    """
    von van de der den del della di da du des d' la le les lo las los dos das do ter ten te zu zum zur af
    av al el ibn bin ben bint abu ap ab ferch o' y e st saint mac mc fitz san santa vom auf
    """
)
"""Words that open a surname of several words, folded; lower case in a name, or before its last word."""

SUFFIXES = words(
    """
    jr sr junior senior esq esquire md phd mp ma ba kc qc vc dds rn ii iii iv v vi vii viii ix x xi xii
    xiii xiv xv xvi m.d ph.d m.p k.c q.c m.r.c.s b.a m.a d.d c.b o.b.e r.n
    """
)
GENERATIONS = words(
    """
    jr sr junior senior ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi
    """
)
"""Suffixes that tell two people of one name apart."""
ORDINALS: dict[str, str] = dict(
    zip(
        [
            "first",
            "second",
            "third",
            "fourth",
            "fifth",
            "sixth",
            "seventh",
            "eighth",
            "ninth",
            "tenth",
            "eleventh",
            "twelfth",
        ],
        ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"],
        strict=True,
    )
)
"""Ordinals of rulers as numerals."""

_HONORIFICS = """
san kun=m chan sama sensei senpai sempai dono tan chama nii=m nee=f niisan=m neesan=f niichan=m neechan=f
oniisan=m oneesan=f ssi nim hyung=m oppa=m noona=f unnie=f sunbae ah ya gege=m ge=m jiejie=f jie=f
shixiong=m shidi=m shijie=f shimei=f xiong=m zun jun er ji bey=m hanim=f effendi=m pasha=m sahib=m bai=f
bhai=m didi=f bucho kacho shacho kaicho taicho seonbae hoejang sajang gwajang daeri timjang seonsaeng
samchun=m ajusshi=m ahjussi=m ajumma=f ahjumma=f imo=f gomo=f eonni=f nuna=f gongzi=m laoshi daifu
"""
HONORIFICS: dict[str, str] = {
    word: gender for word, _, gender in (entry.partition("=") for entry in _HONORIFICS.split())
}
"""Honorifics that follow a name after a hyphen, with the gender they show."""

END_NO_NAME = words("san kun chan sama senpai sempai sensei ssi nim")
"""Honorifics that no name ends in; "Min-ji" and "Jin-ah" are names whole."""

END_NAMES_TOO = words("jun ji tan zun bai xiong")
"""Honorifics that as often are the second half of a given name."""

CALLED_ALONE = words(
    """
    senpai sempai sensei sunbae seonbae hyung oppa noona unnie shixiong shidi shijie shimei taicho kacho
    bucho shacho kaicho sahib effendi
    """
)
"""Honorifics that somebody may be called by without a name."""

GROUP_NOUNS = words(
    """
    family families household clan brothers sisters girls boys twins siblings children couple pair
    cousins ladies house
    """
)
"""Nouns after a surname that make a group of it ("the Weasley twins")."""
