"""The curators' tools for conclusions."""

from analytics.admin import roles, runs

__all__ = ["roles", "runs"]
