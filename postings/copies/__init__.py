"""Signatures and texts of postings -> ad groups. Pure: no database, no clock; the order of postings is nothing."""

from postings.copies.decided import Decisions, is_posting_name, posting_name, readable_name, renamed, source_and_key
from postings.copies.differences import Segment, Side
from postings.copies.doubts import DoubtfulPair
from postings.copies.evidence import ComparedAd, Evidence, Verdict, evidence, similarities
from postings.copies.grouping import Found, find_copies, group_copies
from postings.copies.judging import DOUBTFUL
from postings.copies.nodes import CopyDoc
from postings.copies.shingles import text_hash
from postings.copies.signatures import signature
from postings.copies.spells import REPOST_WINDOW_DAYS, openings, spells

__all__ = [
    "DOUBTFUL",
    "REPOST_WINDOW_DAYS",
    "ComparedAd",
    "CopyDoc",
    "Decisions",
    "DoubtfulPair",
    "Evidence",
    "Found",
    "Segment",
    "Side",
    "Verdict",
    "evidence",
    "find_copies",
    "group_copies",
    "is_posting_name",
    "openings",
    "posting_name",
    "readable_name",
    "renamed",
    "signature",
    "similarities",
    "source_and_key",
    "spells",
    "text_hash",
]
