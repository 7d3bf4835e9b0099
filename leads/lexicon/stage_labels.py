"""CRM names of stages (`leads/lexicon/data/stage_labels.yaml`), and the client's own names."""

from __future__ import annotations

from collections.abc import Mapping

from leads.errors import NotFoundError
from leads.lexicon.reference import document
from leads.stages import Relationship, Stage

#: Relationships that CRMs distinguish within one stage.
_BY_RELATIONSHIP = (Relationship.CONTACTED, Relationship.CUSTOMER)


def labels(
    crm: str,
    stage: Stage,
    relationship: Relationship,
    own: Mapping[str, Mapping[str, str]] | None = None,
) -> dict[str, str]:
    """Return the CRM fields and values for a stage; empty if the stage is not sent to the CRM.

    `own` replaces the fields of the stages it names. NotFoundError if the CRM has no table.
    """
    known: Mapping[str, Mapping[str, Mapping[str, str]]] = document("stage_labels.yaml")
    if crm not in known:
        raise NotFoundError(
            f"there are no labels for {crm!r}", f"there are some for {', '.join(sorted(known))}"
        )
    table = {**known[crm], **(own or {})}
    apart = stage is not Stage.DISQUALIFIED and relationship in _BY_RELATIONSHIP
    return dict(table.get(relationship.value if apart else stage.value, {}))
