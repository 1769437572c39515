"""Everything that writes facts. Doors (views, admin, tasks, commands) call these; these never call a door."""

from postings.services.candidates import (
    accept_as_new_skill,
    accept_candidate,
    accept_suggestions,
    count_candidates,
    ignore_candidates,
    why_not_a_new_skill,
)
from postings.services.changes import NotedChanges, forget_changes, noted_changes
from postings.services.column_memory import with_choices
from postings.services.companies import merge_companies, part_companies
from postings.services.copies import group_copies, request_copy_pass
from postings.services.copy_decisions import SamePostingError, carry_decisions, decide_copies, forget_decision
from postings.services.exchange import (
    EXPORT_FORMATS,
    IMPORT_FORMATS,
    OWN,
    ImportReport,
    export_taxonomy,
    import_taxonomy,
)
from postings.services.extraction import extract_all_stale, extract_batch, mark_everything_stale, plan_extraction
from postings.services.ingest import IngestReport, ingest_upload
from postings.services.intake import (
    Accepted,
    DecidedAlreadyError,
    accept_upload,
    discard_upload,
    settle_columns,
    source_named,
)
from postings.services.mending import accept_mended
from postings.services.posting_rows import foresee
from postings.services.preview import ROWS as DRY_RUN_ROWS
from postings.services.preview import (
    HeldBackError,
    columns_with,
    dry_run,
    dry_run_of_path,
    header_of_upload,
    take_upload,
)
from postings.services.quality import measure_quality
from postings.services.register import judge_fields
from postings.services.removal import remove_expired, remove_orphan_files, remove_source
from postings.services.seeds import add_taxonomy, link_skills, load_taxonomy
from postings.services.settle import is_left_behind, is_settled
from postings.services.staleness import forget_lexicons
from postings.services.storing import NoRoomError
from postings.services.taxonomy import (
    current_lexicon,
    merge_skills,
    plain_aliases,
    record_stamp,
    why_not_an_alias,
)

__all__ = [
    "DRY_RUN_ROWS",
    "EXPORT_FORMATS",
    "IMPORT_FORMATS",
    "OWN",
    "Accepted",
    "DecidedAlreadyError",
    "HeldBackError",
    "ImportReport",
    "IngestReport",
    "NoRoomError",
    "NotedChanges",
    "SamePostingError",
    "accept_as_new_skill",
    "accept_candidate",
    "accept_mended",
    "accept_suggestions",
    "accept_upload",
    "add_taxonomy",
    "carry_decisions",
    "columns_with",
    "count_candidates",
    "current_lexicon",
    "decide_copies",
    "discard_upload",
    "dry_run",
    "dry_run_of_path",
    "export_taxonomy",
    "extract_all_stale",
    "extract_batch",
    "foresee",
    "forget_changes",
    "forget_decision",
    "forget_lexicons",
    "group_copies",
    "header_of_upload",
    "ignore_candidates",
    "import_taxonomy",
    "ingest_upload",
    "is_left_behind",
    "is_settled",
    "judge_fields",
    "link_skills",
    "load_taxonomy",
    "mark_everything_stale",
    "measure_quality",
    "merge_companies",
    "merge_skills",
    "noted_changes",
    "part_companies",
    "plain_aliases",
    "plan_extraction",
    "record_stamp",
    "remove_expired",
    "remove_orphan_files",
    "remove_source",
    "request_copy_pass",
    "settle_columns",
    "source_named",
    "take_upload",
    "why_not_a_new_skill",
    "why_not_an_alias",
    "with_choices",
]
