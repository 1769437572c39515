"""Conclusions: roles, runs, profiles, and what people have decided about them."""

from analytics.models.roles import Asks, NoRole, OpenTitle, Role, RoleSynonym, Seniority, TitlePin
from analytics.models.runs import KnownProfile, Profile, ProfileLevel, ProfilePin, Publication, Run, Verification
from analytics.models.samples import Answer, Sample, SampleItem, SampleMark, SampleOf

__all__ = [
    "Answer",
    "Asks",
    "KnownProfile",
    "NoRole",
    "OpenTitle",
    "Profile",
    "ProfileLevel",
    "ProfilePin",
    "Publication",
    "Role",
    "RoleSynonym",
    "Run",
    "Sample",
    "SampleItem",
    "SampleMark",
    "SampleOf",
    "Seniority",
    "TitlePin",
    "Verification",
]
