"""Our own files: what is written reads back the same, whatever characters stand in it."""

import csv
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from postings.ingest.language import LANGUAGES
from postings.skills import (
    Kind,
    Reference,
    Scheme,
    Taxonomy,
    TaxonomyAlias,
    TaxonomyError,
    TaxonomyGroup,
    TaxonomySkill,
    load_shipped,
    load_taxonomy,
)
from postings.skills.context import RULES
from postings.skills.exchange import read_flat, write_flat, write_own
from tests.properties import examples

SHIPPED = Path(__file__).resolve().parents[3] / "postings" / "skills" / "taxonomy"
ODD = st.one_of(
    st.sampled_from(list("|={}[]\\-,;\"'\n\r\t #@+éßİ️漢")), st.characters(codec="utf-8", exclude_characters="\0")
)
PHRASES = st.text(ODD, min_size=1, max_size=12)
TEXTS = st.text(ODD, max_size=12).map(str.strip)
NAMES = PHRASES.map(str.strip).filter(bool)
SLUGS = st.lists(st.from_regex(r"[a-z0-9_-]{1,8}", fullmatch=True), unique=True, max_size=4)
NOT_IN = st.sets(st.sampled_from(LANGUAGES), max_size=3).map(sorted).map(" ".join)
ALIASES = st.builds(TaxonomyAlias, PHRASES, st.booleans(), st.sampled_from(["", *sorted(RULES)]), NOT_IN)
REFERENCES = st.builds(Reference, st.sampled_from(Scheme), NAMES, TEXTS)


@st.composite
def taxonomies(draw):
    groups = [TaxonomyGroup(slug, draw(NAMES), draw(TEXTS), draw(TEXTS)) for slug in draw(SLUGS)]
    names = draw(st.lists(NAMES, unique_by=str.casefold, max_size=5))
    taken = set()
    skills = [draw_skill(draw, name, [group.slug for group in groups], taken) for name in names]
    if len(skills) > 1 and draw(st.booleans()):
        skills[0] = replace(skills[0], merged_into=names[1])
    return Taxonomy("", tuple(sorted(skills, key=lambda skill: skill.name)), tuple(groups))


def draw_skill(draw, name, slugs, taken):
    aliases = []
    for alias in draw(st.lists(st.one_of(ALIASES, ALIASES.map(lambda a: replace(a, phrase=name))), max_size=4)):
        key = (alias.phrase if alias.exact_case else alias.phrase.casefold(), alias.exact_case)
        if key not in taken:
            taken.add(key)
            aliases.append(alias)
    references = draw(st.lists(REFERENCES, unique_by=lambda r: (r.scheme, r.identifier), max_size=3))
    chosen = [slug for slug in slugs if draw(st.booleans())]
    return TaxonomySkill(
        name,
        draw(st.sampled_from(Kind)),
        tuple(chosen),
        tuple(aliases),
        draw(TEXTS),
        tuple(references),
        draw(st.booleans()),
        is_deprecated=draw(st.booleans()),
    )


@given(taxonomies())
@settings(max_examples=examples(30))
def test_any_taxonomy_reads_back_the_same(taxonomy):
    with tempfile.TemporaryDirectory() as folder:
        write_own(taxonomy, Path(folder))
        read = load_taxonomy(Path(folder))
    assert (read.skills, read.groups) == (taxonomy.skills, taxonomy.groups)
    assert read.lexicon()[0].stamp == taxonomy.lexicon()[0].stamp


@given(taxonomies())
@settings(max_examples=examples(30))
def test_any_flat_table_reads_back_the_same_but_for_what_groups_are_called(taxonomy):
    taxonomy = as_a_table_holds_it(taxonomy)
    with tempfile.TemporaryDirectory() as folder:
        read = read_flat(write_flat(taxonomy, Path(folder)))
    assert read.skills == taxonomy.skills
    assert {group.slug for group in read.groups} == {slug for skill in taxonomy.skills for slug in skill.groups}


