"""Taxonomies go out to files and come in from files; what curators decided stays."""

import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from postings import selectors, services
from postings.models import Alias, Skill, SkillGroup, SkillReference
from tests.make import make_skill, merge_skills

pytestmark = pytest.mark.django_db
TABLES = (SkillReference, Alias, Skill.groups.through, Skill, SkillGroup)


def run(command, *arguments, **options):
    out = StringIO()
    call_command(command, *map(str, arguments), stdout=out, **options)
    return out.getvalue()


def make_curated():
    """A taxonomy with everything in it that a curator can make, odd characters too."""
    group = SkillGroup.objects.create(
        slug="odd-ones", name='Odd, "ones"', set="area", definition="Two\nlines, one | pipe"
    )
    keep = make_skill("PyTorch", "torch | ai", "=torch", "C++ {new}", "\\o/", 'say "ai"', "日本語, β")
    keep.definition, keep.is_hidden = "Tensors, gradients | all that.", True
    keep.save()
    keep.groups.add(group)
    merge_skills(keep=keep, absorb=make_skill("Torch", exact_case=True))
    asked = make_skill("kindness", kind="soft")
    Alias.objects.filter(skill=asked).update(context="asked")
    bare = make_skill("patience", "calm", kind="soft")
    Alias.objects.get(phrase="patience").delete()
    SkillReference.objects.create(skill=keep, scheme="onet", identifier="PyTorch", label="PyTorch")
    SkillReference.objects.create(skill=bare, scheme="esco", identifier="0a-1", label="be patient, always")


def forget_everything():
    """Leave the database as a new one is, its history too."""
    Skill.objects.update(merged_into=None)
    for table in TABLES:
        table.objects.all().delete()
    for model in (SkillReference, Alias, Skill, SkillGroup):
        model.history.all().delete()


def test_an_export_into_an_empty_database_gives_the_same_taxonomy_and_lexicon(tmp_path):
    make_curated()
    before, stamp = selectors.current_taxonomy(), services.current_lexicon().stamp
    run("export_taxonomy", tmp_path / "own")
    forget_everything()
    assert selectors.current_taxonomy().skills == ()

    run("import_taxonomy", tmp_path / "own", "--format", "own")

    assert selectors.current_taxonomy() == before
    assert services.current_lexicon().stamp == stamp


@pytest.mark.slow
def test_an_export_of_what_ships_is_what_ships(tmp_path):
    services.load_taxonomy()

    run("export_taxonomy", tmp_path / "own")

    shipped = Path(services.__file__).parents[1] / "skills" / "taxonomy"
    for path in shipped.glob("*.csv"):
        assert (tmp_path / "own" / path.name).read_bytes() == path.read_bytes(), path.name


def test_importing_twice_changes_nothing(tmp_path):
    make_curated()
    run("export_taxonomy", tmp_path / "own")
    forget_everything()
    run("import_taxonomy", tmp_path / "own", "--format", "own")
    before = selectors.current_taxonomy()

    said = run("import_taxonomy", tmp_path / "own", "--format", "own")

    assert "Added: 0 groups, 0 skills, 0 aliases, 0 definitions, 0 references." in said
    assert selectors.current_taxonomy() == before


def test_an_import_leaves_what_curators_changed(tmp_path):
    make_curated()
    run("export_taxonomy", tmp_path / "own")
    renamed = Skill.objects.get(name="PyTorch")
    renamed.name, renamed.definition = "tensor libraries", "Ours."
    renamed.save()
    Alias.objects.get(phrase="\\o/").delete()
    before = selectors.current_taxonomy()

    run("import_taxonomy", tmp_path / "own", "--format", "own")

    assert selectors.current_taxonomy() == before


def test_a_flat_export_is_one_table(tmp_path):
    make_curated()
    assert "4 skills with 10 aliases written" in run("export_taxonomy", tmp_path / "flat", "--format", "flat")
    assert [path.name for path in (tmp_path / "flat").iterdir()] == ["skills.csv"]


