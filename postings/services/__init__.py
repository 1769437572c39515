"""Everything that writes facts. Doors (views, admin, tasks, commands) call these; these never call a door.

What curators decide is no function here: `postings.services.curation` registers it with `jobsite.decisions`.
"""

from postings.services.candidates import count_candidates, key_of
from postings.services.changes import NotedChanges, forget_changes, noted_changes
from postings.services.column_memory import with_choices
from postings.services.copies import group_copies, request_copy_pass
from postings.services.curation.aliases import named as alias_row
from postings.services.curation.aliases import not_in_named
from postings.services.curation.aliases import words_of as alias_words
from postings.services.curation.naming import quoted
from postings.services.exchange import (
    EXPORT_FORMATS,
    FLAT,
    IMPORT_FORMATS,
    OWN,
    export_as_one_file,
    export_taxonomy,
    foresee_taxonomy,
    lay_out,
    take_taxonomy,
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
from postings.services.mention_check import check_wrong_mentions
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
from postings.services.renaming import let_decisions_follow
from postings.services.seeds import add_taxonomy, link_skills, load_taxonomy, load_taxonomy_once
from postings.services.settle import is_left_behind, is_settled, pass_over_copies
from postings.services.staleness import forget_lexicons
from postings.services.storing import NoRoomError
from postings.services.taxonomy import (
    current_lexicon,
    plain_aliases,
    record_stamp,
)

__all__ = [
    "DRY_RUN_ROWS",
    "EXPORT_FORMATS",
    "FLAT",
    "IMPORT_FORMATS",
    "OWN",
    "Accepted",
    "DecidedAlreadyError",
    "HeldBackError",
    "IngestReport",
    "NoRoomError",
    "NotedChanges",
    "accept_mended",
    "accept_upload",
    "add_taxonomy",
    "alias_row",
    "alias_words",
    "check_wrong_mentions",
    "columns_with",
    "count_candidates",
    "current_lexicon",
    "discard_upload",
    "dry_run",
    "dry_run_of_path",
    "export_as_one_file",
    "export_taxonomy",
    "extract_all_stale",
    "extract_batch",
    "foresee",
    "foresee_taxonomy",
    "forget_changes",
    "forget_lexicons",
    "group_copies",
    "header_of_upload",
    "ingest_upload",
    "is_left_behind",
    "is_settled",
    "judge_fields",
    "key_of",
    "lay_out",
    "let_decisions_follow",
    "link_skills",
    "load_taxonomy",
    "load_taxonomy_once",
    "mark_everything_stale",
    "measure_quality",
    "not_in_named",
    "noted_changes",
    "pass_over_copies",
    "plain_aliases",
    "plan_extraction",
    "quoted",
    "record_stamp",
    "remove_expired",
    "remove_orphan_files",
    "remove_source",
    "request_copy_pass",
    "settle_columns",
    "source_named",
    "take_taxonomy",
    "take_upload",
    "with_choices",
]
