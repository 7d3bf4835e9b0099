"""A paid provider, asked as its file describes."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import quote, urlencode

from leads.prices import parse_price
from sources.answers import Answer, Entry, Outcome
from sources.exchange import Conversation, Request, Response
from sources.providers.address import host_of
from sources.providers.facts import Who, described, read_facts, read_who
from sources.providers.file import ProviderFile
from sources.providers.paths import parse_path, reach
from sources.providers.readers import text_of
from sources.providers.refusals import refusal
from sources.providers.template import (
    KEY,
    filled,
    filled_body,
    filled_url,
    known_values,
)
from sources.source import Billing, Card, Limit
from sources.subject import Subject

#: Bytes of an answer; one company takes a few thousand.
LARGEST = 2_000_000
_MOST_CREDITS = 1_000_000
#: Values that could not be read which a reason names.
_NAMED = 3
_LONGEST_REASON = 500
_MASK = "***"
#: A shorter text is no key, and is part of many words.
_SHORTEST_KEY = 4


@dataclass(frozen=True, slots=True)
class Provider:
    """A source that a YAML file describes; it asks one question in one request."""

    file: ProviderFile

    @property
    def card(self) -> Card:
        """What its file says about it."""
        file = self.file
        return Card(
            name=f"provider:{file.provider}",
            title=file.title,
            attributes=frozenset(file.answers),
            countries=frozenset(file.countries),
            asks_by=frozenset(file.asks_by),
            key_variable=file.key or "",
            price=parse_price(file.price),
            billing=Billing(file.billing),
            limits=tuple(Limit(one.requests, one.seconds) for one in file.limits),
            fresh_days=file.fresh_days,
            shared=file.shared,
            licence=file.licence,
            attribution=file.attribution,
            hosts=frozenset({host_of(file.url)}),
            repeat_header=file.repeat_header or "",
        )

    def ask(self, subject: Subject, wanted: Collection[str], key: str, today: date) -> Conversation:
        """Ask about a company; see `Source`. All that an answer holds is read, also beyond `wanted`:
        it is paid for.
        """
        key = key.strip()
        values = known_values(subject, self.file.asks_by)
        request = self._not_asked(subject, wanted, key) or self._request(values, key)
        if isinstance(request, Answer):
            return request
        response = yield request
        return self._read(response, values, subject, key, today)

    def _not_asked(self, subject: Subject, wanted: Collection[str], key: str) -> Answer | None:
        """Why nothing is asked; None: there is no reason."""
        file = self.file
        if file.key and not (key and key.isascii() and key.isprintable()):
            flaw = "holds characters that no key has" if key else "is not set"
            return _answer(
                Outcome.NOT_ALLOWED, f"{file.title} needs a key, and {file.key} {flaw}", key
            )
        if not self.card.covers(subject.country):
            return _answer(
                Outcome.NOT_COVERED, f"{file.title} does not cover {subject.country or 'it'}", key
            )
        if wanted and not self.card.attributes & set(wanted):
            return _answer(Outcome.NOT_COVERED, f"{file.title} answers none of these", key)
        return None

    def _request(self, values: Mapping[str, str], key: str) -> Request | Answer:
        file = self.file
        asked_by = {one if one in ("name", "domain") else "number" for one in file.asks_by}
        url = filled_url(file.url, values)
        if url is None or not asked_by & values.keys():
            needs = " or ".join(file.asks_by)
            return _answer(
                Outcome.NOT_COVERED, f"{file.title} is asked by {needs}, which is not known", key
            )
        pairs = [(name, filled(one, values, key)) for name, one in file.query.items()]
        query = urlencode([(name, one) for name, one in pairs if one is not None], quote_via=quote)
        headers = {"Accept": "application/json"}
        headers |= {name: one.replace(KEY, key) for name, one in file.headers.items()}
        body = b""
        if file.body is not None:
            headers["Content-Type"] = "application/json"
            body = json.dumps(filled_body(json.loads(file.body), values, key)).encode()
        return Request(f"{url}?{query}" if query else url, file.method, headers, body)

    def _read(
        self,
        response: Response,
        values: Mapping[str, str],
        subject: Subject,
        key: str,
        today: date,
    ) -> Answer:
        file = self.file
        if response.status == 0:
            why = response.failure or "nothing came"
            return _answer(Outcome.FAILED, f"{file.title} did not answer: {why}", key)
        document, flaw = _document(response, key)
        billed = self._billed(response, document)
        refused = refusal(file, response, document)
        if refused is not None:
            return _answer(
                refused.outcome,
                refused.reason,
                key,
                not_before=refused.not_before,
                billed=billed,
            )
        if flaw:
            return _answer(Outcome.FAILED, f"{file.title} sent {flaw}", key, billed=billed)

        who = read_who(file.identity, document)
        read = read_facts(file, document, who.country, today)
        flaw = _flaw(file, who, has_any=read.has_any)
        if flaw:
            return _answer(Outcome.FAILED, f"{file.title} sent {flaw}", key, billed=billed)
        unread = "; ".join(read.unread[:_NAMED])
        entry = Entry(
            country=who.country,
            number=who.id,
            name=who.name,
            other_names=who.other_names,
            city=who.city,
            postcode=who.postcode,
            street=who.street,
            domain=who.domain,
            facts=read.facts,
            asked_by_key=_repeats_key(who, values, subject),
        )
        reason = f"{file.title}: {unread}: left out" if unread else ""
        return _answer(Outcome.FOUND, reason, key, entries=(entry,), billed=billed)

    def _billed(self, response: Response, document: Any) -> int | None:
        """How many credits the answer cost; None if it does not say, or no count."""
        place = self.file.billed
        if place is None:
            return None
        text = response.header(place.header) if place.header else ""
        if place.path:
            found = reach(parse_path(place.path), document).values
            text = text_of(found[0]) if found else ""
        text = text.strip()
        is_count = text.isascii() and text.isdigit() and len(text) < 10
        return int(text) if is_count and int(text) <= _MOST_CREDITS else None


def _document(response: Response, key: str) -> tuple[Any, str]:
    """The body as JSON, and why it is none. The key, if it is repeated, is masked."""
    size = len(response.body)
    if size > LARGEST:
        return None, f"{size:,} bytes, which no company takes"
    masked = replace(response, body=_masked(response.body, key))
    try:
        document = masked.json()
    except ValueError:
        kind = response.header("content-type").partition(";")[0][:40]
        start = masked.body[:60].decode("utf-8", "replace")
        return None, f"no JSON ({kind or 'no content type'}): {described(start)}"
    if not isinstance(document, (dict, list)):
        return None, f"{described(document)}, not an object"
    return document, ""


def _flaw(file: ProviderFile, who: Who, *, has_any: bool) -> str:
    """Why an answer cannot be used; empty: it can."""
    if not has_any:
        paths = [place.path for places in file.answers.values() for place in places]
        return f"none of {', '.join(paths[:_NAMED])}: the shape of its answers may have changed"
    if who.name or who.domain:
        return ""
    wrong = [f"{path} is {what}" for path, what in who.unread.items()]
    paths = [*(file.identity.name or ()), *(file.identity.domain or ())]
    return f"no company: {wrong[0] if wrong else f'{paths[0]} is missing'}"


def _repeats_key(who: Who, values: Mapping[str, str], subject: Subject) -> bool:
    """Whether the answer states the domain or number that it was asked by.

    One that states another, or none, is of the company only if name and place prove it.
    """
    if who.domain:
        return "domain" in values and who.domain in subject.domains
    return bool(who.number) and _plain(who.number) == _plain(values.get("number", ""))


def _plain(number: str) -> str:
    return "".join(filter(str.isalnum, number)).upper()


def _answer(outcome: Outcome, reason: str, key: str, **rest: Any) -> Answer:
    """An answer whose reason is one line without the key."""
    masked = reason.replace(key, _MASK) if len(key) >= _SHORTEST_KEY else reason
    plain = "".join(char if char.isprintable() else " " for char in masked)
    return Answer(outcome=outcome, reason=" ".join(plain.split())[:_LONGEST_REASON], **rest)


def _masked(body: bytes, key: str) -> bytes:
    """The body without the key; one of digits alone may be any number."""
    is_certain = len(key) >= _SHORTEST_KEY and not key.isdigit()
    return body.replace(key.encode(), _MASK.encode()) if is_certain else body