@pytest.fixture
def esco(tmp_path):
    path = tmp_path / "esco.csv"
    path.write_text(
        "id,description,hierarchy_levels,type\n"
        "a-1,data mining,\"[['K', 'K06', 'K061']]\",preferredLabel\n"
        "a-2,economics,\"[['K', 'K03']]\",preferredLabel\n"
        "a-2,banking,\"[['K', 'K03']]\",altLabels\n"
        "a-3,wine making,\"[['K', 'K07']]\",preferredLabel\n"
        "a-4,team,\"[['T', 'T4']]\",preferredLabel\n",
        encoding="utf-8",
    )
    make_skill("data mining", kind="method")
    make_skill("banking", kind="domain")
    return path


def references():
    return set(SkillReference.objects.values_list("skill__name", "scheme", "identifier", "label"))


def test_an_import_of_esco_links_what_is_known_and_counts_the_rest(esco):
    said = run("import_taxonomy", esco, "--format", "esco")

    assert references() == {("data mining", "esco", "a-1", "data mining")}
    assert "economics: perhaps banking" in said
    assert "1 linked, 1 ambiguous (left for a person), 2 unknown." in said
    assert set(Skill.objects.values_list("name", flat=True)) == {"data mining", "banking"}


def test_unknown_entries_become_skills_only_where_that_was_asked_for(esco):
    said = run("import_taxonomy", esco, "--format", "esco", "--add")

    wine = Skill.objects.get(name="wine making")
    assert (wine.kind, wine.aliases.get().context) == ("domain", "of-the-job")
    assert ("wine making", "esco", "a-3", "wine making") in references()
    assert "1 unknown ones were not added: an everyday word." in said
    assert "Added: 0 groups, 1 skills, 1 aliases, 0 definitions, 2 references." in said
    assert "Decision 1: it can be undone." in said


def test_a_second_import_of_a_list_changes_nothing(esco):
    run("import_taxonomy", esco, "--format", "esco", "--add")
    before = selectors.current_taxonomy()

    said = run("import_taxonomy", esco, "--format", "esco", "--add")

    assert "2 linked, 1 ambiguous (left for a person), 1 unknown." in said
    assert selectors.current_taxonomy() == before


def test_a_link_that_a_curator_deleted_does_not_come_back(esco):
    run("import_taxonomy", esco, "--format", "esco")
    SkillReference.objects.get().delete()

    run("import_taxonomy", esco, "--format", "esco")

    assert references() == set()


def test_a_dry_run_says_what_would_come_and_writes_nothing(esco):
    before = selectors.current_taxonomy()

    said = run("import_taxonomy", esco, "--format", "esco", "--add", "--dry-run")

    assert "Added: 0 groups, 1 skills, 1 aliases, 0 definitions, 2 references." in said
    assert "A dry run: nothing was written." in said
    assert selectors.current_taxonomy() == before
    assert SkillReference.history.count() == 0


def test_an_import_of_onet_links_tools_by_the_name_of_the_example(tmp_path):
    path = tmp_path / "technology_skills.txt"
    path.write_text(
        "O*NET-SOC Code\tExample\tCommodity Code\tCommodity Title\n"
        "11-1011.00\tStructured query language SQL\t1\tX\n"
        "11-1021.00\tAccounting software\t2\tY\n"
    )
    make_skill("SQL", "structured query language", kind="language")
    make_skill("accounting", kind="domain")

    said = run("import_taxonomy", path, "--format", "onet")

    assert references() == {("SQL", "onet", "Structured query language SQL", "Structured query language SQL")}
    assert "1 linked, 0 ambiguous (left for a person), 1 unknown." in said


@pytest.mark.parametrize("kind", ["own", "esco", "onet"])
def test_bad_input_is_refused_with_file_and_line_and_changes_nothing(tmp_path, kind):
    make_curated()
    run("export_taxonomy", tmp_path / "own")
    before = selectors.current_taxonomy()
    bad = {
        "own": ("own/tools.csv", "skill,groups,aliases\nGit,nowhere,\n"),
        "esco": ("x.csv", "id,description,hierarchy_levels,type\n,x,,preferredLabel\n"),
        "onet": ("x.txt", "O*NET-SOC Code\tExample\tCommodity Code\tCommodity Title\n1\t\t2\t3\n"),
    }
    name, text = bad[kind]
    (tmp_path / name).write_text(text)
    path = tmp_path / "own" if kind == "own" else tmp_path / name

    with pytest.raises(CommandError, match=re.escape(f"{Path(name).name}, line 2")):
        run("import_taxonomy", path, "--format", kind)

    assert selectors.current_taxonomy() == before
