"""The country of phone numbers in national form: as told, else the client's, else the setting."""

from __future__ import annotations

from typing import NamedTuple

from actions.actor import Right
from actions.country_option import list_country
from actions.session import Session
from leads.store import clients

#: Suppressions of these levels are one client's.
_ONE_CLIENT = ("client", "campaign")


class NumberCountry(NamedTuple):
    """A country, and where it comes from unless the user told it."""

    code: str | None
    origin: str = ""


def number_country(
    session: Session, told: str | None, client: str, level: str = "client"
) -> NumberCountry:
    """Return the country that the user told, else the client's default, else the setting `country`.

    UsageError when it is not a country.
    """
    if told:
        return NumberCountry(list_country(told))

    if level in _ONE_CLIENT:
        with session.read(Right.LOOK) as work:
            code = clients.country_of(work.tx, work.client(client))
        if code:
            return NumberCountry(code, "the client's default")
    code = list_country(session.settings["country"] or None)
    return NumberCountry(code, "the setting `country`" if code else "")
