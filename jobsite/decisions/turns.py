"""Decisions are made one after another: between what a person saw and what is written nobody else writes."""

from django.db import connection

_LEDGER = 0x1ED6E2
"""Any number that no other advisory lock of the database has."""


def wait_for_turn() -> None:
    """Hold the ledger until the transaction that runs ends; whoever holds it is waited for.

    Only PostgreSQL needs this: on SQLite a transaction writes alone from its beginning.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LEDGER])
