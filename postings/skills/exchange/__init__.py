"""Taxonomies from and for elsewhere: our own files, a flat table, ESCO and O*NET."""

from postings.skills.exchange.adding import Additions, additions
from postings.skills.exchange.esco import read_esco
from postings.skills.exchange.flat import write_flat
from postings.skills.exchange.foreign import ForeignSkill
from postings.skills.exchange.matching import Link, Matches, matches
from postings.skills.exchange.onet import read_onet
from postings.skills.exchange.own import write_own

__all__ = [
    "Additions",
    "ForeignSkill",
    "Link",
    "Matches",
    "additions",
    "matches",
    "read_esco",
    "read_onet",
    "write_flat",
    "write_own",
]
