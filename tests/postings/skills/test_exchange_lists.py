"""ESCO's and O*NET's files: what is read in them, which skill of ours an entry is, and what becomes a new one."""

import gzip

import pytest

from postings.skills import Kind, Reference, Scheme, Taxonomy, TaxonomyAlias, TaxonomyError, TaxonomySkill
from postings.skills.exchange import additions, matches, read_esco, read_onet
from postings.skills.exchange.foreign import ForeignSkill

LABELS = "id,description,hierarchy_levels,type"
HIERARCHY = "Level 0 URI,Level 1 URI,Level 1 preferred term,Level 2 URI,Description"
CONCEPTS = "conceptUri,skillType,reuseLevel,preferredLabel,altLabels"
ONET = "O*NET-SOC Code\tExample\tCommodity Code\tCommodity Title\tHot Technology\tIn Demand"
KNOWLEDGE = "\"[['K', 'K06', 'K061', 'K0613']]\""


def labels(folder, *lines, name="labels.csv"):
    path = folder / name
    path.write_text("\n".join([LABELS, *lines]) + "\n", encoding="utf-8")
    return path


def onet(folder, *examples):
    path = folder / "technology.txt"
    path.write_text("\n".join([ONET, *(f"11-1011.00\t{example}\t43\tSoftware\tN\tN" for example in examples)]) + "\n")
    return path


def test_a_concept_has_its_preferred_and_its_other_labels(tmp_path):
    path = labels(
        tmp_path,
        f"a-1,Python (computer programming),{KNOWLEDGE},preferredLabel",
        f"a-1,python scripts,{KNOWLEDGE},altLabels",
        "S1.2,a level of the hierarchy,,level_2",
    )
    [python] = read_esco(path)
    assert python.reference == Reference(Scheme.ESCO, "a-1", "Python (computer programming)")
    assert (python.labels, python.short_names, python.loose_labels) == (
        ("Python (computer programming)",),
        ("Python",),
        ("python scripts",),
    )


@pytest.mark.parametrize(
    ("label", "levels", "kind"),
    [
        ("Python (computer programming)", "K K06 K061", Kind.LANGUAGE),
        ("Wireshark", "K K06 K061", Kind.TOOL),
        ("computer forensics", "K K06 K061", Kind.METHOD),
        ("wine characteristics", "K K07", Kind.DOMAIN),
        ("clean industrial containers", "S S6", Kind.METHOD),
        ("think creatively", "T T2", Kind.SOFT),
        ("Bulgarian", "L L1", Kind.SPOKEN),
        ("write Bulgarian", "L L1", Kind.SOFT),
    ],
)
def test_the_kind_follows_from_where_the_concept_stands(tmp_path, label, levels, kind):
    [skill] = read_esco(labels(tmp_path, f'a-1,{label},"[{levels.split()}]",preferredLabel'))
    assert skill.kind is kind


def test_a_folder_of_escos_files_gives_skills_and_their_groups(tmp_path):
    labels(tmp_path, f"a-1,Wireshark,{KNOWLEDGE},preferredLabel")
    (tmp_path / "hierarchy.csv").write_text(
        f"{HIERARCHY}\nK,http://data.europa.eu/esco/isced-f/06,computing,,About computers.\n", encoding="utf-8"
    )
    (tmp_path / "concepts.csv.gz").write_bytes(
        gzip.compress(
            f"{CONCEPTS}\nhttp://data.europa.eu/esco/skill/b-2,knowledge,,SPARQL,sparql | RDF queries\n".encode()
        )
    )
    (tmp_path / "occupations.csv").write_text("conceptUri,iscoGroup\nx,1\n")

    by_name = {skill.name: skill for skill in read_esco(tmp_path)}

    assert [(group.slug, group.name, group.set) for group in by_name["Wireshark"].groups] == [
        ("esco-k06", "computing", "esco")
    ]
    assert by_name["SPARQL"].reference.identifier == "b-2"
    assert by_name["SPARQL"].loose_labels == ("sparql", "RDF queries")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("a-1,Git,[['K'],preferredLabel", r"labels\.csv, line 3: hierarchy_levels is no list"),
        ("a-1,Git,7,preferredLabel", r"labels\.csv, line 3: hierarchy_levels is no list"),
        (",Git,[],preferredLabel", r"labels\.csv, line 3: a label needs an id and a text"),
        (f"a-1,{'g' * 201},[],preferredLabel", r"labels\.csv, line 3: the label has 201 characters, 200 are the most"),
        ("a-1,Git,preferredLabel", r"labels\.csv, line 3: 3 columns instead of 4"),
        ("a-0,Git,[],preferredLabel", r"labels\.csv, line 3: the concept 'a-0' has a preferred label already"),
    ],
)
def test_a_bad_line_of_escos_is_named(tmp_path, line, message):
    with pytest.raises(TaxonomyError, match=message):
        read_esco(labels(tmp_path, f"a-0,Perl,{KNOWLEDGE},preferredLabel", line))


