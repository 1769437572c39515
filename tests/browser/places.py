"""Every page that people see: its name in the screenshots, how to come to it, and what must be there to be seen."""

from dataclasses import dataclass

ML_ENGINEER = "/roles/machine-learning-engineer/"
COMPARED = "/compare/?side=role:machine+learning+engineer&side=role:data+scientist"

MY_SKILLS = "/my-skills/?have=Python&have=SQL&have=Docker"
TWO_ROLES = "in=machine+learning+engineer&in=data+scientist"


@dataclass(frozen=True)
class Place:
    """A page. With `follow`, it is where that link on `path` leads, with `then` where that link leads from there;
    `tab` is then asked for.
    """

    name: str
    path: str
    shows: str
    follow: str = ""
    then: str = ""
    tab: str = ""
    signed_in: bool = False
    status: int = 200

    def __str__(self) -> str:
        return self.name


FIRST_ROW = "main tbody th a:visible"
EDIT, REMOVE = "main header a:has-text('Edit')", "main header a:has-text('Remove')"
A_COPY = "main tbody th:has(small) a:visible"
A_ROW = "main tbody th:visible"
A_PROFILE = {"path": "/profiles/", "follow": "main .cards h2 a"}
A_SKILL = {"path": "/search/?q=python", "follow": "main a[href^='/skills/']"}
A_COMPANY = {"path": "/companies/", "follow": FIRST_ROW}
A_POSTING = {"path": "/postings/?role=machine+learning+engineer", "follow": FIRST_ROW}

