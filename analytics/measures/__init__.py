"""Statistics over counts: one file per family, pure functions, each with formula, source and units.

cells        the one small-cell rule, and the other floors under which nothing is said
intervals    of shares, differences of shares, medians
clustered    intervals of shares over companies, design effect
contrast     what sets groups apart: log-odds, adjusted p, location quotient, skill classes, rank
distance     Jensen-Shannon distance with chance band and interval, Duncan's index
pairs        distances between all pairs of many profiles
ambiguity    how much one title differs between companies
twins        the same work under two titles
gap          what one role asks for beyond another
resample     permutation and bootstrap
trends       shares over time, rising and falling skills
convergence  whether two roles grow together
fixedmix     trends at an unchanged mix of postings
change       how much a role has changed
decay        half-life of a skill
groups       coverage of skill groups, unicorns
pay          quartiles with coverage
premium      what a skill adds to pay; regression does the sums
mix          profiles behind a title, titles behind a skill

docs/reference/measures.md says what each means and when not to trust it.
"""

from analytics.measures.ambiguity import Ambiguity, title_ambiguity
from analytics.measures.cells import (
    COMPANIES_FROM,
    COMPARED_FROM,
    PREMIUM_FROM,
    THIN_BELOW,
    WITHHELD_BELOW,
    Reliability,
    TooFew,
    reliabilities,
    reliability,
)
from analytics.measures.change import RoleChange, role_change
from analytics.measures.clustered import ClusteredShares, clustered_shares, design_effect
from analytics.measures.contrast import (
    ASKED_FROM,
    RANKED,
    SPECIFIC_FROM,
    LogOdds,
    SkillClass,
    benjamini_hochberg,
    location_quotient,
    log_odds,
    pooled_prior,
    rank_scores,
    ranked_skills,
    skill_class,
    skill_classes,
    two_sided_p,
)
from analytics.measures.convergence import Direction, DistanceTrend, RoleAds, distance_over_time
from analytics.measures.decay import HalfLife, half_life
from analytics.measures.distance import (
    bootstrap_distance,
    duncan_index,
    excess,
    js_distance,
    permutation_band,
)
from analytics.measures.fixedmix import FixedMixTrend, fixed_mix_trend
from analytics.measures.gap import Gap, directional_gap
from analytics.measures.groups import GroupCoverage, covered, group_coverage
from analytics.measures.intervals import Z95, difference_interval, median_interval, wilson_interval
from analytics.measures.mix import (
    ProfileMix,
    Spread,
    effective_number,
    effective_number_interval,
    label_mix,
    profile_mix,
    title_spread,
)
from analytics.measures.pairs import js_pairs
from analytics.measures.pay import PayQuartiles, pay_quartiles
from analytics.measures.premium import PaidAds, Premium, skill_premium
from analytics.measures.resample import Band, band, bootstrap
from analytics.measures.trends import Change, ShareTrend, change_between, clustered_change, partial_periods, share_trend
from analytics.measures.twins import Twins, title_twins

__all__ = [
    "ASKED_FROM",
    "COMPANIES_FROM",
    "COMPARED_FROM",
    "PREMIUM_FROM",
    "RANKED",
    "SPECIFIC_FROM",
    "THIN_BELOW",
    "WITHHELD_BELOW",
    "Z95",
    "Ambiguity",
    "Band",
    "Change",
    "ClusteredShares",
    "Direction",
    "DistanceTrend",
    "FixedMixTrend",
    "Gap",
    "GroupCoverage",
    "HalfLife",
    "LogOdds",
    "PaidAds",
    "PayQuartiles",
    "Premium",
    "ProfileMix",
    "Reliability",
    "RoleAds",
    "RoleChange",
    "ShareTrend",
    "SkillClass",
    "Spread",
    "TooFew",
    "Twins",
    "band",
    "benjamini_hochberg",
    "bootstrap",
    "bootstrap_distance",
    "change_between",
    "clustered_change",
    "clustered_shares",
    "covered",
    "design_effect",
    "difference_interval",
    "directional_gap",
    "distance_over_time",
    "duncan_index",
    "effective_number",
    "effective_number_interval",
    "excess",
    "fixed_mix_trend",
    "group_coverage",
    "half_life",
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
    "rank_scores",
    "ranked_skills",
    "reliabilities",
    "reliability",
    "role_change",
    "share_trend",
    "skill_class",
    "skill_classes",
    "skill_premium",
    "title_ambiguity",
    "title_spread",
    "title_twins",
    "two_sided_p",
    "wilson_interval",
]
