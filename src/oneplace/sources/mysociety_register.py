"""Authorities of England, past and present.

Data source
    mySociety's register of UK local authorities, which keeps those abolished and what replaced them, and
    the ONS list of current and former codes beside it, which has newer codes and the official regions.
Format
    Two CSV files in one folder: `uk_local_authorities.csv` and `la_all_codes.csv`.
Cadence
    A new edition whenever authorities change, usually each April.
What needs care
    Last days and first days are mixed in its column of ends; two regions and a county are wrong; two pairs of
    authorities, old and new, share a name; a start in May or June 2005 is only when the register's own entry was made.
"""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from oneplace.records import AreaRecord
from oneplace.sources.errors import SourceError
from oneplace.sources.facts import file_of_facts
from oneplace.sources.source import Source
from oneplace.sources.tables import Row, csv_rows, unique

REGISTER_COLUMNS = (
    "local-authority-code", "official-name", "nice-name", "gss-code", "start-date", "end-date", "replaced-by",
    "nation", "region", "local-authority-type", "county-la", "alt-names", "former-gss-codes", "gov-uk-slug",
    "lat", "long",
)  # fmt: skip
CODES_COLUMNS = ("LADCD", "LADNM", "UTLACD", "RGNNM", "CTRYNM", "Current")

KINDS = {
    "LBO": "london_borough",
    "CC": "city_corporation",
    "MD": "metropolitan_district",
    "UA": "unitary",
    "CTY": "county",
    "NMD": "district",
    "COMB": "combined_authority",
    "SRA": "regional_authority",
}
RESPONSIBLE_FOR_CHILDREN = {
    "london_borough", "city_corporation", "metropolitan_district", "unitary", "county", "isles_of_scilly",
}  # fmt: skip

# Authorities that ended before the first fact of this record (9 December 2009) are left out.
GSS_CODE = r"[EKNSW]\d{8}"
FIRST_DAY = dt.date(2009, 12, 9)


@dataclass(frozen=True, slots=True)
class _Codes:
    """The ONS list: region by code, and the codes of each authority's name."""

    region: Mapping[str, str]
    by_name: Mapping[str, tuple[str, ...]]


class MysocietyRegister(Source):
    # The data source
    name = "mysociety_register"
    publisher = "mysociety"
    title = "UK local authorities, past and present"
    cadence = "whenever authorities change, usually each April"
    compiled_by = "mySociety"

    # Its format
    media_type = "text/csv"
    filename = "uk_local_authorities.csv"
    companions = ("la_all_codes.csv",)
    facts = ("authority_numbers.csv",)

    # How it is reached
    url = "https://pages.mysociety.org/uk_local_authority_names_and_codes/"
    access = "manual"
    how = "Save the register as uk_local_authorities.csv and the ONS list of codes as la_all_codes.csv, in one folder."
    months = 14

    def records(self, path: Path) -> Iterator[AreaRecord]:
        """The authorities of England that stood on 9 December 2009 or later."""
        rows = [
            row
            for row in csv_rows(path, REGISTER_COLUMNS)
            if row.cells["nation"] == "England" and (_end(row) or FIRST_DAY) >= FIRST_DAY
        ]
        codes = _read_codes(path.with_name("la_all_codes.csv"))
        identifiers = _identifiers()
        ids = _area_ids(rows)
        regions = _regions(rows, codes)
        counties = _counties(rows, regions)
        shared = _shared_names(rows)
        for row in rows:
            yield _area(row, ids, shared, codes, regions, counties, identifiers)


