"""Which domains are suppressed themselves, apart from the companies whose sites they are."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from leads.store import Tx, suppressions
from outreach.keys import Key, digest


def barred_sites(tx: Tx, client_id: UUID | None, sites: Iterable[str], secret: bytes) -> set[str]:
    """Those of the domains that must not be visited, for all clients or for this one: suppressed, or
    erased, of which only a keyed hash is left.
    """
    return set(barred_by_name(tx, client_id, sites, secret))


def barred_by_name(
    tx: Tx, client_id: UUID | None, sites: Iterable[str], secret: bytes
) -> dict[str, bool]:
    """The domains that must not be visited; False for one that was erased, which nothing may name."""
    if not suppressions.any_live(tx):
        return {}
    by_hash = {digest(Key("domain", site), secret): site for site in sites}
    found = suppressions.barred(tx, client_id, by_hash.keys())
    return {by_hash[one]: is_named for one, is_named in found.items()}
