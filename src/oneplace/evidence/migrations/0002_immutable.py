"""An update of a written row is refused by the database itself. Only a release's pointer moves."""

from django.db import migrations

TABLES = [
    "inspection", "statement", "judgement", "recommendation", "finding", "lookback", "problem",
    "ratingtotal", "correction", "reviewdecision",
]
RELEASE = [
    "id", "public_id", "source", "slot", "publisher", "title", "sha256", "licence", "retrieved_at",
    "url", "published", "media_type", "compiled_by", "reader",
]
MESSAGE = "the record is not changed: publish a release or a correction, which adds to it"


def add(apps, editor):
    tables = [f"evidence_{table}" for table in TABLES]
    if editor.connection.vendor == "sqlite":
        for table in tables:
            editor.execute(
                f"CREATE TRIGGER {table}_immutable BEFORE UPDATE ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
            )
        editor.execute(
            f"CREATE TRIGGER evidence_release_immutable BEFORE UPDATE OF {', '.join(RELEASE)} "
            f"ON evidence_release BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
        )
    elif editor.connection.vendor == "postgresql":
        editor.execute(
            "CREATE FUNCTION evidence_refuse() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
        )
        for table in tables:
            editor.execute(
                f"CREATE TRIGGER {table}_immutable BEFORE UPDATE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION evidence_refuse()"
            )
        editor.execute(
            f"CREATE TRIGGER evidence_release_immutable BEFORE UPDATE OF {', '.join(RELEASE)} "
            "ON evidence_release FOR EACH ROW EXECUTE FUNCTION evidence_refuse()"
        )


def remove(apps, editor):
    tables = [f"evidence_{table}" for table in [*TABLES, "release"]]
    vendor = editor.connection.vendor
    for table in tables:
        if vendor == "sqlite":
            editor.execute(f"DROP TRIGGER IF EXISTS {table}_immutable")
        elif vendor == "postgresql":
            editor.execute(f"DROP TRIGGER IF EXISTS {table}_immutable ON {table}")
    if vendor == "postgresql":
        editor.execute("DROP FUNCTION IF EXISTS evidence_refuse()")


class Migration(migrations.Migration):
    dependencies = [("evidence", "0001_initial")]
    operations = [migrations.RunPython(add, remove)]
