"""What every inspectorate says of its own (part, score, number), editions of snapshots, the log of changes.

The triggers that refuse a change go first: SQLite makes a table anew for a column, which it would forbid.
Migration 0004 puts them back, and adds those of the new tables.
"""

import django.db.models.deletion
from django.db import migrations, models

from oneplace.write_once import lift

BEFORE = [
    "inspection", "statement", "judgement", "recommendation", "finding", "lookback", "problem",
    "ratingtotal", "correction", "reviewdecision", "release",
]


class Migration(migrations.Migration):

    dependencies = [
        ('evidence', '0002_immutable'),
    ]

    operations = [
        migrations.RunPython(lift("evidence", BEFORE), migrations.RunPython.noop),
        migrations.AddField(
            model_name='judgement',
            name='score',
            field=models.FloatField(null=True),
        ),
        migrations.AddField(
            model_name='judgement',
            name='subject',
            field=models.CharField(default=''),
        ),
        migrations.AddField(
            model_name='release',
            name='as_at',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='release',
            name='is_snapshot',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='statement',
            name='body_kind',
            field=models.CharField(default='local_authority'),
        ),
        migrations.AddField(
            model_name='statement',
            name='body_ref_id',
            field=models.CharField(null=True),
        ),
        migrations.AddField(
            model_name='statement',
            name='date_precision',
            field=models.CharField(default='day'),
        ),
        migrations.AddField(
            model_name='statement',
            name='fingerprint',
            field=models.CharField(default=''),
        ),
        migrations.AddField(
            model_name='statement',
            name='reference',
            field=models.CharField(default=''),
        ),
        migrations.CreateModel(
            name='Attempt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField()),
                ('started_at', models.DateTimeField()),
                ('finished_at', models.DateTimeField()),
                ('outcome', models.CharField()),
                ('message', models.TextField()),
                ('url', models.CharField(default='')),
            ],
            options={
                'indexes': [models.Index(fields=['source', 'finished_at'], name='evidence_attempt_source')],
            },
        ),
        migrations.CreateModel(
            name='Edition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.BinaryField()),
                ('release', models.OneToOneField(on_delete=django.db.models.deletion.DO_NOTHING, related_name='edition', to='evidence.release')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='FirstLoad',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField()),
                ('ended', models.BooleanField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('source', 'ended'), name='evidence_first_load_once')],
            },
        ),
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sequence', models.PositiveBigIntegerField(unique=True)),
                ('position', models.PositiveIntegerField()),
                ('at', models.DateTimeField()),
                ('kind', models.CharField()),
                ('inspection', models.CharField(default='')),
                ('body_id', models.CharField(default='')),
                ('field', models.CharField(default='')),
                ('before', models.CharField(default='')),
                ('after', models.CharField(default='')),
                ('direction', models.CharField(default='')),
                ('on', models.DateField(null=True)),
                ('first_load', models.BooleanField(default=False)),
                ('release', models.ForeignKey(on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='evidence.release')),
            ],
            options={
                'indexes': [models.Index(fields=['body_id', 'sequence'], name='evidence_event_body')],
            },
        ),
    ]
