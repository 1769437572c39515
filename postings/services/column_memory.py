"""Which columns people settled on: the next file of the source with the same header gets the same ones."""

from collections.abc import Mapping, Sequence

from django.db import transaction

from postings import ingest
from postings.models import Source

HEADERS_KEPT = 50
"""Headers remembered of one source at most."""


def remember_columns(source: int, header: Sequence[str], columns: ingest.ColumnMap) -> None:
    """Keep the columns of this header for the source, as the latest ones."""
    with transaction.atomic():
        row = Source.objects.select_for_update().get(pk=source)
        name = "\n".join(header)
        others = [pair for pair in row.columns.items() if pair[0] != name][-HEADERS_KEPT + 1 :]
        row.columns = {**dict(others), name: columns.to_dict()}
        row.save(update_fields=["columns"])


def remembered_columns(stored: Mapping[str, Mapping[str, str]], header: Sequence[str]) -> ingest.ColumnMap | None:
    """Return the columns settled on for this header, else those for the most similar one; None before any were.

    `stored` is Source.columns. Of two headers that are equally similar, the one with the fewer names counts.
    """
    if "\n".join(header) in stored:
        return ingest.ColumnMap.from_dict(stored["\n".join(header)])
    names = set(header)
    similar = [(len(names & set(other.split("\n"))), -len(other.split("\n")), other) for other in stored]
    best = max(similar, default=(0, 0, ""))
    return ingest.ColumnMap.from_dict(stored[best[2]]) if best[0] else None


def suggested(source: Source, header: Sequence[str], sample: Sequence[Mapping[str, str]]) -> "ingest.Suggestions":
    """Return the suggestions for a file of this source, with what its people settled on before."""
    return ingest.suggestions(header, sample, known=remembered_columns(source.columns, header))


def with_choices(columns: ingest.ColumnMap, chosen: Mapping[str, str], *, header: Sequence[str]) -> ingest.ColumnMap:
    """Return the map with the choices of a person, field -> column as in ColumnMap.to_dict, in place of what it said.

    A column that is not in the header raises UnreadableFile.
    """
    strange = [column for name, column in chosen.items() if column not in header and not name.endswith(" (fixed)")]
    if strange:
        raise ingest.UnreadableFile(f"The file has no column {' or '.join(f'“{column}”' for column in strange)}.")
    taken = set(chosen.values())
    others = {
        name: column for name, column in columns.to_dict().items() if name.endswith(" (fixed)") or column not in taken
    }
    return ingest.ColumnMap.from_dict({**others, **chosen})
