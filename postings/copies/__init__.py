"""Signatures and texts of postings -> ad groups. Pure: no database, no clock; the order of postings is nothing."""

from postings.copies.grouping import CopyDoc, group_copies
from postings.copies.shingles import text_hash
from postings.copies.signatures import signature

__all__ = ["CopyDoc", "group_copies", "signature", "text_hash"]
