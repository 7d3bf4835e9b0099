"""Do two clients mean the same company?"""

from __future__ import annotations

from outreach.keys import KnownAs, keys_of

_POINTS = ("domain", "email", "phone")


def is_same(one: KnownAs, other: KnownAs) -> bool:
    """Whether a company of one client is that of another: they have a domain, an e-mail address or a
    phone number in common, or a name unless each has a domain of its own.
    """
    mine, theirs = _forms(one), _forms(other)
    if any(mine[kind] & theirs[kind] for kind in _POINTS):
        return True
    if not mine["company"] & theirs["company"]:
        return False
    return not (mine["domain"] and theirs["domain"])


def _forms(known: KnownAs) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {kind: set() for kind in ("company", *_POINTS)}
    for key in keys_of(known):
        found.setdefault(key.kind, set()).add(key.form)
    return found
