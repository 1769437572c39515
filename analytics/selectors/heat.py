"""The title x profile heat map: the picture that the product is about."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from analytics.charts import Caption, Chart
from analytics.charts_heat import heat_map
from analytics.figures import percent
from analytics.measures import THIN_BELOW, WITHHELD_BELOW, effective_number
from analytics.questions import Question
from analytics.selectors.links import postings_url, role_url
from analytics.selectors.published import ProfileName, Published
from analytics.selectors.role_names import catalogued_by_size, role_label, role_within
from analytics.selectors.shares import state_of
from analytics.tables import SHARE, HeatRow

MOST_ROLES = 14

Counts = NDArray[np.int64]


def title_heat(counts: Counts, question: Question, shown: Published) -> Chart:
    """Return the shares of the commonest roles' postings by leading profile; `counts` as mix.leaning gives them.

    A share is of all the role's postings, those that are too thin to tell included, so that the count behind a
    cell is the count of the list that it leads to. Roles under ten postings are left out.
    """
    sizes = counts.sum(axis=1)
    by_size = catalogued_by_size(sizes, shown.snapshot.roles)
    roles = [code for code in by_size if sizes[code] >= WITHHELD_BELOW][:MOST_ROLES]
    order = [shown.profiles[number] for number in _diagonal(counts[roles, :-1])]
    profiles = sorted(order, key=lambda profile: profile.is_residue)
    rows = [_row(shown.snapshot.roles[code], counts[code], profiles, question) for code in roles]
    caption = Caption(
        key="heat",
        title="Which profiles stand behind each title",
        summary=_summary(roles, counts, shown),
        unit=SHARE,
        n=int(sizes[roles].sum()),
        rows="title",
        method="profile_mix",
    )
    return heat_map(rows, caption, columns=[profile.name for profile in profiles])


def _row(name: str, counts: Counts, profiles: Sequence[ProfileName], question: Question) -> HeatRow:
    n = int(counts.sum())
    of_role = question.narrowed(role=name)
    found = [int(counts[profile.number]) for profile in profiles]
    urls = (
        postings_url(of_role, profile=profile.known) if count else ""
        for profile, count in zip(profiles, found, strict=True)
    )
    return HeatRow(
        label=role_label(name),
        values=tuple(count / n for count in found),
        n=n,
        url=role_url(name, question),
        urls=tuple(urls),
        counts=tuple(found),
        state=state_of(n),
    )


def _diagonal(counts: Counts) -> list[int]:
    """Return the profiles so that the largest of each title comes in the order of the titles, then by size."""
    leading = [int(row.argmax()) for row in counts if row.any()]
    by_total = [int(profile) for profile in np.argsort(-counts.sum(axis=0), kind="stable")]
    return list(dict.fromkeys([*leading, *by_total]))


def _summary(roles: Sequence[int], counts: Counts, shown: Published) -> str:
    """Return one sentence on the purest and the most mixed title, and one on what the rows leave out."""
    sentences = [_extremes(roles, counts, shown)]
    thin, n = int(counts[roles, -1].sum()), int(counts[roles].sum())
    if thin:
        sentences.append(f"{percent(thin / n)} of the postings name too few technical skills to tell.")
    return " ".join(sentence for sentence in sentences if sentence)


def _extremes(roles: Sequence[int], counts: Counts, shown: Published) -> str:
    told = {shown.snapshot.roles[code]: counts[code, :-1] for code in roles}
    mixed = {name: float(effective_number(row)) for name, row in told.items() if row.sum() >= THIN_BELOW}
    if len(mixed) < 2:
        return ""
    purest, widest = min(mixed, key=lambda name: mixed[name]), max(mixed, key=lambda name: mixed[name])
    row = told[purest]
    leading = percent(float(row.max() / row.sum()))
    return (
        f"“{role_within(purest)}” is closest to one job ({leading} of those that can be told are "
        f"{shown.profiles[int(row.argmax())].name}); “{role_within(widest)}” is spread over "
        f"{mixed[widest]:.1f} profiles."
    )
