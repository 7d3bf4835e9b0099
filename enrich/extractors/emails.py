"""Role e-mail addresses (info@, sales@); personal addresses are counted and not kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from enrich import json_ld
from enrich.document import Document
from enrich.extracted import ExtractedFact
from enrich.signs import listed
from leads.lexicon.domains import host_kind, registrable
from leads.lexicon.emails import Email, parse_email

MOST = 8
_MOST_SIGNS = 300
_LEFT = re.compile(r"[\w.+%'-]{1,64}\Z")
_RIGHT = re.compile(r"[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
_SCHEME = re.compile(r"(?:(?:mailto|e-?mail|mail|http|https)\s*:|[/\\\s])*", re.IGNORECASE)
#: A telephone number without a space before the address (`030 23125101sales@…`).
_GLUED_NUMBER = re.compile(r"^[\d+.-]{5,}(?=[a-zA-Z]{2})")
_HIDDEN_SIGN = re.compile(
    r" ?[\[({<] ?(?:at|ät|æt|ad|a|@|arroba|chiocciola|arobase|malpa|zavinac) ?[\])}>] ?",
    re.IGNORECASE,
)
_HIDDEN_DOT = re.compile(
    r" ?[\[({<] ?(?:dot|punkt|point|punto|ponto|kropka|tecka|\.) ?[\])}>] ?| dot ", re.IGNORECASE
)


def find_emails(document: Document) -> Iterator[ExtractedFact]:
    """Find role addresses, those of the page's own domain first."""
    kept: dict[str, ExtractedFact] = {}
    for found, email in _all(document):
        if email.is_role:
            kept.setdefault(email.address, found)
    yield from sorted(kept.values(), key=lambda found: -found.confidence)[:MOST]


def _all(document: Document) -> Iterator[tuple[ExtractedFact, Email]]:
    for written, quote, method, sure in (
        *_structured(document),
        *_linked(document),
        *_written(document),
        *_hidden(document),
    ):
        email = parse_email(written)
        if email is not None and (confidence := _belonging(email, document)):
            yield (
                ExtractedFact(
                    "email",
                    email.address,
                    quote if email.is_role else "",
                    method,
                    round(sure * confidence, 2),
                ),
                email,
            )


def all_addresses(document: Document) -> Iterator[Email]:
    """Find the addresses that the page states, those of persons too, each once."""
    yield from {email.address: email for _, email in _all(document)}.values()


def _belonging(email: Email, document: Document) -> float:
    """Score whether the address belongs to the page's owner, not to an agency, host or partner."""
    domain = registrable(email.domain)
    if domain == document.domain:
        return 1.0
    own, other = (document.domain or "").partition(".")[0], (domain or "").partition(".")[0]
    if own and own == other:
        return 0.95
    if host_kind(email.domain) == "free_mail":
        return 0.7
    return 0.6 if document.page.kind in {"imprint", "contact"} else 0.3


_Seen = Iterator[tuple[str, str, str, float]]


def _structured(document: Document) -> _Seen:
    for node in document.organisations:
        for written in json_ld.texts(node.get("email")):
            yield _bare(written), json_ld.quote("email", written), json_ld.method(node), 0.95


def _bare(address: str) -> str:
    """Drop what is wrongly before an address (`mailto://info@…`, `E-Mail: info@…`)."""
    return _SCHEME.sub("", address.strip(), count=1)


def _linked(document: Document) -> _Seen:
    for link in document.markup.links:
        if link.href[:1] in "mM" and link.href[:7].lower() == "mailto:":
            quote = document.quote(link.start, link.end, 40) or link.href
            for address in re.split(r"[,;]", unquote(link.href[7:].partition("?")[0]))[:5]:
                yield _bare(address), quote, "mail_link", 0.95


def _written(document: Document) -> _Seen:
    text, at = document.text, -1
    for _ in range(_MOST_SIGNS):
        at = text.find("@", at + 1)
        if at < 0:
            return
        left, right = _LEFT.search(text, max(0, at - 64), at), _RIGHT.match(text, at + 1)
        if left and right:
            yield (
                f"{_GLUED_NUMBER.sub('', left[0])}@{right[0]}",
                document.quote(left.start(), right.end(), 40),
                "text",
                0.9,
            )


def _hidden(document: Document) -> _Seen:
    """Find obfuscated addresses: info (at) acme (dot) example."""
    if not document.mentions(listed("signs", "hidden_mail")):
        return
    text = document.text
    for count, sign in enumerate(_HIDDEN_SIGN.finditer(text)):
        if count > _MOST_SIGNS:
            return
        right = _HIDDEN_DOT.sub(".", text[sign.end() : sign.end() + 120].split("\n")[0])
        left, host = (
            _LEFT.search(text, max(0, sign.start() - 64), sign.start()),
            _RIGHT.match(right),
        )
        if left and host:
            yield f"{left[0]}@{host[0]}", document.quote(left.start(), sign.end(), 40), "text", 0.85
