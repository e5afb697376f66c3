"""How well a form of name fits a person by its words and titles alone: log-odds, None for never."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from itertools import islice

from fabula.lexicon.gender import UNKNOWN, Evidence, name_gender
from fabula.lexicon.name_lists import family_first
from fabula.lexicon.name_titles import GENERATIONS, TITLE_KINDS
from fabula.resolve.name_evidence import Places
from fabula.resolve.name_forms import NameForm
from fabula.resolve.short_names import same_given
from fabula.types import CastMember

_HIGH = frozenset(["knight", "lord", "noble"])
_WORK = frozenset(["doc", "rank", "office", "clergy"])
ALONE = frozenset(["regal", "saint"])
MOST_GIVEN = 12
"""Given names of one person that are compared; the first ones."""


@dataclass(slots=True)
class Person:
    """A person or group under construction."""

    number: int
    given: Counter[str] = field(default_factory=Counter)
    middle: set[str] = field(default_factory=set)
    family: Counter[str] = field(default_factory=Counter)
    lone: Counter[str] = field(default_factory=Counter)
    titles: Counter[str] = field(default_factory=Counter)
    addressed: Counter[str] = field(default_factory=Counter)
    spouse: set[str] = field(default_factory=set)
    suffix: str = ""
    group: str = ""
    by_title: tuple[float, float, float] = UNKNOWN
    by_name: tuple[float, float, float] = UNKNOWN
    told: tuple[float, float, float] = UNKNOWN
    count: int = 0
    forms: list[int] = field(default_factory=list)
    places: list[Places] = field(default_factory=list)
    cast: CastMember | None = None

    @property
    def gender(self) -> Evidence:
        """Sum of what titles, names and the words around say; of a known person with pronouns, only those."""
        if self.cast is not None and self.cast.pronouns:
            return self.by_title
        a, b, c = self.by_title, self.by_name, self.told
        return (a[0] + b[0] + c[0], a[1] + b[1] + c[1], a[2] + b[2] + c[2])

    def kinds(self) -> set[str]:
        """Classes of the titles borne."""
        return {TITLE_KINDS[t] for t in self.titles}


def top(a: Evidence, b: Evidence) -> Evidence:
    """The larger of each weight."""
    return (max(a[0], b[0]), max(a[1], b[1]), max(a[2], b[2]))


def clash_of_gender(a: Evidence, b: Evidence) -> bool:
    """Whether two triples of evidence exclude one another."""
    return (a[0] - a[1] >= 0.7 and b[1] - b[0] >= 0.7) or (a[1] - a[0] >= 0.7 and b[0] - b[1] >= 0.7)


def title_clash(person: Person, form: NameForm, slot: str) -> bool:
    """Whether the titles of ``form`` exclude those ``person`` bears, by the part of the name they share."""
    if not form.titles:
        return bool(person.suffix and form.suffix and person.suffix != form.suffix)
    mine, theirs = person.kinds(), {TITLE_KINDS[t] for t in form.titles}
    if theirs & ALONE and mine - theirs - {"kin"}:
        return True
    if mine & ALONE and not theirs & (mine | {"kin"}):
        return True
    if slot == "given":
        return False
    titles = set(person.titles)
    for title in form.titles:
        if title == "mrs" and titles & {"miss"} and "mrs" not in titles:
            return True
        if title == "miss" and titles & {"mrs", "lady"} and "miss" not in titles:
            return True
        if title in ("mrs", "miss", "mr", "ms") and mine & _HIGH:
            return True
        if TITLE_KINDS[title] in _HIGH and titles & {"mr", "mrs", "miss"}:
            return True
        if {title} | titles >= {"sir", "lord"} and title not in titles:
            return True
    return False


def titled_fit(person: Person, form: NameForm, rivals: int, surname: bool) -> float | None:
    """Log-odds that "Title Word" is ``person``, before the text is asked.

    ``rivals``: people with a given name who bear the word as surname; ``surname``: whether the word is one
    as a rule. None: impossible.
    """
    word, titles = form.lone, set(form.titles)
    kinds = {TITLE_KINDS[t] for t in titles}
    if person.suffix and form.suffix and person.suffix != form.suffix:
        return None
    if word in person.spouse:
        return 4.0 if "mrs" in titles else None
    if word in person.given and not (surname and "civil" in kinds):
        if title_clash(person, form, "given"):
            return None
        if kinds & ALONE and person.family and not person.kinds() & ALONE:
            return -0.3
        strong = kinds & {"knight", "lord", "regal", "kin", "noble"} or titles & {"miss", "master"}
        if titles & set(person.titles):
            return 6.0
        if kinds & _WORK and set(person.titles) & {"mrs", "miss"}:
            return -1.0
        return 3.0 if strong else 1.5
    if word in person.lone:
        return _lone_fit(person, form)
    if word in person.family:
        return _family_fit(person, form, rivals)
    if word in person.middle:
        return None
    closest = closest_given(word, person, True)
    if closest < 0.6 or title_clash(person, form, "given"):
        return None
    return 1.5 if kinds & {"kin", "knight", "lord"} or titles & {"miss", "master"} else 0.5


def _lone_fit(person: Person, form: NameForm) -> float | None:
    titles, borne = set(form.titles), set(person.titles)
    if title_clash(person, form, "family"):
        return None
    if titles & borne or not borne:
        return 4.0
    kinds, mine = {TITLE_KINDS[t] for t in titles}, person.kinds()
    if titles == {"master"} or borne == {"master"}:
        return -1.0 if "civil" in kinds | mine else 1.0
    if ("civil" in kinds and mine & _WORK) or ("civil" in mine and kinds & _WORK):
        if (titles | borne) & {"mrs", "miss"}:
            return -1.0
        return -0.3 if "rank" in kinds | mine else 1.0
    return 0.5 if "kin" in kinds | mine else 1.5


def _family_fit(person: Person, form: NameForm, rivals: int) -> float | None:
    titles, borne = set(form.titles), set(person.titles)
    kinds = {TITLE_KINDS[t] for t in titles}
    if title_clash(person, form, "family"):
        return None
    if titles & borne:
        if person.spouse and "mrs" in titles:
            return 0.3 if not rivals else -0.5
        if rivals <= 1 or not person.addressed.keys() & titles or not titles <= {"miss", "mr", "mrs"}:
            return 4.0
        return -0.2 if "mrs" in titles else 0.6
    if kinds == {"civil"}:
        if "mrs" in titles:
            return (0.8 if leans(person, 1) else 0.3) if rivals <= 1 else -0.7
        if "mr" in titles and "master" in borne and "mr" not in borne:
            return -0.5
        return 2.0 if rivals <= 1 else 0.8
    if kinds & {"lord", "noble"}:
        return (-0.3 if "lady" in titles else 1.0) if rivals <= 1 else None
    if "knight" in kinds:
        return 1.0 if rivals <= 1 else None
    if kinds & _WORK:
        if borne & {"mrs", "miss"}:
            return -1.0
        if "rank" in kinds and "mr" in borne:
            return -0.3
        if rivals > 1:
            return 0.3
        return 0.5 if leans(person, 1) and "doc" not in kinds else 1.5
    if titles == {"master"}:
        return 1.0 if rivals <= 1 else 0.3
    return 0.5


def surname_title(form: NameForm) -> bool:
    """Whether a title of the form stands before surnames."""
    return any(TITLE_KINDS[t] in _WORK or t in ("mr", "mrs") for t in form.titles)


def is_family_first(form: NameForm, names: Collection[tuple[str, str]] = ()) -> bool:
    """Whether a full name has its surname in front.

    By the table of East Asian family names; or because the story has it the other way round too (``names``:
    its given names and surnames) and only the last word is a given name.
    """
    first, given = family_first(), form.given[0]
    if form.titles:
        return False
    if given in first and form.family not in first:
        return max(name_gender(given)) < 0.9
    turned = len(form.given) == 1 and (form.family, given) in names
    return turned and max(name_gender(form.family)) >= 0.9 and max(name_gender(given)) < 0.3


def flipped(form: NameForm) -> NameForm:
    """A name with the surname in front, read as such."""
    return NameForm(
        given=(form.family, *form.given[1:]), family=form.given[0], suffix=form.suffix,
        gender=form.gender, display=form.display,
    )  # fmt: skip


def full_fit(person: Person, form: NameForm) -> float | None:
    """Log-odds that a full name is ``person``, by its words."""
    first, family = form.given[0], form.family
    if person.suffix in GENERATIONS and form.suffix in GENERATIONS and person.suffix != form.suffix:
        return None
    if family not in person.family:
        if first in person.family and family in person.given and len(form.given) == 1:
            either = min(max(name_gender(first)), max(name_gender(family))) >= 0.9  # "James Thomas"
            return 1.0 if either else 4.0
        married = family in person.middle or bool(person.family.keys() & set(form.given[1:]))
        return 3.0 if married and first in person.given else None
    if not person.given:
        return None
    closest = closest_given(first, person, False)
    weight = {1.0: 5.0, 0.8: 3.0, 0.6: 2.0, 0.5: 2.0, 0.4: -0.3}.get(closest)
    if weight is None:
        crossed = first in person.middle or any(g in form.given[1:] for g in person.given)
        return 1.5 if crossed else None
    if (form.given[1:] and person.middle and closest < 1.0) or not _middles_fit(
        person.middle, form.given[1:]
    ):
        weight -= 3.0
    return weight


def closest_given(word: str, person: Person, alone: bool) -> float:
    """How well a given name fits the person's best; ``alone``: her words of unknown kind count too."""
    names = [*islice(person.given, MOST_GIVEN), *islice(person.lone, MOST_GIVEN if alone else 0)]
    return max((same_given(word, name) for name in names), default=0.0)


