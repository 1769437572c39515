"""What a page was asked: the filter bar in an address, and addresses made from it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from urllib.parse import urlencode

from django.http import QueryDict

from analytics.snapshot import Filter

FIELDS = {
    "country": "countries",
    "role": "roles",
    "seniority": "seniorities",
    "company": "companies",
    "source": "sources",
    "remote": "remotes",
    "language": "languages",
    "title": "titles",
}
"""Name in the address -> field of the Filter. `none` as a value means "not known"."""

UNKNOWN = "none"


COUNTING = ("copies", "reposts")
CARRIED = ("profiles", "run")
"""How figures are told, kept on every link: the level of profiles, and a run that is not the published one."""


@dataclass(frozen=True)
class Question:
    """The filters of an address. `problems` are sentences about parts that could not be understood.

    `carried` are its parts that are no filter and yet go along on every link, as (name, value).
    """

    filter: Filter = field(default_factory=Filter)
    problems: tuple[str, ...] = ()
    carried: tuple[tuple[str, str], ...] = ()

    @classmethod
    def from_query(cls, query: QueryDict) -> "Question":
        since, until, problems = None, None, []
        for name in ("since", "until"):
            try:
                day = date.fromisoformat(stated) if (stated := query.get(name)) else None
            except ValueError:
                problems.append(f"“{query[name]}” is not a date like 2026-08-01, so it was left out.")
                continue
            since, until = (day, until) if name == "since" else (since, day)
        chosen = {
            target: tuple(sorted({"" if value == UNKNOWN else value for value in query.getlist(name) if value}))
            for name, target in FIELDS.items()
        }
        copies, reposts = (query.get(name) == "1" for name in COUNTING)
        found = Filter(since=since, until=until, copies=copies, reposts=reposts, **chosen)
        carried = tuple((name, value) for name in CARRIED if (value := query.get(name)))
        return cls(found, tuple(problems), carried)

    def pairs(self) -> list[tuple[str, str]]:
        """Return the filters and what is carried as (name, value) of an address, in one order."""
        return [*self._dates, *self._others]

    @property
    def is_filtered(self) -> bool:
        return self.filter != Filter()

    @property
    def _dates(self) -> list[tuple[str, str]]:
        return [(name, day.isoformat()) for name in ("since", "until") if (day := getattr(self.filter, name))]

    @property
    def _others(self) -> list[tuple[str, str]]:
        pairs: list[tuple[str, str]] = []
        for name, target in FIELDS.items():
            pairs += [(name, value or UNKNOWN) for value in getattr(self.filter, target)]
        counting = [(name, "1") for name in COUNTING if getattr(self.filter, name)]
        return [*pairs, *counting, *self.carried]

    @property
    def query(self) -> str:
        """Return "?country=US&role=..." or "", to carry along on links."""
        return self.query_and(())

    def query_with(self, **extra: str | int) -> str:
        """Return the query with further parts (tab="trend", skill=12); empty values are left out."""
        return self.query_and([(name, str(value)) for name, value in extra.items() if value != ""])

    def query_and(self, extra: Sequence[tuple[str, str]]) -> str:
        """Return the query with further (name, value) pairs, among which a name may stand twice."""
        parts = [part for part in (_encoded(self.filter, self.carried), _encoded_pairs(*extra)) if part]
        return f"?{'&'.join(parts)}" if parts else ""

    def queries_between(self, spans: Iterable[tuple[date, date]], extra: Sequence[tuple[str, str]]) -> list[str]:
        """Return for each span (its first and its last day) the query narrowed to it, with further parts."""
        others = _encoded_pairs(*self._others, *extra)
        since, until = self.filter.since or date.min, self.filter.until or date.max
        days = ((max(since, first), min(until, last)) for first, last in spans)
        return [f"?since={first}&until={last}" + (f"&{others}" if others else "") for first, last in days]

    def narrowed(self, **columns: str) -> "Question":
        """Return the question narrowed to single values: narrowed(role="data engineer", country="US")."""
        return self.changed({FIELDS[name]: (value,) for name, value in columns.items()})

    def without(self, name: str, value: str | None = None) -> "Question":
        """Return the question without one filter, or without one of its values."""
        if name not in FIELDS:
            return self.changed({name: False if name in COUNTING else None})
        left = tuple(v for v in getattr(self.filter, FIELDS[name]) if value is not None and v != value)
        return self.changed({FIELDS[name]: left})

    def changed(self, fields: Mapping[str, object]) -> "Question":
        return replace(self, filter=Filter(**{**vars(self.filter), **fields}))

    def cleared(self) -> "Question":
        """Return the question without any filter."""
        return replace(self, filter=Filter())

    def carrying(self, **parts: str) -> "Question":
        """Return the question with other carried parts: carrying(profiles="coarse"); "" drops one."""
        carried = {**dict(self.carried), **parts}
        return replace(self, carried=tuple((name, carried[name]) for name in CARRIED if carried.get(name)))


# A page carries its filters on hundreds of links, and most of them twice.
@lru_cache(maxsize=512)
def _encoded(asked: Filter, carried: tuple[tuple[str, str], ...]) -> str:
    return urlencode(Question(asked, carried=carried).pairs())


@lru_cache(maxsize=4096)
def _encoded_pairs(*pairs: tuple[str, str]) -> str:
    return urlencode(pairs)
