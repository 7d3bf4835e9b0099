"""The chances of companies by the model in force, and their places within a cell of the grid."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from uuid import UUID

from engage.predict.weights import LAST, Weights, from_json
from engage.run.features import features, first_contacts
from leads.store import Tx, predictions
from leads.store.predictions import ChanceRow, ModelRow

#: One company in so many is placed by lot.
_EXPLORED = 20


def refresh(tx: Tx, client_id: UUID, campaign_id: UUID, company_ids: Sequence[UUID]) -> None:
    """Compute the chances of companies again; nothing without a model in force."""
    model = predictions.in_force(tx, campaign_id)
    if model is None:
        return
    weights = weights_of(model)
    known = known_of(tx, client_id, campaign_id, company_ids)
    rows = [
        chance_row(client_id, campaign_id, one, model.version, weights, known[one])
        for one in company_ids
    ]
    predictions.replace_chances(tx, campaign_id, company_ids, rows)


def known_of(
    tx: Tx, client_id: UUID, campaign_id: UUID, company_ids: Sequence[UUID]
) -> dict[UUID, dict[str, str]]:
    """What was known of companies before their first contact."""
    before = first_contacts(tx, client_id, campaign_id, company_ids)
    return features(tx, client_id, campaign_id, company_ids, before)


def weights_of(model: ModelRow) -> Weights:
    """The weights of a stored model."""
    return from_json(model.content["weights"])


def chance_row(
    client_id: UUID,
    campaign_id: UUID,
    company_id: UUID,
    version: int,
    weights: Weights,
    known: Mapping[str, str],
) -> ChanceRow:
    """The chance and the place of one company."""
    chance = weights.chance(known)
    drawn = lot(campaign_id, company_id)
    return ChanceRow(
        campaign_id=campaign_id,
        company_id=company_id,
        client_id=client_id,
        version=version,
        chance=chance,
        place=weights.place(chance) if drawn is None else drawn,
        explores=drawn is not None,
    )


def lot(campaign_id: UUID, company_id: UUID) -> int | None:
    """The place that a company draws; None for 19 in 20, which the model places.

    It depends on the ids alone, so that a company keeps its lot.
    """
    digest = hashlib.sha256(campaign_id.bytes + company_id.bytes).digest()
    if int.from_bytes(digest[:4]) % _EXPLORED:
        return None
    return int.from_bytes(digest[4:8]) % (LAST + 1)
