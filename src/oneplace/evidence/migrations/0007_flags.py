"""Flags, what happened to each, and how far the record has been gone through for them; none is ever changed."""

import django.db.models.deletion
from django.db import migrations, models

from oneplace.write_once import guard

MESSAGE = "the record is not changed: publish a release or a correction, which adds to it"


class Migration(migrations.Migration):

    dependencies = [
        ('evidence', '0006_live_releases'),
    ]

    operations = [
        migrations.CreateModel(
            name='FlagRound',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('through', models.CharField()),
                ('at', models.DateTimeField()),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Flag',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rule', models.CharField()),
                ('version', models.PositiveSmallIntegerField()),
                ('body_id', models.CharField()),
                ('colour', models.CharField()),
                ('service', models.CharField()),
                ('raised_on', models.DateField()),
            ],
            options={
                'indexes': [models.Index(fields=['body_id'], name='evidence_flag_body')],
            },
        ),
        migrations.CreateModel(
            name='FlagStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('kind', models.CharField()),
                ('on', models.DateField()),
                ('until', models.DateField(null=True)),
                ('reason', models.CharField(default='')),
                ('evidence', models.JSONField(default=list)),
                ('at', models.DateTimeField()),
                ('flag', models.ForeignKey(on_delete=django.db.models.deletion.DO_NOTHING, related_name='steps', to='evidence.flag')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('flag', 'number'), name='evidence_flag_step_once')],
            },
        ),
        migrations.RunPython(*guard("evidence", MESSAGE, ["flag", "flagstep", "flaground"])),
    ]
