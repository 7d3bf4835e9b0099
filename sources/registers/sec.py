"""The SEC (EDGAR), where companies listed in the United States file.

Shapes: `company_tickers.json` (every listed name with its CIK), `submissions/CIK##########.json`
and `companyfacts/CIK##########.json`, as sec.gov documents them, and one recorded response of the
second. The API was never called for real. It wants a user agent with a contact, which the edge
sends.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Generator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from sources.answers import Answer, Entry, Outcome
from sources.exchange import Conversation, Request, Response
from sources.identity import prove
from sources.registers.candidates import may_be
from sources.registers.facts_of_entry import Statements
from sources.registers.json_fields import text
from sources.registers.outcomes import MISSING, changed, no_match, read
from sources.registers.questions import of_person
from sources.registers.sec_filers import cik_of, entry_of, may_be_person
from sources.registers.sec_turnover import state_turnover
from sources.source import Card, Limit
from sources.subject import Subject

_TITLE = "SEC"
_NAMES = "https://www.sec.gov/files/company_tickers.json"
_DATA = "https://data.sec.gov"
_MOST_FILERS = 3
#: Seconds for which the list of all names is good: it is long, and changes by a few a day.
_A_DAY = 86_400
#: How long the SEC shuts out who asks too fast; it says so in a page, with status 403.
_SHUT_OUT = timedelta(minutes=10)
_TOO_FAST = b"request rate threshold"

_CARD = Card(
    name="register:sec",
    title="SEC EDGAR (listed companies, United States)",
    attributes=frozenset(
        {
            "legal_name",
            "former_name",
            "country",
            "region",
            "city",
            "postcode",
            "street",
            "national_id",
            "industry",
            "phone",
            "website",
            "domain",
            "turnover",
        }
    ),
    countries=frozenset({"US"}),
    asks_by=frozenset({"CIK", "name"}),
    limits=(Limit(10, 1),),
    licence="public domain (United States)",
    hosts=frozenset({"www.sec.gov", "data.sec.gov"}),
)


@dataclass(frozen=True, slots=True)
class Sec:
    """The SEC. It is asked by CIK, else by name among the listed companies."""

    @property
    def card(self) -> Card:
        """What it says about itself."""
        return _CARD

    def ask(self, subject: Subject, wanted: Collection[str], key: str, today: date) -> Conversation:
        """Ask for the filer of the CIK, else for the listed companies of that name."""
        del key
        cik = cik_of(subject.number("CIK") or "")
        if cik:
            one = yield from _filer(cik, by_key=True)
            if isinstance(one, Answer):
                return one
            if one is not None:
                return (yield from _with_turnover([one], subject, wanted, today))
        found = yield from _by_name(subject)
        if isinstance(found, Answer):
            return found
        return (yield from _with_turnover(found, subject, wanted, today))


def _read(response: Response) -> Any | Answer:
    if response.status == 403 and _TOO_FAST in response.body.lower():
        until = response.received + _SHUT_OUT if response.received else None
        reason = f"{_TITLE} shuts out who asks too fast (status 403)"
        return Answer(outcome=Outcome.RATE_LIMITED, reason=reason, not_before=until)
    return read(response, _TITLE)


def _filer(cik: str, *, by_key: bool) -> Generator[Request, Response, Entry | Answer | None]:
    """Read one filer; None if there is none of that CIK."""
    response = yield Request(f"{_DATA}/submissions/CIK{cik}.json")
    if response.status == 404:
        return None
    if response.status == 410:
        return no_match(_TITLE, erased=f"CIK {cik}")
    body = _read(response)
    if isinstance(body, Answer):
        return body
    if not text(body, "name"):
        return changed(_TITLE, "name")
    if may_be_person(body):
        return of_person(_TITLE) if by_key else None
    return entry_of(body, by_key=by_key)


def _by_name(subject: Subject) -> Generator[Request, Response, Answer | list[Entry]]:
    response = yield Request(_NAMES, reuse_seconds=_A_DAY)
    listed = _listed(response.body) if response.status == 200 else _read(response)
    if isinstance(listed, Answer):
        return listed
    entries = []
    for cik in _ciks(subject, listed):
        found = yield from _filer(cik, by_key=False)
        if isinstance(found, Answer):
            return found
        if found is not None:
            entries.append(found)
    return entries


# Many questions in a row are answered from one list of ten thousand names.
@lru_cache(maxsize=1)
def _listed(body: bytes) -> Mapping[str, Sequence[tuple[str, str]]] | Answer:
    """The listed names with their CIKs, by the first letters of the name."""
    read = _read(Response(200, body=body))
    if isinstance(read, Answer):
        return read
    if not isinstance(read, dict):
        return changed(_TITLE, "cik_str")
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for one in read.values():
        title = text(one, "title")
        cik = cik_of(one.get("cik_str")) if title else ""
        if cik:
            found[_begin(title)].append((title, cik))
    return changed(_TITLE, "cik_str") if read and not found else found


def _ciks(subject: Subject, listed: Mapping[str, Sequence[tuple[str, str]]]) -> list[str]:
    """The CIKs of the listed companies of that name, each once: a company may have many tickers."""
    found: dict[str, None] = {}
    for begin in {_begin(name): None for name in subject.names if _begin(name)}:
        # Names are compared slowly, and there are ten thousand.
        for title, cik in listed.get(begin, ()):
            if may_be(subject, "US", title):
                found.setdefault(cik)
    return list(found)[:_MOST_FILERS]


def _begin(name: str) -> str:
    """The first letters of a name, without an article."""
    plain = "".join(char for char in name.casefold().removeprefix("the ") if char.isalnum())
    return plain[:3]


def _with_turnover(
    entries: list[Entry], subject: Subject, wanted: Collection[str], today: date
) -> Conversation:
    """Answer the filers; of the one that is the company, also its turnover, where it is wanted."""
    if not entries:
        return no_match(_TITLE)
    proof = prove(subject, entries)
    if "turnover" in wanted and proof.accepted and proof.entry is not None:
        said = yield from _turnover(proof.entry, today)
        if isinstance(said, Answer):
            # Half an answer would say that there is no turnover: the whole is asked again.
            return said
        own = replace(proof.entry, facts=(*proof.entry.facts, *said.all()))
        entries = [own if one is proof.entry else one for one in entries]
    return Answer(outcome=Outcome.FOUND, entries=tuple(entries))


def _turnover(entry: Entry, today: date) -> Generator[Request, Response, Statements | Answer]:
    says = Statements()
    response = yield Request(f"{_DATA}/api/xbrl/companyfacts/CIK{_cik(entry)}.json")
    if response.status in MISSING:
        return says
    body = _read(response)
    if isinstance(body, Answer):
        return body
    if not isinstance(body, dict) or not isinstance(body.get("facts"), dict):
        return changed(_TITLE, "facts")
    state_turnover(says, body, today)
    return says


def _cik(entry: Entry) -> str:
    said = (str(one.value) for one in entry.facts if one.attribute == "national_id")
    return next(one.removeprefix("CIK ") for one in said if one.startswith("CIK "))