def test_a_file_of_something_else_is_refused(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("a,b\n1,2\n")
    with pytest.raises(TaxonomyError, match=r"x\.csv, line 1: no header of ESCO's"):
        read_esco(path)
    with pytest.raises(TaxonomyError, match="holds no skills of ESCO's"):
        read_esco(tmp_path)
    with pytest.raises(TaxonomyError, match=r"x\.csv, line 1: there is no column 'O\*NET-SOC Code'"):
        read_onet(path)


def test_an_example_of_onets_is_read_once_with_its_shorter_forms(tmp_path):
    skills = read_onet(onet(tmp_path, "Structured query language SQL", "Salesforce software", "Salesforce software"))
    assert [skill.labels for skill in skills] == [
        ("Structured query language SQL", "Structured query language"),
        ("Salesforce software", "Salesforce"),
    ]
    assert [skill.kind for skill in skills] == [Kind.LANGUAGE, Kind.TOOL]


def test_letters_behind_a_name_that_are_not_its_initials_belong_to_it(tmp_path):
    skills = read_onet(
        onet(tmp_path, "Microsoft Windows XP", "Supervisory control and data acquisition SCADA software")
    )
    assert [skill.labels[-1] for skill in skills] == [
        "Microsoft Windows XP",
        "Supervisory control and data acquisition",
    ]


def test_a_bad_line_of_onets_is_named(tmp_path):
    with pytest.raises(TaxonomyError, match=r"technology\.txt, line 3: the example is empty"):
        read_onet(onet(tmp_path, "Git", " "))


# --- which skill of ours it is ----------------------------------------------------------------------------------------


def ours(name, *aliases, kind=Kind.TOOL, **more):
    """A skill with its name and these aliases; `=` in front for exact case, `{rule}` behind for a rule."""
    made = []
    for text in (name, *aliases):
        phrase, _, rule = text.removesuffix("}").partition("{")
        made.append(TaxonomyAlias(phrase.removeprefix("="), phrase.startswith("="), rule))
    return TaxonomySkill(name, kind, (), tuple(made), **more)


def theirs(*labels, scheme=Scheme.ESCO, **more):
    return ForeignSkill(Reference(scheme, labels[0], labels[0]), Kind.TOOL, labels, **more)


def found(entry, *skills):
    """The skill that the entry is, or "?" and those that it may be, or None."""
    result = matches([entry], Taxonomy("", skills, ()))
    if result.linked:
        return [link.skill for link in result.linked]
    return ["?", *result.ambiguous[0][1]] if result.ambiguous else None


@pytest.mark.parametrize(
    ("entry", "skill", "expected"),
    [
        (theirs("JAVASCRIPT"), ours("JavaScript"), ["JavaScript"]),
        (theirs("data mining"), ours("mining", "Data Mining"), ["mining"]),
        (theirs("Less"), ours("Less CSS", "=LESS"), None),
        (theirs("SPARK"), ours("Apache Spark", "=SPARK"), ["?", "Apache Spark"]),
        (theirs("rendering"), ours("3D modeling", "rendering{listed}"), ["?", "3D modeling"]),
        (theirs("economics", loose_labels=("banking",)), ours("banking"), ["?", "banking"]),
        (theirs("Java (computer programming)", short_names=("Java",)), ours("Java"), ["Java"]),
        (theirs("ML (computer programming)", short_names=("ML",)), ours("learning", "ML"), ["?", "learning"]),
        (theirs("welding"), ours("Git"), None),
        (theirs("Torch"), ours("Torch", merged_into="PyTorch"), ["PyTorch"]),
        (theirs("Accounting software", "Accounting", scheme=Scheme.ONET), ours("accounting", kind=Kind.DOMAIN), None),
        (theirs("Git, new name"), ours("Git", references=(Reference(Scheme.ESCO, "Git, new name", "Git"),)), ["Git"]),
    ],
)
def test_an_entry_is_a_skill_by_name_or_by_an_alias_that_means_nothing_else(entry, skill, expected):
    assert found(entry, skill, ours("PyTorch")) == expected


def test_a_name_goes_before_an_alias_and_two_aliases_are_for_a_person_to_decide():
    assert found(theirs("Swift"), ours("Swift"), ours("SWIFT messaging", "swift")) == ["Swift"]
    assert found(theirs("Nomad", "Domino"), ours("Lotus", "Nomad"), ours("Lab", "domino")) == ["?", "Lab", "Lotus"]


# --- what becomes a new one -------------------------------------------------------------------------------------------


def added(*entries, known=()):
    return additions(entries, Taxonomy("", known, ()))


def test_single_words_of_a_general_list_count_in_company_only():
    skills = added(theirs("Asana"), theirs("welding"), theirs("web programming")).taxonomy.skills
    assert [skill.aliases for skill in skills] == [
        (TaxonomyAlias("Asana", exact_case=True, context="listed"),),
        (TaxonomyAlias("welding", exact_case=False, context="listed"),),
        (TaxonomyAlias("web programming", exact_case=False, context=""),),
    ]


def test_a_new_skill_keeps_its_kind_its_reference_and_the_rule_of_its_kind():
    entry = ForeignSkill(Reference(Scheme.ESCO, "a-1", "wine making"), Kind.DOMAIN, ("wine making",))
    [skill] = added(entry).taxonomy.skills
    assert (skill.name, skill.kind, skill.references) == ("wine making", Kind.DOMAIN, (entry.reference,))
    assert skill.aliases[0].context == "of-the-job"


def test_what_would_raise_false_alarms_or_stands_already_is_refused_with_the_reason():
    result = added(theirs("Go!"), theirs("Ab"), theirs("team"), theirs("GIT"), theirs("x" * 121), known=(ours("Git"),))
    assert [skill.name for skill in result.taxonomy.skills] == ["Go!"]
    assert result.refused == {
        "too short to search for": 1,
        "an everyday word": 1,
        "named like another one": 1,
        "too long": 1,
    }
