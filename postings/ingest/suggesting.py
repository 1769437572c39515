"""The suggestion of a field for every column of a file: as remembered, by a known export, by names, by values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from itertools import permutations
from statistics import median_low

from postings.ingest.column_fits import FAR_DAY, FITTING_SHARE, fitting_share, is_identity
from postings.ingest.column_looks import Look, is_pay_range
from postings.ingest.column_names import (
    PATH_RANK,
    PATTERN_RANK,
    REDUCED_RANK,
    WRAPPED_RANK,
    is_index,
    is_stranger,
    rank,
    says_nothing,
)
from postings.ingest.columns import FALLBACK_FIELDS, ColumnMap
from postings.ingest.dates import is_relative, parse_date
from postings.ingest.presets import Preset, recognised
from postings.ingest.synonyms import FIELDS
from postings.ingest.values import given

_EMPTY_PENALTY = 500
# Names: (rank from which, confidence). Values alone never reach what a name gives.
_NAMED = ((PATTERN_RANK, 0.62), (REDUCED_RANK, 0.72), (PATH_RANK, 0.76), (WRAPPED_RANK, 0.88), (0, 0.95))
_BY_PRESET, _BY_VALUES_LEAST, _BY_VALUES_MOST = 0.97, 0.25, 0.58
_UNKNOWN_NAME = 0.8
_SUREST_LOOK = 0.3
_PROBABLY_PUBLISHED = date(2090, 1, 1)
# How surely, which field, which column.
_Found = tuple[float, str, str]

_LABELS = {
    "date_posted": "date", "external_id": "id", "url": "address", "description": "text", "pay_text": "pay",
    "pay_min": "lowest pay", "pay_max": "highest pay", "pay_currency": "currency", "pay_period": "pay period",
    "seniority": "level", "employment_type": "employment", "remote": "remote work", "seen_on": "day it was seen",
}  # fmt: skip
_LOOKS = {
    "title": "job titles", "company": "names of companies", "description": "long texts", "place": "places",
    "region": "states or provinces", "city": "cities", "country": "countries", "date_posted": "dates",
    "external_id": "ids", "url": "web addresses", "pay_text": "money", "pay_min": "the lower ends of pay",
    "pay_max": "the upper ends of pay", "pay_currency": "currencies", "pay_period": "periods of pay",
    "seniority": "levels", "employment_type": "kinds of employment", "remote": "remote or on site",
    "language": "languages", "seen_on": "the times of collecting",
}  # fmt: skip


@dataclass(frozen=True)
class Suggested:
    """What a column of the file is taken for: a field, or "" when it is not used.

    `confidence`, from 0 to 1, is how sure that is (also of "not used"); `because` a short phrase for people.
    """

    column: str
    field: str
    confidence: float
    because: str


@dataclass(frozen=True)
class Suggestions:
    """The map, the name of the export that was recognised ("" if none), and every column in the order of the file."""

    map: ColumnMap
    preset: str
    columns: tuple[Suggested, ...]


def suggest_columns(
    header: Sequence[str], sample: Sequence[Mapping[str, str]] = (), *, known: ColumnMap | None = None
) -> ColumnMap:
    """Return the best column for each field: the map of `suggestions`."""
    return suggestions(header, sample, known=known).map


def suggestions(
    header: Sequence[str], sample: Sequence[Mapping[str, str]] = (), *, known: ColumnMap | None = None
) -> Suggestions:
    """Return for every column its field, or "", with a confidence and a reason. The sample is some rows of the file.

    In this order, each only where the ones before left field and column free: what is remembered for the source (1);
    a known export (0.97); the name, from 0.95 for the best names of a field down to 0.62 for a pattern; the values,
    0.25 to 0.58, less under a name we do not know. Values that do not fit all lower the confidence of a name, an empty
    column too; where most do not fit, the column is not taken. Where all the remembered columns are in the file, the
    map is the remembered one, and other columns stay unused: people outrank names.
    """
    file = _File(header, sample)
    preset = recognised(header)
    taken = _Taken(file)
    if known is not None:
        taken.constants.update(known.constants)
        _take_known(taken, known)
        if not taken.has_lost(known):
            return _finished(taken, preset, known=known)
    if preset is not None:
        _take_preset(taken, preset)
    _take_named(taken)
    _take_by_values(taken)
    _doubt_date(taken)
    return _finished(taken, preset, known=None)


class _File:
    """The columns of the file and what stands in them, by a sample of rows."""

    def __init__(self, header: Sequence[str], sample: Sequence[Mapping[str, str]]) -> None:
        self.header = tuple(header)
        self.sample = sample
        self.values = {column: [text for row in sample if (text := given(row.get(column)))] for column in header}

    @cached_property
    def looks(self) -> Mapping[str, Look]:
        return {column: Look.of(values, len(self.sample)) for column, values in self.values.items()}

    def is_empty(self, column: str) -> bool:
        return bool(self.sample) and not self.values[column]

    def fitting(self, name: str, column: str) -> float:
        """The share of the column's values that the field could hold, 0 for an id that is none; 1 without values."""
        if name == "external_id" and not is_identity(column, self.values[column], self.sample):
            return 0.0
        return fitting_share(name, self.values[column])


