"""The profiles of exports: built-in ones, and those of users."""

from __future__ import annotations

from collections.abc import Sequence

from outreach.exports.fields import FIELDS
from outreach.exports.profile import PROFILES, ExportProfile

__all__ = ["ExportProfile", "check_profile", "fields", "list_profiles", "profile_text"]


def list_profiles() -> Sequence[ExportProfile]:
    """List the built-in profiles."""
    return list(PROFILES.built_in().values())


def profile_text(name: str) -> str:
    """Read the file of a built-in profile, as a start for one's own."""
    return PROFILES.built_in_text(name)


def check_profile(file: str) -> ExportProfile:
    """Read a profile file; UsageError with file and line for the first mistake."""
    return PROFILES.of_file(file)


def fields() -> Sequence[tuple[str, str]]:
    """List the fields that profiles and conditions may name, each with what it holds."""
    return [(name, one.about) for name, one in FIELDS.items()]
