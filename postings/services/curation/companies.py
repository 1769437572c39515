"""Decisions about employers: which spellings are one. No posting is touched, and files that come later follow."""

from collections.abc import Sequence

from jobsite.decisions import Changes, RefusedError, action
from postings.models import Company
from postings.services.curation.naming import quoted


@action("company.merge", "Merge companies", follow="copies")
def merge_companies(changes: Changes, *, keep: str, absorb: Sequence[str]) -> str:
    """Count the postings of all of `absorb` under `keep`; what was merged into them goes along. All are keys."""
    kept = _counted_company(keep)
    if keep in absorb:
        raise RefusedError("A company cannot be merged into itself.")
    names = []
    for key in absorb:
        company = _counted_company(key)
        for spelling in company.merged.all():
            changes.update(spelling, merged_into=kept)
        changes.update(company, merged_into=kept)
        names.append(company.name)
    return f"{quoted(names)} counted under “{kept}”."


@action("company.part", "Part companies", follow="copies")
def part_companies(changes: Changes, *, companies: Sequence[str]) -> str:
    """Count each of them, named by its key, under its own name again."""
    parted = [_company(key) for key in companies]
    for company in parted:
        if company.merged_into is None:
            raise RefusedError(f"“{company}” is merged into no other company.")
        changes.update(company, merged_into=None)
    own = "its own name" if len(parted) == 1 else "their own names"
    return f"{quoted(company.name for company in parted)} counted under {own} again."


def _company(key: str) -> Company:
    company = Company.objects.filter(key=key).select_related("merged_into").first()
    if company is None:
        raise RefusedError(f"There is no company “{key}”.")
    return company


def _counted_company(key: str) -> Company:
    company = _company(key)
    if company.merged_into:
        raise RefusedError(f"“{company}” is merged into “{company.merged_into}” already: part it first.")
    return company
