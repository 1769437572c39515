"""How well the fields of a file are filled. The counting is pure and lives with ingest; screens merge reports, too."""

from postings.ingest.field_report import FieldCounts, FieldReport, count_fields, merged

__all__ = ["FieldCounts", "FieldReport", "count_fields", "merged"]
