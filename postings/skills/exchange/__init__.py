"""Taxonomies from and for elsewhere: our own files, a flat table, ESCO and O*NET."""

from postings.skills.exchange.adding import Additions, additions
from postings.skills.exchange.esco import read_esco
from postings.skills.exchange.flat import read_flat, write_flat
from postings.skills.exchange.foreign import ForeignSkill
from postings.skills.exchange.matching import Link, Matches, matches
from postings.skills.exchange.onet import read_onet
from postings.skills.exchange.own import write_own
from postings.skills.exchange.portable import (
    PortableAlias,
    PortableGroup,
    PortableReference,
    PortableSkill,
    portable_alias,
    portable_group,
    portable_reference,
    portable_skill,
    write_json,
)

__all__ = [
    "Additions",
    "ForeignSkill",
    "Link",
    "Matches",
    "PortableAlias",
    "PortableGroup",
    "PortableReference",
    "PortableSkill",
    "additions",
    "matches",
    "portable_alias",
    "portable_group",
    "portable_reference",
    "portable_skill",
    "read_esco",
    "read_flat",
    "read_onet",
    "write_flat",
    "write_json",
    "write_own",
]
