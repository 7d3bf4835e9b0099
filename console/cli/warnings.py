"""Warnings that an action returns."""

from __future__ import annotations

from actions.profile_files import Notice
from console.cli.output import note


def note_warning(warning: Notice | None) -> None:
    """Print a warning and the way out; nothing when there is none."""
    if warning:
        note(f"warning: {warning.message}")
        note(f"  {warning.hint}")
