"""The names whose sites are wanted, one or the rows of a file, and what is found for each."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Any

from actions.list_defaults import list_country
from actions.match_file import BLANK, ListFile, open_unnamed_file
from enrich.finding.candidates import Candidate, candidates
from enrich.finding.documents import looked_json, reasons_json
from enrich.finding.judge import Reason
from enrich.finding.lacks import why_no_candidate
from enrich.finding.result import Finding
from enrich.finding.wanted import Lead, Wanted
from intake.stated import Stated, StatedColumns, name_of
from leads.errors import UsageError
from leads.lexicon.domains import host_name
from outreach.keys import KnownAs

_RESOLVE = re.compile(r"(?P<host>[^=\s]+)=(?P<address>\[[^\]]+\]|[^:\s]+):(?P<port>\d{1,5})")
_PORT = re.compile(r"(?P<host>.+):(?P<port>\d{1,5})\Z")
#: What a list's own website column says is nearly certain.
_WEBSITE = 3.5
_NUMBERS = ("register_number", "vat_id")
_HTTP = 80


@dataclass(frozen=True, slots=True)
class Row:
    """One row whose site is wanted."""

    number: int
    wanted: Wanted
    #: Why it is not searched; empty if it is.
    flaw: str = ""
    #: What it may be suppressed by.
    known: KnownAs = field(default_factory=KnownAs)


@dataclass(frozen=True, slots=True)
class RowFinding:
    """What was found for one row; None for a row that was not searched."""

    row: Row
    finding: Finding | None


def row_of_name(name: str, country: str | None) -> Row:
    """A row of one name; UsageError for one that is empty."""
    if not name.strip():
        raise UsageError("no name is given", "name a company, or a file of rows")
    wanted = Wanted(name=name, country=list_country(country) or "")
    return Row(1, wanted, known=KnownAs(names=(name,)))


def rows_of_file(file: ListFile) -> list[Row]:
    """Read the rows of a file, with what its columns state about each company."""
    opened = open_unnamed_file(file)
    mapping, default = opened.reading.mapping, list_country(file.country) or ""
    columns = StatedColumns(mapping)
    rows = []
    for number, cells, flaw in opened.source_rows():
        if flaw is None:
            name, values = name_of(cells, mapping), columns.of_row(cells)
            rows.append(_row(number, name, values, default))
        elif flaw != BLANK:
            rows.append(Row(number, Wanted(name=""), flaw))
    return rows


def _row(number: int, name: str, values: Stated, country: str) -> Row:
    wanted = _wanted(name, values, country)
    known = KnownAs(
        names=(wanted.name, *wanted.aliases),
        domains=tuple(values.get("domain", ())),
        emails=tuple(values.get("email", ())),
        phones=wanted.phones,
    )
    return Row(number, wanted, known=known)


def _wanted(name: str, values: Mapping[str, Sequence[str]], country: str) -> Wanted:
    def first(attribute: str) -> str:
        return next(iter(values.get(attribute, ())), "")

    names = (
        *values.get("alias", ()),
        *values.get("former_name", ()),
        *values.get("legal_name", ()),
    )
    return Wanted(
        name=name,
        aliases=tuple(dict.fromkeys(names)),
        country=first("country") or country,
        city=first("city"),
        postcode=first("postcode"),
        street=first("street"),
        phones=tuple(values.get("phone", ())),
        mail_hosts=tuple(one.rpartition("@")[2] for one in values.get("email", ())),
        numbers=tuple(one for kind in _NUMBERS for one in values.get(kind, ())),
        legal_form=first("legal_form"),
        leads=tuple(
            Lead(domain=one, because="the list names it", weight=_WEBSITE)
            for one in values.get("domain", ())
        ),
    )


def candidates_of(row: Row, most: int) -> list[Candidate]:
    """The domains that would be looked up for a row, in order; nothing is reached."""
    return candidates(row.wanted, most)


def why_none(row: Row) -> str:
    """Why a row has no candidate; empty if it has one."""
    return row.flaw or why_no_candidate(row.wanted)


def resolve_map(texts: Sequence[str]) -> dict[tuple[str, int], tuple[str, int]]:
    """Parse `HOST=ADDRESS:PORT` (port 80 of the host), or `HOST:443=ADDRESS:PORT`; UsageError for
    another text, or an address of another machine.
    """
    found: dict[tuple[str, int], tuple[str, int]] = {}
    for text in texts:
        match = _RESOLVE.fullmatch(text.strip())
        if match is None:
            raise _bad_resolve(text)
        written, port = match["host"], _HTTP
        if ported := _PORT.fullmatch(written):
            written, port = ported["host"], int(ported["port"])
        host = written.lower() if written.lower().startswith("www.") else host_name(written)
        address = match["address"].strip("[]")
        if host is None or int(match["port"]) > 65_535 or not _is_loopback(address):
            raise _bad_resolve(text)
        found[host, port] = (address, int(match["port"]))
    return found


def _is_loopback(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False


def _bad_resolve(text: str) -> UsageError:
    return UsageError(
        f"--resolve {text!r} is not HOST=ADDRESS:PORT with an address of this machine",
        "write it as --resolve acme.example=127.0.0.1:8080",
    )


def says(mark: str) -> str:
    """What a mark means, in one sentence."""
    return Reason(mark, 0.0, "").says


def finding_json(one: RowFinding) -> dict[str, Any]:
    """One row of `sluice sites find --json`."""
    found = one.finding
    if found is None:
        return {
            "row": one.row.number,
            "name": one.row.wanted.name,
            "domain": None,
            "band": "abstain",
            "odds": None,
            "reasons": reasons_json([Reason("not_searched", 0.0, one.row.flaw)]),
            "fetches": 0,
            "look_ups": 0,
            "lacks": [],
            "looked": [],
        }
    return {
        "row": one.row.number,
        "name": one.row.wanted.name,
        "domain": found.domain,
        "band": found.band.value,
        "odds": found.odds,
        "reasons": reasons_json(found.reasons),
        "fetches": found.fetches,
        "look_ups": found.look_ups,
        "lacks": list(found.lacks),
        "looked": looked_json(found),
    }


def candidates_json(row: Row, most: int) -> dict[str, Any]:
    """One row of `sluice sites find --dry-run --json`."""
    listed = candidates_of(row, most)
    return {
        "row": row.number,
        "name": row.wanted.name,
        "candidates": [
            {"domain": one.domain, "weight": one.weight, "because": one.because} for one in listed
        ],
        "why_none": why_none(row),
    }
