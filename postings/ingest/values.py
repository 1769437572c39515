"""What counts as no value at all. Scrapers write "nothing" in many ways."""

_LONGEST = 30
_NOTHING = frozenset(
    (
        "", "-", "--", "---", "–", "—", "?", "??", "???", ".", "...", "…", "*", "/", "n/a", "na", "n.a.", "n.a", "n\\a",
        "#n/a", "#na", "nan", "nat", "<na>", "<nan>", "none", "null", "<null>", "(null)", "nil", "\\n", "undefined",
        "unknown", "(unknown)", "-1", "-1.0", "not available", "not specified", "not provided", "not applicable",
        "not disclosed", "not stated", "not mentioned", "not listed", "not given", "not set", "not found", "none given",
        "none specified", "unspecified", "missing", "no data", "no value", "no information", "blank", "(blank)",
        "empty", "(empty)", "tbd", "tba", "tbc", "to be determined", "to be confirmed", "to be announced",
        "[]", "{}", "()", "''", '""', "[null]", "[none]", "['']", '[""]', "#value!", "#ref!", "#name?", "#null!",
        "keine angabe", "keine angaben", "ohne angabe", "k.a.", "k. a.", "k.a", "unbekannt", "nicht angegeben",
        "nicht verfügbar", "entfällt",
        "non spécifié", "non spécifiée", "non précisé", "non renseigné", "non communiqué", "non disponible", "inconnu",
        "no especificado", "no disponible", "no indicado", "sin especificar", "sin datos", "desconocido",
        "não informado", "não especificado", "não disponível", "sem informação", "desconhecido",
        "non specificato", "non indicato", "sconosciuto", "nessuno",
        "niet opgegeven", "niet gespecificeerd", "niet beschikbaar", "onbekend", "n.v.t.", "nvt", "geen",
        "nie podano", "nie określono", "brak", "brak danych", "nie dotyczy", "nieznany",
    )
)  # fmt: skip

LOST_IN_A_SPREADSHEET = "The spreadsheet showed ##### because its column was too narrow: the value is lost."


def given(value: str | None) -> str:
    """Return the value without blanks around it, or "" if it only says that there is none.

    "########" gives "", too: there was a value, and `is_lost` tells so.
    """
    if not value:
        return ""
    value = value.strip()
    if (len(value) <= _LONGEST and value.lower() in _NOTHING) or is_lost(value):
        return ""
    return value


def is_lost(value: str) -> bool:
    """Whether a spreadsheet showed "########" for a value that its column was too narrow for."""
    return value.startswith("##") and not value.strip("# ")
