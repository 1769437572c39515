"""The taxonomy that ships with Rolescope: skills, their aliases and their groups, from the CSV files beside this file.

Columns and marks are told in docs/reference; an error names the file and the line.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from postings.skills.context import RULES
from postings.skills.lexicon import Lexicon
from postings.skills.types import Kind, LexiconEntry

_FOLDER = Path(__file__).parent / "taxonomy"
_FILES = {
    "languages.csv": Kind.LANGUAGE,
    "tools.csv": Kind.TOOL,
    "methods.csv": Kind.METHOD,
    "soft.csv": Kind.SOFT,
    "domains.csv": Kind.DOMAIN,
    "certs.csv": Kind.CERT,
}
# The aliases of these kinds have this rule when they name none; empty braces ask for none at all.
_KIND_RULES = {Kind.SOFT: "asked", Kind.DOMAIN: "of-the-job"}
_ALIAS = re.compile(r"(?P<exact>=?)(?P<phrase>.*?)(?:\{(?P<context>[^{}]*)\})?")


class TaxonomyError(ValueError):
    """A file of the taxonomy says something that cannot be; the message names the file and the line."""


@dataclass(frozen=True, slots=True)
class TaxonomyAlias:
    phrase: str
    exact_case: bool
    context: str


@dataclass(frozen=True, slots=True)
class TaxonomyGroup:
    slug: str
    name: str
    set: str
    definition: str


@dataclass(frozen=True, slots=True)
class TaxonomySkill:
    name: str
    kind: Kind
    groups: tuple[str, ...]
    aliases: tuple[TaxonomyAlias, ...]


@dataclass(frozen=True)
class Taxonomy:
    """`version` is 12 hex over the contents of the files, whatever their order."""

    version: str
    skills: tuple[TaxonomySkill, ...]
    groups: tuple[TaxonomyGroup, ...]

    def lexicon(self) -> tuple[Lexicon, dict[int, str]]:
        """The lexicon, its ids 1..n in sorted order, and the skill's name for each id."""
        rows = sorted(
            (alias.phrase, alias.exact_case, alias.context, skill.name)
            for skill in self.skills
            for alias in skill.aliases
        )
        entries = [LexiconEntry(i, phrase, exact, context) for i, (phrase, exact, context, _) in enumerate(rows, 1)]
        return Lexicon(entries), {i: name for i, (_, _, _, name) in enumerate(rows, 1)}


def load_shipped() -> Taxonomy:
    return load_taxonomy(_FOLDER)


def load_taxonomy(folder: Path) -> Taxonomy:
    """Read groups.csv and one file a kind. Raises TaxonomyError at the first thing that is wrong."""
    groups = tuple(_read_groups(folder / "groups.csv"))
    slugs = frozenset(group.slug for group in groups)
    reader = _SkillReader(slugs)
    skills = [skill for name, kind in _FILES.items() for skill in reader.read(folder / name, kind)]
    return Taxonomy(
        version=_version(folder),
        skills=tuple(sorted(skills, key=lambda skill: skill.name)),
        groups=tuple(sorted(groups, key=lambda group: group.slug)),
    )


def _read_groups(path: Path) -> Iterator[TaxonomyGroup]:
    seen: set[str] = set()
    for line, row in _rows(path, ("slug", "name", "set", "definition")):
        group = TaxonomyGroup(**{field: row[field].strip() for field in ("slug", "name", "set", "definition")})
        if not group.slug or not group.name:
            raise _error(path, line, "a group needs a slug and a name")
        if group.slug in seen:
            raise _error(path, line, f"the group {group.slug!r} is there twice")
        seen.add(group.slug)
        yield group


class _SkillReader:
    """Reads the files of skills; knows what stood in them before, since an alias has one skill."""

    def __init__(self, slugs: frozenset[str]) -> None:
        self._slugs = slugs
        self._aliases: dict[tuple[str, bool], str] = {}
        self._skills: dict[str, str] = {}

    def read(self, path: Path, kind: Kind) -> Iterator[TaxonomySkill]:
        for line, row in _rows(path, ("skill", "groups", "aliases")):
            where = f"{path.name}, line {line}"
            name = row["skill"].strip()
            if not name:
                raise TaxonomyError(f"{where}: a skill without a name")
            if name.casefold() in self._skills:
                raise TaxonomyError(f"{where}: the skill {name!r} stands in {self._skills[name.casefold()]} already")
            self._skills[name.casefold()] = where
            groups = tuple(slug for raw in row["groups"].split(";") if (slug := raw.strip()))
            for slug in groups:
                if slug not in self._slugs:
                    raise TaxonomyError(f"{where}: there is no group {slug!r} in groups.csv")
            rule = _KIND_RULES.get(kind, "")
            yield TaxonomySkill(name, kind, groups, tuple(self._read_aliases(name, row["aliases"], rule, where)))

    def _read_aliases(self, name: str, cell: str, rule: str, where: str) -> Iterator[TaxonomyAlias]:
        aliases = [_alias(raw, rule, where) for raw in cell.split(" | ") if raw.strip()]
        if name not in {alias.phrase for alias in aliases}:
            aliases.insert(0, TaxonomyAlias(name, exact_case=False, context=rule))
        for alias in aliases:
            key = (alias.phrase if alias.exact_case else alias.phrase.casefold(), alias.exact_case)
            if key in self._aliases:
                raise TaxonomyError(f"{where}: the alias {alias.phrase!r} stands in {self._aliases[key]} already")
            self._aliases[key] = where
            yield alias


def _alias(raw: str, rule: str, where: str) -> TaxonomyAlias:
    found = _ALIAS.fullmatch(raw.strip())
    phrase = found["phrase"].strip() if found else ""
    if found is None or not phrase or "|" in phrase:
        raise TaxonomyError(
            f"{where}: {raw.strip()!r} is no alias; write `=phrase{{rule}}`, = and {{rule}} where needed"
        )
    context = rule if found["context"] is None else found["context"].strip()
    if context and context not in RULES:
        raise TaxonomyError(f"{where}: there is no context rule {context!r}; there are {', '.join(sorted(RULES))}")
    return TaxonomyAlias(phrase, bool(found["exact"]), context)


def _rows(path: Path, header: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    """(line, row) of a CSV file that must have this header."""
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        if tuple(next(reader, ())) != header:
            raise _error(path, 1, f"the first line must be {','.join(header)}")
        line = reader.line_num + 1
        for cells in reader:
            if cells and len(cells) != len(header):
                raise _error(path, line, f"{len(cells)} columns instead of {len(header)}")
            if cells:
                yield line, dict(zip(header, cells, strict=True))
            line = reader.line_num + 1


def _error(path: Path, line: int, what: str) -> TaxonomyError:
    return TaxonomyError(f"{path.name}, line {line}: {what}")


def _version(folder: Path) -> str:
    digest = sha256()
    for name in sorted(["groups.csv", *_FILES]):
        digest.update(name.encode() + b"\x00" + (folder / name).read_bytes())
    return digest.hexdigest()[:12]
