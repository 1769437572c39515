"""A curator who decides at random: for each action that there is, words that make sense most of the time."""

from django.apps import apps

from postings.models import Alias, Candidate, Company, Kind, Posting, Skill, SkillGroup, Title

TABLES = (
    "postings.Skill",
    "postings.SkillGroup",
    "postings.Skill_groups",
    "postings.Alias",
    "postings.SkillReference",
    "postings.Candidate",
    "postings.Company",
    "postings.CopyDecision",
    "postings.WrongMention",
    "analytics.Role",
    "analytics.RoleSynonym",
    "analytics.TitlePin",
    "analytics.ProfilePin",
)
"""All that decisions change."""
PHRASES = ("pears", "orchard", "trees", "Go", "grove", "Airflow 2", "py", "sql server", "look after", "you")
NAMES = ("Pears", "Orchards", "Groves", "Go", "Trees")


def one(chance, rows):
    """One of the rows, or something that is not there: refusing is part of the life of a curator."""
    rows = list(rows)
    return chance.choice(rows) if rows else None


def some(chance, rows, most=3):
    rows = list(rows)
    return chance.sample(rows, min(len(rows), chance.randint(1, most)))


def skill(chance):
    rows = Skill.objects.order_by("pk")
    shown = rows.filter(merged_into=None)
    name = one(chance, (shown if chance.random() < 0.9 else rows).values_list("name", flat=True))
    return name or "nothing"


def skills_(chance):
    return some(chance, Skill.objects.filter(merged_into=None).order_by("pk").values_list("name", flat=True))


def groups_(chance):
    return some(chance, SkillGroup.objects.order_by("pk").values_list("slug", flat=True), 2)


def new_alias(chance):
    return {"phrase": chance.choice(PHRASES), "exact_case": chance.random() < 0.5, "not_in": not_in(chance)}


def not_in(chance):
    """Languages, most often some that there are."""
    return chance.choice(("", "it", "EN, it", "en", "klingon"))


def aliases_of(chance, name=None):
    rows = Alias.objects.filter(skill__name=name) if name else Alias.objects
    return [{"phrase": row.phrase, "exact_case": row.exact_case} for row in some(chance, rows.order_by("pk"), 2)]


def alias(chance):
    return aliases_of(chance)[0]


def alias_edit(chance):
    """One or two of whatever skills, or one that is spelt otherwise as well."""
    words = {"aliases": aliases_of(chance), "exact_case": chance.random() < 0.5, "not_in": not_in(chance)}
    if chance.random() < 0.5:
        words["context"] = chance.choice(("", "listed", "no such rule"))
    return words if chance.random() < 0.5 else words | {"aliases": [alias(chance)], "phrase": chance.choice(PHRASES)}


def kind(chance):
    return chance.choice(Kind.values)


def split(chance):
    name = skill(chance)
    return {"skill": name, "aliases": aliases_of(chance, name), "name": chance.choice(NAMES), "kind": kind(chance)}


def skill_edit(chance):
    name = skill(chance)
    words = {"skill": name, "definition": chance.choice(("", "Ours.", "Theirs."))}
    if chance.random() < 0.5:
        words["name"] = chance.choice(NAMES)
    if chance.random() < 0.5:
        words["groups_added"] = groups_(chance)
    if chance.random() < 0.5:
        words["aliases_added"] = [new_alias(chance)]
    if chance.random() < 0.3:
        words["aliases_removed"] = aliases_of(chance, name)
    if chance.random() < 0.3:
        words["references_added"] = [{"scheme": "esco", "identifier": chance.choice("abc"), "label": ""}]
    return words


def skill_delete(chance):
    """Most often one that no text can have named."""
    bare = Skill.objects.filter(name__in=NAMES).values_list("name", flat=True)
    return {"skill": one(chance, bare.order_by("pk")) or skill(chance)}


def import_(chance):
    name = f"Import {chance.randint(1, 9)}"
    words = {
        "source": "some.csv",
        "groups": [{"slug": f"g{chance.randint(1, 9)}", "name": "G", "set": "own", "definition": ""}],
        "skills": [{"name": name, "kind": kind(chance), "aliases": [new_alias(chance)], "groups": groups_(chance)}],
        "references": [{"skill": skill(chance), "scheme": "onet", "identifier": chance.choice("xyz"), "label": ""}],
        "changed": [{"skill": skill(chance), "is_hidden": chance.random() < 0.5}],
    }
    return words if chance.random() < 0.7 else words | {"groups": [], "skills": []}


def phrases_waiting(chance):
    return some(chance, Candidate.objects.order_by("pk").values_list("phrase", flat=True), 2) or [
        chance.choice(PHRASES)
    ]


def posting_names(chance):
    from postings.copies import posting_name

    return [posting_name(row.source.name, row.key) for row in Posting.objects.order_by("pk").select_related("source")]


def pair(chance):
    from postings.copies import posting_name

    first, second = chance.sample([*posting_names(chance), posting_name("elsewhere", "k")], 2)
    return {"one": first, "other": second, "verdict": chance.choice(("copy", "not"))}


