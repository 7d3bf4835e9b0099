"""Find the sites of names without a store: of one name, or of the rows of a file."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any

from actions.list_defaults import list_country
from actions.match_file import BLANK, ListFile, open_unnamed_file
from enrich.finding.candidates import Candidate, candidates
from enrich.finding.search import Bounds, Finding, Search
from enrich.finding.wanted import Lead, Wanted
from intake.mapping import ColumnMapping
from intake.stated import name_of, stated
from leads.errors import UsageError
from leads.lexicon.domains import host_name
from leads.settings import Settings
from leads.sheets.rows import Cells

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


@dataclass(frozen=True, slots=True)
class RowFinding:
    """What was found for one row; None for a row that was not searched."""

    row: Row
    finding: Finding | None


def row_of_name(name: str, country: str | None) -> Row:
    """A row of one name."""
    return Row(1, Wanted(name=name, country=list_country(country) or ""))


def rows_of_file(file: ListFile) -> list[Row]:
    """Read the rows of a file, with what its columns state about each company."""
    opened = open_unnamed_file(file)
    mapping, default = opened.reading.mapping, list_country(file.country) or ""
    rows = []
    for number, cells, flaw in opened.source_rows():
        wanted = _wanted(cells, mapping, default) if flaw is None else Wanted(name="")
        if flaw != BLANK:
            rows.append(Row(number, wanted, flaw or ""))
    return rows


def _wanted(cells: Cells, mapping: ColumnMapping, country: str) -> Wanted:
    values: Mapping[str, Sequence[str]] = {
        name: [str(one) for one in some] for name, some in stated(cells, mapping).items()
    }

    def first(attribute: str) -> str:
        return next(iter(values.get(attribute, ())), "")

    names = (
        *values.get("alias", ()),
        *values.get("former_name", ()),
        *values.get("legal_name", ()),
    )
    return Wanted(
        name=name_of(cells, mapping),
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


def find_sites(
    rows: Sequence[Row], settings: Settings, allowed: Mapping[tuple[str, int], tuple[str, int]]
) -> list[RowFinding]:
    """Find the site of each row; with a map of hosts nothing else is reached."""
    # Imported late: the crawler takes half a second to load.
    from spiders.limits import OWN_MACHINE, limits_of
    from workers.site_search import mapped_endings, search

    bounds = Bounds(
        look_ups=settings.find_look_ups,
        visits=settings.find_visits,
        endings=mapped_endings(allowed),
    )
    searches = {row.number: Search(row.wanted, bounds) for row in rows if not row.flaw}
    done = search(
        list(searches.values()),
        limits=limits_of(settings),
        user_agent=settings["user_agent"] or (OWN_MACHINE if allowed else ""),
        allowed=allowed,
        pages=bounds.pages,
    )
    found = dict(zip(searches, done, strict=True))
    return [RowFinding(row, found.get(row.number)) for row in rows]


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
            "reasons": [{"mark": "not_searched", "weight": 0.0, "quote": one.row.flaw}],
            "fetches": 0,
        }
    return {
        "row": one.row.number,
        "name": one.row.wanted.name,
        "domain": found.domain,
        "band": found.band.value,
        "odds": found.odds,
        "reasons": [
            _reason_json(reason.mark, reason.weight, reason.quote) for reason in found.reasons
        ],
        "fetches": found.fetches,
        "look_ups": found.look_ups,
        "lacks": list(found.lacks),
        "looked": [
            {
                "domain": site.domain,
                "because": site.because,
                "outcome": site.outcome,
                "reason": site.reason,
                "odds": site.judgement.odds if site.judgement else None,
                "reasons": [
                    _reason_json(reason.mark, reason.weight, reason.quote)
                    for reason in (site.judgement.reasons if site.judgement else ())
                ],
            }
            for site in found.looked
        ],
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
    }


def _reason_json(mark: str, weight: float, quote: str) -> dict[str, Any]:
    return {"mark": mark, "weight": weight, "quote": quote}
