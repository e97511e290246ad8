"""A small edition of what `cqc_care_homes_sample` reads."""

from __future__ import annotations

from tests.sources.making import Fault, Publication, table

_CSV = "care_homes_birmingham_2025-12.csv"
_HOMES = (_CSV, "")

PUBLICATION = Publication(
    main=_CSV,
    tables={
        _HOMES: table(
            "cqc_location_id|location_ods_code|name|provider_name|provider_id|brand_name|city|postcode|latitude"
            "|longitude|region|local_authority|beds_total|care_residential|care_nursing|cqc_rating_overall"
            "|cqc_rating_safe|cqc_rating_effective|cqc_rating_caring|cqc_rating_responsive|cqc_rating_well_led"
            "|cqc_last_inspection_date|cqc_publication_date|cqc_latest_report_url",
            "1-900000001|VZZ01|Larkspur House|Mrs Ada Quillfeather|1-800000001|-|Town|B1 1QQ|52.5|-1.9|West"
            "|Birmingham|30|True|False|Requires Improvement|Good|Good|Good|Good|Inadequate|2022-04-26||https://x",
            "1-900000002|VZZ02|Larkspur Lodge|Larkspur Care Limited|1-800000002|-|Town|B1 2QQ|52.5||West"
            "|Birmingham|4|False|True|||||||||",
            "1-900000003|VZZ03|Larkspur Court|Larkspur Care Limited|1-800000002|-|Town|B1 3QQ|||West"
            "|Birmingham|5|True|False||Good|Good|Good|Good|Good|||",
        )
    },
    # Two providers, three homes, and the one inspection that has a day.
    records=2 + 3 + 1,
    spare=frozenset({"brand_name", "city", "region", "care_residential", "cqc_publication_date"}),
    personal=("Quillfeather",),
    faults=(
        Fault(_HOMES, 2, "cqc_rating_overall", "Splendid", "one of “Outstanding”, “Good”", kind="grade"),
        Fault(_HOMES, 2, "cqc_last_inspection_date", "1900-01-01", "a date from", kind="date"),
        Fault(
            _HOMES,
            3,
            "cqc_location_id",
            "1-900000001",
            "a care home once (row 2 has it too)",
            kind="duplicate",
        ),
        Fault(_HOMES, 3, "provider_id", "", "a value"),
        Fault(_HOMES, 4, "beds_total", "many", "a whole number", kind="number"),
        Fault(_HOMES, 4, "care_nursing", "Perhaps", "one of True, False"),
        Fault(
            _HOMES, 2, "cqc_location_id", "Larkspur", "a number of the Care Quality Commission", kind="code"
        ),
    ),
)
