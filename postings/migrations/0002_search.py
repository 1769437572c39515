"""Full-text search in the database's own way: an FTS5 table kept by triggers, or a generated tsvector with a GIN index."""

from django.db import migrations

FTS5 = (
    """CREATE VIRTUAL TABLE postings_search USING fts5(
        heading, text, content='postings_postingtext', content_rowid='posting_id',
        tokenize="unicode61 remove_diacritics 2 tokenchars '+#'"
    )""",
    """CREATE TRIGGER postings_search_insert AFTER INSERT ON postings_postingtext BEGIN
        INSERT INTO postings_search(rowid, heading, text) VALUES (new.posting_id, new.heading, new.text);
    END""",
    """CREATE TRIGGER postings_search_delete AFTER DELETE ON postings_postingtext BEGIN
        INSERT INTO postings_search(postings_search, rowid, heading, text)
        VALUES ('delete', old.posting_id, old.heading, old.text);
    END""",
    """CREATE TRIGGER postings_search_update AFTER UPDATE ON postings_postingtext BEGIN
        INSERT INTO postings_search(postings_search, rowid, heading, text)
        VALUES ('delete', old.posting_id, old.heading, old.text);
        INSERT INTO postings_search(rowid, heading, text) VALUES (new.posting_id, new.heading, new.text);
    END""",
)
# A tsvector holds at most 1 MB: the first 200,000 characters of a text are plenty.
TSVECTOR = (
    """ALTER TABLE postings_postingtext ADD COLUMN search tsvector
        GENERATED ALWAYS AS (to_tsvector('simple', heading || ' ' || left(text, 200000))) STORED""",
    "CREATE INDEX postings_search ON postings_postingtext USING gin (search)",
)
UNDO = {
    "sqlite": (
        "DROP TRIGGER postings_search_insert",
        "DROP TRIGGER postings_search_delete",
        "DROP TRIGGER postings_search_update",
        "DROP TABLE postings_search",
    ),
    "postgresql": ("ALTER TABLE postings_postingtext DROP COLUMN search",),
}


def create(apps, schema_editor):
    for statement in FTS5 if schema_editor.connection.vendor == "sqlite" else TSVECTOR:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    for statement in UNDO[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("postings", "0001_initial")]
    operations = [migrations.RunPython(create, drop)]
