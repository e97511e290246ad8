"""An update of a written row is refused by the database itself. Only a release's pointer moves."""

from django.db import migrations

from oneplace.write_once import guard

TABLES = [
    "inspection", "statement", "judgement", "recommendation", "finding", "lookback", "problem",
    "ratingtotal", "correction", "reviewdecision",
]
RELEASE = [
    "id", "public_id", "source", "slot", "publisher", "title", "sha256", "licence", "retrieved_at",
    "url", "published", "media_type", "compiled_by", "reader",
]
MESSAGE = "the record is not changed: publish a release or a correction, which adds to it"


class Migration(migrations.Migration):
    dependencies = [("evidence", "0001_initial")]
    operations = [migrations.RunPython(*guard("evidence", MESSAGE, TABLES, {"release": RELEASE}))]
