"""The bytes of a file -> postings and rejections. Pure: no Django, no clock, no environment."""

from postings.ingest.columns import ColumnMap, suggest_columns
from postings.ingest.formats import sniff_format
from postings.ingest.language import detect_language
from postings.ingest.money import PERIODS_A_YEAR
from postings.ingest.reading import header_of, read_rows, sample_of
from postings.ingest.records import FileFormat, Pay, PostingRow, RawRow, RejectedRow, UnreadableFile
from postings.ingest.rows import clean_row
from postings.ingest.synonyms import FIELDS, REQUIRED
from postings.ingest.text import clean_text

__all__ = [
    "FIELDS",
    "PERIODS_A_YEAR",
    "REQUIRED",
    "ColumnMap",
    "FileFormat",
    "Pay",
    "PostingRow",
    "RawRow",
    "RejectedRow",
    "UnreadableFile",
    "clean_row",
    "clean_text",
    "detect_language",
    "header_of",
    "read_rows",
    "sample_of",
    "sniff_format",
    "suggest_columns",
]
