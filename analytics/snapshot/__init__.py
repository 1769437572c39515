"""Frozen arrays of all postings x skills at one moment: build, open, select, count.

Pure: arrays in, arrays out. The layout is described in `build.py`, the paths by which a question is
answered in `counts.py`.
"""

from analytics.snapshot.build import build
from analytics.snapshot.counts import PayByCurrency, SkillCounts
from analytics.snapshot.facts import Column, Facts, SkillLabel, Words
from analytics.snapshot.select import Filter, Selection
from analytics.snapshot.snapshot import Snapshot, open_snapshot
from analytics.snapshot.store import DamagedSnapshot, remove_unfinished

__all__ = [
    "Column",
    "DamagedSnapshot",
    "Facts",
    "Filter",
    "PayByCurrency",
    "Selection",
    "SkillCounts",
    "SkillLabel",
    "Snapshot",
    "Words",
    "build",
    "open_snapshot",
    "remove_unfinished",
]
