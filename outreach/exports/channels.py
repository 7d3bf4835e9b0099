"""What the channel policy keeps out of files for tools that contact companies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from outreach.exports.company import ExportCompany
from outreach.exports.fields import FIELDS
from outreach.exports.profile import ExportColumn, ExportProfile

#: The attribute without which a channel cannot be used.
_POINTS = {"phone": "phone", "email": "email", "post": "street", "social": "social"}

#: By attribute, why its values are not written.
Denied = Mapping[str, str]


def denied_in(profile: ExportProfile, company: ExportCompany) -> Denied:
    """By attribute, why the policy denies the contact points that the profile would write."""
    written = {FIELDS[one.field].attribute for one in profile.columns if one.field}
    found = {}
    for channel in profile.channels:
        attribute, ruling = _POINTS[channel], company.rulings.get(channel)
        is_written = attribute in written and attribute in company.known
        if is_written and ruling is not None and not ruling.allowed:
            found[attribute] = ruling.reason
    return found


def usable(profile: ExportProfile, company: ExportCompany, denied: Denied) -> ExportCompany:
    """The company without its denied contact points; of those of a channel that only consent opens,
    with those whose owner agreed.
    """
    opened = {_POINTS[one] for one in profile.channels} & company.agreed.keys()
    if not denied and not opened:
        return company
    known = {**company.known, **{name: company.agreed[name] for name in opened}}
    kept = {name: folded for name, folded in known.items() if name not in denied}
    return replace(company, known=kept)


def denial_of(column: ExportColumn, denied: Denied) -> str | None:
    """Why the value of a column is denied; None when it is not."""
    return denied.get(FIELDS[column.field].attribute or "") if column.field else None


def denied_row(profile: ExportProfile, denied: Denied) -> str | None:
    """Why a company has no row in the tool: a column that it needs is denied."""
    reasons = (denial_of(one, denied) for one in profile.columns if one.required)
    return next((one for one in reasons if one), None)