@dataclass
class _Taken:
    """What has been decided so far."""

    file: _File
    columns: dict[str, str] = field(default_factory=dict)
    fallbacks: dict[str, tuple[str, ...]] = field(default_factory=dict)
    constants: dict[str, str] = field(default_factory=dict)
    reasons: dict[str, Suggested] = field(default_factory=dict)

    def take(self, name: str, column: str, confidence: float, because: str) -> bool:
        """Take the column for the field, behind the columns that the field has; False if it is taken already."""
        if column in self.reasons or column not in self.file.values:
            return False
        if name in self.columns:
            self.fallbacks[name] = (*self.fallbacks.get(name, ()), column)
        elif name:
            self.columns[name] = column
        self.reasons[column] = Suggested(column, name, round(confidence, 2), because)
        return True

    def has_lost(self, known: ColumnMap) -> bool:
        """Whether a remembered column is not in this file."""
        remembered = {*known.columns.values(), *(column for found in known.fallbacks.values() for column in found)}
        return not remembered <= set(self.file.values)


def _take_known(taken: _Taken, known: ColumnMap) -> None:
    for name in FIELDS:
        for column in (known.columns.get(name), *known.fallbacks.get(name, ())):
            if column is not None:
                taken.take(name, column, 1.0, "as last time for this source")


def _take_preset(taken: _Taken, preset: Preset) -> None:
    file, because = taken.file, f"{preset.name} export"
    by_field: dict[str, list[tuple[bool, int, str]]] = {}
    for column in file.header:
        if column in taken.reasons or (found := preset.field_of(column)) is None:
            continue
        name, order = found
        if not name:
            taken.take("", column, _BY_PRESET, f"{because}: none of our fields")
        elif name not in taken.columns and file.fitting(name, column) >= FITTING_SHARE:
            by_field.setdefault(name, []).append((file.is_empty(column), order, column))
    for name, columns in by_field.items():
        for is_empty, _order, column in sorted(columns):
            fitting = 0.9 + 0.1 * file.fitting(name, column)
            taken.take(name, column, (0.9 if is_empty else _BY_PRESET) * fitting, because)


def _take_named(taken: _Taken) -> None:
    free = set(FIELDS) - set(taken.columns)
    candidates = {name: _ranked(name, taken) for name in FIELDS if name in free}
    # The best-named pairs first, so that "Job Title" is not taken by a field that knows it only by a pattern.
    pairs = sorted(
        (found, FIELDS.index(name), column) for name, listed in candidates.items() for found, column in listed
    )
    for found, order, column in pairs:
        name = FIELDS[order]
        if name not in taken.columns:
            taken.take(name, column, _confidence(name, column, found, taken.file), _named_because(found, column, taken))
    for name in FALLBACK_FIELDS:
        first = taken.columns.get(name, "")
        for found, column in candidates.get(name, ()):
            if found < PATTERN_RANK and not is_index(column):
                confidence = 0.85 * _confidence(name, column, found, taken.file)
                taken.take(name, column, confidence, f"asked where “{first}” is empty")


def _ranked(name: str, taken: _Taken) -> list[tuple[int, str]]:
    """The columns that can be this field by their names, best first: (rank, column)."""
    file, ranked = taken.file, []
    for order, column in enumerate(file.header):
        found = rank(name, column)
        if found is None or column in taken.reasons:
            continue
        if file.is_empty(column):
            found += _EMPTY_PENALTY
        elif file.fitting(name, column) < FITTING_SHARE:
            continue
        ranked.append((found, order, column))
    return [(found, column) for found, _order, column in sorted(ranked)]


def _confidence(name: str, column: str, found: int, file: _File) -> float:
    is_empty = file.is_empty(column)
    place = found - _EMPTY_PENALTY if is_empty else found
    least, base = next((least, base) for least, base in _NAMED if place >= least)
    base -= 0.08 * min(1.0, (place - least) / 100)
    if is_empty:
        return base * 0.8
    return base * (0.7 + 0.3 * file.fitting(name, column)) + (0.03 if file.values[column] else 0.0)


def _named_because(found: int, column: str, taken: _Taken) -> str:
    if taken.file.is_empty(column):
        return "named like it; empty in the first rows"
    return "its name hints at it" if found >= PATTERN_RANK else "named like it"


def _take_by_values(taken: _Taken) -> None:
    file = taken.file
    free = [column for column in file.header if column not in taken.reasons and _may_be_judged(column, file)]
    _take_pay_range(taken, free)
    alike = [(score, name, column) for column in free for name, score in file.looks[column].kinds.items()]
    found = _sorted_dates(alike, file)
    for score, name, column in sorted(found, key=lambda entry: (-round(entry[0], 2), file.header.index(entry[2]))):
        if score >= _SUREST_LOOK and name not in taken.columns:
            rival = max((other for other, kind, at in alike if kind == name and at != column), default=0.0)
            sure = score * (1 - 0.4 * min(1.0, rival)) * (0.5 + 0.5 * file.looks[column].filled)
            taken.take(name, column, _looked(sure, column), f"looks like {_LOOKS[name]}")


