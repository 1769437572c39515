"""After a change of the catalogue only titles that can hold what changed are read again."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.services.facts.title_words import TitleWords
from analytics.titles import Catalogue, Role, TitleReader, load_catalogue, reach
from analytics.titles.tokens import words_of
from tests.properties import examples

SHIPPED = load_catalogue()
TITLES = (
    *(
        "Senior Data Engineer",
        "Data Steward",
        "Head of Data",
        "Prompt Engineer",
        "Software Engineer - Machine Learning",
    ),
    *("ML / AI Engineer", "Dateningenieur (m/w/d)", "Manager, Data Science", "Analytics Engineer", "R&D Engineer"),
    *("Data Scientist / Analyst", "Orchard Keeper", "Engineering Manager, Data Engineer", "LLM Engineer II", "DBA"),
    *("Knowledge Graph Engineer", "Big Data", "QA Engineer", "Keeper of Data", "Growth Analyst", "Ontologist"),
)
PHRASES = (
    *("data steward", "steward", "prompt engineer", "knowledge graph engineer", "orchard keeper", "big data"),
    *("growth analyst", "data", "engineer", "dateningenieur", "ml engineer", "ontologist", "senior", "r&d engineer"),
)
FAMILIES = ("software", "analytics", "orchards")


def changed(catalogue, change):
    """The catalogue with one role more or less, a phrase more or less, or a role in another family."""
    what, phrase, place, family = change
    roles = list(catalogue.roles)
    role = roles[place % len(roles)]
    if what == "new role" and phrase not in {one.name for one in roles}:
        roles.append(Role(phrase, family))
    elif what == "gone":
        roles.remove(role)
    elif what == "synonym":
        roles[place % len(roles)] = replace(role, synonyms=(*role.synonyms, phrase))
    elif what == "no synonym":
        roles[place % len(roles)] = replace(role, synonyms=role.synonyms[1:])
    elif what == "family":
        roles[place % len(roles)] = replace(role, family=family)
    return Catalogue(tuple(roles))


CHANGES = st.tuples(
    st.sampled_from(["new role", "gone", "synonym", "no synonym", "family"]),
    st.sampled_from(PHRASES),
    st.integers(0, 200),
    st.sampled_from(FAMILIES),
)


@pytest.mark.slow
@given(st.lists(CHANGES, min_size=1, max_size=4))
@settings(max_examples=examples(25))
def test_titles_that_hold_nothing_that_changed_are_read_as_before(changes):
    after = SHIPPED
    for change in changes:
        after = changed(after, change)
    first, second = TitleReader(SHIPPED), TitleReader(after)

    spread = reach(SHIPPED, after)

    if spread is None:
        return
    words = TitleWords.of([words_of_title(first, title) for title in TITLES])
    for title, may_change in zip(TITLES, words.holding(spread), strict=True):
        if not may_change:
            assert second.read(title) == first.read(title), title


def words_of_title(reader, title):
    return reader.read_with_words(title)[1]


def test_a_new_role_reaches_the_titles_that_hold_its_phrase():
    after = Catalogue((*SHIPPED.roles, Role("ontologist", "orchards", ("keeper of graphs",))))

    assert reach(SHIPPED, after) == {("ontologist",), words_of("keeper of graphs").tokens}


def test_another_family_reaches_no_title_unless_other_people_lead_it():
    role = Role("ontologist", "orchards")
    before = Catalogue((*SHIPPED.roles, role))

    assert reach(before, Catalogue((*SHIPPED.roles, replace(role, family="gardens")))) == frozenset()
    assert reach(before, Catalogue((*SHIPPED.roles, replace(role, family="software")))) == {("ontologist",)}


def test_a_role_that_fields_of_work_make_reaches_all_titles():
    assert reach(SHIPPED, Catalogue(SHIPPED.roles[1:])) is None


def test_words_are_found_in_whatever_order():
    words = TitleWords.of([("data", "steward"), ("steward",), ("steward", "of", "data"), ()])

    assert words.holding([("data", "steward")]).tolist() == [True, False, True, False]
    assert words.holding([("steward",), ("unheard",)]).tolist() == [True, True, True, False]
    assert words.holding([]).tolist() == [False] * 4


@pytest.mark.parametrize("before", [[], [("a", "b"), (), ("b",)]])
def test_words_follow_their_titles(before):
    words = TitleWords.of(before)
    places = [2, -1, 0, -1] if before else [-1, -1]
    anew = {1: ("c", "b"), 3: ()} if before else {0: ("a",), 1: ("b", "a")}
    after = words.replaced(np.array(places), anew)

    told = [
        tuple(after.vocabulary[code] for code in after.codes[start:end])
        for start, end in zip(after.indptr[:-1], after.indptr[1:], strict=True)
    ]
    assert told == [anew[n] if place < 0 else before[place] for n, place in enumerate(places)]
