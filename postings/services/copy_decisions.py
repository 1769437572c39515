"""What people decide about copies: kept for ever, obeyed by every later grouping, and taken back only by people."""

from django.contrib.auth.models import User

from postings import selectors
from postings.copies import renamed
from postings.models import CopyDecision, CopyVerdict, Posting


class SamePostingError(ValueError):
    """A posting cannot be a copy of itself, nor not be one."""


def decide_copies(
    one: Posting, other: Posting, verdict: CopyVerdict, *, by: User | None = None, why: str = ""
) -> CopyDecision:
    """Remember whether two postings are the same ad; a later decision on the pair replaces an earlier one.

    Groups follow with the next copy pass: whoever opened the door asks for it.
    """
    first, second = selectors.pair_names(one, other)
    if first == second:
        raise SamePostingError("A posting is no copy of itself. Choose two postings.")
    decision, _ = CopyDecision.objects.update_or_create(
        one=first, other=second, defaults={"verdict": CopyVerdict(verdict), "by": by, "why": why.strip()[:300]}
    )
    return decision


def carry_decisions(old: str, new: str) -> int:
    """Let decisions about postings of a source follow its new name; return how many of them name it."""
    if old == new:
        return 0
    changed = []
    for decision in CopyDecision.objects.all():
        names = sorted(renamed(name, old, new) for name in (decision.one, decision.other))
        if names != [decision.one, decision.other]:
            decision.one, decision.other = names
            changed.append(decision)
    CopyDecision.objects.bulk_update(changed, ("one", "other"))
    return len(changed)


def forget_decision(one: Posting, other: Posting) -> bool:
    """Take the decision on a pair back, so that the texts decide again; return whether there was one."""
    first, second = selectors.pair_names(one, other)
    return bool(CopyDecision.objects.filter(one=first, other=second).delete()[0])
