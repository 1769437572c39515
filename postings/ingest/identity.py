"""Which rows of a source are the same posting: by the board's own number if there is one, by content if not."""

import hashlib
import re
from functools import lru_cache

from postings.ingest.values import given

ID_LIMIT = 200

_SPREADSHEET_DAMAGE = re.compile(r"\d(?:[.,]\d+)?[eE]\+?\d+")
_FLOATED = re.compile(r"(\d+)\.0+")
# JobSpy makes these from Python's hash(), which is another one in each run.
_UNSTABLE = re.compile(r"(?:bayt|naukri)--?\d{15,}")

_BOARDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("indeed", re.compile(r"indeed\.[a-z.]+/.*[?&](?:jk|vjk)=([0-9a-f]{10,})")),
    ("linkedin", re.compile(r"linkedin\.com/(?:comm/)?jobs/view/(?:[^/?#]*-)?(\d{5,})(?=[/?#]|$)")),
    ("linkedin", re.compile(r"linkedin\.com/jobs/.*[?&]currentJobId=(\d{5,})")),
    ("glassdoor", re.compile(r"glassdoor\.[a-z.]+/.*[?&](?:jl|jobListingId)=(\d{5,})")),
)
_QUERY_ID = re.compile(
    r"[?&](gh_jid|job_?id|jid|posting_?id|vacancy_?id|req_?id|lvk|ashby_jid|offer_?id|ad_?id)=([\w.-]{3,80})",
    re.IGNORECASE,
)
_PATH_ID = re.compile(r"\d{5,}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)
_URL = re.compile(r"https?://(?:www\.)?([^/?#]+)([^?#]*)([^#]*)", re.IGNORECASE)


def external_id_of(value: str) -> str:
    """Return a board's own number as stated, or "" if it is spoilt by a spreadsheet or random in each run."""
    value = given(value)
    if not value or _SPREADSHEET_DAMAGE.fullmatch(value) or _UNSTABLE.fullmatch(value):
        return ""
    if "://" in value:
        return url_id(value)
    if match := _FLOATED.fullmatch(value):
        return match[1]
    return _shortened(value)


@lru_cache(maxsize=4096)
def url_id(url: str) -> str:
    """Return the id that an address carries, with its board: "linkedin:3449267566"; "" if it carries none.

    What trackers add does not count. An address without a number of its own (a search, a company's page) is no id.
    """
    for board, pattern in _BOARDS:
        if match := pattern.search(url):
            return f"{board}:{match[1]}"
    match = _URL.match(url.strip())
    if not match:
        return ""
    host, path, query = match[1].lower(), match[2].rstrip("/"), match[3]
    if found := _QUERY_ID.search(query):
        return _shortened(f"{host}:{found[1].lower()}={found[2]}")
    return _shortened(f"{host}{path}") if _PATH_ID.search(path) else ""


def key_of_id(external_id: str) -> str:
    """The key of a posting that has an external id."""
    return digest("id", external_id)


def key_of_content(*, company: str, title: str, place: str, text: str) -> str:
    """The key of a posting without one: another case, other blanks, and it is still the same posting."""
    return digest("content", *(" ".join(part.casefold().split()) for part in (company, title, place, text)))


def kin_of(*, company: str, title: str, place: str) -> str:
    """What a posting without an external id keeps when its text is edited."""
    return digest("kin", *(" ".join(part.casefold().split()) for part in (company, title, place)))


def digest(*parts: str) -> str:
    """32 hex digits over the parts, in order."""
    return hashlib.blake2b("\x1f".join(parts).encode(), digest_size=16).hexdigest()


def _shortened(value: str) -> str:
    if len(value) <= ID_LIMIT:
        return value
    return value[: ID_LIMIT - 33] + "~" + digest(value)
