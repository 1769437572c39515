"""Facts: what was published, where it came from, and where each phrase stands in it."""

from postings.models.extraction import Candidate, CandidateState, CopyPass, Extraction, ExtractionBatch
from postings.models.intake import Rejection, Source, SourceKind, Upload
from postings.models.publication import AdGroup, Company, PayPeriod, Posting, PostingText, Remote, Title
from postings.models.taxonomy import Alias, Kind, Skill, SkillGroup

__all__ = [
    "AdGroup",
    "Alias",
    "Candidate",
    "CandidateState",
    "Company",
    "CopyPass",
    "Extraction",
    "ExtractionBatch",
    "Kind",
    "PayPeriod",
    "Posting",
    "PostingText",
    "Rejection",
    "Remote",
    "Skill",
    "SkillGroup",
    "Source",
    "SourceKind",
    "Title",
    "Upload",
]
