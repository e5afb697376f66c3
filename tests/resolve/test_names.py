"""Names clustered over a story: one test per way in which people, places and oaths are called."""

from __future__ import annotations

import time

import numpy as np
import pytest
from tests.resolve.named import Named
from tests.support.mentions import evidence_of

from fabula.resolve.names import resolve_names
from fabula.text import read_text
from fabula.types import CastMember, MentionSpans


def test_given_name_surname_and_title_are_one_person() -> None:
    story = Named(
        "[Imre Sandor] rowed. [Imre] sang. [Mr. Sandor] slept. [Sandor] woke. The boat was [Imre's]."
    )
    assert len(story.beliefs.roster) == 1
    entry = story.entry("Imre")
    assert entry.name == "Imre Sandor"
    assert (entry.aliases[0].text, entry.aliases[0].count) == ("Imre", 2)
    assert {a.text for a in entry.aliases} == {"Imre", "Imre Sandor", "Mr. Sandor", "Sandor"}
    assert (entry.type, entry.number, entry.known, entry.sworn) == ("PER", "sing", False, False)


def test_a_family_stays_apart_and_is_a_group_together() -> None:
    story = Named(
        "[Mr. and Mrs. Bennick] came in. [Mr. Bennick] sat; [Mrs. Bennick] stood. [The Bennicks] left. "
        "[Elsa Bennick] and [Jane Bennick] stayed. [Elsa] yawned."
    )
    assert story.apart("Mr. Bennick", "Mrs. Bennick", "Elsa", "Jane Bennick", "The Bennicks")
    assert story.same("Mr. and Mrs. Bennick", "The Bennicks")
    assert story.entry("The Bennicks").number == "plur"
    assert story.entry("Mr. Bennick").number == "sing"


def test_miss_and_the_surname_is_the_sister_never_called_miss_and_given_name() -> None:
    story = Named(
        "[Miss Elsa Bennick] and [Jane Bennick] met. [Miss Elsa] bowed. Then [Miss Bennick] went home."
    )
    assert story.same("Miss Bennick", "Jane Bennick")
    assert story.apart("Miss Elsa", "Miss Bennick")


def test_one_given_name_with_two_surnames_is_two_people() -> None:
    story = Named(
        "[Anna Berg] laughed. Much later [Anna Holm] wept. “Come, [Anna],” said the ferryman. [Anna] came."
    )
    assert story.apart("Anna Berg", "Anna Holm")
    assert story.number("Anna") == story.number("Anna Holm")
    assert max(story.confidence("Anna")) < 0.9 < min(story.confidence("Anna Holm"))


def test_a_shared_surname_goes_to_the_one_met_last() -> None:
    filler = "The tide turned and the gulls were loud over the empty harbour. " * 120
    story = Named(
        "[Tom Orlov] rowed. [Tom] sang. “Row, [Orlov],” she said. "
        + filler
        + "[Ivan Orlov] woke. [Ivan] drank. “Up, [Orlov],” she said."
    )
    assert story.apart("Tom Orlov", "Ivan Orlov")
    assert story.entities("Orlov") == [story.number("Tom"), story.number("Ivan")]


@pytest.mark.parametrize(
    ("full", "short"),
    [
        ("William Gray", "Bill"),
        ("Katherine Orme", "Kate"),
        ("Elizabeth Dahl", "Lizzie"),
        ("Halvard Berg", "Hal"),
        ("Samuel Ash", "Sam"),
        ("Kelsor Vane", "Kels"),
    ],
)
def test_a_short_form_is_its_owner(full: str, short: str) -> None:
    assert Named(f"[{full}] came. “Go, [{short}],” he said.").same(full, short)


def test_a_short_form_of_two_people_is_neither_for_sure() -> None:
    story = Named("[Samuel Ash] sat. [Samantha Orme] stood. “Wait, [Sam]!” he said.")
    assert story.number("Sam") in (story.number("Samuel Ash"), story.number("Samantha Orme"))
    assert story.confidence("Sam")[0] < 0.8


