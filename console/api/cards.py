"""The card of a prospect, and the tag that tells whether it has changed."""

from __future__ import annotations

import json
from dataclasses import asdict
from hashlib import sha256

from actions.queue import Card

#: What changes with the clock alone.
_BY_CLOCK = ("local_time", "interest")


def tag_of(card: Card) -> str:
    """The entity tag of a card: another one means that something was done, or found out."""
    state = asdict(card)
    for one in _BY_CLOCK:
        state.pop(one)
    if card.lease:
        # A lease is renewed with every action of its holder; its token changes when it is another.
        state["lease"] = [card.lease.user, card.lease.token]
    text = json.dumps(state, default=str, sort_keys=True)
    return f'"{sha256(text.encode()).hexdigest()[:32]}"'
