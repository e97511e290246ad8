"""A small edition of what `cqc_api` reads."""

from __future__ import annotations

import json

from tests.sources.making import Publication, RawFault

FILE = "cqc_locations_2025-10-31.jsonl"


def _questions(safe: str, well_led: str, **more: str) -> list[dict[str, str]]:
    return [{"name": "Safe", "rating": safe, **more}, {"name": "Well-led", "rating": well_led, **more}]


# A home with a rating of two reports and an older one; a closed surgery of two services; a home under scores.
HOME = {
    "locationId": "1-900000001",
    "providerId": "1-800000001",
    "organisationType": "Location",
    "type": "Social Care Org",
    "name": "Larkspur House",
    "odsCode": "VZZ01",
    "registrationStatus": "Registered",
    "registrationDate": "2011-02-15",
    "numberOfBeds": 30,
    "mainPhoneNumber": "02079460123",
    "postalCode": "N15 4QQ",
    "onspdLatitude": 51.5842,
    "onspdLongitude": -0.0727,
    "careHome": "Y",
    "localAuthority": "Haringey",
    "regulatedActivities": [
        {
            "name": "Accommodation",
            "contacts": [{"personGivenName": "Zebedee", "personFamilyName": "Quillfeather"}],
            "nominatedIndividual": {"personFamilyName": "Quillfeather"},
        }
    ],
    "inspectionCategories": [{"code": "S1", "primary": "true", "name": "Residential social care"}],
    "currentRatings": {
        "overall": {
            "rating": "Requires improvement",
            "reportDate": "2019-10-31",
            "reportLinkId": "report-3",
            "keyQuestionRatings": [
                *_questions("Requires improvement", "Good", reportDate="2019-10-31", reportLinkId="report-3"),
                {
                    "name": "Caring",
                    "rating": "Outstanding",
                    "reportDate": "2017-02-08",
                    "reportLinkId": "report-2",
                },
            ],
        },
        "reportDate": "2019-10-31",
    },
    "historicRatings": [
        {
            "reportLinkId": "report-2",
            "reportDate": "2017-02-08",
            "overall": {"rating": "Good", "keyQuestionRatings": _questions("Good", "Good")},
        },
        # Two reports of one day.
        {
            "reportLinkId": "report-1",
            "reportDate": "2017-02-08",
            "overall": {"rating": "Inadequate", "keyQuestionRatings": []},
        },
    ],
    "reports": [{"linkId": "report-3", "reportDate": "2019-10-31", "firstVisitDate": "2019-09-17"}],
}
SURGERY = {
    "locationId": "1-900000002",
    "providerId": "1-800000002",
    "type": "Primary Medical Services",
    "name": "The Made Up Surgery",
    "registrationStatus": "Deregistered",
    "registrationDate": "2013-04-01",
    "deregistrationDate": "2022-03-31",
    "careHome": "N",
    "localAuthority": "Barnsley",
    "inspectionCategories": [{"code": "P2", "primary": "true", "name": "GP Practices"}],
    "historicRatings": [
        {
            "reportLinkId": "report-4",
            "reportDate": "2016-05-05",
            "overall": {"rating": "Good", "keyQuestionRatings": _questions("Good", "Good")},
            "serviceRatings": [
                {
                    "name": "Older people",
                    "rating": "Good",
                    "keyQuestionRatings": _questions("Good", "Outstanding"),
                },
                {"name": "Working age people", "rating": "Inspected but not rated"},
            ],
        }
    ],
}
ASSESSED = {
    "locationId": "1-900000003",
    "providerId": "1-800000001",
    "type": "Social Care Org",
    "name": "Larkspur Home Care",
    "registrationStatus": "Registered",
    "registrationDate": "2020-01-01",
    "localAuthority": "Haringey",
    "inspectionCategories": [
        {"code": "S2", "primary": "true", "name": "Community based adult social care services"}
    ],
    "assessment": [
        {
            "assessmentPlanPublishedDateTime": "2024-06-21T09:30:00Z",
            "ratings": {
                "overall": [],
                "asgRatings": [
                    {
                        "assessmentPlanId": "AP1",
                        "name": "Homecare agencies",
                        "rating": "Requires Improvement",
                        "keyQuestionRatings": [{"name": "Safe", "rating": "Good", "percentageScore": "72"}],
                    }
                ],
            },
        }
    ],
}

PUBLICATION = Publication(
    main=FILE,
    tables={},
    raw={FILE: "".join(json.dumps(each) + "\n" for each in (HOME, SURGERY, ASSESSED))},
    records=(1 + 3) + (1 + 1) + (1 + 1),
    faults=(),
    personal=("Quillfeather", "Zebedee", "02079460123"),
    raw_faults=(
        RawFault(
            FILE, '"2011-02-15"', '"1900-01-01"', 1, "registrationDate", "a date from 1965-04-01", kind="date"
        ),
        RawFault(
            FILE,
            '"reportDate": "2019-10-31"',
            '"reportDate": "1900-01-01"',
            1,
            "currentRatings.overall.reportDate",
            "a date from 1965-04-01",
            kind="date",
        ),
        RawFault(
            FILE,
            '"rating": "Requires improvement"',
            '"rating": "Splendid"',
            1,
            "currentRatings.overall.rating",
            "one of “Outstanding”, “Good”",
            kind="grade",
        ),
        RawFault(
            FILE,
            '"1-900000001"',
            '"Larkspur"',
            1,
            "locationId",
            "a number of the Care Quality Commission",
            kind="code",
        ),
        RawFault(
            FILE, '"numberOfBeds": 30', '"numberOfBeds": "many"', 1, "numberOfBeds", "a number", kind="number"
        ),
        RawFault(
            FILE,
            '"1-900000002"',
            '"1-900000001"',
            2,
            "locationId",
            "a location once (line 1 has it too)",
            kind="duplicate",
        ),
        RawFault(FILE, '"locationId"', '"placeId"', 1, "locationId", "a value", kind="column"),
    ),
)
