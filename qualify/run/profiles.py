"""Profiles out of the store, read once each."""

from __future__ import annotations

from functools import lru_cache
from uuid import UUID

from leads.errors import NotFoundError
from leads.store import Tx, profiles
from leads.store.profiles import StoredIcp
from qualify.profile.icp import Icp, load_icp


def profile_of(stored: StoredIcp) -> Icp:
    """The profile that a stored version holds."""
    return _profile(stored.content, f"{stored.name} version {stored.version}")


def profile_in_force(tx: Tx, campaign_id: UUID) -> Icp:
    """The profile in force for a campaign; NotFoundError when there is none."""
    stored = profiles.in_force(tx, campaign_id)
    if stored is None:
        raise NotFoundError(
            "this campaign has no profile in force", "put one in force with `sluice icp use FILE`"
        )
    return profile_of(stored)


def profile_numbered(tx: Tx, client_id: UUID, campaign_id: UUID | None, number: int) -> Icp:
    """A version that was put in force once; where several profiles have one of that number, that of
    the campaign's profile.
    """
    now = profiles.in_force(tx, campaign_id) if campaign_id else None
    return profile_of(profiles.version_numbered(tx, client_id, number, now.name if now else None))


@lru_cache(maxsize=16)
def _profile(content: str, name: str) -> Icp:
    return load_icp(content, name)
