"""The curators' tools for conclusions."""

from analytics.admin import roles, runs, titles

__all__ = ["roles", "runs", "titles"]
