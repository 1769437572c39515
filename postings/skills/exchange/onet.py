"""O*NET's "Technology Skills" (tab-separated, a row an occupation and an example) -> foreign skills, one an example."""

import re
from pathlib import Path

from postings.skills.details import LONGEST_IDENTIFIER
from postings.skills.exchange.foreign import ForeignSkill
from postings.skills.references import Reference, Scheme
from postings.skills.tables import TaxonomyError, named, rows_with
from postings.skills.types import Kind

_COLUMNS = ("O*NET-SOC Code", "Example", "Commodity Code", "Commodity Title")
_SOFTWARE = " software"
_SMALL_WORDS = frozenset(("a", "an", "and", "for", "in", "of", "on", "the", "to"))


def read_onet(path: Path) -> list[ForeignSkill]:
    """The examples of technology_skills.txt, also as .gz, each once. Raises TaxonomyError."""
    examples: dict[str, None] = {}
    for line, row in rows_with(path, _COLUMNS, delimiter="\t"):
        examples[" ".join(named(path, line, "the example", row["Example"], longest=LONGEST_IDENTIFIER).split())] = None
    if not examples:
        raise TaxonomyError(f"{path.name} holds no examples.")
    return [_skill(example) for example in examples]


def _skill(example: str) -> ForeignSkill:
    bare = example.removesuffix(_SOFTWARE)
    long = long_form(bare)
    kind = Kind.LANGUAGE if long.casefold().endswith(" language") else Kind.TOOL
    return ForeignSkill(
        Reference(Scheme.ONET, example, example),
        kind,
        labels=tuple(dict.fromkeys((example, bare, long))),
    )


def long_form(name: str) -> str:
    """ "Structured query language SQL" -> "Structured query language": O*NET writes the initials behind what they stand
    for. The initials alone would not do: "Automated Targeting System ATS" is no applicant tracking system."""
    words = name.split()
    if len(words) < 3 or not words[-1].isupper():
        return name
    before = re.split(r"[\s/-]+", " ".join(words[:-1]))
    every = "".join(word[0] for word in before if word)
    weighty = "".join(word[0] for word in before if word and word.casefold() not in _SMALL_WORDS)
    return " ".join(words[:-1]) if words[-1] in (every.upper(), weighty.upper()) else name
