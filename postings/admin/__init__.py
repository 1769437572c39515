"""The curators' and record keepers' tools for facts."""

from postings.admin import intake, postings, taxonomy

__all__ = ["intake", "postings", "taxonomy"]
