"""Figures of pay in a text: which of its numbers are meant, and what they come to."""

import re
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from postings.ingest.contacts import mask_contacts
from postings.ingest.values import given

LARGEST = Decimal(10) ** 11
_CENT = Decimal("0.01")
_LAKH = Decimal(100_000)

# 18 000 · 120'000 · 50.000,00 · 5,00,000 · 62,5 · 3.500,-
_AMOUNT = r"(?:\d{1,3}(?:[ \u00a0'’.,]\d{3})+(?:[.,]\d{1,2})?(?!\d)|\d+(?:[.,'’]\d+)*)(?:,[-–]{1,2}(?!\s?\d))?"
_THOUSAND = r"(?:k\b|tsd\b\.?|mille\b|tys\b\.?|lpa\b|lakhs?\b|lacs?\b|crores?\b|cr\b|m\b|mio\b|mln\b)"
_UNIT = r"(?:[^\d\W]{0,4}[$€£₹₪₱₴₽₺₩¥]|(?!(?:bis|und|and)\b)[A-Za-z]{3}\b|zł|kr\.?|kč|rs\.?)?"
# "$50,000/yr - $60,000/yr": LinkedIn says the period behind both.
_EACH = (
    r"(?:(?:/\s?|per |an? |pro |par |p\.?)(?:h|hr|hour|d|day|wk|week|mo|month|y|yr|year|a|annum|stunde|tag|monat|jahr|"
    r"mois|an)\b\.?\s*)?"
)
_TO = (
    r"(?:-|–|—|−|~|/(?=\s?[$€£]?\d)|\bto\b|\bbis\b|\bund\b|\band\b|\bà\b|\bet\b|\ba\b|\be\b|\by\b|\bal?\b|\bdo\b|"
    r"\btot\b|\ben\b)"
)
_RANGE = re.compile(
    rf"(?P<first>{_AMOUNT})\s*(?P<first_k>{_THOUSAND})?\s*{_UNIT}\s*"
    rf"(?:{_EACH}(?:{_TO})\s*{_UNIT}\s*"
    rf"(?P<second>{_AMOUNT})\s*(?P<second_k>{_THOUSAND})?)?",
    re.IGNORECASE,
)
# Figures that are no pay: shares, hours, days off, months of salary, years, plans for pensions, IR35.
_NO_PAY_BEHIND = re.compile(
    r"\s*(?:%|(?:st|nd|rd|th)\b|\(k\)|(?:hours?|hrs?|std|stunden|heures|horas|uur|days?|tage|jours|weeks?|months?|"
    r"years?|jahre|"
    r"gehälter|monatsgehälter|mensualidades|pagas|mensilità|mois sur|payments|openings?|positions?|locations?|"
    r"employees|people|"
    r"shifts?|miles|km)\b)",
    re.IGNORECASE,
)
_MONEY_BEFORE = re.compile(
    r"(?:[$€£₹₪₱₴₽₺₩¥฿₦₫]|zł|\bkr\.?|\brs\.?|\binr|\bfr\.|\b(?:USD|EUR|GBP|CHF|PLN|SEK|NOK|DKK|CZK|INR|AUD|CAD|SGD|"
    r"NZD|HKD|AED|SAR|ZAR|PHP|BRL|MXN|JPY|RON|HUF|UAH|TRY|ILS))\s*$",
    re.IGNORECASE,
)
_MONEY_BEHIND = re.compile(
    r"\s*(?:,-)?\s*(?:[$€£₹₪₱₴₽₺₩¥฿₦₫]|zł|kr\b|kč|euros?\b|dollars?\b|pounds?\b|pln\b|usd\b|eur\b|gbp\b|chf\b|inr\b|"
    r"brutto|brut\b|gross)",
    re.IGNORECASE,
)
_LABELLED_NUMBER = re.compile(
    r"\b(?:ir|level|grade|band|tier|ref|req|id|no|nr|job|sc|ref\.|#)[\s.:#-]*$", re.IGNORECASE
)
_YEAR_LIKE = re.compile(r"20[1-3]\d")
_WORD_AHEAD = re.compile(r"[A-Za-z]$")
_AT_MOST = re.compile(
    r"(?:\b(?:up to|upto|to a maximum|maximum|max|bis zu|bis|jusqu|hasta|fino a|até|tot|do|under|below|"
    r"maks)\b|[<≤])[^\d]*$",
    re.IGNORECASE,
)
_AT_LEAST = re.compile(
    r"(?:\b(?:from|starting(?: at)?|starts at|at least|minimum|min|over|above|ab|von|mindestens|à partir|dès|desde|"
    r"a partir|da|vanaf|"
    r"od|powyżej)\b|[>≥])[^\d]*$",
    re.IGNORECASE,
)
_SIGN = re.compile(r"[$€£₹₪₱₴₽₺₩¥]|zł")
_WORD = re.compile(r"[^\W\d_]{2}")
_ZERO = re.compile(r"[\s$€£]*0+(?:[.,]0+)?[\s$€£]*(?:-\s*[\s$€£]*0+(?:[.,]0+)?)?[\s$€£]*")
_PHONE_LETTERS = 10
# Words that stand for a pay that is not stated.
_NO_FIGURE_MEANT = re.compile(
    r"competitive|negotiable|attractive|market|depend|\bdoe\b|according|commensurate|nach vereinbarung|verhandlungs|"
    r"attraktiv|"
    r"\bvb\b|tarif|à négocier|selon|attracti|a convenir|según|competitiv|a combinar|negociable|compatível|da definire|"
    r"commisurat|marktconform|in overleg|do uzgodnienia|konkurenc|unpaid|volunt|unbezahlt|excellent|great|generous|"
    r"discuss|"
    r"on request|auf anfrage|not|401\s?\(?k|equity|benefits|bonus|commission|provision",
    re.IGNORECASE,
)


