"""The curators' and record keepers' tools for facts."""

from postings.admin import candidates, companies, copies, intake, postings, taxonomy

__all__ = ["candidates", "companies", "copies", "intake", "postings", "taxonomy"]
