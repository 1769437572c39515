"""What curators can decide about conclusions: each action of `jobsite.decisions` in the file of what it is about."""

from analytics.services.curation import profiles, roles, titles

__all__ = ["profiles", "roles", "titles"]
