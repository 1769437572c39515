"""Statistics over counts: one file per family, pure functions, each with formula, source and units.

cells        the one small-cell rule, and the other floors under which nothing is said
intervals    of shares, differences of shares, medians
clustered    intervals of shares over companies, design effect
contrast     what sets groups apart: log-odds, adjusted p, location quotient, skill classes, rank
distance     Jensen-Shannon distance with chance band and interval, Duncan's index
pairs        distances between all pairs of many profiles
mds          distances drawn on paper
coverage     how much of what postings ask for a person's skills cover
ambiguity    how much one title differs between companies
twins        the same work under two titles
gap          what one role asks for beyond another; gaps does several at once
sides        whether shares differ between groups that may overlap
standard     one group against others at its own mix, and how far it is from them
resample     permutation and bootstrap
agreement    whether two readers agree beyond chance
strata       samples drawn stratum by stratum
trends       shares over time, rising and falling skills; company_change tells them by whole companies
convergence  whether two roles grow together
fixedmix     trends at an unchanged mix of postings
change       how much a role has changed
decay        half-life of a skill
replacement  skills that seem to take the place of one another
groups       coverage of skill groups, unicorns
pay          quartiles with coverage
premium      what a skill adds to pay; regression does the sums
titlepay     how much pay goes with the title, how much with its skills
mix          profiles behind a title, titles behind a skill

docs/reference/measures.md says what each means and when not to trust it.
"""

from analytics.measures.agreement import Agreement, Coefficient, readers_agreement
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
from analytics.measures.company_change import clustered_change
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
from analytics.measures.coverage import ON_ITS_OWN, CoveredShares, covered_shares
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
from analytics.measures.gaps import gaps_between, split_gap
from analytics.measures.groups import GroupCoverage, covered, group_coverage
from analytics.measures.impact import Compared, Edited, Overlap, Pairs, compared_pairs, recounted
from analytics.measures.intervals import Z95, difference_interval, median_interval, wilson_interval
from analytics.measures.mds import Paper, classical_mds, metric_mds
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
from analytics.measures.premium import Effect, PaidAds, Premium, plain_skills, skill_premium
from analytics.measures.replacement import change_in_strata, seem_to_replace, togetherness
from analytics.measures.resample import Band, band, bootstrap
from analytics.measures.sides import SidesDifference, SidesTest, clustered_covariance, sides_difference, sides_test
from analytics.measures.standard import Standardised, distance_from_rest, draws_like, standardised_shares
from analytics.measures.strata import WholeShare, allot, stratified_share, weighted_n
from analytics.measures.titlepay import TitlePremium, title_premium
from analytics.measures.trends import Change, ShareTrend, change_between, partial_periods, share_trend
from analytics.measures.twins import Twins, title_twins

__all__ = [
    "ASKED_FROM",
    "COMPANIES_FROM",
    "COMPARED_FROM",
    "ON_ITS_OWN",
    "PREMIUM_FROM",
    "RANKED",
    "SPECIFIC_FROM",
    "THIN_BELOW",
    "WITHHELD_BELOW",
    "Z95",
    "Agreement",
    "Ambiguity",
    "Band",
    "Change",
    "ClusteredShares",
    "Coefficient",
    "Compared",
    "CoveredShares",
    "Direction",
    "DistanceTrend",
    "Edited",
    "Effect",
    "FixedMixTrend",
    "Gap",
    "GroupCoverage",
    "HalfLife",
    "LogOdds",
    "Overlap",
    "PaidAds",
    "Pairs",
    "Paper",
    "PayQuartiles",
    "Premium",
    "ProfileMix",
    "Reliability",
    "RoleAds",
    "RoleChange",
    "ShareTrend",
    "SidesDifference",
    "SidesTest",
    "SkillClass",
    "Spread",
    "Standardised",
    "TitlePremium",
    "TooFew",
    "Twins",
    "WholeShare",
    "allot",
    "band",
    "benjamini_hochberg",
    "bootstrap",
    "bootstrap_distance",
    "change_between",
    "change_in_strata",
    "classical_mds",
    "clustered_change",
    "clustered_covariance",
    "clustered_shares",
    "compared_pairs",
    "covered",
    "covered_shares",
    "design_effect",
    "difference_interval",
    "directional_gap",
    "distance_from_rest",
    "distance_over_time",
    "draws_like",
    "duncan_index",
    "effective_number",
    "effective_number_interval",
    "excess",
    "fixed_mix_trend",
    "gaps_between",
    "group_coverage",
    "half_life",
    "js_distance",
    "js_pairs",
    "label_mix",
    "location_quotient",
    "log_odds",
    "median_interval",
    "metric_mds",
    "partial_periods",
    "pay_quartiles",
    "permutation_band",
    "plain_skills",
    "pooled_prior",
    "profile_mix",
    "rank_scores",
    "ranked_skills",
    "readers_agreement",
    "recounted",
    "reliabilities",
    "reliability",
    "role_change",
    "seem_to_replace",
    "share_trend",
    "sides_difference",
    "sides_test",
    "skill_class",
    "skill_classes",
    "skill_premium",
    "split_gap",
    "standardised_shares",
    "stratified_share",
    "title_ambiguity",
    "title_premium",
    "title_spread",
    "title_twins",
    "togetherness",
    "two_sided_p",
    "weighted_n",
    "wilson_interval",
]
