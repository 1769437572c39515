"""Statistics over counts: one file per family, pure functions, each with formula, source and units.

cells       the one small-cell rule
intervals   of shares, differences of shares, medians
contrast    what sets groups apart: log-odds, adjusted p, location quotient, skill classes
distance    Jensen-Shannon distance with chance band and interval
resample    permutation and bootstrap
trends      shares over time, rising and falling skills
groups      coverage of skill groups, unicorns
pay         quartiles with coverage
mix         profiles behind a title
"""

from analytics.measures.cells import THIN_BELOW, WITHHELD_BELOW, Reliability, reliabilities, reliability
from analytics.measures.contrast import (
    ASKED_FROM,
    SPECIFIC_FROM,
    LogOdds,
    SkillClass,
    benjamini_hochberg,
    location_quotient,
    log_odds,
    pooled_prior,
    skill_class,
    skill_classes,
    two_sided_p,
)
from analytics.measures.distance import (
    bootstrap_distance,
    duncan_index,
    excess,
    js_distance,
    permutation_band,
)
from analytics.measures.groups import GroupCoverage, covered, group_coverage
from analytics.measures.intervals import Z95, difference_interval, median_interval, wilson_interval
from analytics.measures.mix import ProfileMix, effective_number, label_mix, profile_mix
from analytics.measures.pairs import js_pairs
from analytics.measures.pay import PayQuartiles, pay_quartiles
from analytics.measures.resample import Band, band, bootstrap
from analytics.measures.trends import Change, ShareTrend, change_between, partial_periods, share_trend

__all__ = [
    "ASKED_FROM",
    "SPECIFIC_FROM",
    "THIN_BELOW",
    "WITHHELD_BELOW",
    "Z95",
    "Band",
    "Change",
    "GroupCoverage",
    "LogOdds",
    "PayQuartiles",
    "ProfileMix",
    "Reliability",
    "ShareTrend",
    "SkillClass",
    "band",
    "benjamini_hochberg",
    "bootstrap",
    "bootstrap_distance",
    "change_between",
    "covered",
    "difference_interval",
    "duncan_index",
    "effective_number",
    "excess",
    "group_coverage",
    "js_distance",
    "js_pairs",
    "label_mix",
    "location_quotient",
    "log_odds",
    "median_interval",
    "partial_periods",
    "pay_quartiles",
    "permutation_band",
    "pooled_prior",
    "profile_mix",
    "reliabilities",
    "reliability",
    "share_trend",
    "skill_class",
    "skill_classes",
    "two_sided_p",
    "wilson_interval",
]
