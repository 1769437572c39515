"""A made-up sample of postings for the demo: invented companies, our own sentences, one result per seed."""

from postings.sample.generator import COLUMNS, sample_rows, write_sample

__all__ = ["COLUMNS", "sample_rows", "write_sample"]