def test_people_side_by_side_are_two_though_one_name_may_be_short_for_the_other() -> None:
    story = Named(
        "[Jack] and [John] fished. " * 3 + "Later [John] beat [Jack] at cards. [Jack] looked at [John]."
    )
    assert story.apart("Jack", "John")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mr. Smith", "Mrs. Smith"),
        ("Mrs. Smith", "Miss Smith"),
        ("Lord Smith", "Lady Smith"),
        ("Sir Adam Smith", "Mr. Smith"),
        ("Charles Smith", "King Charles"),
        ("John Smith Jr.", "John Smith Sr."),
        ("Rudolf the Third", "Rudolf the Fifth"),
        ("Anna Smith", "Mr. Smith"),
        ("Paul Smith", "Paula Smith"),
        ("Saint Peter", "Peter Smith"),
    ],
)
def test_titles_numbers_and_genders_that_exclude_one_another(one: str, other: str) -> None:
    assert Named(f"[{one}] came. A long while after came [{other}].").apart(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Lieutenant Ilves", "Captain Ilves"),
        ("J. Smith", "John Smith"),
        ("Dr. Smith", "Mr. Smith"),
        ("Lady Agnes Moor", "Lady Agnes"),
        ("Sir Tom Halden", "Sir Tom"),
        ("Uncle Tom", "Tom Halden"),
        ("Tanaka Haruki", "Tanaka-san"),
        ("Tanaka Haruki", "Haruki-kun"),
        ("Haruki Tanaka", "Tanaka Haruki"),
        ("Sato Kenji", "Kenji kun"),
        ("Sato Kenji", "Sato san"),
        ("Kuramori Kenji", "Kenji Kuramori"),
        ("Anna von Trott", "von Trott"),
        ("Pieter Van Rijn", "Van Rijn"),
        ("Sir Malcolm MacLeod", "MacLeod"),
        ("Monsieur Duval", "M. Duval"),
        ("Herr Vogel", "Vogel"),
        ("Don Luis", "Luis Ortega"),
        ("HALVARD BERG", "Halvard"),
        ("Léonie Duval", "Leonie"),
        ("Sean O'Hara", "O’Hara"),
        ("H-Halvard", "Halvard"),
        ("the dazzling Miguel", "Miguel"),
        ("his sister Alma", "Alma"),
        ("Count Orlo", "Orlo"),
        ("the Duke of Moreland", "Moreland"),
        ("Anthony Comstock Vane", "Anthony Vane"),
        ("Henrietta Lebrun", "Henrietta Lebrun Vane"),
    ],
)
def test_two_forms_of_one_name(one: str, other: str) -> None:
    assert Named(f"[{one}] came in out of the rain. After that [{other}] slept.").same(one, other)


def test_a_wife_by_her_husbands_name() -> None:
    story = Named("[Charles Vane] came with [Mrs. Charles Vane]. [Mary Vane] stayed. [Mrs. Charles] sang.")
    assert story.apart("Charles Vane", "Mrs. Charles Vane", "Mary Vane")
    assert story.same("Mrs. Charles", "Mrs. Charles Vane")


def test_titles_alone_stand_for_their_one_bearer() -> None:
    story = Named("[the Count/NOM] entered. “[Count Orlo],” she said. Then [the Count/NOM] left.")
    assert story.same("the Count", "Count Orlo")
    assert max(story.confidence("the Count")) < min(story.confidence("Count Orlo"))


def test_titles_alone_name_somebody_if_they_keep_doing_so() -> None:
    story = Named(
        "Then [Mother/NOM] slept. Here [Mother/NOM] woke. He saw [the Vicar/NOM] once. “Yes, [Sir/NOM].”"
    )
    assert story.entry("Mother").gender[1] > 0
    assert story.entities("the Vicar") == [-1] and story.entities("Sir") == [-1]
    assert story.confidence("Sir") == [0.0]


def test_names_that_are_ordinary_words() -> None:
    story = Named(
        "[Hope] ran after [Will]. [Cloud] drew. “[Will] you come?” asked [Will Farrow]. "
        "[May] I sit, said [May Brand]."
    )
    assert story.entities("Will") == [story.number("Will Farrow"), -1]
    assert story.entities("May") == [-1]
    assert story.apart("Hope", "Cloud", "May Brand")


def test_a_doubtful_word_at_the_head_of_sentences_is_no_name() -> None:
    text = "[Come@.5] in. " + "All who can come will come. " * 4 + "[Come@.6] out."
    assert Named(text).entities("Come") == [-1, -1]
    assert Named(text.replace("Come", "Imre")).number("Imre") == 0


def test_oaths_keep_saints_and_gods_out_of_the_cast() -> None:
    story = Named(
        "“By [Saint Olaf],” said [Halvard], “for [God]'s sake, go.” [God] knows why. "
        "“[Merlin]'s beard!” he said. "
        "“Thank the [Lord],” said [Imre]."
    )
    assert [e.name for e in story.beliefs.roster if not e.sworn] == ["Halvard", "Imre"]


def test_gods_who_act_are_characters() -> None:
    story = Named(
        "[God] said nothing. [God] laughed. [God] sat down. “Why?” asked [God]. [Merlin] sighed. "
        "“By [Merlin],” he said."
    )
    assert not story.entry("God").sworn and not story.entry("Merlin").sworn


def test_the_type_is_what_most_mentions_say() -> None:
    story = Named("[Oslo:GPE] slept. [Oslo:GPE] woke. [Oslo] burned. In [the city of Oslo:GPE] nobody spoke.")
    assert story.same("Oslo", "the city of Oslo")
    assert story.entry("Oslo").type == "GPE"
    first, second, wrong = story.confidence("Oslo")
    assert wrong < first == second


