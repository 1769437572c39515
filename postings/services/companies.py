"""Spellings of one employer: merged by a person, and parted again. No posting is touched."""

from collections.abc import Sequence

from django.db import transaction

from postings.models import Company


def merge_companies(*, keep: Company, absorb: Sequence[Company]) -> None:
    """Count the postings of `absorb` under `keep` from the next run on.

    Raises ValueError, with a sentence, when one of them is merged away already or `keep` is among `absorb`.
    """
    if keep in absorb:
        raise ValueError("A company cannot be merged into itself.")
    for company in (keep, *absorb):
        if company.merged_into_id:
            raise ValueError(f"{company} is merged into {company.merged_into} already: part it first.")
    with transaction.atomic():
        ids = [company.pk for company in absorb]
        Company.objects.filter(merged_into__in=ids).update(merged_into=keep)
        Company.objects.filter(pk__in=ids).update(merged_into=keep)


def part_companies(companies: Sequence[Company]) -> int:
    """Count each of them under its own name again; return how many were merged."""
    return Company.objects.filter(pk__in=[company.pk for company in companies]).update(merged_into=None)
