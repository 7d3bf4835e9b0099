"""End suppressions, by id or by what they name."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from leads.changes import Change
from leads.errors import NotFoundError, UsageError
from leads.store import Tx, events, suppression_owners, suppressions
from leads.store.suppressions import HashedKey, SuppressionRow
from outreach.keys import Key, digest
from outreach.run.suppress import changes_of

#: Suppressions that a message names.
_MOST_SHOWN = 5


def end(
    tx: Tx, request_id: UUID, client_id: UUID, level: str, by: str, secret: bytes, reason: str = ""
) -> list[Change]:
    """End one suppression of this client, or of the agency or the law when `level` says so;
    NotFoundError when there is no such suppression.
    """
    rows = suppressions.find(tx, request_id)
    if not rows:
        raise NotFoundError(
            "there is no such suppression of this client", "see `sluice suppress list`"
        )
    is_own = rows[0].client_id == client_id and level in ("client", "campaign")
    is_shared = rows[0].client_id is None and rows[0].level == level
    if not is_own and not is_shared:
        raise NotFoundError(
            "there is no such suppression of this client",
            "see `sluice suppress list`; one of the agency or the law needs --level",
        )
    suppressions.end(tx, request_id)
    line = events.Happened(
        verb="suppression ended",
        thing="suppression",
        thing_id=request_id,
        who=by,
        client_id=client_id,
        reason=reason,
    )
    events.log(tx, [line])
    keys = [HashedKey(row.kind, row.key, row.key_hash) for row in rows]
    return changes_of(tx, rows[0].client_id, rows[0].campaign_id, keys, secret, ended=True)


def named(tx: Tx, client_id: UUID, level: str, keys: Sequence[Key], secret: bytes) -> UUID:
    """The suppression that names what has these keys and nothing else, or the only one that names it
    too; NotFoundError when there is none, UsageError when there are several.
    """
    hashes = {digest(key, secret) for key in keys}
    found: dict[UUID, list[SuppressionRow]] = {}
    for row in suppression_owners.with_hashes(tx, client_id, level, sorted(hashes)):
        found.setdefault(row.request_id, []).append(row)
    if not found:
        raise NotFoundError(
            "no suppression of this client names it",
            "see `sluice suppress check`; one of the agency or the law needs --level",
        )
    alone = [one for one in found if {row.key_hash for row in suppressions.find(tx, one)} <= hashes]
    meant = alone or list(found)
    if len(meant) > 1:
        shown = ", ".join(f"{one} ({_words(found[one][0])})" for one in meant[:_MOST_SHOWN])
        more = f" and {len(meant) - _MOST_SHOWN} more" if len(meant) > _MOST_SHOWN else ""
        raise UsageError(f"{len(meant)} suppressions name it: {shown}{more}", "end one by its id")
    return meant[0]


def _words(row: SuppressionRow) -> str:
    until = f" until {row.until:%Y-%m-%d %H:%M} UTC" if row.until else ""
    return f"{row.subject or 'erased'}, {row.channel or 'every channel'}{until}"
