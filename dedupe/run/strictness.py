"""Change a client's strictness: how much evidence a merge of its companies needs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from dedupe.outcome import Strictness
from dedupe.run.client_strictness import strictness_of_client
from dedupe.run.match_input import Progress
from dedupe.run.planning import Snapshot, make_plan
from leads.changes import Change, RecordsChanged
from leads.store import Tx, clients, events


@dataclass(frozen=True, slots=True)
class Effect:
    """What a comparison with another strictness would change."""

    #: Companies that would become part of others.
    merged: int
    #: Companies that would lose records to new ones.
    split: int


def effect_of(
    snapshot: Snapshot, strictness: Strictness, progress: Progress | None = None
) -> Effect:
    """Plan a comparison with another strictness; nothing is written."""
    found = replace(snapshot.found, strictness=strictness)
    assigned = make_plan(replace(snapshot, found=found), progress).assigned
    return Effect(len(assigned.merged), len(assigned.split))


def change_strictness(tx: Tx, client_id: UUID, strictness: Strictness, by: str) -> Sequence[Change]:
    """Store a strictness and ask for a comparison with it; no change if the client has it."""
    before = strictness_of_client(tx, client_id)
    if before == strictness:
        return []
    clients.set_strictness(tx, client_id, strictness)
    said = f"{strictness}, before {before}"
    events.log_of_client(tx, client_id, "strictness changed", by, said)
    return [RecordsChanged(client_id)]
