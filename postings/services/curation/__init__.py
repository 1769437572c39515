"""What curators can decide about facts: each action of `jobsite.decisions` in the file of what it is about."""

from postings.services.curation import aliases, candidates, companies, copies, groups, importing, mentions, skills

__all__ = ["aliases", "candidates", "companies", "copies", "groups", "importing", "mentions", "skills"]
