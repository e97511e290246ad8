"""A small edition of what `dfe_lait` reads: the values, the dictionary and the list of areas."""

from __future__ import annotations

from tests.sources.making import Fault, Publication, table

_PARQUET = "lait_2026-04.parquet"
_VALUES = (_PARQUET, "")
_DICTIONARY = ("lait_data_dictionary.csv", "")
_AREAS = ("la_code_list.xlsx", "Sheet1")
_OWNER = "Data Owner (DO) /Supplier and Contact Details"
_PERSON = "Perdita Planted, perdita@example.org"

PUBLICATION = Publication(
    main=_PARQUET,
    tables={
        _VALUES: table(
            "Short Desc|Data item|Years|LA and Regions|Values|LA Number|Region",
            "CPP_rate||2024|Haringey|41.5|309.0|Inner London",
            "CPP_rate||2024|England|42|970.0|NA",
            "CPP_rate||2025|Haringey|-|309.0|Inner London",
            "Pass%||2025 (prov)|Haringey|-0.3|309.0|Inner London",
            "Pass%||2025 (prov)|Poole (Pre LG)|-|836.0|South West",
            "Hurt||2014-16|London (Inner)|12|987.0|NA",
            "Ill||2013/14-15/16|Haringey|7.5|309.0|Inner London",
            "Spent||2024-25 (OT)|Haringey|123456|309.0|Inner London",
            "Spent||0|Haringey|-|309.0|Inner London",
        ),
        _DICTIONARY: [
            [
                *(
                    "Measure_code",
                    "Topic",
                    "Measure",
                    "Chart_title",
                    "Measure_short",
                    "Polarity",
                    "y_axis_name",
                ),
                *("state_funded_flag", "Description", "Last Update", "Next Update", _OWNER, "Hyperlink(s)"),
                *("dps", "Year_Type"),
            ],
            *(
                line.split("|")
                for line in (
                    "1|Child Protection|x|Plans - rate|CPP_rate|-|Rate per 10,000|NA|Words of others|45962|46327"
                    f"|{_PERSON}|https://example.org/a|1|Financial Year",
                    "2|Key Stage 4|x|Pupils who pass (%)|Pass%|High|Entries|State Funded|Words|46082|TBC|DfE"
                    "|https://example.org/b|NA|Academic Year",
                    "2|Children with SEN|x|Pupils who pass|Pass%|High|Entries|State Funded|Words|46082|TBC|DfE"
                    "|https://example.org/b|NA|Academic Year",
                    "3|Health and Wellbeing|x|Children hurt on roads|Hurt|Low|Rate per 100,000|NA|Words|New data"
                    "|TBC|ONS|none|0|Calendar Year",
                    "4|Health and Wellbeing|x|Children ill|Ill|Low|Rate per 100,000|NA|Words|45962|46327|ONS||0"
                    "|Financial Year",
                    "5|Children's Service Finance|x|All of it|Spent|NA|Spend|NA|Words|45962|46327|DfE||0"
                    "|Financial Year",
                )
            ),
        ],
        _AREAS: table(
            "LA Number|LA Name|Region|Type",
            "309|Haringey|Inner London|ILB",
            "836|Poole (Pre LG)|South West|UA",
            "970|England|NA|NA",
            "987|London (Inner)|NA|NA",
            "1000|England (discontinued)|NA|NA",
        ),
    },
    records=5 + 8,
    spare=frozenset({"Data item", "Region", "Type", "Measure_code", "Measure", "Description", _OWNER}),
    personal=("Perdita", "perdita@example.org"),
    faults=(
        Fault(_VALUES, 2, "Values", "c", "a number or “-”", kind="number"),
        Fault(_VALUES, 3, "Values", "", "a value"),
        Fault(_VALUES, 3, "Values", "inf", "a number or “-”", kind="number"),
        Fault(_VALUES, 4, "Short Desc", "CPP_rat", "a series of lait_data_dictionary.csv"),
        Fault(_VALUES, 5, "Years", "2025 (guess)", "a year like 2022-23"),
        Fault(_VALUES, 2, "Years", "0", "a year like 2022-23"),
        Fault(_VALUES, 6, "LA Number", "835.0", "a number of la_code_list.xlsx with its name", kind="code"),
        Fault(_VALUES, 6, "LA Number", "836.5", "a number of la_code_list.xlsx with its name", kind="code"),
        Fault(_DICTIONARY, 2, "Polarity", "Up", "one of High, Low, -, NA"),
        Fault(_DICTIONARY, 2, "Topic", "Weather", "one of Adoption"),
        Fault(_DICTIONARY, 3, "Year_Type", "Tax Year", "one of Academic Year"),
        Fault(_DICTIONARY, 4, "Polarity", "Low", "what the series “Pass%” says further up"),
        Fault(_DICTIONARY, 6, "Measure_short", "HURT", "a short name unlike “Hurt”", kind="duplicate"),
        Fault(_DICTIONARY, 6, "dps", "two", "one of NA, 0, 1, 2, 3"),
        Fault(_AREAS, 3, "LA Number", "309", "each area's number once", kind="duplicate"),
        Fault(_AREAS, 3, "LA Name", "", "a value"),
        Fault(_VALUES, 2, "Years", "1900", "a year like 2022-23", kind="date"),
    ),
    without={"grade": "figures or places, no judgements"},
    repeats={_DICTIONARY: "A series stands under several topics; what its rows say must agree"},
    free={"Last Update": "It is a note of the edition", "Next Update": "It is not read"},
)
