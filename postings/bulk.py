"""Writing many rows at once: executemany on SQLite, COPY on PostgreSQL.

bulk_create was 17-20 times slower, and its ignore_conflicts silently drops rows that break a CHECK on SQLite. Here a
conflict is named: only a row whose `conflict` columns exist already is skipped or updated; every other fault is raised.
"""

from collections.abc import Iterable, Sequence

from django.db import connection, models

from jobsite.batching import batched

_UPDATED_AT_ONCE = 500


def insert_rows(
    model: type[models.Model],
    fields: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    conflict: Sequence[str] = (),
    update: Sequence[str] = (),
) -> None:
    """Insert `rows` (values in the order of `fields`, which are field attnames such as "title_id").

    A row that exists already, by the columns in `conflict`, is left as it is, or has its `update` columns overwritten.
    """
    columns = [_field(model, name) for name in fields]
    values = [
        tuple(field.get_db_prep_save(value, connection) for field, value in zip(columns, row, strict=True))
        for row in rows
    ]
    if not values:
        return
    names = ", ".join(_column(model, name) for name in fields)
    ending = _on_conflict([_column(model, name) for name in conflict], [_column(model, name) for name in update])
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            _copy(cursor, table, names, ending, values)
        else:
            marks = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks}){ending}", values)  # noqa: S608 (quoted names)


def update_rows(model: type[models.Model], ids: Iterable[int], **values: object) -> None:
    """Give the rows with these ids these values, however many there are."""
    for batch in batched(ids, _UPDATED_AT_ONCE):
        model._default_manager.filter(pk__in=batch).update(**values)


def _field(model: type[models.Model], attname: str) -> models.Field:
    return next(field for field in model._meta.concrete_fields if field.attname == attname)


def _column(model: type[models.Model], attname: str) -> str:
    return connection.ops.quote_name(_field(model, attname).column or attname)


def _on_conflict(conflict: Sequence[str], update: Sequence[str]) -> str:
    if not conflict:
        return ""
    target = f" ON CONFLICT ({', '.join(conflict)}) DO "
    return target + ("UPDATE SET " + ", ".join(f"{c} = excluded.{c}" for c in update) if update else "NOTHING")


def _copy(cursor, table: str, names: str, ending: str, values: Sequence[Sequence[object]]) -> None:  # type: ignore[no-untyped-def]  # Django's and psycopg's cursors share no type
    """COPY into a temporary table, then insert from there, so that conflicts can be named."""
    cursor.execute(f"CREATE TEMPORARY TABLE incoming ON COMMIT DROP AS SELECT {names} FROM {table} WITH NO DATA")  # noqa: S608 (quoted names)
    with cursor.copy(f"COPY incoming ({names}) FROM STDIN") as copy:
        for row in values:
            copy.write_row(row)
    cursor.execute(f"INSERT INTO {table} ({names}) SELECT {names} FROM incoming{ending}")  # noqa: S608 (quoted names)
    cursor.execute("DROP TABLE incoming")
