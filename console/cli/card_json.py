"""A prospect's card under its documented JSON keys."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from actions.queue import Card
from console.cli.interest import interest_json


def card_json(card: Card) -> dict[str, Any]:
    """The card as `--json` prints it."""
    found = card.assessment
    return {
        "company": {"id": str(card.company_id), "name": card.name, **card.details},
        "stage": found.stage,
        "score": asdict(found.score) if found.score else None,
        "scored": found.scored,
        "why": [asdict(one) for one in found.why],
        "unknown": [asdict(one) for one in found.unknown],
        "questions": list(found.questions),
        "lease": asdict(card.lease) if card.lease else {},
        "promise": asdict(card.promise) if card.promise else None,
        "no_site": card.no_site,
        "local_time": asdict(card.local_time),
        "interest": interest_json(card.interest),
        "queue": asdict(card.queue),
        "contacts": [asdict(one) for one in card.contacts],
        "people": [asdict(one) for one in card.people.shown],
        "people_overdue": card.people.overdue,
        "list_cells": [asdict(one) for one in card.list_cells],
        "sisters": [asdict(one) for one in card.sisters],
        "script": card.script,
        "history": [asdict(one) for one in card.history],
    }
