"""Which forms of name are one person, over a whole book.

Forms are taken from the fullest to the barest. Each is weighed against the few people it may belong to, in
log-odds: a prior for the kind of link (a given name within a full name, a short form, a title and a surname …)
minus what the text says against it (``evidence.unlike``: people who stand in one sentence are two). Titles and
genders that exclude one another block a link. A form that fits several people stays open and is decided mention
by mention. Cost: linear in forms, each against at most ``WIDEST`` people.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from fabula.resolve.gender import UNKNOWN, Evidence, name_gender
from fabula.resolve.name_evidence import Places, same_voice, unlike
from fabula.resolve.name_forms import NameForm, same_given, short_keys, singular
from fabula.resolve.name_lists import diminutives, family_first
from fabula.resolve.name_titles import GENERATIONS, TITLE_KINDS
from fabula.types import CastMember

WIDEST = 48
"""People that one form is weighed against at most."""

_HIGH = frozenset(["knight", "lord", "noble"])
_WORK = frozenset(["doc", "rank", "office", "clergy"])
_ALONE = frozenset(["regal", "saint"])


@dataclass(slots=True)
class FormUse:
    """A form of name and its use in the book. ``told``: gender evidence from words around it."""

    form: NameForm
    count: int
    places: Places
    told: Evidence = UNKNOWN


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
        """Sum of what titles, names and the words around say."""
        a, b, c = self.by_title, self.by_name, self.told
        return (a[0] + b[0] + c[0], a[1] + b[1] + c[1], a[2] + b[2] + c[2])

    def kinds(self) -> set[str]:
        """Classes of the titles borne."""
        return {TITLE_KINDS[t] for t in self.titles}


@dataclass(frozen=True, slots=True)
class Link:
    """A person a form may belong to, with the log-odds of it."""

    person: int
    weight: float


def _top(a: Evidence, b: Evidence) -> Evidence:
    return (max(a[0], b[0]), max(a[1], b[1]), max(a[2], b[2]))


def clash_of_gender(a: Evidence, b: Evidence) -> bool:
    """Whether two triples of evidence exclude one another."""
    return (a[0] - a[1] >= 0.7 and b[1] - b[0] >= 0.7) or (a[1] - a[0] >= 0.7 and b[0] - b[1] >= 0.7)


def cluster(
    uses: Sequence[FormUse], cast: Sequence[tuple[CastMember, Sequence[NameForm]]]
) -> tuple[list[Person], list[tuple[Link, ...]]]:
    """People, and for each form the people it may mean, likeliest first; empty for title-only forms."""
    book = _Book(uses)
    for member, forms in cast:
        book.known(member, forms)
    order = sorted(
        range(len(uses)), key=lambda i: (book.rank(uses[i].form), -uses[i].count, uses[i].places.first, i)
    )
    for i in order:
        form = uses[i].form
        if form.title_only:
            continue
        if book.links[i]:
            continue
        if form.group:
            book.group(i)
        elif form.family and form.given:
            book.full(i)
        elif form.spouse and form.family:
            book.spouse(i)
        elif form.place:
            book.place(i)
        elif form.titles:
            book.titled(i)
        else:
            book.bare(i)
    return book.people, book.links


class _Book:
    """People found so far, with indexes from the words of names to their bearers."""

    def __init__(self, uses: Sequence[FormUse]) -> None:
        self.uses = uses
        self.people: list[Person] = []
        self.links: list[tuple[Link, ...]] = [() for _ in uses]
        self.by_family: dict[str, list[int]] = {}
        self.by_word: dict[str, list[int]] = {}
        self.by_short: dict[str, list[int]] = {}
        self.groups: dict[tuple[str, str], int] = {}
        self.alone = {u.form.lone: i for i, u in enumerate(uses) if u.form.lone and not u.form.titles}
        self.spoken = any(room % 2 for use in uses for room in use.places.room)
        self.givens: Counter[str] = Counter()
        self.families: Counter[str] = Counter()
        for use in uses:
            if use.form.given:
                self.givens[use.form.given[0]] += use.count
            if use.form.family and not use.form.group:
                self.families[use.form.family] += use.count
        self.names = {
            (u.form.given[0], u.form.family) for u in uses if u.form.given and "mrs" not in u.form.titles
        }

    def rank(self, form: NameForm) -> int:
        """When a form's turn comes: the fullest first, a title and given name before a title and surname."""
        if form.group:
            return 9
        if form.given:
            return 0 if len(form.given[0]) > 1 else 1
        if form.place:
            return 2
        if form.titles:
            if form.spouse:
                return 5
            return 3 if self.givens[form.lone] > self.families[form.lone] else 4
        if form.suffix:
            return 6
        return 8 if form.lone in diminutives() else 7

    # -- bookkeeping
    def _new(self) -> Person:
        person = Person(len(self.people))
        self.people.append(person)
        return person

    def _index(self, table: dict[str, list[int]], word: str, person: Person) -> None:
        bearers = table.setdefault(word, [])
        if person.number not in bearers[-WIDEST:]:
            bearers.append(person.number)

    def _learn(self, person: Person, form: NameForm, count: int) -> None:
        if form.given:
            person.given[form.given[0]] += count
            person.middle.update(form.given[1:])
            for word in form.given:
                self._index(self.by_word, word, person)
                for key in short_keys(word):
                    self._index(self.by_short, key, person)
        if form.family:
            person.family[form.family] += count
            self._index(self.by_family, form.family, person)
            self._index(self.by_word, form.family, person)
        if form.place:
            person.family[form.place] += count
            self._index(self.by_word, form.place, person)
        if form.lone:
            person.lone[form.lone] += count
            self._index(self.by_word, form.lone, person)
            for key in short_keys(form.lone):
                self._index(self.by_short, key, person)
        if form.spouse:
            person.spouse.add(form.spouse)
            self._index(self.by_word, form.spouse, person)
        for title in form.titles:
            person.titles[title] += count
            if form.lone in person.given or form.given:
                person.addressed[title] += count
        person.suffix = person.suffix or form.suffix
        person.by_title = _top(person.by_title, form.gender)
        word = form.given[0] if form.given else "" if _surname_title(form) else form.lone
        surname = word in person.family or (not form.given and _surname_like(person))
        if word and not surname and max(person.by_name) < 0.6:
            person.by_name = _top(person.by_name, name_gender(word))

    def _join(self, i: int, person: Person, weight: float = 4.0) -> None:
        use = self.uses[i]
        self._learn(person, use.form, use.count)
        person.count += use.count
        person.forms.append(i)
        person.places.append(use.places)
        person.told = _top(person.told, use.told)
        self.links[i] = (Link(person.number, weight),)

    def _against(self, i: int, person: Person, voice: bool = False) -> float:
        """What the text says against it; a given name that only this person bears counts as her place already."""
        places = list(person.places)
        for word in person.given:
            alone = self.alone.get(word)
            if alone is not None and alone != i and not self.links[alone] and len(self.by_word[word]) == 1:
                places.append(self.uses[alone].places)
        against = unlike(self.uses[i].places, places)
        if voice and self.spoken and places:
            against += same_voice(self.uses[i].places, places)
        return against

    def _gender(self, i: int) -> Evidence:
        form = self.uses[i].form
        if form.gender != UNKNOWN:
            return form.gender
        named = name_gender(form.given[0]) if form.given else UNKNOWN
        return named if max(named) >= 0.6 else self.uses[i].told

    def _bearers(self, table: dict[str, list[int]], words: Iterable[str]) -> list[Person]:
        numbers: dict[int, None] = {}
        for word in words:
            for number in table.get(word, ())[:WIDEST]:
                numbers.setdefault(number)
        return [self.people[n] for n in list(numbers)[:WIDEST]]

    # -- one kind of form each
    def known(self, member: CastMember, forms: Sequence[NameForm]) -> None:
        """A person of the cast file: her forms are hers from the start."""
        person = self._new()
        person.cast = member
        for form in forms:
            self._learn(person, form, 1)
        person.by_title = _top(person.by_title, _pronoun_evidence(member.pronouns))
        keys = {form.key for form in forms}
        for i, use in enumerate(self.uses):
            if use.form.key in keys:
                if self.links[i]:
                    self.links[i] = (*self.links[i], Link(person.number, 6.0))
                else:
                    self._join(i, person, 6.0)

    def group(self, i: int) -> None:
        form = self.uses[i].form
        kind, word = form.group, form.lone or form.family
        if kind == "people":
            plural = form.display.split()[-1].casefold()
            bearers = [
                p for p in self._bearers(self.by_word, (plural,)) if plural in p.lone or plural in p.family
            ]
            if any(p.titles or p.given for p in bearers):
                self._join(i, bearers[0], 1.0)
                return
            if bearers:
                bearers[0].group = "people"
                self._join(i, bearers[0], 3.0)
                return
            if word in self.by_family or word in self.by_word:
                kind = "family"
        key = (kind, word)
        if key not in self.groups:
            person = self._new()
            person.group = kind
            self.groups[key] = person.number
        person = self.people[self.groups[key]]
        use = self.uses[i]
        person.count += use.count
        person.forms.append(i)
        person.places.append(use.places)
        self.links[i] = (Link(person.number, 4.0),)

    def full(self, i: int) -> None:
        form = self.uses[i].form
        if self._stray(i):
            self.uses[i].form = replace(form, given=(), family="", lone=form.family)
            self.bare(i)
            return
        if _family_first(form):
            form = _flipped(form)
        if "mrs" in form.titles and name_gender(form.given[0])[1] < 0.25:
            if (form.given[0], form.family) in self.names:
                self.spouse(i, form.given[0])
                return
        gender = self._gender(i)
        found: list[tuple[float, Person]] = []
        for person in self._bearers(self.by_family, (form.family, form.given[0], *form.given[1:])):
            weight = _full_fit(person, form)
            if (
                weight is None
                or clash_of_gender(person.gender, gender)
                or self._title_clash(person, form, "given")
            ):
                continue
            weight -= self._against(i, person)
            if weight > 0:
                found.append((weight, person))
        if not found and self.people:
            for person in self._bearers(self.by_word, (form.given[0], form.family)):
                if (
                    person.cast
                    and person.lone
                    and not person.family
                    and not clash_of_gender(person.gender, gender)
                ):
                    found.append((2.0, person))
        found.sort(key=lambda pair: (-pair[0], -pair[1].count, pair[1].number))
        if found and len(found) > 1 and len(form.given[0]) == 1:
            self.links[i] = tuple(Link(p.number, w) for w, p in found)
        elif found:
            self._join(i, found[0][1], found[0][0])
        else:
            self._join(i, self._new())

    def _stray(self, i: int) -> bool:
        """Whether a full name met once is a stray word before a well-known given name ("Tuesday Margaret")."""
        use = self.uses[i]
        alone = self.alone.get(use.form.family)
        if use.count > 1 or use.form.titles or alone is None or self.uses[alone].count < 30:
            return False
        return max(name_gender(use.form.family)) >= 0.9 and max(name_gender(use.form.given[0])) < 0.3

    def spouse(self, i: int, husband: str = "") -> None:
        form = self.uses[i].form
        husband = husband or form.spouse
        best: tuple[float, Person] | None = None
        namesakes = self._bearers(self.by_word, (form.family,))
        others = sum(1 for p in namesakes if p.spouse and husband not in p.spouse)
        for person in namesakes:
            if clash_of_gender(person.gender, (0.0, 1.0, 0.0)) or "miss" in person.titles:
                continue
            if husband in person.spouse:
                weight = 4.0
            elif person.spouse or person.given or "mrs" not in person.titles:
                continue
            else:
                weight = 0.7 - others
            weight -= self._against(i, person)
            if weight > 0 and (best is None or weight > best[0]):
                best = (weight, person)
        person = best[1] if best else self._new()
        if form.given:
            self.uses[i].form = replace(form, given=(), spouse=husband)
        self._join(i, person, best[0] if best else 4.0)

    def place(self, i: int) -> None:
        form = self.uses[i].form
        for person in self._bearers(self.by_word, (form.place,)):
            if set(form.titles) <= set(person.titles) and not clash_of_gender(person.gender, form.gender):
                self._join(i, person, 2.0)
                return
        self._join(i, self._new())

    def titled(self, i: int) -> None:
        form = self.uses[i].form
        gender = self._gender(i)
        bearers = self._bearers(self.by_word, (form.lone,)) + self._bearers(
            self.by_short, short_keys(form.lone)
        )
        rivals = self._rivals(form)
        found: list[tuple[float, Person]] = []
        for person in dict.fromkeys(p.number for p in bearers):
            candidate = self.people[person]
            if candidate.group or clash_of_gender(candidate.gender, gender):
                continue
            weight = self._titled_fit(candidate, form, self.uses[i].count, rivals)
            if weight is not None:
                surname = form.lone not in candidate.given
                weight -= self._against(i, candidate, surname)
                if weight > 0:
                    found.append((weight, candidate))
        found.sort(key=lambda pair: (-pair[0], -pair[1].count, pair[1].number))
        if found:
            self._join(i, found[0][1], found[0][0])
        else:
            self._join(i, self._new())

    def bare(self, i: int) -> None:
        form = self.uses[i].form
        gender = self._gender(i)
        exact = self._bearers(self.by_word, (form.lone,))
        found = self._bare_links(i, form, gender, exact)
        if not found:
            found = self._bare_links(i, form, gender, self._bearers(self.by_short, short_keys(form.lone)))
        if not found and form.lone.endswith("s"):
            stem = singular(form.lone)
            if stem in self.by_family or any(p.titles for p in self._bearers(self.by_word, (stem,))):
                number = self.groups.setdefault(("family", stem), len(self.people))
                if number == len(self.people):
                    self._new().group = "family"
                person = self.people[number]
                person.count += self.uses[i].count
                person.forms.append(i)
                self.links[i] = (Link(number, 2.0),)
                return
        if not found:
            self._join(i, self._new())
        elif len(found) == 1:
            self._join(i, found[0][1], found[0][0])
        else:
            self.links[i] = tuple(Link(p.number, w) for w, p in found)

    def _bare_links(
        self, i: int, form: NameForm, gender: Evidence, people: Sequence[Person]
    ) -> list[tuple[float, Person]]:
        found: list[tuple[float, Person]] = []
        for person in people:
            if person.group or clash_of_gender(person.gender, gender):
                continue
            weight = _bare_fit(person, form)
            if weight is None:
                continue
            weight -= self._against(i, person)
            if weight > 0:
                found.append((weight, person))
        plain = [pair for pair in found if not (pair[1].kinds() & _ALONE)]
        found = plain or found
        found.sort(key=lambda pair: (-pair[0], -pair[1].count, pair[1].number))
        if found:
            found = [pair for pair in found if pair[0] > found[0][0] - 2.5]
        return found

    # -- titles
    def _rivals(self, form: NameForm) -> int:
        """How many people of the gender bear the title's surname with a given name."""
        return sum(
            1
            for p in self._bearers(self.by_family, (form.lone,))
            if p.given and not p.group and not clash_of_gender(p.gender, form.gender)
        )

    def _title_clash(self, person: Person, form: NameForm, slot: str) -> bool:
        """Whether the titles of ``form`` exclude those ``person`` bears, by the part of the name they share."""
        if not form.titles:
            return bool(person.suffix and form.suffix and person.suffix != form.suffix)
        mine, theirs = person.kinds(), {TITLE_KINDS[t] for t in form.titles}
        if theirs & _ALONE and mine - theirs - {"kin"}:
            return True
        if mine & _ALONE and not theirs & (mine | {"kin"}):
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
        return False

    def _titled_fit(self, person: Person, form: NameForm, count: int, rivals: int) -> float | None:
        """Log-odds that "Title Word" is ``person``, before the text is asked."""
        word, titles = form.lone, set(form.titles)
        kinds = {TITLE_KINDS[t] for t in titles}
        if person.suffix and form.suffix and person.suffix != form.suffix:
            return None
        if word in person.spouse:
            return 4.0 if "mrs" in titles else None
        if word in person.given and not (self.families[word] > 3 * self.givens[word] and "civil" in kinds):
            if self._title_clash(person, form, "given"):
                return None
            if kinds & _ALONE and person.family and not person.kinds() & _ALONE:
                return -0.3
            strong = kinds & {"knight", "lord", "regal", "kin", "noble"} or titles & {"miss", "master"}
            if titles & set(person.titles):
                return 6.0
            if kinds & _WORK and set(person.titles) & {"mrs", "miss"}:
                return -1.0
            return 3.0 if strong else 1.5
        if word in person.lone:
            return self._lone_fit(person, form, count)
        if word in person.family:
            return self._family_fit(person, form, count, rivals)
        if word in person.middle:
            return None
        closest = max((same_given(word, g) for g in [*person.given, *person.lone]), default=0.0)
        if closest < 0.6 or self._title_clash(person, form, "given"):
            return None
        return 1.5 if kinds & {"kin", "knight", "lord"} or titles & {"miss", "master"} else 0.5

    def _lone_fit(self, person: Person, form: NameForm, count: int) -> float | None:
        titles, borne = set(form.titles), set(person.titles)
        if self._title_clash(person, form, "family"):
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

    def _family_fit(self, person: Person, form: NameForm, count: int, rivals: int) -> float | None:
        titles, borne = set(form.titles), set(person.titles)
        kinds = {TITLE_KINDS[t] for t in titles}
        if self._title_clash(person, form, "family"):
            return None
        if titles & borne:
            if person.spouse and "mrs" in titles:
                return 0.3 if not rivals else -0.5
            if rivals <= 1 or not person.addressed.keys() & titles or not titles <= {"miss", "mr", "mrs"}:
                return 4.0
            return -0.2 if "mrs" in titles else 0.6
        if kinds == {"civil"}:
            if "mrs" in titles:
                return (0.8 if _leans(person, 1) else 0.3) if rivals <= 1 else -0.7
            if "mr" in titles and "master" in borne and "mr" not in borne:
                return 0.3
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
            return 1.5 if rivals <= 1 else 0.3
        if titles == {"master"}:
            return 1.0 if rivals <= 1 else 0.3
        return 0.5


