"""The curators' and record keepers' tools for facts."""

from postings.admin import aliases, candidates, companies, copies, intake, postings, taxonomy

__all__ = ["aliases", "candidates", "companies", "copies", "intake", "postings", "taxonomy"]