def test_a_person_and_a_city_of_one_name_that_are_both_common_stay_two() -> None:
    story = Named("[Florence] sang. " * 4 + "They saw [Florence:GPE]. " * 4)
    assert {e.type for e in story.beliefs.roster} == {"PER", "GPE"}


def test_places_drop_the_article_and_the_kind_of_house() -> None:
    story = Named(
        "[The Baltic:LOC] froze. [the Baltic:LOC] thawed. [Netherby Hall:FAC] burned. [Netherby:FAC] fell."
    )
    assert story.same("The Baltic", "the Baltic") and story.same("Netherby", "Netherby Hall")
    assert story.entry("Netherby").type == "FAC"


def test_what_belongs_to_a_name_is_not_its_bearer() -> None:
    story = Named(
        "[Mrs. Hall's sister] came. [Mrs. Hall] slept. [Tom's Aunt Polly] sang. [Aunt Polly] sat. [Tom] ran."
    )
    assert story.entities("Mrs. Hall's sister") == [-1]
    assert story.same("Tom's Aunt Polly", "Aunt Polly") and story.apart("Tom", "Aunt Polly")


def test_gender_comes_from_titles_names_and_relations() -> None:
    story = Named("[Mrs. Ilves] sat. Her brother [Orrin] stood. [Margaret] lay down. [Quen] ran.")
    assert story.entry("Mrs. Ilves").gender[1] > story.entry("Mrs. Ilves").gender[0]
    assert story.entry("Orrin").gender[0] > story.entry("Orrin").gender[1]
    assert story.entry("Margaret").gender[1] >= 1.0
    assert story.entry("Quen").gender == (0.0, 0.0, 0.0)


def test_the_cast_file_is_obeyed() -> None:
    cast = (
        CastMember("Imre Sandor", ("Bird", "the taller man"), ("they/them",)),
        CastMember("Tomas Sandor"),
        CastMember("Nobody Here"),
    )
    story = Named(
        "[Imre] met [Bird:ORG]. [the taller man/NOM] won. [Tomas] fled. A [lamp/NOM] fell. [Ada] sat.", cast
    )
    assert story.same("Imre", "Bird", "the taller man") and story.apart("Imre", "Tomas", "Ada")
    entry = story.entry("Bird")
    assert (entry.name, entry.type, entry.known) == ("Imre Sandor", "PER", True)
    assert entry.gender[2] > max(entry.gender[:2])
    assert [e.name for e in story.beliefs.roster] == ["Imre Sandor", "Tomas Sandor", "Ada"]
    assert story.entities("lamp") == [-1]


def test_the_cast_file_parts_what_looks_alike_and_joins_what_does_not() -> None:
    apart = (CastMember("Sam Ash"), CastMember("Samuel Ash"))
    assert Named("[Sam Ash] sat. [Samuel Ash] stood.").same("Sam Ash", "Samuel Ash")
    assert Named("[Sam Ash] sat. [Samuel Ash] stood.", apart).apart("Sam Ash", "Samuel Ash")
    joined = (CastMember("Mr. Smith", ("Mrs. Smith",)),)
    assert Named("[Mr. Smith] sat. [Mrs. Smith] stood.", joined).same("Mr. Smith", "Mrs. Smith")


def test_an_alias_of_two_members_is_one_of_them() -> None:
    cast = (CastMember("Ada Berg", ("Captain",)), CastMember("Bo Lind", ("Captain",)))
    story = Named("[Ada Berg] sat. [Bo Lind] stood. “Yes, [Captain].”", cast)
    assert story.number("Captain") in (story.number("Ada Berg"), story.number("Bo Lind"))
    assert story.confidence("Captain")[0] < 0.8


def test_paratext_names_nobody_new() -> None:
    marked = (
        "Disclaimer: I own nothing, [Rowena Quill] does.\n\n[Imre] rowed to the pier. [Imre] sang.\n\nThe End"
    )
    story = Named(marked)
    assert story.entities("Rowena Quill") == [-1]
    assert story.entry("Imre").aliases[0].count == 2


def test_mentions_of_other_kinds_are_left_alone() -> None:
    story = Named("[Imre] saw [him/PRON] and [the man/NOM].")
    assert story.entities("him") == story.entities("the man") == [-1]


@pytest.mark.parametrize(
    "marked",
    [
        "",
        "no names",
        "[—]",
        "[ ’s ]",
        "[“]",
        "[and]",
        "[of the]",
        "[Mr.]",
        "[Mr. and Mrs.]",
        "[The]",
        "[St.]",
        "[𝒥]",
        "[-san]",
    ],
)
def test_scraps_do_no_harm(marked: str) -> None:
    story = Named(marked + " went on. [Imre] sat.")
    assert story.entry("Imre").name == "Imre"


