"""Signatures and texts of postings -> ad groups. Pure: no database, no clock; the order of postings is nothing."""

from postings.copies.decided import Decisions, posting_name, renamed
from postings.copies.differences import Segment, Side
from postings.copies.evidence import ComparedAd, Evidence, Verdict, evidence, similarities
from postings.copies.grouping import group_copies
from postings.copies.nodes import CopyDoc
from postings.copies.shingles import text_hash
from postings.copies.signatures import signature
from postings.copies.spells import REPOST_WINDOW_DAYS, openings, spells

__all__ = [
    "REPOST_WINDOW_DAYS",
    "ComparedAd",
    "CopyDoc",
    "Decisions",
    "Evidence",
    "Segment",
    "Side",
    "Verdict",
    "evidence",
    "group_copies",
    "openings",
    "posting_name",
    "renamed",
    "signature",
    "similarities",
    "spells",
    "text_hash",
]
