"""The dispositions of a client."""

from __future__ import annotations

from uuid import UUID

from leads.store import Tx, disposition_files, events
from outreach.disposition_file import DispositionFile, dispositions_of, standard, stored
from outreach.dispositions import Dispositions


def in_force(tx: Tx, client_id: UUID) -> Dispositions:
    """The dispositions that a client has put in force, else those that come with the product."""
    own = disposition_files.in_force(tx, client_id)
    return stored(own.content) if own else standard()


def own_version(tx: Tx, client_id: UUID) -> int | None:
    """The version that a client has in force; None: it uses those of the product."""
    own = disposition_files.in_force(tx, client_id)
    return own.version if own else None


def use(tx: Tx, client_id: UUID, file: DispositionFile, text: str, by: str) -> bool:
    """Put a checked file in force for a client; whether that changed anything."""
    changed = disposition_files.use(tx, client_id, file.version, text, file.content_hash(), by)
    if changed:
        every = dispositions_of(file)
        line = events.Happened(
            verb="put in force",
            thing="dispositions",
            thing_id=f"{every.name} version {every.version}",
            client_id=client_id,
            who=by,
        )
        events.log(tx, [line])
    return changed
