"""Second factors of users, and the codes that take their place once."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, func, insert, select, update

from leads.clock import now
from leads.store.engine import Tx
from leads.store.schema import recovery_code, second_factor


@dataclass(frozen=True, slots=True)
class FactorRow:
    """An app that shows codes."""

    user_id: UUID
    nonce: str
    made_at: datetime
    #: None: no code was shown yet.
    confirmed_at: datetime | None
    last_step: int


def find(tx: Tx, user_id: UUID) -> FactorRow | None:
    """The second factor of a user."""
    row = tx.execute(select(second_factor).where(second_factor.c.user_id == user_id)).first()
    return FactorRow(*row) if row else None


def users_with(tx: Tx) -> frozenset[UUID]:
    """The users who have a second factor."""
    wanted = select(second_factor.c.user_id).where(second_factor.c.confirmed_at.is_not(None))
    return frozenset(tx.execute(wanted).scalars())


def begin(tx: Tx, user_id: UUID, nonce: str) -> None:
    """Begin to set up an app; one that was begun before and not confirmed is forgotten."""
    tx.execute(delete(second_factor).where(second_factor.c.user_id == user_id))
    values = {"user_id": user_id, "nonce": nonce, "made_at": now(), "last_step": 0}
    tx.execute(insert(second_factor).values(values))


def confirm(tx: Tx, user_id: UUID) -> bool:
    """Note that the app showed a right code; False: it had already."""
    done = (
        update(second_factor)
        .where(second_factor.c.user_id == user_id, second_factor.c.confirmed_at.is_(None))
        .values(confirmed_at=now())
    )
    return tx.execute(done).rowcount == 1


def take_step(tx: Tx, user_id: UUID, step: int) -> bool:
    """Use the code of a time step up; False: that code, or a later one, was used already."""
    done = (
        update(second_factor)
        .where(second_factor.c.user_id == user_id, second_factor.c.last_step < step)
        .values(last_step=step)
    )
    return tx.execute(done).rowcount == 1


def set_recovery_codes(tx: Tx, user_id: UUID, hashes: Collection[str]) -> None:
    """Replace the recovery codes of a user."""
    tx.execute(delete(recovery_code).where(recovery_code.c.user_id == user_id))
    rows = [{"user_id": user_id, "code_hash": one} for one in sorted(hashes)]
    tx.execute(insert(recovery_code), rows)


def use_recovery_code(tx: Tx, user_id: UUID, code_hash: str) -> bool:
    """Use a recovery code up; False: it was used, or never was."""
    gone = delete(recovery_code).where(
        recovery_code.c.user_id == user_id, recovery_code.c.code_hash == code_hash
    )
    return tx.execute(gone).rowcount == 1


def recovery_codes_left(tx: Tx, user_id: UUID) -> int:
    """How many recovery codes a user has."""
    wanted = select(func.count()).where(recovery_code.c.user_id == user_id)
    return int(tx.execute(wanted).scalar_one())


def remove(tx: Tx, user_id: UUID) -> bool:
    """Remove a user's second factor and recovery codes; False: the user had none."""
    tx.execute(delete(recovery_code).where(recovery_code.c.user_id == user_id))
    gone = tx.execute(delete(second_factor).where(second_factor.c.user_id == user_id))
    return gone.rowcount == 1
