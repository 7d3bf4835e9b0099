"""Check the right to act on an installation whose database may be empty, old or damaged."""

from __future__ import annotations

from actions.actor import Right
from actions.session import Session
from leads.errors import SluiceError
from leads.migrations import HEAD
from leads.settings import Settings
from leads.store import Store
from leads.store.copies.backup import existing_version


def check_right(settings: Settings, store: Store, user: str | None, right: Right) -> str:
    """Check the actor's right to act on the installation; the actor's name.

    A database that is empty, damaged or at another version has no users to check.
    """
    session = Session(settings=settings, store=store, user=user)
    try:
        known = existing_version(store) == HEAD
    except SluiceError:
        known = False
    if known:
        with session.read(right) as work:
            work.check_every_client()
    return session.user_name