PLACES = (
    Place("overview", "/", shows="#chart-heat canvas"),
    Place("overview-filtered", "/?country=US&seniority=senior", shows="main .figures"),
    Place("overview-nothing-matches", "/?country=US&country=XX&role=no+such+role", shows="main .empty"),
    Place("roles", "/roles/", shows=FIRST_ROW),
    Place("role", ML_ENGINEER, shows=FIRST_ROW),
    Place("role-apart", ML_ENGINEER, tab="apart", shows="main canvas"),
    Place("role-levels", ML_ENGINEER, tab="levels", shows="main canvas"),
    Place("role-groups", ML_ENGINEER, tab="groups", shows=A_ROW),
    Place("role-time", ML_ENGINEER, tab="time", shows="main .section h2"),
    Place("role-pay", ML_ENGINEER, tab="pay", shows="main .figures"),
    Place("role-companies", ML_ENGINEER, tab="companies", shows="main .tabs [aria-current=page]"),
    Place("role-elsewhere", ML_ENGINEER, tab="elsewhere", shows="main .tabs [aria-current=page]"),
    Place("role-postings", ML_ENGINEER, tab="postings", shows=FIRST_ROW),
    Place("roles-groups", "/roles/?tab=groups", shows="main canvas"),
    Place("roles-map", "/roles/map/", shows="main canvas"),
    Place("my-skills", "/my-skills/", shows="main textarea"),
    Place("my-skills-covered", MY_SKILLS, shows="main canvas"),
    Place("my-skills-role", f"{MY_SKILLS}&role=machine+learning+engineer", shows="#sheet-missing tbody th"),
    Place("profiles", "/profiles/", shows="main .card .chip"),
    Place("profile", **A_PROFILE, shows=A_ROW),
    Place("profile-apart", **A_PROFILE, tab="apart", shows="main canvas"),
    Place("profile-titles", **A_PROFILE, tab="titles", shows=A_ROW),
    Place("profile-time", **A_PROFILE, tab="time", shows="main canvas"),
    Place("profile-companies", **A_PROFILE, tab="companies", shows=A_ROW),
    Place("compare", "/compare/", shows="main input[name=side]"),
    Place("compare-two", COMPARED, shows=A_ROW),
    Place("compare-apart", COMPARED, tab="apart", shows="#sheet-gaps"),
    Place("compare-quarters", COMPARED, tab="quarters", shows="main .section h2"),
    Place("compare-four", f"{COMPARED}&side=role:data+engineer&side=role:data+analyst", shows="#chart-pairs canvas"),
    Place("compare-unknown", "/compare/?side=alchemist&side=data+scientist", shows="main .note-box", status=404),
    Place("skills", "/skills/", shows=FIRST_ROW),
    Place("skill", **A_SKILL, shows="main canvas"),
    Place("skill-time", **A_SKILL, tab="time", shows="main canvas"),
    Place("skill-with", **A_SKILL, tab="with", shows="main canvas"),
    Place("skill-replaces", **A_SKILL, tab="replaces", shows="main .tabs + p"),
    Place("skill-pay", **A_SKILL, tab="pay", shows=A_ROW),
    Place("skill-sentences", **A_SKILL, tab="sentences", shows="main mark"),
    Place("companies", "/companies/", shows=FIRST_ROW),
    Place("companies-by-pay", "/companies/?sort=pay", shows="main th[aria-sort=descending]"),
    Place("companies-none", "/companies/?q=no+such+company", shows="main .empty"),
    Place("company", **A_COMPANY, shows=A_ROW),
    Place("company-asked", **A_COMPANY, tab="asked", shows=A_ROW),
    Place("company-apart", **A_COMPANY, tab="apart", shows="main .tabs [aria-current=page]"),
    Place("company-others", **A_COMPANY, tab="others", shows="main h2"),
    Place("company-time", **A_COMPANY, tab="time", shows="main canvas"),
    Place("company-pay", **A_COMPANY, tab="pay", shows="main .tabs [aria-current=page]"),
    Place("twins", "/companies/twins/", shows=FIRST_ROW),
    Place("twin-pair", "/companies/twins/", follow="main tbody td:last-child a", shows="main .pair .posting .mention"),
    Place("pay", "/pay/", shows="#chart-pay-roles canvas"),
    Place("pay-time", "/pay/?tab=time", shows="main .figures"),
    Place("pay-skills", "/pay/?tab=skills", shows="main .tabs"),
    Place("pay-titles", "/pay/?tab=titles", shows="main .tabs"),
    Place("pay-read", "/pay/?tab=read", shows=A_ROW),
    Place("pay-nothing", "/pay/?country=XX", shows="main .empty"),
    Place("trends", "/trends/", shows="main .chips a"),
    Place("trends-own-times", "/trends/?window=dates", shows="main details[open] input[type=date]"),
    Place("trends-lines", "/trends/?tab=lines", shows="main canvas"),
    Place("trends-fixed", f"/trends/?tab=lines&mix=fixed&skill=Python&{TWO_ROLES}", shows="main canvas"),
    Place("postings", "/postings/", shows=FIRST_ROW),
    Place("postings-found", "/postings/?q=python&skill=SQL&level=required", shows=FIRST_ROW),
    Place("posting", **A_POSTING, shows="main .posting .mention"),
    Place("search", "/search/?q=engineer", shows=FIRST_ROW),
    Place("uploads", "/uploads/", shows="main form input[type=file]", signed_in=True),
    Place("upload", "/uploads/?state=done", follow=FIRST_ROW, shows="#progress .figures", signed_in=True),
    Place("preview", "/uploads/?state=held", follow=FIRST_ROW, shows="#preview .preview-rows", signed_in=True),
    Place("sources", "/sources/", shows=FIRST_ROW, signed_in=True),
    Place("source", "/sources/", follow=FIRST_ROW, shows="main .figures", signed_in=True),
    Place("source-edit", "/sources/", follow=FIRST_ROW, then=EDIT, shows="main form select", signed_in=True),
    Place(
        "source-remove",
        "/sources/",
        follow=FIRST_ROW,
        then=REMOVE,
        shows="main form",
        signed_in=True,
    ),
    Place(
        "pair", "/postings/?copies=1", follow=A_COPY, then="main a:has-text('compare')", shows="#why", signed_in=True
    ),
    Place("removals", "/removals/", shows="main h1", signed_in=True),
    Place("methods", "/methods/", shows="#share .formula"),
    Place("limits", "/what-postings-can-tell/", shows="#sheet-here tbody th"),
    Place("styleguide", "/styleguide/", shows="#chart-map canvas"),
    Place("report", ML_ENGINEER + "?report=1", tab="apart", shows="main canvas"),
    Place("quality", "/quality/", shows="#kinds tbody th"),
    Place("posting-signed-in", **A_POSTING, shows="#mentions summary", signed_in=True),
    Place("copies-to-decide", "/copies/", shows="main h1", signed_in=True),
    Place("quality-signed-in", "/quality/", shows="#misses mark", signed_in=True),
    Place("samples", "/quality/samples/", shows=FIRST_ROW, signed_in=True),
    Place("sample-new", "/quality/samples/new/", shows="main form select", signed_in=True),
    Place("sample-results", "/quality/samples/1/", shows="#disputes select", signed_in=True),
    Place("sample-title", "/quality/samples/2/read/1/", shows="#reading input[name=role]", signed_in=True),
    Place("sample-all-marked", "/quality/samples/3/read/", shows="#sheet-own-marks tbody th", signed_in=True),
    Place("sample-waiting", "/quality/samples/4/", shows="main .card progress", signed_in=True),
    Place("sample-mention", "/quality/samples/4/read/1/", shows="#reading mark", signed_in=True),
    Place("sample-withdraw", "/quality/samples/4/withdraw/", shows="main form", signed_in=True),
    Place("runs", "/runs/", shows=FIRST_ROW),
    Place("runs-signed-in", "/runs/", shows=FIRST_ROW, signed_in=True),
    Place("run", "/runs/", follow=FIRST_ROW, shows="#sure"),
    Place("run-signed-in", "/runs/", follow=FIRST_ROW, shows="#verified button", signed_in=True),
    Place("run-changes", "/runs/", follow="main a[href$='/changes/']", shows="main h1"),
    Place("login", "/login/", shows="main input[type=password]"),
    Place("404", "/no/such/page/", shows="main h1", status=404),
)