def _surname_title(form: NameForm) -> bool:
    return any(TITLE_KINDS[t] in _WORK or t in ("mr", "mrs") for t in form.titles)


def _family_first(form: NameForm) -> bool:
    first = family_first()
    return (
        not form.titles
        and form.given[0] in first
        and form.family not in first
        and max(name_gender(form.given[0])) < 0.9
    )


def _flipped(form: NameForm) -> NameForm:
    return NameForm(
        given=(form.family, *form.given[1:]), family=form.given[0], suffix=form.suffix,
        gender=form.gender, display=form.display,
    )  # fmt: skip


def _full_fit(person: Person, form: NameForm) -> float | None:
    """Log-odds that a full name is ``person``, by its words."""
    first, family = form.given[0], form.family
    if person.suffix in GENERATIONS and form.suffix in GENERATIONS and person.suffix != form.suffix:
        return None
    if family not in person.family:
        if first in person.family and family in person.given and len(form.given) == 1:
            return 4.0
        married = family in person.middle or bool(person.family.keys() & set(form.given[1:]))
        return 3.0 if married and first in person.given else None
    if not person.given:
        return None
    closest = max(same_given(first, g) for g in person.given)
    weight = {1.0: 5.0, 0.8: 3.0, 0.6: 2.0, 0.5: 2.0, 0.4: -0.3}.get(closest)
    if weight is None:
        crossed = first in person.middle or any(g in form.given[1:] for g in person.given)
        return 1.5 if crossed else None
    if (form.given[1:] and person.middle and closest < 1.0) or not _middles_fit(
        person.middle, form.given[1:]
    ):
        weight -= 3.0
    return weight


