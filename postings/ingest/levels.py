"""Seniority, employment and remote work, as fields and titles say them."""

import re
from functools import lru_cache

from postings.ingest.values import given

REMOTE, HYBRID, ONSITE = "remote", "hybrid", "onsite"

# The first that fits. LinkedIn's "Mid-Senior level" holds everything above the entry, so it is read as mid; its
# "Associate" stands between entry and mid-senior and is read as junior.
_Rules = tuple[tuple[str, re.Pattern[str]], ...]


def _rules(*pairs: tuple[str, str]) -> _Rules:
    return tuple((name, re.compile(words, re.IGNORECASE)) for name, words in pairs)


_SENIORITY = _rules(
    (
        "intern",
        (
            r"\bintern(?:ship)?s?\b|\btrainee|praktik|\bstage\b|\bstagiaire|werkstudent|working student|\bstudents?\b|"
            r"apprentic|azubi|\bbecari|\bstagiair|tirocin|\bestag|\bestágio|\bpráctica|\bpracticante|\bstaż|"
            r"\balternan|\bco-?op\b|"
            r"hilfskraft"
        ),
    ),
    ("mid", r"mid[\s/-]*senior|middle[\s/-]*senior|semi[\s/-]?senior"),
    (
        "junior",
        (
            r"\bentry|\bjunior|\bjr\b|graduate|\bassociate\b|berufseinsteiger|einsteiger|absolvent|\bbeginner|débutant|"
            r"\bnew grad|młodszy|\bdebutant|principiante|\bstarter\b|no experience|sin experiencia|sem experiência|"
            r"júnior|"
            r"berufsanfänger"
        ),
    ),
    (
        "director",
        (
            r"\bdirector|\bexecutive\b|\bvp\b|vice president|c-level|\bhead\b|\bchief\b|direktor|geschäftsführ|"
            r"directeur|"
            r"directrice|direttore|diretor|dyrektor|"
            r"bereichsleit|abteilungsleit|executivo|cadre dirigeant|\bc[etfoi]o\b"
        ),
    ),
    ("principal", r"\bprincipal\b|\bstaff\b|\bexpert\b|\bexperte|\barchitect\b"),
    ("lead", r"\blead(?:er)?\b|team\s?lead|teamleit|chef d.équipe|líder|capo\s?team|teamleider|kierownik zespołu"),
    ("mid", r"\bnon[- ]?manage|\bindividual contributor"),
    (
        "manager",
        (
            r"\bmanage(?:r|ment|rial)\b|\bsupervisor|führungskraft|\bmandos|gerente|responsable|responsabile|kierownik|"
            r"leitende"
        ),
    ),
    ("senior", r"\bsenior|\bsénior|\bsênior|\bsr\b|\bstarszy|mehrjährige|ervaren|expérimenté|\bpleno senior"),
    (
        "mid",
        (
            r"\bmid|\bmiddle\b|intermediate|\bregular\b|professional|experienced|berufserfahr|confirmé|medior|\bpleno\b|"
            r"samodzielny"
        ),
    ),
)

_EMPLOYMENT = _rules(
    (
        "internship",
        (
            r"intern(?:ship|_?s)?\b|praktik|\bstage\b|stagiaire|werkstudent|working student|\bprácticas|\btrainee|"
            r"\bestágio|tirocinio|"
            r"\bstaż\b|\bco-?op\b"
        ),
    ),
    ("apprenticeship", r"apprentic|ausbildung|alternance|\bazubi|apprendista|aprendiz|\blehre\b|leerwerk"),
    ("volunteer", r"volunt|ehrenamt|bénévol|vrijwillig|wolontariat"),
    (
        "freelance",
        (
            r"freelanc|freiberuf|self[\s_-]?employ|\bb2b\b|autónom|autônom|indépendant|libero profess|zzp|"
            r"samozatrudn|partita iva|\bpj\b"
        ),
    ),
    (
        "temporary",
        (
            r"temp(?:orary|_)?\b|(?<!un)befristet|\bseasonal|\bcdd\b|interim|intérim|\bfixed[\s_-]?term|per[\s_-]?diem|"
            r"temporal\b|temporaire|"
            r"tijdelijk|tempo determinato|\bcasual\b|umowa zlecenie|aushilfe|duración determinada"
        ),
    ),
    (
        "contract",
        (
            r"\bcontract(?:or|ing)?\b|contract_|zeitarbeit|arbeitnehmerüberlassung|\bc2c\b|\bw-?2\b|\b1099\b|"
            r"\bcontratto\b|"
            r"uitzend|umowa o dzieło"
        ),
    ),
    (
        "part-time",
        (
            r"part[\s_-]?time|teilzeit|temps partiel|tiempo parcial|\bminijob|deeltijd|parttijds|"
            r"medio tiempo|media jornada|jornada parcial|meio período|tempo parcial|tempo parziale|niepełny|"
            r"część etatu|"
            r"geringfügig"
        ),
    ),
    (
        "full-time",
        (
            r"full[\s_-]?time|vollzeit|temps plein|tiempo completo|jornada completa|tempo pieno|voltijd|\bpermanent|"
            r"unbefristet|festanstellung|\bcdi\b|indefinido|tempo integral|período integral|\bclt\b|"
            r"tempo indeterminato|"
            r"vast dienstverband|onbepaalde tijd|pełny etat|pełen etat|umowa o pracę|temps complet|"
            r"\buop\b"
        ),
    ),
)
_LONGEST_VALUE = 120
_YES = frozenset(
    ("true", "1", "1.0", "yes", "y", "t", "ja", "wahr", "oui", "sí", "si", "sim", "tak", "x", "on", "wahr")
)
_NO = frozenset(("false", "0", "0.0", "no", "n", "f", "nein", "falsch", "non", "não", "nie", "nee", "off"))
_NO_LEVEL = frozenset(
    (
        "other",
        "any",
        "all",
        "all levels",
        "various",
        "not applicable",
        "n/a",
        "sonstige",
        "autre",
        "otro",
        "otros",
        "outro",
        "altro",
        "inne",
        "overig",
    )
)

