import pytest

from postings.skills import Kind, TaxonomyAlias, TaxonomyError, load_shipped, load_taxonomy
from postings.skills.context import RULES

FILES = ("languages.csv", "tools.csv", "methods.csv", "soft.csv", "domains.csv", "certs.csv")


def write_taxonomy(folder, groups="coding,Coding,triad,Writing code", **files):
    """A taxonomy folder: the lines below the header of each file, by its name without .csv."""
    (folder / "groups.csv").write_text(f"slug,name,set,definition\n{groups}\n", encoding="utf-8")
    for name in FILES:
        lines = files.get(name.removesuffix(".csv"), "")
        (folder / name).write_text(f"skill,groups,aliases\n{lines}\n", encoding="utf-8")
    return folder


def aliases_of(folder, **files):
    [skill] = load_taxonomy(write_taxonomy(folder, **files)).skills
    return skill.aliases


def test_the_name_is_an_alias(tmp_path):
    assert aliases_of(tmp_path, languages="Python,coding,") == (TaxonomyAlias("Python", exact_case=False, context=""),)


def test_a_marked_name_replaces_the_plain_one(tmp_path):
    assert aliases_of(tmp_path, languages="R,coding,=R{listed} | R language") == (
        TaxonomyAlias("R", exact_case=True, context="listed"),
        TaxonomyAlias("R language", exact_case=False, context=""),
    )


@pytest.mark.parametrize(
    ("file", "cell", "context"),
    [
        ("soft", "", "asked"),
        ("domains", "", "of-the-job"),
        ("tools", "", ""),
        ("soft", "x{}", ""),
        ("soft", "x{listed}", "listed"),
    ],
)
def test_traits_and_fields_have_a_rule_unless_they_name_another(tmp_path, file, cell, context):
    assert aliases_of(tmp_path, **{file: f"x,coding,{cell}"})[0].context == context


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({"tools": "Go,coding,\nPerl,coding,go"}, "tools.csv, line 3: the alias 'go' stands in tools.csv, line 2"),
        ({"tools": "Go,coding,golang | GoLang"}, "tools.csv, line 2: the alias 'GoLang' stands in tools.csv, line 2"),
        ({"soft": "Go,coding,", "certs": "go,coding,"}, "certs.csv, line 2: the skill 'go' stands in soft.csv, line 2"),
        ({"tools": "Git,version-control,"}, "tools.csv, line 2: there is no group 'version-control'"),
        ({"tools": "Git,coding,=git{lsited}"}, "tools.csv, line 2: there is no context rule 'lsited'"),
        ({"tools": "Git,coding,="}, "tools.csv, line 2: '=' is no alias"),
        ({"tools": "Git,coding,git|hub"}, "tools.csv, line 2: 'git|hub' is no alias"),
        ({"tools": "Git,coding"}, "tools.csv, line 2: 2 columns instead of 3"),
        ({"tools": ",coding,git"}, "tools.csv, line 2: a skill without a name"),
        ({"tools": "Git,coding,\n\nSvn,coding,=Svn{x}"}, "tools.csv, line 4: there is no context rule 'x'"),
        ({"groups": "coding,,a,b"}, "groups.csv, line 2: a group needs a slug and a name"),
        ({"groups": "a,A,s,d\na,B,s,d"}, "groups.csv, line 3: the group 'a' is there twice"),
    ],
)  # fmt: skip
def test_an_error_names_the_file_and_the_line(tmp_path, files, message):
    with pytest.raises(TaxonomyError) as caught:
        load_taxonomy(write_taxonomy(tmp_path, **files))
    assert message in str(caught.value)


def test_another_header_is_refused(tmp_path):
    write_taxonomy(tmp_path)
    (tmp_path / "tools.csv").write_text("skill,aliases\n", encoding="utf-8")
    with pytest.raises(TaxonomyError, match=r"tools\.csv, line 1: the first line must be skill,groups,aliases"):
        load_taxonomy(tmp_path)


def test_the_version_changes_with_a_file(tmp_path):
    before = load_taxonomy(write_taxonomy(tmp_path)).version
    assert load_taxonomy(write_taxonomy(tmp_path, tools="Git,coding,")).version != before


def test_the_lexicon_numbers_aliases_in_sorted_order(tmp_path):
    taxonomy = load_taxonomy(write_taxonomy(tmp_path, tools="Git,coding,git scm", languages="Awk,coding,"))
    lexicon, names = taxonomy.lexicon()
    assert [(entry.alias_id, entry.phrase) for entry in lexicon.entries] == [(1, "Awk"), (2, "Git"), (3, "git scm")]
    assert names == {1: "Awk", 2: "Git", 3: "Git"}


def test_the_shipped_files_are_whole():
    taxonomy = load_shipped()
    assert {skill.kind for skill in taxonomy.skills} == set(Kind)
    assert len(taxonomy.lexicon()[0]) > 1000


def test_every_rule_that_the_shipped_files_name_is_there():
    assert {alias.context for skill in load_shipped().skills for alias in skill.aliases} <= {"", *RULES}
