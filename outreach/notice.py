"""The notice to a person whose data was not got from them (GDPR art. 14), as text to send."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from outreach.origins import Origin, letter

_HELD_OF_YOU = "we hold data about you and your work"
_NOT_FROM_YOU = (
    ", which we did not get from you. The law (GDPR art. 14) asks us to tell you its source."
)
_REST = """\
Recipients: our staff, and service providers who work for us under contract.

We keep the data as long as we may have an offer for your company, and until you object.

You may ask us at any time for a copy of the data, and to correct, erase or restrict it. You may \
object to any contact, without a reason: we then stop. You may complain to a data protection \
authority."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeFacts:
    """What a notice says."""

    #: The person's name, else the address.
    whom: str
    company: str | None
    #: Who answers for the data, with address.
    controller: str
    origins: Sequence[Origin]


def notice_text(about: NoticeFacts) -> str:
    """Write what art. 14 asks for: who holds which data, from where, why, how long, and the rights."""
    company = f" at {about.company}" if about.company else ""
    why = (
        "Purpose: to find out whether an offer suits your company, and to contact you"
        " about it. Basis: our legitimate interest in offering our services to companies"
        " (GDPR art. 6(1)(f))."
    )
    parts = (
        f"Dear {about.whom},",
        f"{_HELD_OF_YOU}{company}{_NOT_FROM_YOU}",
        f"Responsible for the data: {about.controller}",
        letter(about.whom, about.origins),
        why,
        _REST,
    )
    return "\n\n".join(parts)
