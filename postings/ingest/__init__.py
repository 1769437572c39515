"""The bytes of a file -> postings and rejections. Pure: no Django, no clock, no environment."""

from postings.ingest.columns import CONSTANT_FIELDS, FALLBACK_FIELDS, ColumnMap
from postings.ingest.field_report import FieldCounts, FieldReport, count_fields, merged
from postings.ingest.formats import sniff_format
from postings.ingest.language import detect_language
from postings.ingest.money import PERIODS_A_YEAR
from postings.ingest.reading import header_of, lines_of, read_rows, sample_of
from postings.ingest.records import FileFormat, Pay, PostingRow, Problem, RawRow, RejectedRow, UnreadableFile
from postings.ingest.rows import clean_row
from postings.ingest.suggesting import Suggested, Suggestions, suggest_columns, suggestions
from postings.ingest.synonyms import FIELDS, REQUIRED
from postings.ingest.text import clean_text

__all__ = [
    "CONSTANT_FIELDS",
    "FALLBACK_FIELDS",
    "FIELDS",
    "PERIODS_A_YEAR",
    "REQUIRED",
    "ColumnMap",
    "FieldCounts",
    "FieldReport",
    "FileFormat",
    "Pay",
    "PostingRow",
    "Problem",
    "RawRow",
    "RejectedRow",
    "Suggested",
    "Suggestions",
    "UnreadableFile",
    "clean_row",
    "clean_text",
    "count_fields",
    "detect_language",
    "header_of",
    "lines_of",
    "merged",
    "read_rows",
    "sample_of",
    "sniff_format",
    "suggest_columns",
    "suggestions",
]