def decided_pairs(chance):
    rows = apps.get_model("postings.CopyDecision").objects.order_by("pk").values_list("one", "other")
    return {"pairs": [list(row) for row in some(chance, rows, 2)] or [posting_names(chance)[:2]]}


def wrong_mention(chance):
    """The place where Python stands, in the sentence that each text of the small house has."""
    return {
        "postings": some(chance, posting_names(chance), 2),
        "phrase": "Python",
        "exact_case": False,
        "place": {"passage": "Requirements: Python", "start": 14, "end": 20},
    }


def companies(chance):
    rows = Company.objects.order_by("pk").values_list("key", flat=True)
    keep, *absorb = some(chance, rows, 3)
    return {"keep": keep, "absorb": absorb or [keep]}


def titles(chance):
    return some(chance, Title.objects.order_by("pk").values_list("text", flat=True), 2)


def role(chance):
    return one(chance, apps.get_model("analytics.Role").objects.order_by("pk").values_list("slug", flat=True)) or "x"


def families(chance):
    rows = apps.get_model("analytics.Role").objects.exclude(family="").order_by("pk")
    return one(chance, rows.values_list("family", flat=True)) or "x"


def profile(chance):
    """Words for a profile of the run that is shown."""
    from analytics.services.curation.profiles import words_for

    rows = apps.get_model("analytics.Profile").objects.order_by("pk")
    return words_for(chance.choice(list(rows))) if rows else {"profile": "x", "level": "fine", "skills": []}


def role_edit(chance):
    return {"role": role(chance), "family": chance.choice(("Growers", "Pickers")), "synonyms_added": ["tree nurse"]}


def new_role(chance):
    return {"name": chance.choice(("Gardener", "Picker", "Grower")), "titles": titles(chance)}


WORDS = {
    "skill.create": lambda c: {"name": c.choice(NAMES), "kind": kind(c), "aliases": [new_alias(c)]},
    "skill.edit": skill_edit,
    "skill.merge": lambda c: {"keep": skill(c), "absorb": skills_(c)},
    "skill.split": split,
    "skill.hide": lambda c: {"skills": skills_(c)},
    "skill.show": lambda c: {"skills": skills_(c)},
    "skill.deprecate": lambda c: {"skill": skill(c), "redirect": c.choice(("", skill(c)))},
    "skill.kind": lambda c: {"skills": skills_(c), "kind": kind(c)},
    "skill.delete": skill_delete,
    "skill.regroup": lambda c: {"skills": skills_(c), "add": groups_(c)[:1]},
    "alias.add": lambda c: {"skill": skill(c), "aliases": [new_alias(c)]},
    "alias.move": lambda c: {"aliases": aliases_of(c), "skill": skill(c)},
    "alias.edit": alias_edit,
    "alias.remove": lambda c: {"aliases": aliases_of(c)},
    "group.create": lambda c: {"slug": f"n{c.randint(1, 5)}", "name": "N", "set": "area", "skills": skills_(c)},
    "group.edit": lambda c: {"group": (groups_(c) or ["x"])[0], "name": c.choice(NAMES)},
    "group.delete": lambda c: {"group": (groups_(c) or ["x"])[0]},
    "taxonomy.import": import_,
    "candidate.alias": lambda c: {"candidates": phrases_waiting(c), "skill": skill(c)},
    "candidate.skill": lambda c: {"candidates": phrases_waiting(c), "name": c.choice(NAMES), "kind": kind(c)},
    "candidate.ignore": lambda c: {"candidates": phrases_waiting(c)},
    "candidate.reopen": lambda c: {"candidates": phrases_waiting(c)},
    "mention.wrong": wrong_mention,
    "mention.right": wrong_mention,
    "copies.decide": pair,
    "copies.forget": decided_pairs,
    "source.follow": lambda c: {"old": c.choice(("a board", "elsewhere")), "new": c.choice(("here", "there"))},
    "company.merge": companies,
    "company.part": lambda c: {"companies": some(c, Company.objects.order_by("pk").values_list("key", flat=True), 1)},
    "title.assign": lambda c: {"titles": titles(c), "role": role(c)},
    "title.meaningless": lambda c: {"titles": titles(c)},
    "title.other": lambda c: {"titles": titles(c)},
    "title.unpin": lambda c: {"titles": titles(c)[:1]},
    "role.create": new_role,
    "role.edit": role_edit,
    "role.merge": lambda c: {"keep": role(c), "absorb": [role(c)]},
    "role.delete": lambda c: {"role": role(c)},
    "family.move": lambda c: {"roles": [role(c)], "family": c.choice(("Growers", "Pickers"))},
    "family.rename": lambda c: {"family": families(c), "name": c.choice(("Growers", "Pickers"))},
    "profile.name": lambda c: profile(c) | {"name": c.choice(NAMES)},
    "profile.unname": profile,
}
"""Action -> words, drawn with a random.Random from what is there now."""
