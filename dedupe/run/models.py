"""The models of a client: what its records are compared with."""

from __future__ import annotations

from uuid import UUID

from dedupe.learned import SHIPPED, Learned
from dedupe.learning.model import Model, named
from dedupe.learning.model_file import read_model
from leads.errors import UsageError
from leads.store import Tx, match_models
from leads.store.match_models import MatchModelRow


def learned_of_client(tx: Tx, client_id: UUID) -> Learned:
    """Return what the client's model in force adds to the weights.

    A model of another version of the matcher adds nothing: the shipped weights stand until the
    client's answers are fitted again.
    """
    row = match_models.in_force(tx, client_id)
    if row is None or (model := model_of(row)) is None:
        return SHIPPED
    return named(model, called(row.version))


def model_of(row: MatchModelRow) -> Model | None:
    """Return the model of a row, unless another version of the matcher made it."""
    try:
        return read_model(row.content, called(row.version))
    except UsageError:
        return None


def called(version: int) -> str:
    """Return how people call a stored model."""
    return f"model {version}"
