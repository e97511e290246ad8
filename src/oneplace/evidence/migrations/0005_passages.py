"""The index of what inspectors wrote: a row a passage, and its words in the database's own full text.

Both databases stem alike: FTS5's porter, and PostgreSQL's snowball dictionary of that name, without stop words
so that a phrase may hold any word. Reports that are in the record already are indexed at once.
"""

import django.db.models.deletion
from django.db import migrations, models

SQLITE = [
    "CREATE VIRTUAL TABLE evidence_passage_words USING fts5("
    "words, strengths, weaknesses, tokenize = 'porter unicode61 remove_diacritics 2')",
    "CREATE VIRTUAL TABLE evidence_passage_stems USING fts5vocab(evidence_passage_words, 'row')",
    "CREATE VIRTUAL TABLE evidence_passage_places USING fts5vocab(evidence_passage_words, 'instance')",
    "CREATE TRIGGER evidence_passage_removed AFTER DELETE ON evidence_passage "
    "BEGIN DELETE FROM evidence_passage_words WHERE rowid = old.id; END",
]
SQLITE_BACK = [
    "DROP TRIGGER evidence_passage_removed",
    "DROP TABLE evidence_passage_places",
    "DROP TABLE evidence_passage_stems",
    "DROP TABLE evidence_passage_words",
]
COLUMNS = ("words", "strengths", "weaknesses")
POSTGRESQL = [
    "CREATE TEXT SEARCH DICTIONARY evidence_stem (TEMPLATE = snowball, Language = porter)",
    "CREATE TEXT SEARCH CONFIGURATION evidence_words (PARSER = \"default\")",
    "ALTER TEXT SEARCH CONFIGURATION evidence_words ADD MAPPING FOR asciiword, word, numword WITH evidence_stem",
    "ALTER TEXT SEARCH CONFIGURATION evidence_words ADD MAPPING FOR int, uint, float, sfloat, version WITH simple",
    *(f"ALTER TABLE evidence_passage ADD COLUMN {name} tsvector" for name in COLUMNS),
    *(f"CREATE INDEX evidence_passage_{name} ON evidence_passage USING gin ({name})" for name in COLUMNS),
]
POSTGRESQL_BACK = [
    *(f"ALTER TABLE evidence_passage DROP COLUMN {name}" for name in COLUMNS),
    "DROP TEXT SEARCH CONFIGURATION evidence_words",
    "DROP TEXT SEARCH DICTIONARY evidence_stem",
]


def add(apps, editor):
    for statement in SQLITE if editor.connection.vendor == "sqlite" else POSTGRESQL:
        editor.execute(statement)


def remove(apps, editor):
    for statement in SQLITE_BACK if editor.connection.vendor == "sqlite" else POSTGRESQL_BACK:
        editor.execute(statement)


def index(apps, editor):
    from oneplace.evidence.search.index import rebuild

    rebuild()


class Migration(migrations.Migration):

    dependencies = [
        ('evidence', '0004_immutable_again'),
    ]

    operations = [
        migrations.CreateModel(
            name='Passage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.PositiveSmallIntegerField()),
                ('ordinal', models.PositiveIntegerField()),
                ('section', models.CharField()),
                ('place', models.CharField(default='')),
                ('statement', models.ForeignKey(on_delete=django.db.models.deletion.DO_NOTHING, related_name='passages', to='evidence.statement')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.RunPython(add, remove),
        migrations.RunPython(index, migrations.RunPython.noop),
    ]
