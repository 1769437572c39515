"""What is known of a source's postings, as far as a chunk of rows needs it, and what each row does to it.

Rows are taken one after the other, in memory: whoever stores the book after each chunk gets the same tables for every
size of chunk.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from django.db.models import F, Window
from django.db.models.functions import RowNumber

from postings.ingest import PostingRow
from postings.models import Company, Posting, PostingText, PostingVersion
from postings.services.near_text import is_cut, nearness, tells_enough
from postings.services.posting_states import FACTS, State, company_key

KIN_LOOKED_AT = 50
"""Among how many postings of one company, title and place, the latest, an edited one is looked for: a bound on time."""


@dataclass
class Known:
    """A posting that is stored, or will be; `state` and `versions` (the oldest first) are loaded if needed."""

    key: str
    kin: str
    content_hash: str
    first_seen: date
    last_seen: date
    pk: int | None = None
    state: State | None = None
    versions: list[State] = field(default_factory=list)
    is_seen_here: bool = False
    """A row of this very upload was it."""
    is_moved: bool = False
    """Its row has to be stored, for what it says or since when."""
    is_reworded: bool = False
    """Its title or text is another one than what was read for skills."""
    is_renamed: bool = False
    """Its title or company is another one than what can be searched for."""
    has_new_versions: bool = False

    @property
    def now(self) -> State:
        if self.state is None:
            raise LookupError(f"posting {self.key} was not loaded")
        return self.state

    def take(self, row: State) -> str:
        """Let a row say what it says; return "changed" or "repeated"."""
        self.is_seen_here = True
        if row.content_hash == self.content_hash:
            return self._seen(row.since)
        completed = row.completed_by(self.now)
        if completed.says_the_same_as(self.now):
            return self._seen(row.since)
        if row.since <= self.last_seen and self._widen_version(row, completed):
            return "repeated"
        return self._renew(completed) if row.since >= self.last_seen else self._insert(row)

    def _seen(self, day: date) -> str:
        if day > self.last_seen:
            self.last_seen = day
            self.is_moved = True
        if day < self.first_seen:
            self.first_seen = day
            self.is_moved = True
            if not self.versions:
                self.state = replace(self.now, since=day)
        return "repeated"

    def _widen_version(self, row: State, completed: State) -> bool:
        """Whether an older version said this already; if so, it did on the row's day, too."""
        for at, version in enumerate(self.versions):
            if row.content_hash != version.content_hash and not completed.says_the_same_as(version):
                continue
            since, until = min(version.since, row.since), max(version.until, row.since)
            if (since, until) != (version.since, version.until):
                self.versions[at] = replace(version, since=since, until=until)
                self._keep_versions()
            return True
        return False

    def _renew(self, row: State) -> str:
        """The row is the latest: what was said so far becomes a version."""
        before = self.now
        self.versions.append(replace(before, until=self.last_seen))
        self.state, self.content_hash, self.last_seen = row, row.content_hash, row.since
        self.is_reworded |= (row.title, row.text) != (before.title, before.text)
        self.is_renamed |= row.company != before.company
        self._keep_versions()
        return "changed"

    def _insert(self, row: State) -> str:
        """The row is from before: it becomes a version, and gives its text if only the beginning of it is known."""
        self.versions.append(row)
        if is_cut(self.now.text, row.text):
            self.state = replace(self.now, text=row.text)
            self.is_reworded = True
        self._keep_versions()
        return "changed"

    def _keep_versions(self) -> None:
        self.versions.sort(key=lambda version: (version.since, version.until))
        self.first_seen = min(self.first_seen, self.versions[0].since)
        self.has_new_versions = self.is_moved = True

    def nearness(self, row: State) -> float:
        """Return how near the row's text is to this posting's, in 0..1; 0.0 if they are two postings."""
        short, long = sorted((row.text, self.now.text), key=len)
        if tells_enough(short) and is_cut(short, long):
            return 1.0
        return nearness(row.text, self.now.text)

    def said(self, text: str) -> bool:
        words = text.casefold().split()
        return any(state.text.casefold().split() == words for state in (self.now, *self.versions))


