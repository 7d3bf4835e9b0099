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
#: Names that are looked up before their answers are stored. Even with a slow name service they take
#: less time than a name is left to the worker that looks it up (`name_look_ups.HOLDS`).
TOGETHER = 96


def shared_look_up(context: Context, names: Sequence[str]) -> Mapping[str, LookedUp]:
    """Look names up; what was answered lately, or is asked by another worker, is not asked again.

    When another worker ends without an answer, its names are looked up here. When the work is asked
    to stop, names are missing.
    """
    if context.allowed:
        return look_up(names, allowed=context.allowed)
    found: dict[str, LookedUp] = {}
    while left := [one for one in dict.fromkeys(names) if one not in found]:
        known = _known(context, left)
        found |= _answered(known)
        if found.keys() >= set(left) or context.should_stop():
            break
        # Waiting for others takes no turn to write.
        free = [one for one in left if one not in known]
        fresh = _looked_up(context, free[:TOGETHER]) if free else {}
        found |= fresh
        if not fresh:
            time.sleep(_PATIENCE)
    return found


def _known(context: Context, names: Sequence[str]) -> Mapping[str, LookedUpName]:
    with context.store.read() as tx:
        return name_look_ups.looked_up(tx, names)


def _answered(known: Mapping[str, LookedUpName]) -> dict[str, LookedUp]:
    return {
        name: LookedUp(name, Known(one.known), one.hosts)
        for name, one in known.items()
        if one.known != ASKED
    }


def _looked_up(context: Context, names: Sequence[str]) -> Mapping[str, LookedUp]:
    """Look up those of the names that no other worker looks up now."""
    # Transactions of their own: other workers begin and store the same names.
    with context.store.write() as tx:
        own = name_look_ups.begin_look_ups(tx, names)
    if not own:
        return {}
    fresh = look_up(own, allowed={})
    with context.store.write() as tx:
        rows = [LookedUpName(one.name, one.known.value, one.hosts) for one in fresh.values()]
        name_look_ups.keep_look_ups(tx, rows)
    return fresh
