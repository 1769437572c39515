"""Every page that people see: its name in the screenshots, how to come to it, and what must be there to be seen."""

from dataclasses import dataclass

ML_ENGINEER = "/roles/machine-learning-engineer/"
COMPARED = "/compare/?a=machine+learning+engineer&b=data+scientist"


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
A_COPY = "main tbody th:has(.badge) a:visible"
A_ROW = "main tbody th:visible"
A_PROFILE = {"path": "/profiles/", "follow": "main .cards h2 a"}
A_SKILL = {"path": "/search/?q=python", "follow": "main a[href^='/skills/']"}
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
    Place("profiles", "/profiles/", shows="main .card .chip"),
    Place("profile", **A_PROFILE, shows=A_ROW),
    Place("profile-apart", **A_PROFILE, tab="apart", shows="main canvas"),
    Place("profile-titles", **A_PROFILE, tab="titles", shows=A_ROW),
    Place("profile-time", **A_PROFILE, tab="time", shows="main canvas"),
    Place("profile-companies", **A_PROFILE, tab="companies", shows=A_ROW),
    Place("compare", "/compare/", shows="main select"),
    Place("compare-two", COMPARED, shows=A_ROW),
    Place("skills", "/skills/", shows=FIRST_ROW),
    Place("skill", **A_SKILL, shows="main canvas"),
    Place("skill-time", **A_SKILL, tab="time", shows="main canvas"),
    Place("skill-with", **A_SKILL, tab="with", shows="main canvas"),
    Place("skill-sentences", **A_SKILL, tab="sentences", shows="main mark"),
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
    Place("quality", "/quality/", shows="#kinds tbody th"),
    Place("quality-signed-in", "/quality/", shows="#misses mark", signed_in=True),
    Place("runs", "/runs/", shows=FIRST_ROW),
    Place("runs-signed-in", "/runs/", shows=FIRST_ROW, signed_in=True),
    Place("run", "/runs/", follow=FIRST_ROW, shows="#sure"),
    Place("run-signed-in", "/runs/", follow=FIRST_ROW, shows="#verified button", signed_in=True),
    Place("run-changes", "/runs/", follow="main a[href$='/changes/']", shows="main h1"),
    Place("login", "/login/", shows="main input[type=password]"),
    Place("404", "/no/such/page/", shows="main h1", status=404),
)
