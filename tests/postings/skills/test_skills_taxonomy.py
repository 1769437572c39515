import pytest

from postings.skills import Reference, Scheme, TaxonomyAlias, TaxonomyError, load_taxonomy

FILES = ("languages.csv", "tools.csv", "methods.csv", "soft.csv", "domains.csv", "certs.csv", "spoken.csv")
DETAILS = {
    "definitions": "skill,definition",
    "external_ids": "skill,scheme,id,label",
    "states": "skill,hidden,deprecated,merged_into",
}
GIT = "Git,coding,\nSvn,coding,\nCvs,coding,"


def write_taxonomy(folder, groups="coding,Coding,triad,Writing code", **files):
    """A taxonomy folder: the lines below the header of each file, by its name without .csv."""
    (folder / "groups.csv").write_text(f"slug,name,set,definition\n{groups}\n", encoding="utf-8")
    for name in FILES:
        lines = files.get(name.removesuffix(".csv"), "")
        (folder / name).write_text(f"skill,groups,aliases\n{lines}\n", encoding="utf-8")
    for name in DETAILS.keys() & files.keys():
        (folder / f"{name}.csv").write_text(f"{DETAILS[name]}\n{files[name]}\n", encoding="utf-8")
    return folder


def aliases_of(folder, **files):
    [skill] = load_taxonomy(write_taxonomy(folder, **files)).skills
    return skill.aliases


def test_brackets_name_the_languages_that_an_alias_is_not_read_in(tmp_path):
    assert aliases_of(tmp_path, soft="Go,coding,=Go {listed} [not pt it] | go[not it] | g\\[o") == (
        TaxonomyAlias("Go", exact_case=True, context="listed", not_in="it pt"),
        TaxonomyAlias("go", exact_case=False, context="asked", not_in="it"),
        TaxonomyAlias("g[o", exact_case=False, context="asked"),
    )


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
        ("spoken", "", "spoken"),
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
        ({"tools": "Git,coding,git[it]"}, "tools.csv, line 2: 'git[it]' is no alias"),
        ({"tools": "Git,coding,git[not xx]"}, "tools.csv, line 2: 'git[not xx]' is no alias"),
        ({"tools": "Git,coding,git[not it]{listed}"}, "tools.csv, line 2: 'git[not it]{listed}' is no alias"),
        ({"tools": "Git,coding,="}, "tools.csv, line 2: '=' is no alias"),
        ({"tools": "Git,coding,git|hub"}, "tools.csv, line 2: 'git|hub' is no alias"),
        ({"tools": "Git,coding,git{"}, "tools.csv, line 2: 'git{' is no alias"),
        ({"tools": "Git,coding,git\\"}, "tools.csv, line 2: 'git\\\\' is no alias"),
        ({"tools": "Git,coding;coding,"}, "tools.csv, line 2: the group 'coding' is named twice"),
        ({"tools": f"{'g' * 121},coding,"}, "tools.csv, line 2: the name has 121 characters, 120 are the most"),
        ({"tools": f"Git,coding,{'g' * 121}"}, "tools.csv, line 2: the alias 'gggggggggggggggggggg' ... is too long"),
        ({"tools": "Git,coding"}, "tools.csv, line 2: 2 columns instead of 3"),
        ({"tools": ",coding,git"}, "tools.csv, line 2: a skill without a name"),
        ({"tools": "Git,coding,\n\nSvn,coding,=Svn{x}"}, "tools.csv, line 4: there is no context rule 'x'"),
        ({"groups": "coding,,a,b"}, "groups.csv, line 2: a group needs a slug and a name"),
        ({"groups": "a,A,s,d\na,B,s,d"}, "groups.csv, line 3: the group 'a' is there twice"),
        ({"groups": "a b,A,s,d"}, "groups.csv, line 2: the slug 'a b' has other characters"),
        ({"definitions": "Git,It is."}, "definitions.csv, line 2: there is no skill 'Git'"),
        ({"tools": GIT, "definitions": "Git,One.\nGit,Two."}, "definitions.csv, line 3: the skill 'Git' is defined"),
        ({"tools": GIT, "definitions": "Git,"}, "definitions.csv, line 2: the definition is empty"),
        ({"tools": GIT, "definitions": f"Git,{'x' * 201}"}, "definitions.csv, line 2: the definition has 201"),
        ({"external_ids": "Git,esco,1,git"}, "external_ids.csv, line 2: there is no skill 'Git'"),
        ({"tools": GIT, "external_ids": "Git,isco,1,git"}, "external_ids.csv, line 2: there is no scheme 'isco'"),
        ({"tools": GIT, "external_ids": "Git,esco, ,git"}, "external_ids.csv, line 2: the id is empty"),
        (
            {"tools": GIT, "external_ids": "Git,esco,1,git\nGit,onet,1,git\nGit,esco,1,GIT"},
            "external_ids.csv, line 4: the skill 'Git' has the id '1' already",
        ),
        ({"states": "Git,yes,,"}, "states.csv, line 2: there is no skill 'Git'"),
        ({"tools": GIT, "states": "Git,maybe,,"}, "states.csv, line 2: hidden is 'maybe', not yes or empty"),
        ({"tools": GIT, "states": "Git,yes,,\nGit,,,Svn"}, "states.csv, line 3: the skill 'Git' is there twice"),
        ({"tools": GIT, "states": "Git,,,Hg"}, "states.csv, line 2: there is no skill 'Hg' to merge into"),
        ({"tools": GIT, "states": "Git,,,Git"}, "states.csv, line 2: 'Git' is merged into 'Git'"),
        ({"tools": GIT, "states": "Svn,,,Cvs\nGit,,,Svn\nCvs,,,Git"}, "states.csv, line 2: 'Svn' is merged into 'Cvs'"),
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


