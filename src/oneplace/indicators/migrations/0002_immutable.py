"""An update of a written value is refused by the database itself. Only a dataset's pointer moves."""

from django.db import migrations

from oneplace.write_once import guard

TABLES = ["measure", "definition", "subject", "period", "value"]
DATASET = ["id", "release_id", "source", "dated"]
MESSAGE = "statistics are not changed: publish a newer release of them"


class Migration(migrations.Migration):
    dependencies = [("indicators", "0001_initial")]
    operations = [migrations.RunPython(*guard("indicators", MESSAGE, TABLES, {"dataset": DATASET}))]
