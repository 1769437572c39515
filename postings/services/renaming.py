"""A source is called something else: what people decided about its postings follows."""

from django.contrib.auth.models import User
from django.db.models import Q

from jobsite.decisions import decide
from postings.copies import posting_name
from postings.models import CopyDecision, WrongMention


def let_decisions_follow(old: str, new: str, *, by: User | None) -> None:
    """Write the new name of a source, stored already, into decisions on its postings; this is a decision itself."""
    named = posting_name(old, "")
    copies = CopyDecision.objects.filter(Q(one__startswith=named) | Q(other__startswith=named))
    if old != new and (copies.exists() or WrongMention.objects.filter(posting__startswith=named).exists()):
        decide("source.follow", {"old": old, "new": new}, by=by)
