"""A small edition of what `hmi_probation_youth_justice` reads."""

from __future__ import annotations

from tests.sources.making import Fault, Publication, table

_RATINGS = ("youth_justice_ratings_2025-07.csv", "")
PUBLICATION = Publication(
    main="youth_justice_ratings_2025-07.csv",
    tables={
        _RATINGS: table(
            "la_name|la_ref|score_%|overall_rating|publication_date|report_url|staff|partnerships_and_services|"
            "information_and_facilities|assessment|planning|reviewing|implementation_and_delivery|"
            "resettlement_policy_and_provision|governance_and_leadership|"
            "outofcourt_disposal_policy_and_provision|policy_and_provision|joint_working",
            "Northam|nyjs|44.44|Requires Improvement|18/02/25|https://example.org/n|"
            "Good|Good|Outstanding|Inadequate|Good||Good||||| ",
            "An inspection of Eastham and Westham|ew|8.33|Inadequate|14/01/25|https://example.org/e|"
            "Inadequate||||||||Inadequate|||",
            "Sutham - JI|sji|88.89|Outstanding|09/03/21|https://example.org/s|||||||||||Good|Outstanding",
            "Marsham|m|61.11|1 The resettlement standard does not contribute to the overall rating for the YOT.|"
            "21/06/22|https://example.org/m|Good|||||||||||",
            "Conwy & Denbighshire - JI|cd|50.0|Good|08/05/24|https://example.org/w|Good|||||||||||",
            "Vale of Glamorgan|vg|50.0|Good|16/08/22|https://example.org/w|Good|||||||||||",
        )
    },
    records=4,
    spare=frozenset({"la_ref"}),
    faults=(
        Fault(
            _RATINGS,
            2,
            "overall_rating",
            "Adequate",
            "one of “Outstanding”, “Good”, “Requires improvement”, “Inadequate” was expected",
            kind="grade",
        ),
        Fault(_RATINGS, 2, "overall_rating", "", "a value"),
        Fault(
            _RATINGS,
            2,
            "staff",
            "Satisfactory",
            "one of “Outstanding”, “Good”, “Requires improvement”, “Inadequate” was expected",
            kind="grade",
        ),
        Fault(_RATINGS, 2, "score_%", "101", "a number from 0 to 100", kind="number"),
        Fault(_RATINGS, 2, "score_%", "16/36", "a number", kind="number"),
        Fault(_RATINGS, 2, "publication_date", "01/01/1900", "a date from 1965-04-01", kind="date"),
        Fault(_RATINGS, 2, "publication_date", "2025-02-18", "a date like"),
        Fault(_RATINGS, 2, "publication_date", "18/09/25", "a date before 2025-03-01"),
        Fault(_RATINGS, 4, "la_name", "Northam", "a service once (row 2 has it too)", kind="duplicate"),
        Fault(
            _RATINGS,
            6,
            "staff",
            "Fine",
            "one of “Outstanding”, “Good”, “Requires improvement”, “Inadequate” was expected",
            kind="grade",
        ),
        Fault(_RATINGS, 4, "report_url", "", "a value"),
    ),
    without={"code": "bodies are told by name, no column has codes"},
)
