"""What the figures of an impact leave out, in sentences."""

from collections.abc import Iterator
from itertools import combinations

from django.db.models import Q
from django.db.models.functions import Lower

from analytics.figures import number
from analytics.models import Run
from analytics.selectors.impact_rows import Rewritten
from analytics.selectors.published import Published
from analytics.selectors.shares import postings_text
from jobsite.decisions import actions
from jobsite.models import Decision
from postings.impact import Edit
from postings.models import Alias
from postings.selectors.new_phrases import Holders


def notes_of(edit: Edit, shown: Published, found: Rewritten) -> tuple[str, ...]:
    return tuple(_notes(edit, shown, found))


def _notes(edit: Edit, shown: Published, found: Rewritten) -> Iterator[str]:
    yield from map(_new_phrase, found.found)
    yield from _swallowed(edit)
    if edit.added:
        yield "Texts that hold new phrases are read again after saving, in the background: figures follow that."
    if edit.removed:
        yield "Where a removed phrase stands, a shorter one inside it may be read instead; that is not counted here."
    if edit.narrowed:
        yield (
            "Counted by the language of each posting as a whole. Texts are read again in the background after saving, "
            "by the language around the phrase: a few that mix languages may differ."
        )
    if later := _decided_since(shown.run):
        yield (
            f"{number(later)} decision{'s' if later > 1 else ''} since run {shown.run.pk} began may not be in its "
            "figures yet; shown is what this edit adds."
        )


def _swallowed(edit: Edit) -> Iterator[str]:
    """Yield a sentence for each new phrase that holds aliases: where it stands, they are read no more."""
    for new in edit.added:
        words = new.phrase.casefold().split()
        parts = {" ".join(words[first:last]) for first, last in combinations(range(len(words) + 1), 2)}
        held = Alias.objects.exclude(pk__in=edit.removed).annotate(folded=Lower("phrase"))
        held = held.filter(folded__in=parts - {" ".join(words)}).order_by("folded")
        if phrases := ", ".join(f"“{alias}”" for alias in held):
            yield f"“{new.phrase}” holds {phrases}: where it stands, these are read no more; that is not counted here."


def _decided_since(run: Run) -> int:
    """Return how many decisions that change figures stand since the run began, those taken back again left out."""
    if run.started_at is None:
        return 0
    following = [name for name, action in actions().items() if action.follow]
    later = Decision.objects.filter(
        Q(action__in=following) | Q(undoes__isnull=False), at__gt=run.started_at, stands=True
    )
    return later.exclude(undoes__at__gt=run.started_at).count()


def _new_phrase(holders: Holders) -> str:
    said = f"“{holders.phrase}” stands in {postings_text(holders.found)}, by full-text search"
    if not holders.found:
        return f"{said}: saving it changes no figure of today."
    if holders.read == holders.found:
        return f"{said}; read now, {number(holders.taken)} of them would name it. These are counted."
    return (
        f"{said}. Of {number(holders.read)} of these, read now, {number(holders.taken)} would name it. "
        "All are counted, so the figures are an upper bound."
    )