def _area(
    row: Row,
    ids: Mapping[str, str],
    shared_names: set[str],
    codes: _Codes,
    regions: Mapping[str, str],
    counties: Mapping[str, str],
    identifiers: Mapping[str, tuple[tuple[str, str], ...]],
) -> AreaRecord:
    code = row.text("local-authority-code")
    kind = _kind(row)
    ended = _end(row)
    name = _name(row)
    if ended and name in shared_names:
        name = f"{name} County"
    gss_codes = _gss_codes(row, codes)
    county = counties.get(code)
    return AreaRecord(
        area_id=ids[code],
        name=name,
        official_name=" ".join(row.text("official-name").split()),
        kind=kind,
        region=regions[code],
        gss_codes=gss_codes,
        start=_start(row),
        end=ended,
        childrens_services=kind in RESPONSIBLE_FOR_CHILDREN,
        county=_refer(row, "county-la", county, ids) if county else None,
        successors=tuple(_refer(row, "replaced-by", other, ids) for other in _listed(row, "replaced-by")),
        names=_names(row, name),
        latitude=row.decimal("lat"),
        longitude=row.decimal("long"),
        codes=(
            ("register_code", code),
            *(pair for gss in gss_codes for pair in identifiers.get(gss, ())),
        ),
        address=row.address,
    )


def _kind(row: Row) -> str:
    kind = KINDS[row.one_of("local-authority-type", tuple(KINDS))]
    # The Council of the Isles of Scilly is like no other authority; the register files it with the unitaries.
    return "isles_of_scilly" if row.cells["local-authority-code"] == "IOS" else kind


def _start(row: Row) -> dt.date | None:
    start = row.optional_date("start-date", ("%Y-%m-%d",))
    return None if start and start.year == 2005 else start


def _end(row: Row) -> dt.date | None:
    """The first day on which the authority no longer was: the register has some last days instead."""
    end = row.optional_date("end-date", ("%Y-%m-%d",))
    return end + dt.timedelta(days=1) if end and (end.month, end.day) == (3, 31) else end


def _name(row: Row) -> str:
    """The name that people use: "Dorset" for "Dorset Council", "Bristol" for "City of Bristol"."""
    if KINDS.get(row.cells["local-authority-type"]) in ("combined_authority", "regional_authority"):
        return re.sub(
            r" (Mayoral |Combined |County )*Combined Authority$", "", row.text("official-name")
        ).removesuffix(" Combined County Authority")
    name = row.text("nice-name").removesuffix(" Council").replace("St. ", "St ")
    if _end(row):
        name = name.removesuffix(" County")
    city = name.removeprefix("City of ")
    return city if _slug(city) == row.cells["gov-uk-slug"] else name


def _shared_names(rows: list[Row]) -> set[str]:
    names = [_name(row) for row in rows]
    return {name for name in names if names.count(name) > 1}


def _area_ids(rows: list[Row]) -> dict[str, str]:
    """Register code → public identifier. Who ended gives the plain name to who goes on with it."""
    shared = _shared_names(rows)
    ids: dict[str, str] = {}
    for row in rows:
        combined = _kind(row) in ("combined_authority", "regional_authority")
        slug = _slug(row.text("official-name") if combined else _name(row))
        if _end(row) and _name(row) in shared:
            slug += "-county"
        if slug in ids.values():
            raise row.fault("nice-name", "a name that no other authority of the time has")
        ids[row.text("local-authority-code")] = slug
    return ids


def _slug(name: str) -> str:
    plain = name.casefold().replace("&", " and ").replace("'", "").replace("’", "")
    return "-".join(re.findall(r"[a-z0-9]+", plain))


def _refer(row: Row, column: str, code: str, ids: Mapping[str, str]) -> str:
    if code not in ids:
        raise row.fault(column, "the code of an English authority in this file")
    return ids[code]


def _listed(row: Row, column: str) -> list[str]:
    return [part.strip() for part in row.cells[column].split(",") if part.strip()]


def _names(row: Row, name: str) -> tuple[str, ...]:
    """Other names that people use, once each, without the "UA" that maps put after a unitary's name."""
    # A comma with a space after it is part of a name: "Kingston upon Hull, City of".
    others = [row.text("nice-name"), *re.split(r",(?=\S)", row.cells["alt-names"])]
    once: dict[str, str] = {}
    for other in others:
        plain = re.sub(r" UA$", "", other.strip(" ,"))
        once.setdefault(plain.casefold(), plain)
    return tuple(other for key, other in once.items() if key and key != name.casefold())


