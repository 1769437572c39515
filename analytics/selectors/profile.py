"""One profile: what its postings ask for, whatever their titles say."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format

from analytics.charts import Chart
from analytics.figures import percent
from analytics.models import KnownProfile, Profile, ProfilePin
from analytics.questions import Question
from analytics.selectors.key_figures import KeyFigure
from analytics.selectors.links import postings_url
from analytics.selectors.months import span_text
from analytics.selectors.profile_parts import Badge, Leaning, badges_of, leaning_of
from analytics.selectors.profile_places import PlaceTable, RolesAndTitles, companies, months, roles_and_titles
from analytics.selectors.profile_skills import AskedFor, apart, asked_for
from analytics.selectors.profiles import NamedLink, distinctive
from analytics.selectors.published import ProfileName, Published
from analytics.selectors.shares import WITHHELD, postings_text, share_of
from analytics.selectors.tabs import Tab, chosen_tab, tabs_at
from analytics.snapshot import Selection

TABS = {
    "asked": "Asked for",
    "apart": "Sets it apart",
    "titles": "Roles and titles",
    "time": "Over time",
    "companies": "Companies",
}


@dataclass(frozen=True)
class ProfileScreen:
    """The part of the chosen tab is filled, the others are None. `naming` says who gave the name."""

    name: str
    naming: str
    badges: tuple[Badge, ...]
    caution: str
    figures: tuple[KeyFigure, ...]
    postings: str
    postings_url: str
    skills: tuple[NamedLink, ...]
    tabs: tuple[Tab, ...]
    asked: AskedFor | None = None
    apart: Chart | None = None
    places: RolesAndTitles | None = None
    time: Chart | None = None
    companies: PlaceTable | None = None


@dataclass(frozen=True)
class GoneProfileScreen:
    """A profile that the published run does not have."""

    name: str
    story: str
    run_text: str
    run_url: str
    skills: tuple[str, ...]


def profile_screen(profile: ProfileName, question: Question, shown: Published, *, tab: str) -> ProfileScreen:
    leaning = leaning_of(question, shown)
    size = len(leaning.rows(profile.number))
    path = reverse("profile", args=[profile.known])
    tab = chosen_tab(tab, TABS)
    asked = (profile, leaning, question, shown)
    return ProfileScreen(
        name=profile.name,
        naming=_naming(profile),
        badges=badges_of(profile),
        caution=_caution(profile),
        figures=_figures(profile, leaning, question, shown),
        postings=postings_text(size),
        postings_url=postings_url(question, profile=profile.known),
        skills=distinctive(profile, question, shown),
        tabs=tabs_at(path, question, TABS, tab),
        asked=asked_for(*asked) if tab == "asked" else None,
        apart=apart(*asked) if tab == "apart" else None,
        places=roles_and_titles(*asked) if tab == "titles" else None,
        time=months(*asked) if tab == "time" else None,
        companies=companies(*asked) if tab == "companies" else None,
    )


def gone_profile_screen(known: KnownProfile, shown: Published) -> GoneProfileScreen:
    """Return what is remembered of a profile that the published run does not have."""
    latest = Profile.objects.filter(known=known).select_related("run").order_by("-run_id").first()
    pin = ProfilePin.objects.filter(profile=known).first()
    if latest is None:
        return GoneProfileScreen(str(pin or f"Profile {known.pk}"), "No run that is kept has this profile.", "", "", ())
    run = latest.run
    when = date_format(run.finished_at or run.queued_at, "j M Y")
    return GoneProfileScreen(
        name=pin.name if pin else latest.proposed_name,
        story=f"The published run {shown.run.pk} has no profile that continues this one. The last run that had it is "
        f"run {run.pk} of {when}: there it was {percent(latest.weight)} of the ads.",
        run_text=f"Run {run.pk}",
        run_url=run.get_absolute_url(),
        skills=tuple(latest.distinctive),
    )


def _naming(profile: ProfileName) -> str:
    if profile.is_pinned:
        return f"named by a person; proposed from its skills: “{profile.proposed}”"
    return "name proposed from its skills"


def _caution(profile: ProfileName) -> str:
    if profile.is_residue:
        return (
            "This is a residue, not one kind of work: its postings have in common that they name few technical skills. "
            "Read its figures as “the rest”."
        )
    if profile.is_unstable:
        return (
            f"This profile is unstable: learned again from other draws of the postings, {profile.stability:.2f} of it "
            "comes back. Its core may hold; which postings belong to it is partly chance."
        )
    return ""


def _figures(profile: ProfileName, leaning: Leaning, question: Question, shown: Published) -> tuple[KeyFigure, ...]:
    snapshot, n = shown.snapshot, leaning.selection.n
    mine = snapshot.pick(leaning.rows(profile.number))
    share = share_of(mine.n, n)
    url = postings_url(question, profile=profile.known)
    return (
        KeyFigure("Postings", f"{mine.n:,}", note="that lean to it more than to any other", url=url),
        KeyFigure(
            "Share",
            "withheld" if share.state == WITHHELD else share.percent,
            note=f"of {postings_text(n)}" + ("" if share.state == WITHHELD else f" ({share.interval})"),
        ),
        KeyFigure("Companies", f"{snapshot.company_count(mine):,}", note=_months_text(mine, shown)),
        KeyFigure("Mean membership", percent(profile.weight), note="over all ads of the run: mixed ones count in part"),
        KeyFigure(
            "Stability",
            "not known" if profile.stability is None else f"{profile.stability:.2f}",
            note="comes back from resamples, 1 is all",
        ),
    )


def _months_text(mine: Selection, shown: Published) -> str:
    known = shown.snapshot.month[mine.rows]
    known = known[known >= 0]
    return span_text(int(known.min()), int(known.max())) if len(known) else "no dates"
