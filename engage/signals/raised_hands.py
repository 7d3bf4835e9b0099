"""Which signals show that a company came by itself."""

from __future__ import annotations

from engage.signals.kinds import Kinds

#: Of the buyer's journey: who asks or tries out is interested, who only reads is not yet.
_INTERESTED = ("consideration", "decision")
OPT_IN = "opted_in"


def raises_hand(kind: str, kinds: Kinds) -> bool:
    """Whether a signal of this kind makes a company a lead, or brings one back from nurture: it shows
    interest, and no machine causes it.
    """
    found = kinds.by_name.get(kinds.name_of(kind) or "")
    return found is not None and not found.machine and found.stage in _INTERESTED


def names_company(kind: str, kinds: Kinds) -> bool:
    """Whether a company that nobody knows may be added for a signal of this kind."""
    found = kinds.by_name.get(kinds.name_of(kind) or "")
    if found is None or found.machine:
        return False
    return found.stage != "none" or found.name == OPT_IN
