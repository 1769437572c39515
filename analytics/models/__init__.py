"""Conclusions: roles, runs, profiles, and what people have decided about them."""

from analytics.models.roles import Role, RoleSynonym, TitlePin
from analytics.models.runs import KnownProfile, Profile, ProfileLevel, ProfilePin, Publication, Run, Verification

__all__ = [
    "KnownProfile",
    "Profile",
    "ProfileLevel",
    "ProfilePin",
    "Publication",
    "Role",
    "RoleSynonym",
    "Run",
    "TitlePin",
    "Verification",
]
