"""Which register the areas are, for whoever holds them in memory."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("places", "0004_boundaries_and_names_by_code")]

    operations = [
        migrations.CreateModel(
            name="Register",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("token", models.CharField()),
            ],
        ),
    ]
