"""Compare two profiles over everything a client knows; nothing is written."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from leads.store import Tx
from qualify.difference import Difference, difference
from qualify.icp import Icp
from qualify.run.loading import load


def compare(tx: Tx, client_id: UUID, left: Icp, right: Icp, today: date) -> dict[str, Any]:
    """What the verdicts of `right` change over those of `left` for every company of the client, as plain JSON values."""
    loaded = load(tx, client_id, [left, right])
    return difference_json(left, right, difference(left, right, loaded.frames, today), loaded.names)


def difference_json(left: Icp, right: Icp, found: Difference, names: Any) -> dict[str, Any]:
    """A difference with the names of its examples."""
    return {
        "from": {"icp": left.name, "version": left.version, "verdicts": dict(found.before)},
        "to": {"icp": right.name, "version": right.version, "verdicts": dict(found.after)},
        "companies": found.companies,
        "changes": {
            name: {
                "companies": change.companies,
                "by_criterion": dict(change.by_criterion.most_common()),
                "examples": [names[one] for one in change.examples],
            }
            for name, change in found.changes.items()
        },
        "stages": [{"from": old, "to": new, "companies": count} for (old, new), count in found.stages.most_common()],
        "score_moved": found.score_moved,
    }
