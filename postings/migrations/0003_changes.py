"""Triggers that note which postings changed: a posting counts once it has been read, so coming and going is its record's.

Statement by statement on PostgreSQL, row by row on SQLite. A write that changes nothing a figure rests on (a posting seen
again, a record that reads as before) is not noted.
"""

from django.db import migrations, models

FACTS = (
    "source_id", "key", "content_hash", "title_id", "company_id", "ad_group_id", "reposted", "date_posted",
    "pay_yearly_min", "pay_yearly_max", "pay_suspect", "pay_currency", "country", "place", "seniority", "language",
    "remote",
)  # fmt: skip
NOTE = "INSERT INTO postings_postingchange (posting_id)"
SQLITE = (
    f"""CREATE TRIGGER postings_change_insert AFTER INSERT ON postings_extraction BEGIN
        {NOTE} VALUES (new.posting_id);
    END""",
    f"""CREATE TRIGGER postings_change_delete AFTER DELETE ON postings_extraction BEGIN
        {NOTE} VALUES (old.posting_id);
    END""",
    f"""CREATE TRIGGER postings_change_record AFTER UPDATE OF record ON postings_extraction
        WHEN old.record IS NOT new.record BEGIN
        {NOTE} VALUES (new.posting_id);
    END""",
    f"""CREATE TRIGGER postings_change_posting AFTER UPDATE OF {", ".join(FACTS)} ON postings_posting
        WHEN {" OR ".join(f"old.{name} IS NOT new.{name}" for name in FACTS)} BEGIN
        {NOTE} VALUES (new.id);
    END""",
)


def _on_statement(name: str, event: str, tables: str, action: str) -> tuple[str, str]:
    """Return the statements that make a function, and a trigger that calls it once for each statement."""
    function = f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {action}; RETURN NULL; END $$"
    trigger = f"CREATE TRIGGER {name} AFTER {event} {tables} FOR EACH STATEMENT EXECUTE FUNCTION {name}()"
    return function, trigger


_BOTH = "REFERENCING OLD TABLE AS before NEW TABLE AS after"
_FACTS_OF = {table: ", ".join(f"{table}.{name}" for name in FACTS) for table in ("before", "after")}
POSTGRESQL = (
    *_on_statement(
        "postings_change_insert",
        "INSERT ON postings_extraction",
        "REFERENCING NEW TABLE AS after",
        f"{NOTE} SELECT posting_id FROM after",
    ),
    *_on_statement(
        "postings_change_delete",
        "DELETE ON postings_extraction",
        "REFERENCING OLD TABLE AS before",
        f"{NOTE} SELECT posting_id FROM before",
    ),
    *_on_statement(
        "postings_change_record",
        "UPDATE ON postings_extraction",
        _BOTH,
        f"{NOTE} SELECT posting_id FROM after JOIN before USING (posting_id) WHERE after.record <> before.record",
    ),
    *_on_statement(
        "postings_change_posting",
        "UPDATE ON postings_posting",
        _BOTH,
        f"{NOTE} SELECT id FROM after JOIN before USING (id)"
        f" WHERE ({_FACTS_OF['after']}) IS DISTINCT FROM ({_FACTS_OF['before']})",
    ),
    # Which postings went is not told then: the copy of the facts that is marked is good no more.
    *_on_statement(
        "postings_change_truncate", "TRUNCATE ON postings_extraction", "", "DELETE FROM postings_changemark"
    ),
)
TRIGGERS = {
    "postings_change_insert": "postings_extraction",
    "postings_change_delete": "postings_extraction",
    "postings_change_record": "postings_extraction",
    "postings_change_posting": "postings_posting",
}


def create(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for name in TRIGGERS:
            schema_editor.execute(f"DROP TRIGGER {name}")
        return
    for name, table in {**TRIGGERS, "postings_change_truncate": "postings_extraction"}.items():
        schema_editor.execute(f"DROP TRIGGER {name} ON {table}")
        schema_editor.execute(f"DROP FUNCTION {name}()")


class Migration(migrations.Migration):
    dependencies = [("postings", "0002_search")]
    operations = [
        migrations.CreateModel(
            name="PostingChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("posting_id", models.BigIntegerField(help_text="Of a posting that may be gone by now.")),
            ],
            options={"ordering": ("pk",)},
        ),
        migrations.CreateModel(
            name="ChangeMark",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("name", models.CharField(blank=True, max_length=40)),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=models.Q(("id", 1)), name="change_mark_is_one_row")]
            },
        ),
        migrations.RunPython(create, drop),
    ]
