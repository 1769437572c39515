"""The taxonomy that ships with Rolescope: skills, their aliases and their groups, from the CSV files beside this file.

Columns and marks are told in docs/reference/taxonomy.md; an error names the file and the line.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from postings.skills.alias_cells import AliasText, parse_cell
from postings.skills.context import RULES
from postings.skills.details import HEADERS, Details, read_details
from postings.skills.lexicon import Lexicon
from postings.skills.references import Reference
from postings.skills.tables import LONGEST_NAME, TaxonomyError, checked, error, named, rows
from postings.skills.types import Kind, LexiconEntry

_FOLDER = Path(__file__).parent / "taxonomy"
GROUPS_FILE, GROUPS_HEADER = "groups.csv", ("slug", "name", "set", "definition")
SKILLS_HEADER = ("skill", "groups", "aliases")
FILES = {
    "languages.csv": Kind.LANGUAGE,
    "tools.csv": Kind.TOOL,
    "methods.csv": Kind.METHOD,
    "soft.csv": Kind.SOFT,
    "domains.csv": Kind.DOMAIN,
    "certs.csv": Kind.CERT,
    "spoken.csv": Kind.SPOKEN,
}
# The aliases of these kinds have this rule when they name none; empty braces ask for none at all.
KIND_RULES = {Kind.SOFT: "asked", Kind.DOMAIN: "of-the-job", Kind.SPOKEN: "spoken"}
_SLUG = re.compile(r"[-a-zA-Z0-9_]+")
_LONGEST_SLUG, _LONGEST_SET = 80, 40


@dataclass(frozen=True, slots=True)
class TaxonomyAlias:
    """`not_in`: the languages of texts that it is not read in, "" for none."""

    phrase: str
    exact_case: bool
    context: str
    not_in: str = ""


@dataclass(frozen=True, slots=True)
class TaxonomyGroup:
    slug: str
    name: str
    set: str
    definition: str


@dataclass(frozen=True, slots=True)
class TaxonomySkill:
    """`merged_into` is the name of the skill that it was merged into, or deprecated for; "" for one that stands for
    itself."""

    name: str
    kind: Kind
    groups: tuple[str, ...]
    aliases: tuple[TaxonomyAlias, ...]
    definition: str = ""
    references: tuple[Reference, ...] = ()
    is_hidden: bool = False
    merged_into: str = ""
    is_deprecated: bool = False


@dataclass(frozen=True)
class Taxonomy:
    """`version` is 12 hex over the contents of the files, whatever their order; "" where it came from no files."""

    version: str
    skills: tuple[TaxonomySkill, ...]
    groups: tuple[TaxonomyGroup, ...]

    def lexicon(self) -> tuple[Lexicon, dict[int, str]]:
        """The lexicon, its ids 1..n in sorted order, and the skill's name for each id."""
        aliases = sorted(
            (alias.phrase, alias.exact_case, alias.context, alias.not_in, skill.name)
            for skill in self.skills
            for alias in skill.aliases
        )
        entries = [
            LexiconEntry(i, phrase, exact, context, not_in)
            for i, (phrase, exact, context, not_in, _) in enumerate(aliases, 1)
        ]
        return Lexicon(entries), {i: name for i, (*_, name) in enumerate(aliases, 1)}


def load_shipped() -> Taxonomy:
    return load_taxonomy(_FOLDER)


def load_taxonomy(folder: Path) -> Taxonomy:
    """Read groups.csv, one file a kind, and what there is of the others. Raises TaxonomyError at the first thing
    that is wrong."""
    groups = tuple(_read_groups(folder / GROUPS_FILE))
    reader = _SkillReader(frozenset(group.slug for group in groups))
    skills = [skill for name, kind in FILES.items() for skill in reader.read(folder / name, kind)]
    details = read_details(folder, frozenset(skill.name for skill in skills))
    return Taxonomy(
        version=_version(folder),
        skills=tuple(sorted((_detailed(skill, details) for skill in skills), key=lambda skill: skill.name)),
        groups=groups,
    )


def _detailed(skill: TaxonomySkill, details: Details) -> TaxonomySkill:
    return replace(
        skill,
        definition=details.definitions.get(skill.name, ""),
        references=details.references.get(skill.name, ()),
        is_hidden=skill.name in details.hidden,
        merged_into=details.merged.get(skill.name, ""),
        is_deprecated=skill.name in details.deprecated,
    )


