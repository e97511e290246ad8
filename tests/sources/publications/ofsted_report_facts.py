"""A small edition of what `ofsted_report_facts` reads."""

from __future__ import annotations

from tests.sources.making import Fault, Publication, table

_INSPECTIONS = ("all_inspections.csv", "")
_JUDGEMENTS = ("all_judgements.csv", "")
_PLACES = ("all_recommendation_places.csv", "")
PUBLICATION = Publication(
    main="all_inspections.csv",
    tables={
        _INSPECTIONS: table(
            "urn|la_name|kind|framework|title|inspection_start|inspection_end|published|published_source"
            "|lead_inspector|pages|report|report_url|provider_url|notes",
            "80498|haringey|full|ILACS|Inspection of children’s services|2018-10-29|2018-11-09|2018-12-14"
            "|filename|A Person|12|80498-haringey/2018-12-14-inspection.pdf|https://example.org/r||",
            "80498|haringey|focused|focused-visit|Focused visit|2020-01-21|2020-01-22|2020-02-12|text"
            "|B Person|4|80498-haringey/2020-02-12-focused-visit.pdf||https://example.org/p|",
            "80498|haringey|full|SIF|Inspection of services|2014-05-20|2014-06-11|2014-07-18|text||40"
            "|80498-haringey/2014-07-18-inspection.pdf||https://example.org/p|",
        ),
        _JUDGEMENTS: table(
            "question|question_key|grade|page|grade_printed|urn|report",
            "Overall effectiveness|overall|requires_improvement|1|Requires improvement to be good|80498"
            "|80498-haringey/2018-12-14-inspection.pdf",
            "Leaders|leadership|good|1|Good|80498|80498-haringey/2018-12-14-inspection.pdf",
            "The overall judgement is|overall|requires_improvement|2|requires improvement|80498"
            "|80498-haringey/2014-07-18-inspection.pdf",
        ),
        _PLACES: table(
            "urn|report|ordinal|list_kind|page",
            "80498|80498-haringey/2018-12-14-inspection.pdf|2|area_for_improvement|3",
            "80498|80498-haringey/2018-12-14-inspection.pdf|1|area_for_improvement|2",
            "80498|80498-haringey/2014-07-18-inspection.pdf|1|priority_action|7",
        ),
    },
    records=3,
    spare=frozenset({"kind", "notes"}),
    faults=(
        Fault(_INSPECTIONS, 2, "framework", "CAA", "annual-rating, LAC-2013"),
        Fault(_INSPECTIONS, 2, "published", "2018-13-14", "a date like"),
        Fault(_INSPECTIONS, 2, "pages", "twelve", "a whole number", kind="number"),
        Fault(_INSPECTIONS, 2, "published_source", "guess", "one of text"),
        Fault(
            _INSPECTIONS,
            3,
            "report",
            "80498-haringey/2018-12-14-inspection.pdf",
            "a report only once",
            kind="duplicate",
        ),
        Fault(
            _JUDGEMENTS,
            2,
            "grade_printed",
            "Adequate",
            "“Requires improvement to be good”",
            kind="grade",
        ),
        Fault(_JUDGEMENTS, 2, "grade", "good", "“requires_improvement”, for"),
        Fault(_JUDGEMENTS, 3, "question_key", "roses", "overall, leadership"),
        Fault(_JUDGEMENTS, 3, "report", "nobody/2018.pdf", "a report that all_inspections.csv has"),
        Fault(_JUDGEMENTS, 3, "page", "0", "a whole number", kind="number"),
        Fault(
            _JUDGEMENTS, 3, "urn", "80499", "80498, as all_inspections.csv has for this report", kind="code"
        ),
        Fault(_PLACES, 2, "ordinal", "3", "1 to 2, each once", kind="duplicate"),
        Fault(_PLACES, 2, "list_kind", "wish", "one of recommendation"),
        Fault(_INSPECTIONS, 2, "published", "1900-01-01", "a date from", kind="date"),
    ),
)
