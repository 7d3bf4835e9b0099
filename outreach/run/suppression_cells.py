"""One suppression as the cells of a row that `sluice suppress import` reads again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from leads.lexicon.domains import host_kind
from leads.store.suppressions import SuppressionRow
from outreach.keys import name_keys

COLUMNS = (
    "name",
    "domain",
    "email",
    "phone",
    "level",
    "reason",
    "suppressed by",
    "suppressed at",
    "suppressed until",
    "channel",
    "campaign",
)


def cells_of(rows: Sequence[SuppressionRow], campaigns: Mapping[UUID, str]) -> list[str] | None:
    """The cells of a suppression with these keys; None when only keyed hashes are left of it."""
    first = rows[0]
    if first.subject is None and all(row.key is None for row in rows):
        return None
    # A host that many share is found by its owner's name.
    domains = [one for one in _forms(rows, "domain") if host_kind(one) is None]
    until = f"{first.until:%Y-%m-%dT%H:%M:%SZ}" if first.until else ""
    return [
        "|".join(_names(rows)),
        ", ".join(domains),
        ", ".join(_forms(rows, "email")),
        ", ".join(_forms(rows, "phone")),
        first.level,
        first.reason,
        first.by,
        f"{first.at:%Y-%m-%dT%H:%M:%SZ}",
        until,
        first.channel or "all",
        campaigns.get(first.campaign_id, "") if first.campaign_id else "",
    ]


def _names(rows: Sequence[SuppressionRow]) -> list[str]:
    """The name as it was given, and the normal forms of other names of the company."""
    subject, forms = rows[0].subject or "", _forms(rows, "company")
    is_named = any(row.kind == "company" for row in rows)
    if not is_named:
        return []
    covered = {key.form for key in name_keys(subject)}
    is_name = not forms or not covered.isdisjoint(forms)
    shown = [subject.replace("|", " ")] if subject and is_name else []
    return [*shown, *(form for form in forms if not (is_name and form in covered))]


def _forms(rows: Sequence[SuppressionRow], kind: str) -> list[str]:
    return [row.key for row in rows if row.kind == kind and row.key is not None]