def _read_groups(path: Path) -> Iterator[TaxonomyGroup]:
    seen: set[str] = set()
    for line, row in rows(path, GROUPS_HEADER):
        group = TaxonomyGroup(**{field: row[field].strip() for field in GROUPS_HEADER})
        if not group.slug or not group.name:
            raise error(path, line, "a group needs a slug and a name")
        if group.slug in seen:
            raise error(path, line, f"the group {group.slug!r} is there twice")
        if not _SLUG.fullmatch(checked(path, line, "the slug", group.slug, longest=_LONGEST_SLUG)):
            raise error(path, line, f"the slug {group.slug!r} has other characters than letters, digits, - and _")
        checked(path, line, "the name", group.name, longest=LONGEST_NAME)
        checked(path, line, "the set", group.set, longest=_LONGEST_SET)
        seen.add(group.slug)
        yield group


class _SkillReader:
    """Reads the files of skills; knows what stood in them before, since an alias has one skill."""

    def __init__(self, slugs: frozenset[str]) -> None:
        self._slugs = slugs
        self._aliases: dict[tuple[str, bool], str] = {}
        self._skills: dict[str, str] = {}

    def read(self, path: Path, kind: Kind) -> Iterator[TaxonomySkill]:
        for line, row in rows(path, SKILLS_HEADER):
            where = f"{path.name}, line {line}"
            if not row["skill"].strip():
                raise TaxonomyError(f"{where}: a skill without a name")
            name = named(path, line, "the name", row["skill"])
            if name.casefold() in self._skills:
                raise TaxonomyError(f"{where}: the skill {name!r} stands in {self._skills[name.casefold()]} already")
            self._skills[name.casefold()] = where
            rule = KIND_RULES.get(kind, "")
            aliases = tuple(self._read_aliases(name, row["aliases"], rule, where))
            yield TaxonomySkill(name, kind, self._read_groups(row["groups"], where), aliases)

    def _read_groups(self, cell: str, where: str) -> tuple[str, ...]:
        groups = tuple(slug for raw in cell.split(";") if (slug := raw.strip()))
        for place, slug in enumerate(groups):
            if slug not in self._slugs:
                raise TaxonomyError(f"{where}: there is no group {slug!r} in {GROUPS_FILE}")
            if slug in groups[:place]:
                raise TaxonomyError(f"{where}: the group {slug!r} is named twice")
        return groups

    def _read_aliases(self, name: str, cell: str, rule: str, where: str) -> Iterator[TaxonomyAlias]:
        try:
            texts, name_too = parse_cell(cell)
        except ValueError as bad:
            raise TaxonomyError(
                f"{where}: {str(bad)!r} is no alias; write `=phrase{{rule}}[not it]`, each mark where needed"
            ) from bad
        aliases = [_alias(text, rule, where) for text in texts]
        if name_too and name not in {alias.phrase for alias in aliases}:
            aliases.insert(0, TaxonomyAlias(name, exact_case=False, context=rule))
        for alias in aliases:
            key = (alias.phrase if alias.exact_case else alias.phrase.casefold(), alias.exact_case)
            if key in self._aliases:
                raise TaxonomyError(f"{where}: the alias {alias.phrase!r} stands in {self._aliases[key]} already")
            self._aliases[key] = where
            yield alias


def _alias(text: AliasText, rule: str, where: str) -> TaxonomyAlias:
    context = rule if text.context is None else text.context
    if context and context not in RULES:
        raise TaxonomyError(f"{where}: there is no context rule {context!r}; there are {', '.join(sorted(RULES))}")
    if len(text.phrase) > LONGEST_NAME or "\x00" in text.phrase:
        raise TaxonomyError(f"{where}: the alias {text.phrase[:20]!r} ... is too long, or holds a NUL character")
    return TaxonomyAlias(text.phrase, text.exact_case, context, text.not_in)


def _version(folder: Path) -> str:
    digest = sha256()
    for name in sorted([GROUPS_FILE, *FILES, *HEADERS]):
        if (folder / name).exists():
            digest.update(name.encode() + b"\x00" + (folder / name).read_bytes())
    return digest.hexdigest()[:12]
