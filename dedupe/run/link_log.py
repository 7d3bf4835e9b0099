"""Log that two companies were related or unrelated."""

from __future__ import annotations

from uuid import UUID

from leads.company_links import SAID, CompanyLink
from leads.store import Tx, events


def log_link(
    tx: Tx,
    client_id: UUID,
    verb: str,
    link: CompanyLink,
    by: str,
    reason: str,
    names: tuple[str, str],
) -> None:
    """Log one link under its first company; `verb` is `related` or `unrelated`."""
    negation = "" if verb == "related" else "not "
    sentence = f"{names[0]} is {negation}{SAID[link.kind]} {names[1]}"
    line = events.Happened(
        verb=verb,
        thing="company",
        thing_id=link.company,
        client_id=client_id,
        who=by,
        reason=f"{sentence}: {reason}" if reason else sentence,
        data={"of": str(link.of), "kind": link.kind.value},
    )
    events.log(tx, [line])
