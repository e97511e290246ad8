"""Search in everything that inspectors wrote: an index of passages, a query language, what is found.

typed.py      what a person typed → a query; nothing typed is an error
words.py      words and stems, as both databases' indexes have them; where they stand in a text
sections.py   the part of a report that a passage stands in, and what its place there says of it
sentences.py  which sentences read as praise or as criticism: our own reading, measured
index.py      passages into the index, in the transaction that writes them
engines.py    SQLite's FTS5 and PostgreSQL's full text behind one set of functions
catalogue.py  every report with passages, as filters know it
searching.py  the answers; re-exported by `evidence.queries`
"""
