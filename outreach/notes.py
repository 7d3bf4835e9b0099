"""What a user may write about a prospect."""

from __future__ import annotations

from leads.errors import UsageError

#: Characters of a note or a reason.
LONGEST = 10_000


def checked_text(text: str, what: str, *, required: bool = False) -> str:
    """The text as it is stored; UsageError when it is too long, or empty and required.

    What no database stores, NUL and half characters of a broken encoding, is replaced.
    """
    stored = text.strip().encode("utf-8", "replace").decode("utf-8").replace("\0", "\ufffd")
    if len(stored) > LONGEST:
        raise UsageError(
            f"the {what} has {len(stored):,} characters, and {LONGEST:,} are allowed",
            "shorten it, or keep the long text elsewhere and say where",
        )
    if required and not stored:
        raise UsageError(f"the {what} is empty", f"write the {what} in quotes")
    return stored