class PostingBook:
    """The postings of one source that a chunk of rows may be about; `take` the rows in their order."""

    def __init__(self, source: int, rows: Sequence[PostingRow], *, upload: int) -> None:
        """`upload` brings the rows; 0 if they are only looked at."""
        self.upload = upload
        self.rows = rows
        self.spellings = _spellings(rows)
        self.by_key = _by_key(source, rows, upload)
        self.stated: list[State] = []
        """What was said for the first time, in the order of the rows."""
        self.by_kin: dict[str, list[Known]] = defaultdict(list)
        strange = {kin_of(row) for row in rows if row.key not in self.by_key} - {""}
        for found in _by_kin(source, strange, upload):
            known = self.by_key.setdefault(found.key, found)
            self.by_kin[known.kin].append(known)
        _load(self._needed_in_full(strange))

    def take(self, row: PostingRow) -> str:
        """Return "new", "changed" or "repeated", and keep in mind what is to be stored."""
        state = State.of_row(row, company=self._spelled(row.company), upload=self.upload)
        known = self.by_key.get(row.key) or self._edited(row, state)
        if known is None:
            self._add(row, state)
        fate = known.take(state) if known else "new"
        if fate != "repeated":
            self.stated.append(state)
        return fate

    def _spelled(self, company: str) -> str:
        """Return the company's name as it was first written: what would be read back from the database."""
        name = company.strip()[:200]
        return self.spellings.setdefault(company_key(name), name) if name else ""

    def _add(self, row: PostingRow, state: State) -> None:
        known = Known(row.key, kin_of(row), row.content_hash, row.seen_on, row.seen_on, state=state)
        known.is_seen_here = known.is_moved = True
        self.by_key[known.key] = known
        if known.kin:
            self.by_kin[known.kin].append(known)

    def _edited(self, row: PostingRow, state: State) -> Known | None:
        """Return the posting of which this row is an edited text: the nearest, or None.

        Rows of one file stand on the board side by side: one that differs is another posting, unless its words have
        been this posting's before.
        """
        kin = self.by_kin.get(kin_of(row), [])[-KIN_LOOKED_AT:]
        if same := next((known for known in kin if known.said(row.text)), None):
            return same
        near = [(known.nearness(state), known) for known in kin if not known.is_seen_here]
        best, known = max(near, key=lambda pair: pair[0], default=(0.0, None))
        return known if best else None

    def _needed_in_full(self, strange: set[str]) -> list[Known]:
        needed = {known.key: known for kin in strange for known in self.by_kin.get(kin, ())}
        for row in self.rows:
            known = self.by_key.get(row.key)
            if known and (known.content_hash != row.content_hash or row.seen_on < known.first_seen):
                needed[known.key] = known
        return list(needed.values())


def kin_of(row: PostingRow) -> str:
    """Return what an edited posting is recognised by; "" if it has an id, or names no company."""
    return row.kin if row.company and not row.external_id else ""


def _spellings(rows: Iterable[PostingRow]) -> dict[str, str]:
    keys = {company_key(row.company.strip()[:200]) for row in rows if row.company.strip()}
    return dict(Company.objects.filter(key__in=keys).values_list("key", "name"))


LIGHT = ("pk", "key", "kin", "content_hash", "first_seen", "last_seen", "last_upload_id")


def _by_key(source: int, rows: Sequence[PostingRow], upload: int) -> dict[str, Known]:
    found = Posting.objects.filter(source_id=source, key__in={row.key for row in rows})
    return {known.key: known for known in _light(found.values_list(*LIGHT), upload)}


def _by_kin(source: int, kin: set[str], upload: int) -> Iterable[Known]:
    """Return the latest postings of each kin, in the order in which they were stored."""
    if not kin:
        return ()
    place = Window(RowNumber(), partition_by=F("kin"), order_by=F("pk").desc())
    found = Posting.objects.filter(source_id=source, kin__in=kin).annotate(place_in_kin=place)
    return _light(found.filter(place_in_kin__lte=KIN_LOOKED_AT).order_by("pk").values_list(*LIGHT), upload)


def _light(found: Iterable[tuple], upload: int) -> Iterable[Known]:
    for pk, key, kin, content_hash, first_seen, last_seen, last_upload in found:
        known = Known(key, kin, content_hash, first_seen, last_seen, pk=pk)
        known.is_seen_here = last_upload == upload
        yield known


def _load(postings: Sequence[Known]) -> None:
    """Fetch what the postings say and said, in three queries."""
    if not postings:
        return
    by_pk = {known.pk: known for known in postings if known.pk}
    texts = dict(PostingText.objects.filter(pk__in=by_pk).values_list("pk", "text"))
    names = ("pk", "content_hash", "title__text", "company__name", "upload_id", "row", "line", "said_since", *FACTS)
    for pk, content_hash, title, company, upload, row, line, since, *facts in Posting.objects.filter(
        pk__in=by_pk
    ).values_list(*names):
        by_pk[pk].state = State(
            content_hash=content_hash,
            title=title,
            company=company or "",
            values=dict(zip(FACTS, facts, strict=True)),
            text=texts[pk],
            upload=upload,
            row=row,
            line=line,
            since=since,
            until=by_pk[pk].last_seen,
        )
    for version in PostingVersion.objects.filter(posting__in=by_pk).order_by("posting", "number"):
        by_pk[version.posting_id].versions.append(State.of_version(version))
