"""Add companies that came by themselves, on the way that every row of a list takes."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from actions.follow_up import work_off
from actions.session import Session
from intake.import_mode import ImportMode
from intake.inbound import LIST, Arrival, arrival, as_csv
from intake.read_list import ReadOptions
from leads.store import Tx
from leads.store.lists import ListAbout
from outreach.outcomes.matching import NOBODY, match
from outreach.outcomes.rows import Who
from outreach.run.outcomes import find_meant
from workers.importing import ImportRequest, run_import

__all__ = ["LIST", "Arrivals", "add_arrivals", "meant"]

#: Why a company was not added.
_ERASED = "it was erased on request"
_NO_COMPANY = "it was erased on request, or its name is no company's"


@dataclass(frozen=True, slots=True)
class Arrivals:
    """The companies that were added, as they were named, and why others were not."""

    added: Sequence[str] = ()
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
    session: Session, client_id: UUID, texts: Iterable[str], by: str, *, dry_run: bool = False
) -> Arrivals:
    """Add the companies of these texts that the client does not have, as rows of a list of
    their own: they are screened, deduplicated and decided about like any others.
    """
    with session.store.read() as tx:
        found = meant(tx, client_id, texts)
    wanted: dict[str, Arrival] = {}
    refused: dict[str, str] = {}
    for text, company in found.items():
        if company == NOBODY:
            one = arrival(text)
            if isinstance(one, str):
                refused[text] = one
            else:
                wanted[text] = one
    if not wanted or dry_run:
        return Arrivals(list(wanted), refused)
    erased = _import(session, client_id, dict.fromkeys(wanted.values()), by)
    work_off(session)
    with session.store.read() as tx:
        now_known = meant(tx, client_id, wanted)
    left = [text for text, company in now_known.items() if company == NOBODY]
    why = _ERASED if erased >= len(left) else _NO_COMPANY
    refused |= dict.fromkeys(left, why)
    return Arrivals([text for text in wanted if text not in refused], refused)


def _import(session: Session, client_id: UUID, some: Iterable[Arrival], by: str) -> int:
    """Import the companies; how many are not stored because they were erased."""
    with tempfile.TemporaryDirectory(prefix="sluice-") as folder:
        path = Path(folder) / "inbound.csv"
        path.write_text(as_csv(some), encoding="utf-8")
        request = ImportRequest(
            client_id=client_id,
            path=str(path),
            name=LIST,
            about=ListAbout(role="prospects"),
            options=ReadOptions(),
            who=by,
            manner=ImportMode(add=True, arrivals=True),
        )
        imported, _ = run_import(session.context(), request)
    return imported.counts.erased