def _may_be_judged(column: str, file: _File) -> bool:
    """Whether only the values can tell: the name says nothing, or nothing that we know."""
    if file.is_empty(column) or not file.sample:
        return False
    if says_nothing(column) or is_index(column):
        return True
    return not is_stranger(column) and all(rank(name, column) is None for name in FIELDS)


def _looked(score: float, column: str) -> float:
    confidence = _BY_VALUES_LEAST + (_BY_VALUES_MOST - _BY_VALUES_LEAST) * min(1.0, score)
    return confidence if says_nothing(column) or is_index(column) else confidence * _UNKNOWN_NAME


def _take_pay_range(taken: _Taken, free: Sequence[str]) -> None:
    if {"pay_min", "pay_max"} & set(taken.columns):
        return
    numeric = [column for column in free if taken.file.looks[column].numbers]
    cells = {column: [given(row.get(column)) for row in taken.file.sample] for column in numeric}
    # Neighbours first: two columns that stand beside each other belong together.
    pairs = sorted(permutations(numeric, 2), key=lambda pair: abs(numeric.index(pair[1]) - numeric.index(pair[0])))
    for low, high in pairs:
        if is_pay_range(cells[low], cells[high]):
            for name, column in (("pay_min", low), ("pay_max", high)):
                taken.take(name, column, _looked(0.5, column), f"looks like {_LOOKS[name]}")
            return


def _sorted_dates(found: Sequence[_Found], file: _File) -> list[_Found]:
    """Of several columns of dates, keep the earliest: that is when it was published. One that runs on from row to row
    is when the row was collected; what else comes later, such as the end of the posting, is none of our fields.
    """
    dated = [entry for entry in found if entry[1] == "date_posted"]
    others = [entry for entry in found if entry[1] != "date_posted"]
    clocks = [entry for entry in dated if file.looks[entry[2]].is_clock] if len(dated) > 1 else []
    posted = [entry for entry in dated if entry not in clocks[:1]]
    often = [entry for entry in posted if file.looks[entry[2]].filled >= 0.3] or posted
    earliest = [min(often, key=lambda entry: _published(file.looks[entry[2]]))] if often else []
    return others + earliest + [(0.6 * score, "seen_on", column) for score, _name, column in clocks[:1]]


def _doubt_date(taken: _Taken) -> None:
    """Halve the confidence in a date that is, on every row, the day on which the row was collected."""
    posted, seen = taken.columns.get("date_posted"), taken.columns.get("seen_on")
    if posted is None or seen is None or taken.reasons[posted].confidence == 1:
        return
    cells = [(given(row.get(posted)), given(row.get(seen))) for row in taken.file.sample]
    pairs = [pair for pair in cells if all(pair)]
    days = ((parse_date(one, seen_on=FAR_DAY), parse_date(other, seen_on=FAR_DAY)) for one, other in pairs)
    if len(pairs) >= 10 and not any(is_relative(one) for one, _ in pairs) and all(one == other for one, other in days):
        doubted = taken.reasons[posted]
        because = f"{doubted.because}, but on every row the day it was collected"
        taken.reasons[posted] = replace(doubted, confidence=round(doubted.confidence / 2, 2), because=because)


def _published(look: Look) -> date:
    day = median_low(look.days) if look.days else date.min
    # "3 days ago" is counted back from a day far off: such a column says when it was published.
    return date.min if day > _PROBABLY_PUBLISHED else day


def _finished(taken: _Taken, preset: Preset | None, *, known: ColumnMap | None) -> Suggestions:
    columns = tuple(taken.reasons.get(column) or _unused(column, taken, known) for column in taken.file.header)
    found = known or ColumnMap(
        {name: taken.columns[name] for name in FIELDS if name in taken.columns}, taken.fallbacks, taken.constants
    )
    return Suggestions(found, preset.name if preset else "", columns)


def _unused(column: str, taken: _Taken, known: ColumnMap | None) -> Suggested:
    """Why a column is none of our fields, and how sure that is."""
    file = taken.file
    unused = Suggested(column, "", 0.7, "not known")
    if known is not None:
        return replace(unused, confidence=0.95, because="not used last time for this source")
    if is_index(column) or (file.is_empty(column) and says_nothing(column)):
        because = "holds nothing" if file.is_empty(column) else "numbers the rows, or has no name"
        return replace(unused, confidence=0.9 if file.is_empty(column) else 0.8, because=because)
    if is_stranger(column):
        return replace(unused, confidence=0.9, because="its name says something else")
    for name in FIELDS:
        if rank(name, column) is not None:
            label = _LABELS.get(name, name)
            if name in taken.columns:
                return replace(unused, confidence=0.65, because=f"“{taken.columns[name]}” is the {label}")
            return replace(unused, confidence=0.6, because=f"named like the {label}, but its values are not")
    return replace(unused, confidence=0.5) if says_nothing(column) else unused
