"""How many ads of the published run name each skill, for the lists of curators."""

from analytics.selectors.counted_skills import role_skills
from analytics.selectors.published import published
from analytics.snapshot import DamagedSnapshot


def ads_by_skill() -> dict[str, int]:
    """Return name -> ads, copies left out; nothing without a run, or while its arrays cannot be read."""
    try:
        shown = published()
    except DamagedSnapshot:
        return {}  # the screens say so
    if shown is None:
        return {}
    snapshot = shown.snapshot
    ads = role_skills(snapshot, snapshot.everything).sum(axis=(0, 2))
    return dict(zip(snapshot.skills, ads.tolist(), strict=True))