def _middles_fit(mine: set[str], theirs: Sequence[str]) -> bool:
    if not mine or not theirs:
        return True
    return any(same_given(a, b) > 0 for a in mine for b in theirs)


def _bare_fit(person: Person, form: NameForm) -> float | None:
    """Log-odds that a single word is ``person``, by the part of the name it is."""
    word, weight = form.lone, None
    alone = bool(person.kinds() & _ALONE)
    numbered = bool(person.suffix) and person.suffix not in ("jr", "sr", "junior", "senior")
    if form.suffix and person.suffix and form.suffix != person.suffix:
        return None
    if form.suffix and not person.suffix:
        return None
    if word in person.given:
        weight = 5.0
    elif word in person.family:
        weight = 3.0 if _leans(person, 0) else 1.5 if _leans(person, 1) else 2.5
    elif word in person.lone:
        surname = person.titles and not person.given and _surname_like(person)
        weight = (3.5 if not _leans(person, 1) else 0.8) if surname else 4.0
    elif word in person.middle or word in person.spouse:
        return None
    else:
        closest = max((same_given(word, g) for g in [*person.given, *person.lone]), default=0.0)
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


def _surname_like(person: Person) -> bool:
    return any(TITLE_KINDS[t] in _WORK or t in ("mr", "mrs", "miss", "ms", "mx") for t in person.titles)


def _leans(person: Person, side: int) -> bool:
    return person.gender[side] - person.gender[1 - side] >= 0.7


def _pronoun_evidence(pronouns: Sequence[str]) -> Evidence:
    words = {w for p in pronouns for w in p.casefold().replace("/", " ").split()}
    he, she = bool(words & {"he", "him", "his"}), bool(words & {"she", "her", "hers"})
    other = bool(words - {"he", "him", "his", "himself", "she", "her", "hers", "herself"})
    return (5.0 * he, 5.0 * she, 5.0 * other)
