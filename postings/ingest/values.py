"""What counts as no value at all. Scrapers write "nothing" in many ways."""

import re

_NOTHING = frozenset(
    (
        "", "-", "--", "---", "–", "—", "?", ".", "...", "…", "n/a", "na", "n.a.", "n.a", "#n/a", "#na", "nan", "nat",
        "none", "null", "nil", "undefined", "unknown", "-1", "-1.0", "not available", "not specified", "not provided",
        "not applicable", "not disclosed", "not stated", "unspecified", "missing", "no data", "tbd", "tba",
        "[]", "{}", "()", "''", '""', "[null]", "['']", '[""]', "#value!", "#ref!", "#name?",
        "keine angabe", "k.a.", "k. a.", "unbekannt", "nicht angegeben",
    )
)  # fmt: skip
_HASHES = re.compile(r"#{2,}")


def given(value: str | None) -> str:
    """Return the value without blanks around it, or "" if it only says that there is none."""
    if not value:
        return ""
    value = value.strip()
    if len(value) <= 20 and (value.lower() in _NOTHING or _HASHES.fullmatch(value)):
        return ""
    return value
