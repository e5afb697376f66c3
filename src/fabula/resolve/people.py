"""Which forms of name are one person, over a whole book.

Forms are taken from the fullest to the barest. Each is weighed against the few people it may belong to, in
log-odds: a prior for the kind of link (a given name within a full name, a short form, a title and a surname
…) minus what the text says against it (``evidence.unlike``: people who stand in one sentence are two).
Titles and genders that exclude one another block a link. A form that fits several people stays open and is
decided mention by mention. Cost: linear in forms, each against at most ``WIDEST`` people.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from fabula.lexicon.gender import Evidence, name_gender
from fabula.lexicon.short_forms import diminutives
from fabula.resolve.name_book import FormUse, Link, NameBook
from fabula.resolve.name_evidence import unlike
from fabula.resolve.name_fit import (
    ALONE,
    Person,
    bare_fit,
    clash_of_gender,
    flipped,
    full_fit,
    is_family_first,
    leans,
    pronoun_evidence,
    title_clash,
    titled_fit,
    top,
)
from fabula.resolve.name_forms import NameForm, singular
from fabula.types import CastMember

OFTEN, BESIDE = 5, 0.5
"""Uses of either name alone, and log-odds that they are two people's, from which both in a row are no name.

In LitBank's training documents and 158 other marked texts 16 pairs stood in a row once; one was of two.
"""


def cluster(
    uses: Sequence[FormUse], cast: Sequence[tuple[CastMember, Sequence[NameForm]]]
) -> tuple[list[Person], list[tuple[Link, ...]]]:
    """People, and for each form the people it may mean, likeliest first; empty for title-only forms."""
    book = _People(uses)
    for member, forms in cast:
        book.known(member, forms)
    order = sorted(range(len(uses)), key=lambda i: (book.rank(i), -uses[i].count, uses[i].places.first, i))
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


class _People(NameBook):
    """One rule for each kind of form."""

    def rank(self, i: int) -> int:
        """When a form's turn comes: the fullest first, a title and given name before a title and surname."""
        form = self.uses[i].form
        if form.group:
            return 9
        if form.given:
            if self._stray(i):
                return 8
            return 0 if len(form.given[0]) > 1 else 1
        if form.place:
            return 2
        if form.titles:
            if form.spouse:
                return 5
            if "mrs" in form.titles and form.lone in self.husbands:
                return 6
            return 3 if self.givens[form.lone] > self.families[form.lone] else 4
        if form.suffix:
            return 6
        return 8 if form.lone in diminutives() else 7

    def known(self, member: CastMember, forms: Sequence[NameForm]) -> None:
        """A person of the cast file: her forms are hers from the start."""
        person = self.new()
        person.cast = member
        for form in forms:
            self.learn(person, form, 1)
        person.by_title = top(person.by_title, pronoun_evidence(member.pronouns))
        for key in dict.fromkeys(form.key for form in forms):
            i = self.by_key.get(key)
            if i is not None and self.links[i]:
                self.links[i] = (*self.links[i], Link(person.number, 6.0))
            elif i is not None:
                self.join(i, person, 6.0)

    def group(self, i: int) -> None:
        form = self.uses[i].form
        kind, word = form.group, form.lone or form.family
        if kind == "people":
            plural = form.display.split()[-1].casefold()
            bearers = [
                p for p in self.bearers(self.by_word, (plural,)) if plural in p.lone or plural in p.family
            ]
            if any(p.titles or p.given for p in bearers):
                self.join(i, bearers[0], 1.0)
                return
            if bearers:
                bearers[0].group = "people"
                self.join(i, bearers[0], 3.0)
                return
            if word in self.by_family or word in self.by_word:
                kind = "family"
        key = (kind, word)
        if key not in self.groups:
            person = self.new()
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
        if is_family_first(form, self.names):
            form = self.uses[i].form = flipped(form)
        husband = form.given[0] if "mrs" in form.titles and name_gender(form.given[0])[1] < 0.25 else ""
        if (husband, form.family) in self.names:
            self.spouse(i, husband)
            return
        gender = self.gender(i)
        found: list[tuple[float, Person]] = []
        for person in self.bearers(self.by_family, (form.family, form.given[0], *form.given[1:])):
            weight = full_fit(person, form)
            if weight is None or clash_of_gender(person.gender, gender) or title_clash(person, form, "given"):
                continue
            weight -= self.against(i, person)
            if weight > 0:
                found.append((weight, person))
        if not found and self.people:
            for person in self.bearers(self.by_word, (form.given[0], form.family)):
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
            self.join(i, found[0][1], found[0][0])
        else:
            self.join(i, self.new())

    def _stray(self, i: int) -> bool:
        """Whether a full name met once is a stray word before a known name: "At sight of Bo Helen cried".

        Either no name ("Tuesday Margaret"), or another person's, beside whom the text names this one.
        """
        use = self.uses[i]
        alone = self.alone.get(use.form.family)
        if use.count > 1 or use.form.titles or alone is None:
            return False
        before = self.alone.get(use.form.given[0])
        count = self.uses[alone].count
        if (
            before is not None
            and min(count, self.uses[before].count) >= OFTEN
            and unlike(self.uses[before].places, [self.uses[alone].places]) >= BESIDE
        ):
            return True
        if count < 30:
            return False
        return max(name_gender(use.form.family)) >= 0.9 and max(name_gender(use.form.given[0])) < 0.3

    def spouse(self, i: int, husband: str = "") -> None:
        form = self.uses[i].form
        husband = husband or form.spouse
        best: tuple[float, Person] | None = None
        namesakes = self.bearers(self.by_word, (form.family,))
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
            weight -= self.against(i, person)
            if weight > 0 and (best is None or weight > best[0]):
                best = (weight, person)
        person = best[1] if best else self.new()
        if form.given:
            self.uses[i].form = replace(form, given=(), spouse=husband)
        self.join(i, person, best[0] if best else 4.0)

    def place(self, i: int) -> None:
        form = self.uses[i].form
        for person in self.bearers(self.by_word, (form.place,)):
            if set(form.titles) <= set(person.titles) and not clash_of_gender(person.gender, form.gender):
                self.join(i, person, 2.0)
                return
        self.join(i, self.new())

    def titled(self, i: int) -> None:
        form = self.uses[i].form
        gender = self.gender(i)
        bearers = self.bearers(self.by_word, (form.lone,)) + self.shortened(form.lone)
        rivals = self._rivals(form)
        family = self.families[form.lone] > 3 * self.givens[form.lone]
        found: list[tuple[float, Person]] = []
        for person in dict.fromkeys(p.number for p in bearers):
            candidate = self.people[person]
            if candidate.group or clash_of_gender(candidate.gender, gender):
                continue
            weight = titled_fit(candidate, form, rivals, family)
            if weight is not None:
                surname = form.lone not in candidate.given
                weight -= self.against(i, candidate, surname)
                if weight > 0:
                    found.append((weight, candidate))
        found.sort(key=lambda pair: (-pair[0], -pair[1].count, pair[1].number))
        if found:
            self.join(i, found[0][1], found[0][0])
        else:
            self.join(i, self.new())

    def bare(self, i: int) -> None:
        form = self.uses[i].form
        gender = self.gender(i)
        exact = self.bearers(self.by_word, (form.lone,))
        found = self._bare_links(i, form, gender, exact)
        if not found:
            found = self._bare_links(i, form, gender, self.shortened(form.lone))
        if not found and form.lone.endswith("s"):
            stem = singular(form.lone)
            if stem in self.by_family or any(p.titles for p in self.bearers(self.by_word, (stem,))):
                number = self.groups.setdefault(("family", stem), len(self.people))
                if number == len(self.people):
                    self.new().group = "family"
                person = self.people[number]
                person.count += self.uses[i].count
                person.forms.append(i)
                self.links[i] = (Link(number, 2.0),)
                return
        if not found:
            self.join(i, self.new())
        elif len(found) == 1:
            self.join(i, found[0][1], found[0][0])
        else:
            self.links[i] = tuple(Link(p.number, w) for w, p in found)

    def _bare_links(
        self, i: int, form: NameForm, gender: Evidence, people: Sequence[Person]
    ) -> list[tuple[float, Person]]:
        found: list[tuple[float, Person]] = []
        for person in people:
            if person.group or clash_of_gender(person.gender, gender):
                continue
            weight = bare_fit(person, form)
            if weight is None:
                continue
            surname = form.lone in person.family and form.lone not in person.given
            against = max(-0.7, self.against(i, person, surname))
            weight -= min(against, weight - 0.1) if surname and not leans(person, 1) else against
            if weight > 0:
                found.append((weight, person))
        plain = [pair for pair in found if not (pair[1].kinds() & ALONE)]
        found = plain or found
        wives = [pair for pair in found if leans(pair[1], 1) and not pair[1].given and pair[1].titles]
        if len(wives) < len(found):
            found = [pair for pair in found if pair not in wives]
        found.sort(key=lambda pair: (-pair[0], -pair[1].count, pair[1].number))
        if not found:
            return []
        best, namesake = found[0][0], form.lone in found[0][1].given
        return [(w, p) for w, p in found if w > best - 2.5 or (namesake and form.lone in p.given)]

    def _rivals(self, form: NameForm) -> int:
        """How many people of the gender bear the title's surname with a given name."""
        return sum(
            1
            for p in self.bearers(self.by_family, (form.lone,))
            if p.given and not p.group and not clash_of_gender(p.gender, form.gender)
        )
