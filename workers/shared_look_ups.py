"""Look names up for all clients and workers together: what one looks up, the others wait for."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence

from leads.store import name_look_ups
from leads.store.name_look_ups import ASKED, LookedUpName
from spiders.look_up import Known, LookedUp, look_up
from workers.context import Context

#: Seconds between two looks at what others look up.
_PATIENCE = 0.1


def shared_look_up(context: Context, names: Sequence[str]) -> Mapping[str, LookedUp]:
    """Look names up; what was answered lately, or is asked by another worker, is not asked again.

    When another worker ends without an answer, its names are looked up here.
    """
    if context.allowed:
        return look_up(names, allowed=context.allowed)
    found: dict[str, LookedUp] = {}
    while left := [one for one in dict.fromkeys(names) if one not in found]:
        found |= _answered(context, left)
        found |= _looked_up(context, [one for one in left if one not in found])
        if not found.keys() >= set(left):
            time.sleep(_PATIENCE)
    return found


def _answered(context: Context, names: Sequence[str]) -> dict[str, LookedUp]:
    with context.store.read() as tx:
        known = name_look_ups.looked_up(tx, names)
    return {
        name: LookedUp(name, Known(one.known), one.hosts)
        for name, one in known.items()
        if one.known != ASKED
    }


def _looked_up(context: Context, names: Sequence[str]) -> Mapping[str, LookedUp]:
    """Look up those of the names that nobody else looks up now."""
    if not names:
        return {}
    # Transactions of their own: other workers begin and store the same names.
    with context.store.write() as tx:
        own = name_look_ups.begin_look_ups(tx, names)
    fresh = look_up(own, allowed={})
    if fresh:
        with context.store.write() as tx:
            rows = [LookedUpName(one.name, one.known.value, one.hosts) for one in fresh.values()]
            name_look_ups.keep_look_ups(tx, rows)
    return fresh
