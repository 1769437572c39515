"""What every decision promises: undone, every row is as before; applied elsewhere, the same by names."""

import io

from analytics.models import ProfilePin, Role, RoleSynonym, TitlePin
from jobsite.decisions import apply_decisions, decide, export_decisions, undo
from jobsite.models import Decision, DecisionRow
from tests.postings.curation.rows import rows_of

DECIDED = (Role, RoleSynonym, TitlePin, ProfilePin)


def rows():
    return rows_of(*DECIDED)


def by_names():
    """The same rows as another installation would know them."""
    return (
        set(Role.objects.values_list("slug", "name", "family", "merged_into__slug")),
        set(RoleSynonym.objects.values_list("phrase", "role__slug")),
        set(TitlePin.objects.values_list("title__text", "role__slug", "without", "seniority")),
        set(ProfilePin.objects.values_list("name", flat=True)),
    )


def is_taken_back(action, **words):
    """Decide, undo, and apply the decision's file where it was never made."""
    before = rows()
    decision = decide(action, words)
    decided = by_names()
    file = io.StringIO()
    export_decisions(file)
    undo(decision)
    assert rows() == before
    DecisionRow.objects.all().delete()
    for one in Decision.objects.order_by("-pk"):
        one.delete()
    applied = apply_decisions(file.getvalue(), name="elsewhere.json")
    assert applied.refused == []
    return by_names() == decided