def as_a_table_holds_it(taxonomy):
    """Phrases without odd blanks, each once; what lists call a skill in the order of the columns."""
    taken, skills = set(), []
    for skill in taxonomy.skills:
        aliases = []
        for alias in skill.aliases:
            phrase = " ".join(alias.phrase.split())
            key = (phrase if alias.exact_case else phrase.casefold(), alias.exact_case)
            if phrase and key not in taken:
                taken.add(key)
                aliases.append(replace(alias, phrase=phrase))
        references = tuple(sorted(skill.references, key=lambda ref: list(Scheme).index(ref.scheme)))
        skills.append(replace(skill, aliases=tuple(aliases), references=references))
    return replace(taxonomy, skills=tuple(skills))


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ("Git,toy,git", "line 2: there is no kind 'toy'"),
        ("Git,tool,git\nSvn,tool,GIT", "line 3: the alias 'GIT' stands in line 2 already"),
        ("Git,tool,git\ngit,tool,x", "line 3: 'git' stands in line 2 with another spelling or kind"),
        (",tool,git", "line 2: the skill is empty"),
    ],
)
def test_a_wrong_table_is_refused_with_its_line(tmp_path, lines, message):
    path = tmp_path / "own.csv"
    path.write_text(f"skill,kind,alias\n{lines}\n", encoding="utf-8")
    with pytest.raises(TaxonomyError, match=message):
        read_flat(path)


def test_a_language_of_a_table_that_no_text_is_in_is_refused_with_its_line(tmp_path):
    path = tmp_path / "own.csv"
    path.write_text("skill,kind,alias,not_in\nGit,tool,git,it\nGit,tool,g,it xx\n", encoding="utf-8")
    with pytest.raises(TaxonomyError, match="line 3: there is no language 'xx'; there are cs, da"):
        read_flat(path)


def test_a_list_of_ones_own_needs_three_columns_only(tmp_path):
    path = tmp_path / "own.csv"
    path.write_text("skill,kind,alias,groups\nHoney,domain,honey,bees; wax\nHoney,,mead,\n", encoding="utf-8")
    read = read_flat(path)
    assert [(one.name, [alias.phrase for alias in one.aliases]) for one in read.skills] == [
        ("Honey", ["honey", "mead"])
    ]
    assert [(group.slug, group.name) for group in read.groups] == [("bees", "bees"), ("wax", "wax")]


def test_the_shipped_taxonomy_is_written_as_it_ships(tmp_path):
    write_own(load_shipped(), tmp_path)
    shipped = {path.name: path.read_bytes() for path in SHIPPED.glob("*.csv")}
    assert {name: (tmp_path / name).read_bytes() for name in shipped} == shipped


def skill(name, *aliases, **more):
    return TaxonomySkill(
        name, Kind.TOOL, (), tuple(TaxonomyAlias(a, exact_case=False, context="") for a in aliases), **more
    )


@pytest.mark.parametrize(
    ("skills", "message"),
    [
        ([skill("GO"), skill("Go")], "the skill 'Go' stands in tools.csv, line 2 already"),
        ([skill("a", "x"), skill("b", "X")], "the alias 'X' stands in tools.csv, line 2 already"),
        ([skill("a", definition="x" * 201)], "the definition has 201 characters"),
        ([skill(" a ")], "would not read back the same"),
    ],
)
def test_what_would_not_read_back_the_same_is_refused_and_nothing_is_written(tmp_path, skills, message):
    with pytest.raises(TaxonomyError, match=message):
        write_own(Taxonomy("", tuple(skills), ()), tmp_path / "own")
    assert list((tmp_path / "own").iterdir()) == []


def test_writing_again_replaces_what_was_there(tmp_path):
    write_own(Taxonomy("", (skill("Git", "Git", definition="Keeps versions."),), ()), tmp_path)
    write_own(Taxonomy("", (skill("Svn", "Svn"),), ()), tmp_path)
    assert load_taxonomy(tmp_path).skills == (skill("Svn", "Svn"),)


def test_the_flat_table_has_a_row_an_alias_and_no_formulas(tmp_path):
    git = skill("=Git", "@git", "git", references=(Reference(Scheme.ONET, "Git", "Git"),), definition="One, two.")
    path = write_flat(Taxonomy("", (git, skill("Svn", is_hidden=True)), ()), tmp_path)
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["skill"], row["alias"], row["onet"], row["hidden"]) for row in rows] == [
        ("'=Git", "'@git", "Git", ""),
        ("'=Git", "git", "Git", ""),
        ("Svn", "", "", "yes"),
    ]
    assert rows[0]["definition"] == "One, two."
