"""The admin's pages about people: who may do what, what they decided, who did what."""

from jobsite.admin import batches, decisions, events, people

__all__ = ["batches", "decisions", "events", "people"]
