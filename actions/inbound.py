"""Add companies that came by themselves, on the way that every row of a list takes."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from actions.follow_up import work_off
from actions.session import Session
from intake.import_mode import ImportMode
from intake.inbound import COLUMNS, LIST, Arrival, arrival, as_csv, called_so
from intake.read_options import ReadOptions
from leads.store import Tx
from leads.store.lists import ListAbout
from outreach.outcomes.matching import NO_MATCH, match
from outreach.outcomes.rows import Who
from outreach.run.outcomes import find_meant
from workers.arriving import standing
from workers.importing import ImportRequest, run_import

__all__ = ["LIST", "Arrivals", "add_arrivals", "meant"]

#: Why a company was not added.
_ERASED = "it was erased on request"
_NO_COMPANY = "its name is no company's"


@dataclass(frozen=True, slots=True)
class Arrivals:
    """The companies that were added, as they were called, and why others were not."""

    #: By the name that each has in the list.
    added: Mapping[str, str] = field(default_factory=dict)
    refused: Mapping[str, str] = field(default_factory=dict)


def meant(tx: Tx, client_id: UUID, texts: Iterable[str]) -> dict[str, UUID | str]:
    """The stored company that each text means by id, domain, e-mail or name, or why it is none."""
    whos = {
        text: Who(
            company_id=text,
            domain="" if "@" in text else text,
            email=text if "@" in text else "",
            name=text,
        )
        for text in sorted(set(texts))
    }
    known = find_meant(tx, client_id, whos.values())
    return {text: match(who, known) for text, who in whos.items()}


def add_arrivals(
    session: Session,
    client_id: UUID,
    texts: Iterable[str],
    by: str,
    *,
    names: Mapping[str, str] | None = None,
    dry_run: bool = False,
) -> Arrivals:
    """Add the companies of these texts that the client does not have, as rows of a list of
    their own: they are screened, deduplicated and decided about like any others. `names`: what
    to call those that a text means by a domain.
    """
    with session.store.read() as tx:
        found = meant(tx, client_id, texts)
    unknown = _unknown(found, names or {})
    refused = {text: one for text, one in unknown.items() if isinstance(one, str)}
    wanted = {text: one for text, one in unknown.items() if not isinstance(one, str)}
    if not wanted:
        return Arrivals({}, refused)
    with _request(client_id, dict.fromkeys(wanted.values()), by) as request:
        refused |= _left_out(session, request, wanted)
        added = {text: one.name for text, one in wanted.items() if text not in refused}
        if not added or dry_run:
            return Arrivals(added, refused)
        run_import(session.context(), request)
    work_off(session)
    return Arrivals(added, refused)


def _unknown(found: Mapping[str, UUID | str], names: Mapping[str, str]) -> dict[str, Arrival | str]:
    """The companies that match no known one, each with the name to store."""
    return {
        text: called_so(arrival(text), names.get(text, ""))
        for text, company in found.items()
        if company == NO_MATCH
    }


def _left_out(
    session: Session, request: ImportRequest, wanted: Mapping[str, Arrival]
) -> dict[str, str]:
    """Why some companies cannot be stored."""
    kept, erased = standing(session.context(), request, COLUMNS["name"])
    return {
        text: _ERASED if one.name in erased else _NO_COMPANY
        for text, one in wanted.items()
        if one.name not in kept
    }


@contextmanager
def _request(client_id: UUID, some: Iterable[Arrival], by: str) -> Iterator[ImportRequest]:
    """The import of companies as a list."""
    with tempfile.TemporaryDirectory(prefix="sluice-") as folder:
        path = Path(folder) / "inbound.csv"
        path.write_text(as_csv(some), encoding="utf-8")
        yield ImportRequest(
            client_id=client_id,
            path=str(path),
            name=LIST,
            about=ListAbout(role="prospects"),
            # A name such as 4711 does not show by itself that it is one.
            options=ReadOptions(overrides=COLUMNS),
            who=by,
            manner=ImportMode(add=True, arrivals=True),
        )