def test_the_version_changes_with_every_file(tmp_path):
    versions = {
        load_taxonomy(write_taxonomy(tmp_path, **files)).version
        for files in (
            {},
            {"tools": "Git,coding,"},
            {"tools": "Git,coding,", "definitions": "Git,It is."},
            {"tools": "Git,coding,", "external_ids": "Git,onet,Git,Git"},
            {"tools": "Git,coding,", "states": "Git,yes,,"},
        )
    }
    assert len(versions) == 5


def test_the_lexicon_numbers_aliases_in_sorted_order(tmp_path):
    taxonomy = load_taxonomy(write_taxonomy(tmp_path, tools="Git,coding,git scm", languages="Awk,coding,"))
    lexicon, names = taxonomy.lexicon()
    assert [(entry.alias_id, entry.phrase) for entry in lexicon.entries] == [(1, "Awk"), (2, "Git"), (3, "git scm")]
    assert names == {1: "Awk", 2: "Git", 3: "Git"}


def test_definitions_ids_and_states_belong_to_their_skills(tmp_path):
    git, svn = load_taxonomy(
        write_taxonomy(
            tmp_path,
            tools="Git,coding,\nSvn,coding,-",
            definitions='Git,"Keeps versions, of files."',
            external_ids="Git,esco,0a-1,Git (tool)\nGit,onet,Git,Git",
            states="Svn,yes,yes,Git",
        )
    ).skills
    assert git.definition == "Keeps versions, of files."
    assert git.references == (Reference(Scheme.ESCO, "0a-1", "Git (tool)"), Reference(Scheme.ONET, "Git", "Git"))
    assert (svn.definition, svn.references, svn.is_hidden, svn.is_deprecated, svn.merged_into) == (
        "",
        (),
        True,
        True,
        "Git",
    )


@pytest.mark.parametrize(
    ("cell", "phrases"),
    [
        ("-", []),
        ("- | svn", ["svn"]),
        (r"a\|b | c\{d\}", ["Git", "a|b", "c{d}"]),
        (r"\=x | =\=y{listed}", ["Git", "=x", "=y"]),
        (r"\- | \\", ["Git", "-", "\\"]),
        (r"\ x\  | y", ["Git", " x ", "y"]),
    ],
)
def test_a_backslash_takes_the_meaning_from_the_next_character_and_a_dash_the_name_from_the_aliases(
    tmp_path, cell, phrases
):
    assert [alias.phrase for alias in aliases_of(tmp_path, tools=f"Git,coding,{cell}")] == phrases


def test_a_file_that_is_not_utf_8_is_refused_with_the_line(tmp_path):
    write_taxonomy(tmp_path)
    (tmp_path / "tools.csv").write_bytes(b"skill,groups,aliases\nGit,coding,\nCaf\xe9,coding,\n")
    with pytest.raises(TaxonomyError, match=r"tools\.csv, line 3: the text is not UTF-8"):
        load_taxonomy(tmp_path)


def test_a_file_that_a_spreadsheet_saved_with_a_byte_order_mark_is_read(tmp_path):
    write_taxonomy(tmp_path)
    (tmp_path / "tools.csv").write_bytes(b"\xef\xbb\xbfskill,groups,aliases\r\nGit,coding,\r\n")
    assert [skill.name for skill in load_taxonomy(tmp_path).skills] == ["Git"]


def test_a_folder_without_the_files_of_skills_is_refused_by_name(tmp_path):
    with pytest.raises(TaxonomyError, match=r"groups\.csv cannot be read: No such file"):
        load_taxonomy(tmp_path)
