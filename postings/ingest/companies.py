"""The name of an employer, without what boards print beside it."""

import re
from functools import lru_cache

from postings.ingest.places import Place
from postings.ingest.text import clean_line

_BOARDS = (
    r"(?:linkedin|indeed|glassdoor|ziprecruiter|monster|stepstone|xing|google|adzuna|totaljobs|reed|jooble|talent\.com)"
)
_RATING = r"[0-5](?:[.,]\d)?\s*(?:★+|☆+|⭐+|stars?|sterne|étoiles|estrellas|out of 5|/\s?5)?"
_REVIEWS = (
    r"\(?\d[\d.,]*\s?k?\+?\s*(?:reviews?|ratings?|bewertungen|avis|rese[ñn]as|opiniones|avalia[çc][õo]es|recensioni|"
    r"beoordelingen|opinii|followers|employees|open jobs)\)?"
)
_BADGE = (
    r"(?:be (?:among|one of) the first(?: \d+)? applicants?|be an early applicant|early applicant|"
    r"actively (?:hiring|recruiting)|"
    r"(?:is |we.?re |we are |now |currently )?(?:hiring|recruiting)(?: now)?|promoted|sponsored|easy ?apply|featured|"
    r"responsive employer|urgently hiring|verified|new|neu|anzeige|gesponsert|promu|sponsoris[ée]e?|patrocinado|"
    r"company logo|logo|sé des premiers à postuler|zu den ersten bewerbern gehören|"
    rf"via {_BOARDS}|{_BOARDS}|\d+ (?:days?|hours?|weeks?|months?) ago)"
)
# A line of its own below the name.
_LINE_BELOW = re.compile(rf"(?:{_RATING}|{_REVIEWS}|\(\d[\d.,]*\)|{_BADGE})[!.]*", re.IGNORECASE)
# Behind the name on its line: only what no name ends with.
_BEHIND = re.compile(
    r"(?:\s+[0-5][.,]\d\s*(?:★+|☆+|⭐+|stars?|sterne|étoiles|estrellas|out of 5|/\s?5)?(?:\s*\(\d[\d.,]*\))?|"
    r"\s*[★☆⭐]+|\s+[0-5]\s*(?:★|⭐|stars?)|"
    rf"\s*[-–|·•,]?\s*{_REVIEWS}|\s*[★⭐]\s*[0-5](?:[.,]\d)?|(?<=[★⭐])\s*\(\d[\d.,]*\)|\s+via {_BOARDS}|"
    r"\s*[-–|·•,]?\s*(?:be an early applicant|actively (?:hiring|recruiting)|promoted|easy ?apply|"
    r"we.?(?:re| are) (?:now )?(?:hiring|recruiting)|is (?:now )?hiring|company logo)|"
    r"\s*[-–|·•,]\s*(?:now )?(?:hiring|sponsored|featured)(?: now)?|"
    r"\s*[(\[](?:we.?re |we are |now |actively |urgently )?"
    r"(?:hiring|recruiting|promoted|sponsored|verified)(?: now)?!*[)\]]|"
    r"\s*[-–|·•,])[\s!.…]*$",
    re.IGNORECASE,
)
_KEPT_DOT = re.compile(r"\b(?:inc|ltd|co|corp|[a-z]\.[a-z])\.$", re.IGNORECASE)
_LABEL = re.compile(
    r"^(?:(?:company|employer|hiring company|organi[sz]ation|firma|unternehmen|arbeitgeber|entreprise|empresa|azienda|"
    r"bedrijf|pracodawca)(?: name)?\s*:|logo (?:of|for)\s)\s*",
    re.IGNORECASE,
)
# Of these one is in every cell that holds more than a name.
_SUSPICIOUS = re.compile(r"[^\w .&'’/+,-]|\d|[,-]\s*$|^\W")
_BADGE_WORDS = frozenset(
    (
        "applicant", "applicants", "applicant.", "hiring", "hiring.", "recruiting", "recruiting.", "promoted",
        "sponsored", "apply", "featured", "employer", "verified", "new", "neu", "anzeige", "gesponsert", "promu",
        "sponsorisé", "sponsorisée", "sponsorise", "patrocinado", "logo", "postuler", "gehören", "via", "reviews",
        "review", "ratings", "easyapply", "reviews.", "promoted.",
    )
)  # fmt: skip
_ORNAMENT = re.compile("^[\\s\U0001f300-\U0001faff★☆⭐✅❤]+|[\\s\U0001f300-\U0001faff✅❤]+$")
_HIDDEN = re.compile(
    r"(?:(?:company|employer|client|name|firm|organi[sz]ation)\s+(?:is\s+)?)?"
    r"(?:(?:strictly\s+|private\s*(?:and|&)\s*)?confidential|unknown|anonymous|undisclosed|"
    r"not disclosed|withheld|hidden)"
    r"(?:\s+(?:company|employer|client|advertiser|firm|organi[sz]ation|recruiter|name|posting|job posting))?|"
    r"(?:company |employer )?name withheld|(?:private|unnamed|direct) (?:advertiser|employer)|"
    r"(?:company|employer)(?: name)?|"
    r"(?:vertraulich|anonym|confidentiel(?:le)?|confidencial|riservat[oa]|vertrouwelijk|poufne)|"
    r"(?:firma|unternehmen|arbeitgeber) (?:vertraulich|anonym|unbekannt)|(?:vertrauliche[rs]?|anonyme[rs]?) "
    r"(?:firma|unternehmen|arbeitgeber)|(?:entreprise|soci[ée]t[ée]) (?:confidentielle|anonyme|inconnue)|"
    r"(?:empresa|azienda|compa[ñn][íi]a) (?:confidencial|riservata|desconocida|an[óo]nima)|"
    r"(?:firma|pracodawca) (?:poufna|anonimow[ay])",
    re.IGNORECASE,
)
_SCHOOL = re.compile(r"universit|college|institut|school|hochschule", re.IGNORECASE)


