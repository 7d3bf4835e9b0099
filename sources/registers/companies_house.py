"""Companies House, the register of companies of the United Kingdom.

Shapes: `GET /company/{number}`, `/search/companies` and `/advanced-search/companies`, as the
specification of the public data API documents them. The API was never called for real. Its bulk
file is read by `sluice link`.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Collection, Generator
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote, urlencode

from sources.answers import Answer, Entry, Outcome
from sources.exchange import Conversation, Request, Response
from sources.registers.candidates import may_be
from sources.registers.companies_house_profile import company_number, entry_of
from sources.registers.json_fields import part, records, text
from sources.registers.outcomes import changed, no_match, read
from sources.registers.questions import no_question, search_names, sendable
from sources.source import Card, Limit
from sources.subject import Subject

_TITLE = "Companies House"
_API = "https://api.company-information.service.gov.uk"
_BY_NAME, _BY_PLACE = "/search/companies", "/advanced-search/companies"
_MOST_FOUND = 20
#: Profiles that are read for one name.
_MOST_PROFILES = 3

_CARD = Card(
    name="register:gb",
    title="Companies House (United Kingdom)",
    attributes=frozenset(
        {
            "legal_name",
            "former_name",
            "legal_form",
            "status",
            "founded",
            "country",
            "region",
            "city",
            "postcode",
            "street",
            "register_number",
            "industry",
            "employees",
        }
    ),
    countries=frozenset({"GB"}),
    asks_by=frozenset({"register_number", "name"}),
    key_variable="SLUICE_COMPANIES_HOUSE_KEY",
    limits=(Limit(600, 300),),
    licence="OGL-UK-3.0",
    attribution=(
        "Contains public sector information licensed under the Open Government Licence v3.0."
    ),
    hosts=frozenset({"api.company-information.service.gov.uk"}),
)

_Found = Generator[Request, Response, Answer | list[tuple[str, str, str]]]


@dataclass(frozen=True, slots=True)
class CompaniesHouse:
    """The register of the United Kingdom. It is asked by company number, else by name."""

    @property
    def card(self) -> Card:
        """What it says about itself."""
        return _CARD

    def ask(self, subject: Subject, wanted: Collection[str], key: str, today: date) -> Conversation:
        """Ask for the profile of the number, else for those of the companies of that name."""
        del wanted, today
        if not key:
            reason = f"{_TITLE} needs a key: set {_CARD.key_variable}"
            return Answer(outcome=Outcome.NOT_ALLOWED, reason=reason)
        asking = _Asking(key)
        number = company_number(subject.number("register_number", country="GB") or "")
        if number:
            entry = yield from asking.profile(number, by_key=True)
            if isinstance(entry, Answer):
                return entry
            if entry is not None:
                return _found([entry])
        for name in search_names(subject, 1):
            return (yield from _by_name(asking, subject, name))
        return no_match(_TITLE) if number else no_question(_TITLE)


@dataclass(frozen=True, slots=True)
class _Asking:
    """Requests with a key, which is the user name of HTTP Basic."""

    key: str

    def request(self, path: str, parameters: dict[str, str] | None = None) -> Request:
        query = f"?{urlencode(parameters)}" if parameters else ""
        basic = b64encode(f"{self.key}:".encode("utf-8", "surrogateescape")).decode()
        return Request(f"{_API}{path}{query}", headers={"authorization": f"Basic {basic}"})

    def profile(
        self, number: str, *, by_key: bool
    ) -> Generator[Request, Response, Entry | Answer | None]:
        """Read one profile; None if there is none of that number."""
        response = yield self.request(f"/company/{quote(number)}")
        if response.status == 404:
            return None
        if response.status == 410:
            return no_match(_TITLE, erased=number)
        body = read(response, _TITLE)
        if isinstance(body, Answer):
            return body
        entry = entry_of(body, by_key=by_key)
        return entry or changed(_TITLE, "company_name")

    def search(self, path: str, parameters: dict[str, str], name: str) -> _Found:
        """Read the results of a search, each as its number and its names."""
        response = yield self.request(path, parameters)
        if response.status == 404 and path == _BY_PLACE:
            # This is how it says that nothing was found.
            return []
        body = read(response, _TITLE)
        if isinstance(body, Answer):
            return body
        if not isinstance(part(body, "items"), list):
            return changed(_TITLE, "items")
        found = []
        for one in records(body, "items")[:_MOST_FOUND]:
            number = company_number(text(one, "company_number"))
            # A search by a former name has it in the snippet.
            found.append((number, text(one, name), text(one, "snippet")))
        return [one for one in found if one[0] and one[1]]


def _by_name(asking: _Asking, subject: Subject, name: str) -> Conversation:
    """Read the profiles of the companies of that name."""
    numbers = yield from _numbers_of(asking, subject, name)
    if isinstance(numbers, Answer):
        return numbers
    entries = []
    for number in numbers[:_MOST_PROFILES]:
        entry = yield from asking.profile(number, by_key=False)
        if isinstance(entry, Answer):
            return entry
        if entry is not None:
            entries.append(entry)
    return _found(entries) if entries else no_match(_TITLE)


def _numbers_of(
    asking: _Asking, subject: Subject, name: str
) -> Generator[Request, Response, Answer | list[str]]:
    """The numbers of the companies of that name; of a common name, those in the city."""
    named = {"q": name, "items_per_page": str(_MOST_FOUND)}
    found = yield from asking.search(_BY_NAME, named, "title")
    if isinstance(found, Answer):
        return found
    numbers = _named(subject, found)
    city = sendable(subject.city or "")
    if not city or 0 < len(numbers) <= _MOST_PROFILES:
        return numbers
    placed = {"company_name_includes": name, "location": city}
    nearer = yield from asking.search(_BY_PLACE, placed, "company_name")
    if isinstance(nearer, Answer):
        return numbers or nearer
    return list(dict.fromkeys([*_named(subject, nearer), *numbers]))


def _named(subject: Subject, found: list[tuple[str, str, str]]) -> list[str]:
    return [number for number, *names in found if may_be(subject, "GB", *names)]


def _found(entries: list[Entry]) -> Answer:
    return Answer(outcome=Outcome.FOUND, entries=tuple(entries))
