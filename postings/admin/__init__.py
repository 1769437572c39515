"""The curators' and record keepers' tools for facts."""

from postings.admin import companies, copies, intake, postings, taxonomy

__all__ = ["companies", "copies", "intake", "postings", "taxonomy"]
