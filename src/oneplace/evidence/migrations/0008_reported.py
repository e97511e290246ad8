"""What readers report as wrong: the reports are never changed; who sent them is kept apart, and not for long."""

import django.db.models.deletion
from django.db import migrations, models

from oneplace.write_once import guard

MESSAGE = "a report is not changed: decide it in the review queue"


class Migration(migrations.Migration):

    dependencies = [
        ('evidence', '0007_flags'),
    ]

    operations = [
        migrations.CreateModel(
            name='Reported',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(db_index=True)),
                ('about', models.CharField()),
                ('wrong', models.TextField()),
                ('should_be', models.TextField(default='')),
                ('says_so', models.TextField(default='')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Reporter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('sender', models.CharField(default='')),
                ('email', models.CharField(default='')),
                ('report', models.OneToOneField(on_delete=django.db.models.deletion.DO_NOTHING, related_name='reporter', to='evidence.reported')),
            ],
            options={
                'indexes': [models.Index(fields=['sender', 'at'], name='evidence_reporter_sender')],
            },
        ),
        migrations.RunPython(*guard("evidence", MESSAGE, ["reported"])),
    ]
