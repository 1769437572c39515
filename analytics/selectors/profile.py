"""One profile: what its postings ask for, whatever their titles say."""

from dataclasses import dataclass

from django.utils.formats import date_format

from analytics.charts import Chart
from analytics.figures import number, percent
from analytics.models import KnownProfile, Profile, ProfilePin
from analytics.questions import Question
from analytics.selectors.counted import company_count
from analytics.selectors.key_figures import KeyFigure
from analytics.selectors.links import path_of
from analytics.selectors.months import EVERY_MONTH, month_axis
from analytics.selectors.one_profile import OneProfile
from analytics.selectors.profile_levels import NamedLink, Relation, relations_of
from analytics.selectors.profile_parts import Badge, badges_of
from analytics.selectors.profile_places import PlaceTable, RolesAndTitles, companies, months, roles_and_titles
from analytics.selectors.profile_skills import Apart, AskedFor, apart, asked_for
from analytics.selectors.profiles import distinctive
from analytics.selectors.published import ProfileName, Published
from analytics.selectors.shares import WITHHELD, postings_text, share_of
from analytics.selectors.tabs import Tab, chosen_tab, tabs_at

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
    relations: tuple[Relation, ...]
    skills: tuple[NamedLink, ...]
    tabs: tuple[Tab, ...]
    asked: AskedFor | None = None
    apart: Apart | None = None
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


def profile_screen(named: ProfileName, question: Question, shown: Published, *, tab: str) -> ProfileScreen:
    profile = OneProfile(named, question, shown)
    tab = chosen_tab(tab, TABS)
    return ProfileScreen(
        name=named.name,
        naming=_naming(named),
        badges=badges_of(named),
        caution=_caution(named),
        figures=_figures(profile),
        postings=postings_text(profile.mine.n),
        postings_url=profile.postings_url(),
        relations=relations_of(named, question, shown),
        skills=distinctive(named, question, shown),
        tabs=tabs_at(path_of("profile", named.known), question, TABS, tab),
        asked=asked_for(profile) if tab == "asked" else None,
        apart=apart(profile) if tab == "apart" else None,
        places=roles_and_titles(profile) if tab == "titles" else None,
        time=months(profile) if tab == "time" else None,
        companies=companies(profile) if tab == "companies" else None,
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


def _figures(profile: OneProfile) -> tuple[KeyFigure, ...]:
    named, n, size = profile.profile, profile.everyone.n, profile.mine.n
    share = share_of(size, n)
    is_withheld = share.state == WITHHELD
    return (
        KeyFigure("Postings", number(size), note="lean to it more than to any other", url=profile.postings_url()),
        KeyFigure(
            "Share",
            "withheld" if is_withheld else share.percent,
            note=f"of {postings_text(n)}" if is_withheld else f"({share.interval}) of {postings_text(n)}",
        ),
        KeyFigure("Companies", number(company_count(profile.snapshot, profile.mine)), note=_months_text(profile)),
        KeyFigure("Mean membership", percent(named.weight), note="over all ads of the run: mixed ones count in part"),
        KeyFigure(
            "Stability",
            "not known" if named.stability is None else f"{named.stability:.2f}",
            note="of it comes back from resamples; 1 is all",
        ),
    )


def _months_text(profile: OneProfile) -> str:
    return month_axis(profile.snapshot, profile.mine, most=EVERY_MONTH).text
