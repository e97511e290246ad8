"""An update of a written row is refused by the database itself, in the tables and columns of 0003 too."""

from django.db import migrations

TABLES = [
    "inspection", "statement", "judgement", "recommendation", "finding", "lookback", "problem",
    "ratingtotal", "correction", "reviewdecision", "event", "edition", "firstload", "attempt",
]
RELEASE = [
    "id", "public_id", "source", "slot", "publisher", "title", "sha256", "licence", "retrieved_at",
    "url", "published", "media_type", "compiled_by", "reader", "as_at", "is_snapshot",
]
MESSAGE = "the record is not changed: publish a release or a correction, which adds to it"


def add(apps, editor):
    if editor.connection.vendor == "sqlite":
        for table in TABLES:
            editor.execute(
                f"CREATE TRIGGER evidence_{table}_immutable BEFORE UPDATE ON evidence_{table} "
                f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
            )
        editor.execute(
            f"CREATE TRIGGER evidence_release_immutable BEFORE UPDATE OF {', '.join(RELEASE)} "
            f"ON evidence_release BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
        )
    elif editor.connection.vendor == "postgresql":
        for table in TABLES:
            editor.execute(
                f"CREATE TRIGGER evidence_{table}_immutable BEFORE UPDATE ON evidence_{table} "
                "FOR EACH ROW EXECUTE FUNCTION evidence_refuse()"
            )
        editor.execute(
            f"CREATE TRIGGER evidence_release_immutable BEFORE UPDATE OF {', '.join(RELEASE)} "
            "ON evidence_release FOR EACH ROW EXECUTE FUNCTION evidence_refuse()"
        )


def remove(apps, editor):
    for table in [*TABLES, "release"]:
        if editor.connection.vendor == "sqlite":
            editor.execute(f"DROP TRIGGER IF EXISTS evidence_{table}_immutable")
        elif editor.connection.vendor == "postgresql":
            editor.execute(f"DROP TRIGGER IF EXISTS evidence_{table}_immutable ON evidence_{table}")


class Migration(migrations.Migration):
    dependencies = [("evidence", "0003_editions_and_changes")]
    operations = [migrations.RunPython(add, remove)]