def _middles_fit(mine: set[str], theirs: Sequence[str]) -> bool:
    if not mine or not theirs:
        return True
    return any(same_given(a, b) > 0 for a in mine for b in theirs)


def bare_fit(person: Person, form: NameForm) -> float | None:
    """Log-odds that a single word is ``person``, by the part of the name it is."""
    word, weight = form.lone, None
    alone = bool(person.kinds() & ALONE)
    numbered = bool(person.suffix) and person.suffix not in ("jr", "sr", "junior", "senior")
    if form.suffix and person.suffix and form.suffix != person.suffix:
        return None
    if form.suffix and not person.suffix:
        return None
    if word in person.given:
        weight = 5.0
    elif word in person.family:
        weight = 3.0 if leans(person, 0) else 2.0 if leans(person, 1) else 2.5
    elif word in person.lone:
        surname = person.titles and not person.given and surname_like(person)
        weight = (3.5 if not leans(person, 1) else 0.8) if surname else 4.0
    elif word in person.middle or word in person.spouse:
        return None
    elif any(last_word(name) == word for name in (*person.given, *person.family, *person.lone)):
        weight = 2.0
    else:
        closest = closest_given(word, person, True)
        weight = {0.8: 2.0, 0.6: 1.0}.get(closest)
        if weight is not None and not person.given and closest < 0.8:
            weight -= 0.3
    if weight is None:
        return None
    if alone and not form.suffix:
        weight -= 1.0
    if numbered and not form.suffix:
        weight -= 4.5
    return weight


def last_word(name: str) -> str:
    """What is left of a folded name without its particles: "worms" of "de worms", "hai" of "van hai"."""
    return name.rpartition(" ")[2]


def surname_like(person: Person) -> bool:
    """Whether the person bears a title that stands before surnames."""
    return any(TITLE_KINDS[t] in _WORK or t in ("mr", "mrs", "miss", "ms", "mx") for t in person.titles)


def leans(person: Person, side: int) -> bool:
    """Whether the evidence for "he" (side 0) or "she" (side 1) clearly outweighs the other."""
    return person.gender[side] - person.gender[1 - side] >= 0.7


def pronoun_evidence(pronouns: Sequence[str]) -> Evidence:
    """Evidence from the pronouns a cast file lists ("they/them")."""
    words = {w for p in pronouns for w in p.casefold().replace("/", " ").split()}
    he, she = bool(words & {"he", "him", "his"}), bool(words & {"she", "her", "hers"})
    other = bool(words - {"he", "him", "his", "himself", "she", "her", "hers", "herself"})
    return (5.0 * he, 5.0 * she, 5.0 * other)
