"""The taxonomy that ships: what a person who reads its diff cannot see, a test does."""

import re
from collections import Counter

import pytest
from spacy.lang.en.stop_words import STOP_WORDS

from postings.ingest.common_words import COMMON_WORDS
from postings.skills import Kind, load_shipped
from postings.skills.context import EVERYDAY_WORDS, NEIGHBOUR_RULES, RULES

# Names of products that were English words before.
WORDS_FIRST = """access apex bamboo base beam bedrock blender bolt boost bugs census chef comet consul dash drill
drive edge epic express fabric factory fiddler flask flow forge frame glue go harness heap helm hive
impact insight jasper juniper kettle lambda looks make mode motion nomad notes notion outlook
phoenix pig pipes point presto prophet puppet puppeteer ray react relay rust sage salt scheme
segment sentinel sentry shiny sketch slack snap spark spring stan stitch subversion superset swift
synapse tailwind teams torch unity unreal vault vision word zoom"""
EVERYDAY = {*WORDS_FIRST.split(), *COMMON_WORDS["en"].split(), *STOP_WORDS}


@pytest.fixture(scope="module")
def taxonomy():
    return load_shipped()


@pytest.fixture(scope="module")
def aliases(taxonomy):
    return [(skill, alias) for skill in taxonomy.skills for alias in skill.aliases]


def test_the_files_are_whole(taxonomy):
    assert {skill.kind for skill in taxonomy.skills} == set(Kind)
    assert len(taxonomy.lexicon()[0]) > 1000


def test_every_rule_that_is_named_is_there(aliases):
    assert {alias.context for _, alias in aliases} <= {"", *RULES}


def test_no_alias_stands_twice(aliases):
    seen = Counter((a.phrase if a.exact_case else a.phrase.casefold(), a.exact_case) for _, a in aliases)
    assert [key for key, count in seen.items() if count > 1] == []


def test_every_group_has_skills_and_every_skill_a_group_and_an_alias(taxonomy):
    used = {slug for skill in taxonomy.skills for slug in skill.groups}
    assert {group.slug for group in taxonomy.groups} == used
    assert [skill.name for skill in taxonomy.skills if not skill.groups or not skill.aliases] == []


def test_nothing_is_hidden_or_merged_away(taxonomy):
    assert [skill.name for skill in taxonomy.skills if skill.is_hidden or skill.merged_into] == []


def test_everyday_words_count_with_exact_case_or_by_a_rule_only(aliases):
    unguarded = [
        (skill.name, alias.phrase)
        for skill, alias in aliases
        if alias.phrase.casefold() in EVERYDAY and not alias.exact_case and not alias.context
    ]
    # The reader itself asks these for company, whatever the taxonomy says.
    assert [pair for pair in unguarded if pair[1].casefold() not in EVERYDAY_WORDS] == []


def test_one_or_two_letters_count_with_exact_case_or_by_a_rule_only(aliases):
    short = [alias for _, alias in aliases if re.fullmatch(r"[^\W\d]{1,2}", alias.phrase)]
    assert [alias.phrase for alias in short if not alias.exact_case and not alias.context] == []
    assert [alias.phrase for alias in short if len(alias.phrase) == 1 and not alias.context] == []


def test_no_rule_is_undone_by_the_same_phrase_without_one(aliases):
    loose = {alias.phrase.casefold() for _, alias in aliases if not alias.exact_case and not alias.context}
    bound = {alias.phrase for _, alias in aliases if alias.context in NEIGHBOUR_RULES}
    assert [phrase for phrase in bound if phrase.casefold() in loose] == []


def test_the_commonest_skills_are_defined_in_one_line_each(taxonomy):
    definitions = {skill.name: skill.definition for skill in taxonomy.skills if skill.definition}
    assert len(definitions) >= 500
    assert [name for name, text in definitions.items() if not 60 <= len(text) <= 140 or not text.endswith(".")] == []
    assert [name for name, text in definitions.items() if "\n" in text or re.search(r"^\S+ (is|are) an? ", text)] == []
    assert [text for text, count in Counter(definitions.values()).items() if count > 1] == []


def test_ids_elsewhere_are_of_the_form_of_their_list_and_name_one_skill(taxonomy):
    references = [reference for skill in taxonomy.skills for reference in skill.references]
    esco = [reference.identifier for reference in references if reference.scheme == "esco"]
    onet = [reference for reference in references if reference.scheme == "onet"]
    assert [one for one in esco if not re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", one)] == []
    assert [one.identifier for one in onet if one.identifier != one.label] == []
    seen = Counter((reference.scheme, reference.identifier) for reference in references)
    assert [key for key, count in seen.items() if count > 1] == []
