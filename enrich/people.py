"""Named persons and the mailboxes of roles that a company's own pages state."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import islice
from typing import NamedTuple

from enrich import json_ld
from enrich.document import Document
from enrich.extractors.emails import all_addresses
from enrich.other_parties import is_of_other_party
from enrich.person_names import agrees, person_name
from enrich.tables import either, words
from leads.contacts import PageContact, same_contact
from leads.lexicon.domains import registrable
from leads.lexicon.emails import Email, mailbox_of, parse_email
from leads.lexicon.phones import parse_phone

#: Contacts of one site that are kept.
MOST = 30
#: The pages on which a company names whom to turn to.
_KINDS = frozenset({"imprint", "contact", "about"})
_LONGEST_ROLE = 80
_MOST_LABELS = 20
#: Mailboxes that name no role.
_NO_ROLE = frozenset({"general", "more"})
_BETWEEN = re.compile(
    r"(?:(?<!\s)\s+)?(?:,|;|/|\bund\b|\band\b|\bet\b|\be\b|\by\b|\ben\b|\boch\b|&)\s*"
)
_NUMBER_OR_ADDRESS = re.compile(r"@|\d{3}|www\.|https?:")


class _Line(NamedTuple):
    start: int
    text: str


def find_people(document: Document) -> Iterator[PageContact]:
    """Find the contacts that one page states; none on pages of other kinds."""
    if document.page.kind in _KINDS:
        lines = _lines(document)
        yield from _structured(document)
        yield from _labelled(document, lines)
        yield from _addressed(document, lines)


def together(found: Iterable[PageContact]) -> tuple[PageContact, ...]:
    """Each contact of a site once, with what several pages report."""
    kept: dict[str, PageContact] = {}
    for one in found:
        key = same_contact(one.name, one.email)
        known = kept.get(key)
        kept[key] = _merged(known, one) if known else one
    return tuple(islice(kept.values(), MOST))


def _merged(known: PageContact, more: PageContact) -> PageContact:
    return replace(
        known,
        role=known.role or more.role,
        email=known.email or more.email,
        phone=known.phone or more.phone,
    )


def _lines(document: Document) -> list[_Line]:
    lines, start = [], 0
    for text in document.text.split("\n"):
        if text.strip():
            lines.append(_Line(start, text))
        start += len(text) + 1
    return lines


def _contact(
    document: Document, name: str | None, role: str, email: str | None, phone: str | None
) -> PageContact:
    return PageContact(
        kind="person" if name else "role",
        name=name,
        role=role[:_LONGEST_ROLE],
        email=email,
        phone=phone,
        url=document.page.url,
    )


def _structured(document: Document) -> Iterator[PageContact]:
    """Persons in structured data who have a job there; an author of an article has none."""
    stated = [node for node in json_ld.nodes(document.markup.data) if _is_person(node)]
    for organisation in document.organisations[:3]:
        for key in ("employee", "employees", "founder"):
            inside = organisation.get(key)
            listed = inside if isinstance(inside, list) else [inside]
            stated += [one for one in listed[:MOST] if isinstance(one, dict)]
    for node in stated[:MOST]:
        name, role = person_name(json_ld.text(node.get("name"))), json_ld.text(node.get("jobTitle"))
        if name and role:
            email = _own(parse_email(json_ld.text(node.get("email"))), document)
            phone = parse_phone(json_ld.text(node.get("telephone")), document.hint)
            yield _contact(document, name, role, email.address if email else None, phone)


def _is_person(node: json_ld.Node) -> bool:
    return "Person" in json_ld.types(node)


def _labelled(document: Document, lines: Sequence[_Line]) -> Iterator[PageContact]:
    """Persons after a label such as `Geschäftsführer:`, on its line or on the next."""
    pattern, roles = _labels()
    seen = 0
    for at, line in enumerate(lines):
        label = pattern.match(line.text.strip())
        if label is None or is_of_other_party(document, line.start):
            continue
        seen += 1
        if seen > _MOST_LABELS:
            return
        behind = line.text.strip()[label.end() :].strip(" :\t")
        if not behind and at + 1 < len(lines):
            behind = lines[at + 1].text
        for name in filter(None, map(person_name, _BETWEEN.split(behind))):
            yield _contact(document, name, roles[label[1].lower()], None, None)


def _addressed(document: Document, lines: Sequence[_Line]) -> Iterator[PageContact]:
    """Mailboxes of roles, and persons whose address is next to their name."""
    for email in all_addresses(document):
        if _own(email, document) is None:
            continue
        if email.is_role:
            group = mailbox_of(email.local)
            if group is not None and group not in _NO_ROLE:
                yield _contact(document, None, email.local, email.address, None)
        elif (found := _named_beside(email, document, lines)) is not None:
            yield found


def _named_beside(email: Email, document: Document, lines: Sequence[_Line]) -> PageContact | None:
    """The person whose name agrees with an address, in the lines just before it."""
    at = next((n for n, one in enumerate(lines) if email.address in one.text.lower()), None)
    if at is None:
        return None
    for place in range(at, max(-1, at - 4), -1):
        for part in re.split(r"[,|\t]| [-–] ", lines[place].text):
            name = person_name(part)
            if name is not None and agrees(email.local, name):
                return _contact(
                    document,
                    name,
                    _role_near(lines, place, at, part),
                    email.address,
                    _phone_near(document, lines, place, at),
                )
    return None


def _role_near(lines: Sequence[_Line], place: int, at: int, name: str) -> str:
    """What stands after a name on its line, else on the line below it."""
    rest = lines[place].text.replace(name, "", 1).strip(" ,|\t–-")
    below = lines[place + 1].text.strip() if place + 1 < at else ""
    for text in (rest, below):
        if text and len(text) <= _LONGEST_ROLE and not _NUMBER_OR_ADDRESS.search(text):
            return text
    return ""


def _phone_near(document: Document, lines: Sequence[_Line], place: int, at: int) -> str | None:
    """A number between a name and its address, or right after it."""
    some = (one.text for one in lines[place : at + 2])
    return next((found for one in some if (found := parse_phone(one, document.hint))), None)


def _own(email: Email | None, document: Document) -> Email | None:
    """The address, when it is at the page's own domain."""
    return email if email and registrable(email.domain) == document.domain else None


@cache
def _labels() -> tuple[re.Pattern[str], dict[str, str]]:
    roles = {label: role for role, some in words("person_roles").items() for label in some}
    labels = either(map(re.escape, roles))
    return re.compile(rf"({labels})(?![^\W_])(?:\s*\([^)]*\))?[\s:]*", re.IGNORECASE), roles
