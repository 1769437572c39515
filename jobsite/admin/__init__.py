"""The admin's pages about people: who may do what, what they decided, who did what."""

from jobsite.admin import decisions, events, people

__all__ = ["decisions", "events", "people"]
