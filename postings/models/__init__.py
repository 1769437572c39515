"""Facts: what was published, where it came from, and where each phrase stands in it."""

from postings.models.changes import ChangeMark, PostingChange
from postings.models.copies import CopyDecision, CopyVerdict, OpenPair
from postings.models.extraction import (
    Candidate,
    CandidateState,
    CopyPass,
    Extraction,
    ExtractionBatch,
    Guess,
    LexiconState,
)
from postings.models.intake import Rejection, Removal, Source, SourceKind, Upload
from postings.models.mentions import WrongMention, WrongMentionReport
from postings.models.publication import (
    IS_COPY,
    AdGroup,
    Company,
    PayPeriod,
    Posting,
    PostingText,
    PostingVersion,
    Remote,
    Title,
)
from postings.models.quality import QualityReport
from postings.models.taxonomy import Alias, Kind, Scheme, Skill, SkillGroup, SkillReference

__all__ = [
    "IS_COPY",
    "AdGroup",
    "Alias",
    "Candidate",
    "CandidateState",
    "ChangeMark",
    "Company",
    "CopyDecision",
    "CopyPass",
    "CopyVerdict",
    "Extraction",
    "ExtractionBatch",
    "Guess",
    "Kind",
    "LexiconState",
    "OpenPair",
    "PayPeriod",
    "Posting",
    "PostingChange",
    "PostingText",
    "PostingVersion",
    "QualityReport",
    "Rejection",
    "Remote",
    "Removal",
    "Scheme",
    "Skill",
    "SkillGroup",
    "SkillReference",
    "Source",
    "SourceKind",
    "Title",
    "Upload",
    "WrongMention",
    "WrongMentionReport",
]
