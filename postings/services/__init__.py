"""Everything that writes facts. Doors (views, admin, tasks, commands) call these; these never call a door."""

from postings.services.copies import count_candidates, group_copies, request_copy_pass
from postings.services.extraction import extract_all_stale, extract_batch, mark_everything_stale, plan_extraction
from postings.services.ingest import IngestReport, ingest_upload
from postings.services.intake import Accepted, accept_upload, source_named
from postings.services.removal import remove_source
from postings.services.settle import announce_settled, is_settled
from postings.services.taxonomy import (
    accept_candidate,
    current_lexicon,
    ignore_candidates,
    load_taxonomy,
    merge_skills,
    plain_aliases,
    record_stamp,
    why_not_an_alias,
)

__all__ = [
    "Accepted",
    "IngestReport",
    "accept_candidate",
    "accept_upload",
    "announce_settled",
    "count_candidates",
    "current_lexicon",
    "extract_all_stale",
    "extract_batch",
    "group_copies",
    "ignore_candidates",
    "ingest_upload",
    "is_settled",
    "load_taxonomy",
    "mark_everything_stale",
    "merge_skills",
    "plain_aliases",
    "plan_extraction",
    "record_stamp",
    "remove_source",
    "request_copy_pass",
    "source_named",
    "why_not_an_alias",
]
