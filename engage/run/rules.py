"""The scoring file of a campaign."""

from __future__ import annotations

from functools import lru_cache
from uuid import UUID

from engage.scoring.file import ScoringFile
from engage.scoring.reading import stored
from engage.scoring.scoring import Scoring
from engage.signals.kinds import Kinds, catalogue
from leads.errors import NotFoundError
from leads.store import Tx, events, scoring_files
from leads.store.scoring_files import NewScoring, StoredScoring


def in_force(tx: Tx, campaign_id: UUID) -> Scoring | None:
    """The scoring of a campaign; None: its signals are not scored."""
    found = scoring_files.in_force(tx, campaign_id)
    return read(found) if found else None


def file_needed(tx: Tx, campaign_id: UUID) -> StoredScoring:
    """The scoring file of a campaign; NotFoundError when it has none."""
    found = scoring_files.in_force(tx, campaign_id)
    if found is None:
        raise NotFoundError(
            "no scoring file is in force for this campaign",
            "`sluice scoring use FILE` sets one",
        )
    return found


def read(file: StoredScoring) -> Scoring:
    """The scoring that a stored file states."""
    return _read(file.content)


def kinds_of(tx: Tx, campaign_id: UUID) -> Kinds:
    """The kinds of signals of a campaign: those of its scoring file, else the catalogue."""
    scoring = in_force(tx, campaign_id)
    return scoring.kinds if scoring else catalogue()


@lru_cache(maxsize=64)
def _read(text: str) -> Scoring:
    return stored(text)


def use(tx: Tx, client_id: UUID, campaign_id: UUID, file: ScoringFile, text: str, by: str) -> bool:
    """Put a checked file in force for a campaign; whether that changed anything."""
    new = NewScoring(
        name=file.scoring,
        version=file.version,
        content=text,
        content_hash=file.content_hash(),
        by=by,
        grade_a=file.grades.A,
        grade_b=file.grades.B,
    )
    changed = scoring_files.use(tx, client_id, campaign_id, new)
    if changed:
        line = events.Happened(
            verb="put in force",
            thing="scoring",
            thing_id=f"{file.scoring} version {file.version}",
            client_id=client_id,
            who=by,
        )
        events.log(tx, [line])
    return changed