def test_every_index_lies_in_the_roster_and_the_result_repeats() -> None:
    text = "[Mr. and Mrs. Vane] met [Ada Vane], "
    text += "[Ada], [Vane], [the Vanes], [J. Vane], [Captain Vane] and [Oslo:GPE]. "
    one, two = Named(text * 5), Named(text * 5)
    assert one.beliefs.roster == two.beliefs.roster
    assert np.array_equal(one.beliefs.entity, two.beliefs.entity)
    assert np.array_equal(one.beliefs.confidence, two.beliefs.confidence)
    assert set(one.beliefs.entity.tolist()) == set(range(len(one.beliefs.roster)))
    assert ((one.beliefs.confidence > 0) & (one.beliefs.confidence < 1)).all()
    assert one.beliefs.entity.dtype == np.int32 and one.beliefs.confidence.dtype == np.float32
    assert sum(a.count for e in one.beliefs.roster for a in e.aliases) == len(one.words)


def test_no_mentions_give_an_empty_roster() -> None:
    none = np.zeros(0, dtype=np.int32)
    beliefs = resolve_names(
        read_text("Nobody came."), MentionSpans(none, none, none, none, none, none.astype(np.float32))
    )
    assert beliefs.roster == () and len(beliefs.entity) == len(beliefs.confidence) == 0


def test_the_cost_grows_with_the_names_and_no_faster() -> None:
    def cost(names: list[str]) -> float:
        story = Named(" ".join(f"[{name}] sat." for name in names))
        start = time.process_time()
        resolve_names(story.story, story.mentions)
        return time.process_time() - start

    for pattern in ("Nm{}", "John Sm{}", "Gv{} Smith", "Mr. Nm{}"):
        few, many = ([pattern.format(i) for i in range(n)] for n in (100, 800))
        assert cost(many) < 30 * cost(few) + 0.5, pattern


def test_a_description_written_like_a_name_is_one() -> None:
    text = "The Hatter sat. They saw the Hatter. So the Hatter slept; the cook woke the Cook and the cook."
    words = [("The Hatter", "NOM"), ("the Hatter", "NOM"), ("the Hatter", "NOM"), ("the cook", "NOM"),
             ("the Cook", "NOM"), ("the cook", "NOM")]  # fmt: skip
    story, evidence = evidence_of(text, words, lambda a, b: 0.0)
    beliefs = resolve_names(story, evidence.mentions)
    assert [entry.name for entry in beliefs.roster] == ["Hatter"]
    assert beliefs.entity.tolist() == [0, 0, 0, -1, -1, -1]


# ------------------------------------------------------------------ surnames in front
def test_a_surname_in_front_that_the_detector_passed_over_is_part_of_the_name() -> None:
    story = Named("Ito [Haruka] came in. It rained. “[Ito]-san,” he said. It rained. [Haruka Ito] bowed.")
    assert story.same("Haruka", "Ito", "Haruka Ito")
    assert Named("Ito [Haruka] came in. It rained. [Haruka] sat.").beliefs.roster[0].name == "Ito Haruka"


def test_a_word_before_a_name_is_no_surname() -> None:
    story = Named("Do [Anna] and [Tom] know? Old [Haruka] laughed.")
    assert [entry.name for entry in story.beliefs.roster] == ["Anna", "Tom", "Haruka"]


def test_who_introduces_himself_with_all_forms_of_his_name_is_one() -> None:
    story = Named(
        "“I am [Sato Kenji], but [Kenji] to you, [Kenji Sato] abroad, [Sato Kenji] or [Kenji Sato],” he said."
    )
    assert story.same("Sato Kenji", "Kenji", "Kenji Sato")


def test_a_name_also_written_the_other_way_round_shows_which_word_is_the_given_one() -> None:
    story = Named("[Kuramori Kenji] came. It rained. The card said [Kenji Kuramori]. “[Kenji]!”")
    assert story.same("Kuramori Kenji", "Kenji Kuramori", "Kenji")
    assert story.entry("Kenji").gender[0] >= 0.9


def test_siblings_with_the_surname_in_front_stay_two() -> None:
    story = Named("[Sato Kenji] met [Sato Haruka]. [Kenji] bowed to [Haruka]. It rained. [Haruka Sato] went.")
    assert story.same("Sato Kenji", "Kenji")
    assert story.same("Sato Haruka", "Haruka", "Haruka Sato")
    assert story.apart("Kenji", "Haruka")


def test_two_given_names_in_turn_are_two_people_where_they_stand_side_by_side() -> None:
    story = Named("[Thomas James] came with [James Thomas]. [Thomas James] sat by [James Thomas]. It rained.")
    assert story.apart("Thomas James", "James Thomas")