def clean_company(cell: str, place: Place) -> str:
    """Return the name alone; "" if the cell hides it ("Confidential") or holds only ratings and badges."""
    name = _name_of(cell)
    return _town_less(name, place) if name and not is_hidden_company(cell) else ""


@lru_cache(maxsize=8192)
def is_hidden_company(cell: str) -> bool:
    """Whether the cell says no more than that the employer is not named."""
    return _HIDDEN.fullmatch(_name_of(cell).strip(" .()[]*")) is not None


@lru_cache(maxsize=8192)
def _name_of(cell: str) -> str:
    if not _SUSPICIOUS.search(cell) and _BADGE_WORDS.isdisjoint(cell.lower().split()):
        return clean_line(cell)  # most names
    lines = [line for line in cell.splitlines() if line.strip()]
    while len(lines) > 1 and _LINE_BELOW.fullmatch(lines[-1].strip()):
        lines.pop()
    name = _ORNAMENT.sub("", _LABEL.sub("", clean_line(" ".join(lines))))
    while not _is_badge(name) and (shorter := _ORNAMENT.sub("", _without_end(name))) != name:
        name = shorter
    return "" if _is_badge(name) else name


def _is_badge(name: str) -> bool:
    """Whether there are only ratings and badges. "1010" and "LinkedIn" are names."""
    if name.isdigit() or _BOARD.fullmatch(name) or not _LINE_BELOW.fullmatch(name):
        return False
    return not any(char.isalpha() for char in _BADGE_LESS.sub("", name))


_BADGE_LESS = re.compile(rf"{_BADGE}|{_REVIEWS}|stars?|out of 5", re.IGNORECASE)
_BOARD = re.compile(_BOARDS, re.IGNORECASE)


def _without_end(name: str) -> str:
    match = _BEHIND.search(name)
    if not match or not match.start():
        return name
    return name[: match.start()]


def _town_less(name: str, place: Place) -> str:
    """Without the place that some boards glue to a name; "University of Wisconsin-Madison" is a name with its town."""
    if "-" not in name:
        return name
    for town in (place.place, place.city):
        if town and len(name) > len(town) + 1 and name.endswith(f"-{town}"):
            stem = name.removesuffix(f"-{town}").rstrip()
            return name if _SCHOOL.search(stem) and town not in stem else stem
    return name
