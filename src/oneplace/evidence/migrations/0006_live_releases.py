"""Releases by source and state: an index that began with the state led SQLite through all of them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("evidence", "0005_passages")]

    operations = [
        migrations.RemoveIndex(model_name="release", name="evidence_release_state"),
        migrations.AddIndex(
            model_name="release",
            index=models.Index(fields=["source", "state"], name="evidence_release_source"),
        ),
    ]
