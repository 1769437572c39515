"""Skill profiles: what postings ask for, whatever their titles say.

sklearn is loaded when `fit_profiles` is called, not when this package is imported.
"""

from analytics.profiles.fitting import FitSettings, ProfileFit, TooFewPostings, fit_profiles, profiles_for
from analytics.profiles.matching import js_distances, match_profiles, on_skills
from analytics.profiles.naming import DistinctiveSkill, ProposedName, distinctive_skills, propose_names
from analytics.profiles.stability import UNSTABLE_UNDER, Stability

__all__ = [
    "UNSTABLE_UNDER",
    "DistinctiveSkill",
    "FitSettings",
    "ProfileFit",
    "ProposedName",
    "Stability",
    "TooFewPostings",
    "distinctive_skills",
    "fit_profiles",
    "js_distances",
    "match_profiles",
    "on_skills",
    "profiles_for",
    "propose_names",
]
