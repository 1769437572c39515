"""Rows of postings/ -> the facts that a snapshot freezes. Here alias becomes skill and title becomes role.

`reading` turns rows into arrays, `kept` keeps them between runs, `titles` and `taxonomy` say what titles and aliases
mean today, and `gathering` puts all together.
"""

from analytics.services.facts.gathering import gather_facts, gather_facts_anew
from analytics.services.facts.stamps import code_version, hash_of
from analytics.services.facts.titles import title_meanings

__all__ = ["code_version", "gather_facts", "gather_facts_anew", "hash_of", "title_meanings"]
