"""Skill profiles: what postings ask for, whatever their titles say.

sklearn is loaded when `fit_profiles` is called, not when this package is imported.
"""

from analytics.profiles.fitting import LevelFit, Postings, ProfileFit, fit_profiles, technical_of
from analytics.profiles.matching import js_distances, match_profiles, on_skills
from analytics.profiles.model import ProfileModel, Scored
from analytics.profiles.moved import MovedShare, moved_share, with_skills_of_today
from analytics.profiles.naming import DistinctiveSkill, ProposedName, distinctive_skills, propose_names, shared_by_parts
from analytics.profiles.refit import FittedOn, Today, needs_refit
from analytics.profiles.scoring import score_profiles
from analytics.profiles.settings import FitSettings, TooFewPostings, profiles_for
from analytics.profiles.stability import UNSTABLE_UNDER, Stability
from analytics.profiles.tree import COARSE, FINE, MIDDLE, LevelName, coarse_of

__all__ = [
    "COARSE",
    "FINE",
    "MIDDLE",
    "UNSTABLE_UNDER",
    "DistinctiveSkill",
    "FitSettings",
    "FittedOn",
    "LevelFit",
    "LevelName",
    "MovedShare",
    "Postings",
    "ProfileFit",
    "ProfileModel",
    "ProposedName",
    "Scored",
    "Stability",
    "Today",
    "TooFewPostings",
    "coarse_of",
    "distinctive_skills",
    "fit_profiles",
    "js_distances",
    "match_profiles",
    "moved_share",
    "needs_refit",
    "on_skills",
    "profiles_for",
    "propose_names",
    "score_profiles",
    "shared_by_parts",
    "technical_of",
    "with_skills_of_today",
]
