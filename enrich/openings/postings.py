"""Job openings in structured data: `JobPosting`, and entries of the state of a board."""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterator, Sequence
from datetime import date
from html import unescape
from typing import Any

from enrich import json_ld
from enrich.document import Document
from enrich.openings.opening import Opening, place_of, title_of
from enrich.page import BOARD
from enrich.tables import words
from leads.lexicon.domains import host_kind, registrable

MOST_POSTINGS = 1_000
#: A page with the jobs of more organisations lists those of others.
_MOST_ORGANISATIONS = 2
_MOST_NODES, _DEEPEST, _LONGEST_STATE = 20_000, 12, 1_500_000
_LONGEST_TEXT = 6_000
_SCRIPT_STATE = re.compile(r"window\.__(?:appData|remixContext)\s*=\s*(?=\{)")
_TAG = re.compile(r"<[^>]{0,300}>")
_DECODER = json.JSONDecoder(strict=False)


def lists_others(document: Document) -> bool:
    """Check whether a page offers the jobs of several organisations, as portals do."""
    named = {_organisation(node)[0] for node in document.postings[:MOST_POSTINGS]} - {""}
    return len(named) > _MOST_ORGANISATIONS


def postings(document: Document) -> Iterator[Opening]:
    """Yield the company's own openings in JSON-LD, microdata and RDFa."""
    for node in document.postings[:MOST_POSTINGS]:
        title = title_of(json_ld.text(node.get("title") or node.get("name"), 150))
        if title and _is_own(node, document) and not _has_ended(node, document):
            yield Opening(
                title,
                _place(node.get("jobLocation")),
                json_ld.text(node.get("url"), 300),
                json_ld.text(node.get("datePosted"), 10),
                json_ld.method(node),
                plain(json_ld.text(node.get("description"), _LONGEST_TEXT)),
            )


def plain(text: str) -> str:
    """Return the words of a text that may hold tags."""
    return " ".join(unescape(_TAG.sub(" ", text[:_LONGEST_TEXT])).split())


def _organisation(node: json_ld.Node) -> tuple[str, list[str]]:
    """Return name and addresses of who offers the job."""
    stated = node.get("hiringOrganization")
    if isinstance(stated, list):
        stated = stated[0] if stated else None
    if not isinstance(stated, dict):
        return json_ld.text(stated, 120), []
    addresses = [*json_ld.texts(stated.get("sameAs")), *json_ld.texts(stated.get("url"))]
    return json_ld.text(stated.get("name"), 120), addresses


def _is_own(node: json_ld.Node, document: Document) -> bool:
    """Check whether the company of the site offers the job: by domain, else by name.

    On a company's own board everything is its own.
    """
    if document.page.kind == BOARD:
        return True
    name, addresses = _organisation(node)
    domains = {registrable(one[:2_000]) for one in addresses} - {None}
    if document.domain in domains:
        return True
    if not name:
        return not domains
    known = {
        json_ld.squashed(json_ld.text(one.get(key)))
        for one in document.organisations
        for key in ("name", "legalName")
    }
    return json_ld.squashed(name) in known - {""} or json_ld.spelled_by(name, document.domain)


def _has_ended(node: json_ld.Node, document: Document) -> bool:
    try:
        last = date.fromisoformat(json_ld.text(node.get("validThrough"), 30)[:10])
    except ValueError:
        return False
    return last < document.page.fetched_at.date()


def _place(stated: Any) -> str:
    found: list[str] = []
    for one in (stated if isinstance(stated, list) else [stated])[:3]:
        address = one.get("address") if isinstance(one, dict) else one
        if isinstance(address, dict):
            address = address.get("addressLocality") or address.get("addressRegion")
        found.append(place_of(json_ld.text(address, 80)))
    return ", ".join(dict.fromkeys(filter(None, found)))


def state_openings(document: Document) -> Iterator[Opening]:
    """Yield the openings in the state of a board that scripts fill."""
    table = words("openings")
    seen = 0
    for state in _states(document):
        waiting: deque[tuple[Any, int]] = deque([(state, 0)])
        while waiting and seen < _MOST_NODES:
            node, depth = waiting.popleft()
            seen += 1
            if isinstance(node, dict):
                if opening := _of_state(node, table):
                    yield opening
                elif depth < _DEEPEST:
                    waiting.extend((one, depth + 1) for one in node.values() if _is_inner(one))
            elif depth < _DEEPEST:
                waiting.extend((one, depth + 1) for one in node[:_MOST_NODES] if _is_inner(one))


def _is_inner(one: Any) -> bool:
    return isinstance(one, dict | list)


def _states(document: Document) -> Iterator[Any]:
    written: list[str] = list(document.markup.states)
    html = document.page.html
    if match := _SCRIPT_STATE.search(html[:_LONGEST_STATE]):
        written.append(html[match.end() : match.end() + _LONGEST_STATE])
    for text in written:
        try:
            state = _DECODER.raw_decode(text[:_LONGEST_STATE].lstrip())[0]
        except (ValueError, RecursionError):
            continue
        if _is_inner(state):
            yield state


def _of_state(node: dict[str, Any], table: dict[str, Sequence[str]]) -> Opening | None:
    keys = [key for key in table["state_keys"] if key in node]
    stated = next(
        (node[key] for key in table["state_titles"] if isinstance(node.get(key), str)), ""
    )
    title = title_of(stated)
    if len(keys) < 2 or not title:
        return None
    place = next(
        (json_ld.text(node[key], 80) for key in table["state_places"] if node.get(key)), ""
    )
    url = next((json_ld.text(node[key], 300) for key in table["state_urls"] if node.get(key)), "")
    return Opening(title, place_of(place), url, method="page_state")


def is_board_host(url: str) -> bool:
    """Check whether an address is at an applicant-tracking system."""
    domain = registrable(url)
    return domain is not None and host_kind(domain) == "ats"
