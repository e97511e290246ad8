"""A small edition of what `mysociety_register` reads."""

from __future__ import annotations

from tests.sources.making import Fault, Publication, table

_REGISTER = ("uk_local_authorities.csv", "")
_ONS = ("la_all_codes.csv", "")
_REGISTER_HEADER = (
    "local-authority-code|official-name|nice-name|gss-code|start-date|end-date|replaced-by|nation|region"
    "|local-authority-type|county-la|alt-names|former-gss-codes|gov-uk-slug|lat|long|pop-2020"
)
PUBLICATION = Publication(
    main="uk_local_authorities.csv",
    tables={
        _REGISTER: table(
            _REGISTER_HEADER,
            "ABD|Elsewhere Council|Elsewhere|S12000034|||||Scotland|SCO|||||57.2|-2.6|1",
            "MAR|City of Marsh Council|City of Marsh|E08000901|2005-06-08|||England|North West|MD||"
            "City of Marsh,Marsh, City of,marsh city council|E08000900|marsh|53.5|-2.9|1",
            "FEN|Fen County Council|Fen|E10000901|||||England|North West|CTY||Fen||fen|||1".replace(
                "E10000901|||||", "E10000901||2023-04-01|FNW|"
            ),
            "FNW|Fen Council|Fen|E06000901|2023-04-01|||England|East of England|UA||Fen UA||||0.1|1",
            "DIK|Dike District Council|Dike|E07000901||2019-03-31|MAR|England||NMD|FEN|||dike|||1",
            "IOS|Council of the Isles of Scilly|Isles of Scilly|E06000053|1974-04-01|||England|South West"
            "|UA||||isles-of-scilly|49.9|-6.3|1",
            "OLD|Long Gone Council|Long Gone|E07000999||2009-04-01||England|South West|NMD||||long-gone|||1",
            "BIG|Marshland Mayoral Combined Authority|Wrong Name|E47000901|2014-04-01|||England|North West"
            "|COMB|||||||1",
        ),
        _ONS: table(
            "LADCD|LADNM|UTLACD|RGNNM|CTRYNM|Current|EWCD",
            "E08000901|City of Marsh|E08000901|North East|England|FALSE|K04000001",
            "E08000902|City of Marsh|E08000902|North East|England|TRUE|K04000001",
            "E06000901|Fen|E06000901|East of England|England|TRUE|K04000001",
            "W06000901|Far Off|W06000901|Wales|Wales|TRUE|K04000001",
        ),
    },
    records=6,
    spare=frozenset({"pop-2020", "EWCD"}),
    faults=(
        Fault(_REGISTER, 3, "local-authority-type", "XX", "one of LBO"),
        Fault(_REGISTER, 4, "end-date", "2023-04-31", "a date like 2024-03-31"),
        Fault(_REGISTER, 4, "replaced-by", "ZZZ", "the code of an English authority", kind="code"),
        Fault(_REGISTER, 6, "county-la", "ZZZ", "the code of an English authority", kind="code"),
        Fault(_REGISTER, 3, "lat", "north", "a number or an empty cell", kind="number"),
        Fault(_REGISTER, 3, "gss-code", "", "a value"),
        Fault(_REGISTER, 7, "nice-name", "Marsh", "a name that no other authority", kind="duplicate"),
        Fault(_REGISTER, 4, "end-date", "1900-01-01", "a date from 1965-04-01", kind="date"),
    ),
    without={"grade": "figures or places, no judgements"},
    left_out={_REGISTER: frozenset({2, 8})},
)