@lru_cache(maxsize=16384)
def figures_of(text: str) -> tuple[Decimal | None, Decimal | None]:
    """Return (min, max) of the first amount or range in a text: "120–150k", "£30,000 - £40,000", "up to 90k"."""
    match = pay_match(text)
    if not match:
        return None, None
    first = _amount(match["first"], match["first_k"])
    second = _amount(match["second"], match["second_k"]) if match["second"] else None
    if first is not None and second is not None:
        if match["second_k"] and not match["first_k"] and first < 1000:  # 120–150k
            first = _amount(match["first"], match["second_k"])
        elif match["first_k"] and not match["second_k"] and second < 1000:  # 120k–150
            second = _amount(match["second"], match["first_k"])
        return first, second
    before, after = text[: match.start()], text[match.end() :]
    if _AT_MOST.search(before):
        return None, first
    if _AT_LEAST.search(before) or after.lstrip().startswith("+"):
        return first, None
    return first, first


def pay_problem(text: str) -> str:
    """Say why a written pay that is there gives no figure; "" for one that states none ("Competitive")."""
    text = given(text)
    if not text or figures_of(text) != (None, None) or _NO_FIGURE_MEANT.search(text):
        return ""
    if not any(char.isdigit() for char in text):
        return "There is no figure in it."
    return "" if _ZERO.fullmatch(text) else "Its figures are not those of a pay."


@lru_cache(maxsize=16384)
def pay_match(text: str) -> re.Match[str] | None:
    """The amount or range that is meant: the first with a currency, else the first that can be pay at all."""
    if len(text) > _PHONE_LETTERS:
        text = mask_contacts(text)
    found = [match for match in _RANGE.finditer(text) if _can_be_pay(text, match)]
    return next((match for match in found if _has_currency(text, match)), found[0] if found else None)


def _can_be_pay(text: str, match: re.Match[str]) -> bool:
    if _has_currency(text, match) or match["second_k"]:
        return not text[match.end() :].lstrip().startswith("%")
    before, after, first = text[: match.start()], text[match.end() :], match["first"]
    if _WORD_AHEAD.search(before) or _LABELLED_NUMBER.search(before) or _NO_PAY_BEHIND.match(after):
        return False
    if match["first_k"]:
        return first != "401"
    if before.strip() in {"-", "−"}:
        return False
    is_alone = match["second"] is None
    return not (is_alone and (_YEAR_LIKE.fullmatch(first) or (len(first) == 1 and _WORD.search(text) is not None)))


def _has_currency(text: str, match: re.Match[str]) -> bool:
    whole = text[match.start() : match.end()]
    return bool(
        _MONEY_BEFORE.search(text[: match.start()])
        or _MONEY_BEHIND.match(text, match.end())
        or _SIGN.search(whole)
        or _MONEY_BEHIND.match(whole, match.end("first") - match.start())
    )


def _amount(digits: str, unit: str | None) -> Decimal | None:
    """Read the digits with whatever stands between them: 50,000 · 50.000 · 1.234,56 · 45 000 · 62,5."""
    plain = re.sub(r"['’\s\u00a0]|,[-–]+$", "", digits)
    last = max(plain.rfind("."), plain.rfind(","))
    if last >= 0:
        mark, groups = plain[last], re.split(r"[.,]", plain)
        is_both = "." in plain and "," in plain
        is_grouped = not is_both and all(len(group) == 3 for group in groups[1:]) and groups[0] != "0" and not unit
        if is_grouped or (plain.count(mark) > 1 and not is_both):
            plain = "".join(groups)
        else:
            plain = "".join(groups[:-1]) + "." + groups[-1]
    try:
        figure = Decimal(plain)
    except InvalidOperation:
        return None
    return sound(figure * _factor(unit))


def _factor(unit: str | None) -> Decimal:
    word = (unit or "").lower().rstrip(".")
    if not word:
        return Decimal(1)
    if word.startswith(("lpa", "lakh", "lac")):
        return _LAKH
    if word.startswith("cr"):
        return _LAKH * 100
    return Decimal(1_000_000) if word in {"m", "mio", "mln"} else Decimal(1_000)


def sound(figure: Decimal) -> Decimal | None:
    return rounded(figure) if 0 < figure < LARGEST else None


def rounded(figure: Decimal) -> Decimal:
    return figure.quantize(_CENT)