def _gss_codes(row: Row, codes: _Codes) -> tuple[str, ...]:
    """Newest first: a code the ONS has given since, the register's own, then former ones."""
    own = row.like("gss-code", GSS_CODE, "an area's code like E09000014")
    former = _listed(row, "former-gss-codes")
    if not all(re.fullmatch(GSS_CODE, each) for each in former):
        raise row.fault("former-gss-codes", "areas' codes like E09000014, or an empty cell")
    newer = () if _end(row) else codes.by_name.get(_code_key(own, row.text("nice-name")), ())
    return tuple(dict.fromkeys((*newer, own, *former)))


def _regions(rows: list[Row], codes: _Codes) -> dict[str, str]:
    """Register code → region: the ONS's before the register's, which misplaces Derbyshire and Lincolnshire.

    An abolished authority that neither has a region for was in that of the authority that replaced it.
    """
    regions: dict[str, str] = {}
    for row in rows:
        official = (codes.region[gss] for gss in _gss_codes(row, codes) if gss in codes.region)
        regions[row.cells["local-authority-code"]] = next(official, row.cells["region"])
    for row in rows:
        code = row.cells["local-authority-code"]
        regions[code] = regions[code] or next(
            (regions[to] for to in _listed(row, "replaced-by") if to in regions), ""
        )
        if not regions[code]:
            raise row.fault("region", "a region, here or in la_all_codes.csv,")
    return regions


def _counties(rows: list[Row], regions: Mapping[str, str]) -> dict[str, str]:
    """Register code of a district → its county's.

    A county in another region may be a slip of the register, which files Forest Heath, of Suffolk, under
    Surrey: where the district that replaced it has a county in the right region, it is of that one.
    """
    printed = {row.cells["local-authority-code"]: row.optional("county-la") or "" for row in rows}
    counties = {code: county for code, county in printed.items() if county}
    for row in rows:
        code = row.cells["local-authority-code"]
        county = printed[code]
        if county in regions and regions[county] != regions[code]:
            later = (printed.get(to, "") for to in _listed(row, "replaced-by"))
            counties[code] = next((each for each in later if regions.get(each) == regions[code]), county)
    return counties


def _code_key(gss: str, name: str) -> str:
    """Codes of one authority have the same first three characters (its type) and the same name."""
    return f"{gss[:3]} {name.casefold()}"


def _read_codes(path: Path) -> _Codes:
    region: dict[str, str] = {}
    by_name: dict[str, tuple[str, ...]] = {}
    rows = csv_rows(path, CODES_COLUMNS)
    unique(rows, ("LADCD",), "a code once")
    for row in rows:
        for column in ("LADCD", "UTLACD"):
            row.like(column, GSS_CODE, "an area's code like E09000014")
        if row.cells["CTRYNM"] != "England":
            continue
        code = row.text("LADCD")
        region[code] = row.text("RGNNM")
        region.setdefault(row.text("UTLACD"), row.text("RGNNM"))
        if row.cells["Current"] == "TRUE":
            key = _code_key(code, row.text("LADNM"))
            by_name[key] = (*by_name.get(key, ()), code)
    if not region:
        raise SourceError(path, "authorities of England", column="CTRYNM")
    return _Codes(region, by_name)


def _identifiers() -> dict[str, tuple[tuple[str, str], ...]]:
    """GSS code → Ofsted's and the DfE's numbers for the authority, which the register does not have.

    Facts read from Ofsted's file list and Data to Insight's overview of June 2026. A number that a council
    took over from the one it replaced is with the council that has it now.
    """
    text = file_of_facts(MysocietyRegister.facts[0]).decode("utf-8")
    return {
        line["gss_code"]: (("ofsted_urn", line["ofsted_urn"]), ("dfe_code", line["dfe_code"]))
        for line in csv.DictReader(text.splitlines())
    }
