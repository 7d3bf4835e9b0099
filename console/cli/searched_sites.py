"""`sluice sites find --list`, and the last search of a company in `sluice sites show`."""

from __future__ import annotations

from typing import Any

from actions import searched_sites
from actions.searched_sites import Before, CompanySearched, ListSearched
from actions.session import Session, open_session
from console.cli.finding_lines import print_reasons
from console.cli.output import counted, emit, emit_json, note, plain
from console.cli.site_bands import BANDS, band_counts
from console.cli.stored_finding import stored_json, word_lines
from console.cli.work import report_work

#: Companies that are named with what bars them.
_MOST_BARRED = 10


def print_search(client: str, name: str, user: str | None, *, again: bool, as_json: bool) -> None:
    """Search the sites of a stored list's companies, and print how many were found."""
    with open_session(user) as session:
        done = searched_sites.find_in_list(session, client, name, again=again)

    if as_json:
        emit_json(
            {
                "list": name,
                "without_site": len(done.companies),
                **{band: done.bands.get(band, 0) for band in BANDS},
                "not_searched": done.not_searched,
                "companies": [_json(one) for one in done.companies],
            }
        )
    else:
        emit(_counts(done))
        if done.before:
            note(_before(done.before))
        _note_barred(done)
        _hint(done)
    report_work(done.work)


def print_last_search(session: Session, client: str, company: str, *, as_json: bool) -> None:
    """Print what the last search for a company's site told, or what bars the search; NotFoundError if
    it was not searched and nothing bars it.
    """
    one = searched_sites.last_search(session, client, company)
    if as_json:
        emit_json(_json(one))
        return
    found = one.found
    if found is None:
        emit(f"{plain(one.company, 60)}: not searched, {plain(one.because)}")
        return
    emit(f"{plain(one.company, 60)}: {found.band} {found.domain or ''}".rstrip())
    if one.because:
        emit(f"    not searched any more: {plain(one.because)}")
    for line in word_lines(found):
        emit(f"    {line}")
    if found.said_by is None:
        emit(f"    searched {found.found_at:%Y-%m-%d %H:%M} UTC")
    elif found.reasons or found.looked:
        emit("    what the search before saw:")
    else:
        # A person named the site of a company that was never searched.
        return
    print_reasons(_json(one))


def _json(one: CompanySearched) -> dict[str, Any]:
    if one.found is not None:
        return stored_json(one.company_id, one.company, one.found)
    return {
        "company_id": one.company_id,
        "company": one.company,
        "domain": None,
        "band": None,
        "odds": None,
        "reasons": [{"mark": "not_searched", "weight": 0.0, "quote": one.because or one.why_not}],
        "lacks": [],
        "looked": [],
        "found_at": None,
        "said_by": None,
        "denied": [],
    }


def _counts(done: ListSearched) -> str:
    parts = [band_counts(done.bands)]
    if done.not_searched:
        total = sum(done.not_searched.values())
        several = len(done.not_searched) > 1
        why = [f"{count:,} {why}" if several else why for why, count in done.not_searched.items()]
        parts.append(f"{total:,} not searched ({', '.join(why)})")
    companies = counted(len(done.companies), "company", "companies")
    return f"{companies} without a site: {', '.join(parts)}"


def _before(before: Before) -> str:
    first, last = f"{before.first:%Y-%m-%d}", f"{before.last:%Y-%m-%d}"
    on = f"on {first}" if first == last else f"from {first} to {last}"
    again = f"again after {before.again:%Y-%m-%d}, or with --again"
    return f"{before.count:,} searched before, {on}; {again}"


def _note_barred(done: ListSearched) -> None:
    barred = [one for one in done.companies if one.found is None and one.because]
    for one in barred[:_MOST_BARRED]:
        note(f"{plain(one.company, 60)} is not searched: {plain(one.because)}")
    if len(barred) > _MOST_BARRED:
        note(f"{len(barred) - _MOST_BARRED:,} more are not searched: --json says why of each")


def _hint(done: ListSearched) -> None:
    if done.bands.get("review"):
        note("see `sluice sites review`")
    if done.bands.get("abstain"):
        note("`sluice sites show COMPANY` says why a site was not found, --json of all")