_FIELD_WORDS = _rules(
    (
        HYBRID,
        r"\bhybrid|\bhíbrid|\bibrid|hybryd|teilweise home\s?-?office|partially remote|partly remote|\bflex(?:ible)?\b",
    ),
    (
        REMOTE,
        (
            r"\bremote|telecommut|tele-?work|telearbeit|télétravail|teletrabajo|work[\s-]?from[\s-]?home|\bwfh\b|"
            r"home\s?-?office|\banywhere\b|worldwide|zdaln|distributed|\bremot[oa]|"
            r"a distanza|à distance|thuiswerk|smart working|mobiles arbeiten|virtual"
        ),
    ),
    (
        ONSITE,
        (
            r"\bon[\s_-]?site|\bin[\s-]?office|\bin[\s-]person|vor ort|présentiel|presencial|stacjonarn|\boffice\b|"
            r"in presenza|in sede|sur site|op locatie|op kantoor|w biurze|präsenz"
        ),
    ),
)
_PLACE_WORDS = _rules(
    (HYBRID, r"\bhybrid\b"),
    (
        REMOTE,
        r"\bremote\b|home\s?-?office|heimarbeit|\banywhere\b|worldwide|work[\s-]from[\s-]home|\bwfh\b|\bzdalnie\b",
    ),
    (ONSITE, r"\bon-?site\b|\bin-(?:office|person)\b|vor ort"),
)
# "Remote Sensing Scientist" and "Hybrid Cloud Engineer" do not say where one sits.
_TITLE_REMOTE = re.compile(
    r"\bremote(?:ly)?\b(?!\s*(?:sens|desktop|support|monitor|control|access|infrastructure|patient|operat|area|site|"
    r"i/o|hands|exploit|system))"
    r"|\bwork from home\b|\bwfh\b|\btelecommute\b|\bhome\s?-?office\b",
    re.IGNORECASE,
)
_TITLE_HYBRID = re.compile(
    r"(?:[(\[|,–—/]|\s-)\s*(?:(?:\d{1,3}\s?%|fully)\s*)?(?:remote\s?/\s?)?hybrid\b"
    r"(?!\s*(?:cloud|app|mobile|integration|data|infrastructure|it\b|vehicle|electric|it/|powertrain|search))"
    r"|\bhybrid\s*[)\]]|\bhybrid(?:es|e)?\s+(?:work|role|position|model|arbeit)",
    re.IGNORECASE,
)
_NOT_REMOTE = re.compile(r"\b(?:no|not|non)[\s-]+remote\b|\bnot\s+a\s+remote\b", re.IGNORECASE)


@lru_cache(maxsize=2048)
def seniority_of(value: str) -> str:
    """Return intern, junior, mid, senior, lead, principal, manager, director, or "" if the field says none of them."""
    return _first(_SENIORITY, value)


@lru_cache(maxsize=2048)
def employment_of(value: str) -> str:
    """Return the kind of employment; of several the most telling: internship before contract before full-time."""
    return _first(_EMPLOYMENT, value)


@lru_cache(maxsize=16384)
def remote_of(value: str, *, place: str = "", title: str = "") -> str:
    """Return remote, hybrid, onsite, or "" when neither the field nor the place nor the title says.

    A field that says no more than "not remote" gives "": that may still be hybrid.
    """
    return _stated_remote(value) or _worded(place, _PLACE_WORDS) or _titled(title)


def is_broken(value: str) -> bool:
    """Whether a value cannot be what a field about level, contract or workplace holds: a number, an address, a text."""
    value = given(value)
    if not value or is_known_level(value) or is_known_remote(value):
        return False
    return not any(char.isalpha() for char in value) or "://" in value or len(value) > _LONGEST_VALUE


def is_known_remote(value: str) -> bool:
    """Whether the value is one that a field about remote work holds, even if it says nothing."""
    return value.strip().lower() in _YES | _NO or bool(_worded(value))


def is_known_level(value: str) -> bool:
    """Whether the value is one that a field about seniority or employment holds, even if it says nothing."""
    return value.strip().lower() in _NO_LEVEL


def _first(rules: _Rules, value: str) -> str:
    value = given(value)
    if not value or value.lower() in _NO_LEVEL:
        return ""
    return next((name for name, words in rules if words.search(value)), "")


def _stated_remote(value: str) -> str:
    value = given(value)
    lower = value.lower()
    if not value or lower in _NO:
        return ""
    return REMOTE if lower in _YES else _worded(value)


def _worded(value: str, rules: _Rules = _FIELD_WORDS) -> str:
    if not value or _NOT_REMOTE.search(value):
        return ""
    return next((kind for kind, words in rules if words.search(value)), "")


def _titled(title: str) -> str:
    if not title or _NOT_REMOTE.search(title):
        return ""
    if _TITLE_HYBRID.search(title):
        return HYBRID
    return REMOTE if _TITLE_REMOTE.search(title) else ""
