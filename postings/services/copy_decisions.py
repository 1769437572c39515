"""What people decide about copies: kept for ever, obeyed by every later grouping, and taken back only by people."""

from django.contrib.auth.models import User

from postings import copies
from postings.models import CopyDecision, CopyVerdict, Posting


class SamePostingError(ValueError):
    """A posting cannot be a copy of itself, nor not be one."""


def decide_copies(
    one: Posting, other: Posting, verdict: CopyVerdict, *, by: User | None = None, why: str = ""
) -> CopyDecision:
    """Remember whether two postings are the same ad; a later decision on the pair replaces an earlier one.

    Groups follow with the next copy pass: whoever opened the door asks for it.
    """
    names = sorted(copies.posting_name(posting.source.name, posting.key) for posting in (one, other))
    if names[0] == names[1]:
        raise SamePostingError("A posting is no copy of itself. Choose two postings.")
    decision, _ = CopyDecision.objects.update_or_create(
        one=names[0], other=names[1], defaults={"verdict": CopyVerdict(verdict), "by": by, "why": why.strip()[:300]}
    )
    return decision


def forget_decision(one: Posting, other: Posting) -> bool:
    """Take the decision on a pair back, so that the texts decide again; return whether there was one."""
    first, second = sorted(copies.posting_name(posting.source.name, posting.key) for posting in (one, other))
    return bool(CopyDecision.objects.filter(one=first, other=second).delete()[0])
