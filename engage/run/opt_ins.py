"""Whether a company may count as a lead: for consumers it takes an opt-in."""

from __future__ import annotations

from collections.abc import Sequence

from engage.handover.file import HandoverFile
from leads.store.signals import SignalRow

_OPT_IN = "opted_in"
_OPT_OUT = frozenset({"unsubscribed", "do_not_contact", "spam_reported"})


def has_opted_in(rows: Sequence[SignalRow]) -> bool:
    """Whether the last word of a company on being contacted is an opt-in."""
    said = [one.kind for one in rows if one.kind == _OPT_IN or one.kind in _OPT_OUT]
    return bool(said) and said[-1] == _OPT_IN


def counts(file: HandoverFile | None, rows: Sequence[SignalRow]) -> bool:
    """Whether a company with these signals may count as a lead by the hand-over file."""
    return file is None or file.audience == "b2b" or has_opted_in(rows)
