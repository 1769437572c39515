"""What a row says about each field, and in which column it says so."""

from collections.abc import Iterator

from postings.ingest.columns import ColumnMap
from postings.ingest.values import given, is_lost


class Cells:
    """The cells of one row by field; each is looked up once."""

    def __init__(self, values: dict[str, str], columns: ColumnMap) -> None:
        self._values = values
        self._columns = columns
        self._found: dict[str, str] = {}

    def __getitem__(self, name: str) -> str:
        """What is said about a field, without blanks around it; "" where nothing is."""
        found = self._found.get(name)
        if found is None:
            found = self._found[name] = self._columns.value(self._values, name) if self._has(name) else ""
        return found

    def _has(self, name: str) -> bool:
        columns = self._columns
        return name in columns.columns or name in columns.constants or name in columns.fallbacks

    def stated(self) -> Iterator[tuple[str, str]]:
        """Each field that has a column, with what is said about it."""
        for name in self._columns.columns:
            yield name, self[name]

    def column_of(self, name: str) -> str:
        """The column that says what is said about a field."""
        for column in self._columns_of(name):
            if given(self._values.get(column, "")):
                return column
        return self._columns.columns.get(name, "")

    def lost_in(self, name: str) -> str:
        """The column of a field that shows "########" instead of its value, "" if none does."""
        return next((column for column in self._columns_of(name) if is_lost(self._values.get(column, "").strip())), "")

    def written(self, column: str) -> str:
        return self._values.get(column, "")

    def heading(self, names: tuple[str, ...]) -> str:
        """The names of the columns of these fields: they often tell the currency and the period of pay."""
        return " ".join(self._columns.columns[name] for name in names if name in self._columns.columns)

    def _columns_of(self, name: str) -> tuple[str, ...]:
        first = self._columns.columns.get(name)
        return (*((first,) if first is not None else ()), *self._columns.fallbacks.get(name, ()))
