"""An update of a written value is refused by the database itself. Only a dataset's pointer moves."""

from django.db import migrations

TABLES = ["measure", "definition", "subject", "period", "value"]
DATASET = ["id", "release_id", "source", "dated"]
MESSAGE = "statistics are not changed: publish a newer release of them"


def add(apps, editor):
    tables = [f"indicators_{table}" for table in TABLES]
    if editor.connection.vendor == "sqlite":
        for table in tables:
            editor.execute(
                f"CREATE TRIGGER {table}_immutable BEFORE UPDATE ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
            )
        editor.execute(
            f"CREATE TRIGGER indicators_dataset_immutable BEFORE UPDATE OF {', '.join(DATASET)} "
            f"ON indicators_dataset BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
        )
    elif editor.connection.vendor == "postgresql":
        editor.execute(
            "CREATE FUNCTION indicators_refuse() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
        )
        for table in tables:
            editor.execute(
                f"CREATE TRIGGER {table}_immutable BEFORE UPDATE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION indicators_refuse()"
            )
        editor.execute(
            f"CREATE TRIGGER indicators_dataset_immutable BEFORE UPDATE OF {', '.join(DATASET)} "
            "ON indicators_dataset FOR EACH ROW EXECUTE FUNCTION indicators_refuse()"
        )


def remove(apps, editor):
    tables = [f"indicators_{table}" for table in [*TABLES, "dataset"]]
    vendor = editor.connection.vendor
    for table in tables:
        if vendor == "sqlite":
            editor.execute(f"DROP TRIGGER IF EXISTS {table}_immutable")
        elif vendor == "postgresql":
            editor.execute(f"DROP TRIGGER IF EXISTS {table}_immutable ON {table}")
    if vendor == "postgresql":
        editor.execute("DROP FUNCTION IF EXISTS indicators_refuse()")


class Migration(migrations.Migration):
    dependencies = [("indicators", "0001_initial")]
    operations = [migrations.RunPython(add, remove)]
