"""Company name, legal name and legal form, where several parts of the page agree."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from enrich import json_ld
from enrich.document import Document
from enrich.extracted import ExtractedFact
from enrich.host_names import spelled_by_host
from enrich.name_candidates import MOST_TITLE_WORDS, Candidate, candidates, without_slogan
from enrich.name_parts import agrees_with_host, alike, has_form, name_in
from enrich.parents import stated_parents
from leads.lexicon.names.company_names import CompanyName, parse_name
from leads.lexicon.names.legal_forms import groups_of

#: `shop.acme.example`; `Booking.com` may be a name.
_HOST = re.compile(r"(?:https?://)?(?:[a-z0-9-]{1,40}\.){2,8}[a-z]{2,20}/?", re.IGNORECASE)
#: If one page's text has more names with a legal form than this, none is taken as the owner.
_MOST_MENTIONED = 3


def find_names(document: Document) -> Iterator[ExtractedFact]:
    """Find name, legal_name and legal_form (one each), alias and parent."""
    stated = [*_structured(document), *candidates(document)]
    given = _unambiguous(stated, document)
    best = _best(given, document)
    if best is None and given == stated:
        given = [*given, *spelled_by_host(document)]
        best = _best(given, document)
    if best is not None:
        yield ExtractedFact(
            "name", best.name.shown, best.quote, best.method, _belief(best, given, document)
        )
    legal = _legal(given, best, document)
    if legal:
        yield ExtractedFact(
            "legal_name",
            legal.name.shown,
            legal.quote,
            legal.method,
            _belief(legal, given, document),
        )
        yield ExtractedFact(
            "legal_form",
            legal.form or _form(legal.name),
            legal.quote,
            legal.method,
            _belief(legal, given, document),
        )
    yield from _related(document)


def _unambiguous(given: list[Candidate], document: Document) -> list[Candidate]:
    """Drop names from running text if there are many, but for those that are stated elsewhere."""
    mentioned = {one.name.core for one in given if one.method == "text"}
    if len(mentioned) <= _MOST_MENTIONED:
        return given
    stated = [one for one in given if one.method != "text"]
    fitting = _fitting(given, stated, document)
    return [one for one in given if one.method != "text" or one in fitting]


def _fitting(
    given: list[Candidate], stated: list[Candidate], document: Document
) -> list[Candidate]:
    """Return the names of the text that may be the owner's."""
    in_text = [one for one in given if one.method == "text"]
    fitting = [one for one in in_text if _may_be_owner(one, stated, document)]
    several = len({one.name.core for one in fitting}) > 1
    return _of_group(fitting, stated) if several else fitting


def _may_be_owner(one: Candidate, stated: list[Candidate], document: Document) -> bool:
    return agrees_with_host(one.name, document) or any(
        alike(one.name, other.name) for other in stated
    )


def _of_group(companies: list[Candidate], stated: list[Candidate]) -> list[Candidate]:
    """Return the companies of a group that a copyright line or the like names: the owner."""
    named = {(one.name.core, one.name.forms) for one in stated if has_form(one.name)}
    return [one for one in companies if (one.name.core, one.name.forms) in named]


def _form(name: CompanyName) -> str:
    return next(filter(groups_of, name.forms))


def _structured(document: Document) -> Iterator[Candidate]:
    for key, sure in (("name", 0.88), ("legalName", 0.92)):
        for node in document.organisations[:3]:
            written = json_ld.text(node.get(key), 120)
            name = _structured_name(written, node, document) if written else None
            if name is not None:
                yield Candidate(
                    name,
                    json_ld.method(node),
                    sure,
                    json_ld.quote(key, written),
                    is_legal=key == "legalName",
                )


def _structured_name(written: str, node: json_ld.Node, document: Document) -> CompanyName | None:
    """Parse a stated name; None for a host, and for a heading of the page that markup is around."""
    if _HOST.fullmatch(written.strip()):
        return None
    if json_ld.method(node) == "json_ld":
        return parse_name(written)
    name = name_in(without_slogan(written, document))
    is_short = name is not None and (has_form(name) or len(name.tokens) <= MOST_TITLE_WORDS)
    return name if is_short else None


def _best(given: Sequence[Candidate], document: Document) -> Candidate | None:
    """Return the most credible candidate; text-only names need support from elsewhere."""
    named = any(one.method in json_ld.METHODS and not one.is_legal for one in given)
    fitting = [one for one in given if not (one.is_legal and named)]
    stated = {*json_ld.METHODS, "meta", "copyright"}
    backed = [
        one
        for one in fitting
        if one.method in stated
        or _backing(one, given, document) > 0
        or _is_owner_line(one, document)
    ]
    return max(backed, key=lambda one: _belief(one, given, document), default=None)


def _legal(
    given: Sequence[Candidate], best: Candidate | None, document: Document
) -> Candidate | None:
    """Return the best legal name of the owner, by similarity or position in the imprint."""
    formed = [one for one in given if one.form or has_form(one.name)]
    fitting = [one for one in formed if _is_owner(one, best, document)]
    return max(
        fitting,
        key=lambda one: _belief(one, given, document) + 0.1 * _is_owner_line(one, document),
        default=None,
    )


def _is_owner(one: Candidate, best: Candidate | None, document: Document) -> bool:
    if (
        _is_owner_line(one, document)
        or one.method in json_ld.METHODS
        or agrees_with_host(one.name, document)
    ):
        return True
    return best is not None and (one is best or alike(one.name, best.name))


def _is_owner_line(one: Candidate, document: Document) -> bool:
    """Check whether it is the first legal name in an imprint, where the owner is named."""
    return document.is_imprint and one.method == "imprint_text" and one.at < 2_000


def _backing(one: Candidate, given: Sequence[Candidate], document: Document) -> float:
    others = {
        other.method
        for other in given
        if other.method != one.method and alike(one.name, other.name)
    }
    return 0.06 * len(others) + 0.08 * agrees_with_host(one.name, document)


def _belief(one: Candidate, given: Sequence[Candidate], document: Document) -> float:
    backing = _backing(one, given, document)
    return round(min(0.97, one.sure + backing) if backing else one.sure - 0.15, 2)


def _related(document: Document) -> Iterator[ExtractedFact]:
    for node in document.organisations[:1]:
        for written in json_ld.texts(node.get("alternateName"))[:3]:
            yield ExtractedFact(
                "alias", written, json_ld.quote("alternateName", written), json_ld.method(node), 0.8
            )
        if parent := json_ld.text(node.get("parentOrganization"), 120):
            yield ExtractedFact(
                "parent",
                parent,
                json_ld.quote("parentOrganization", parent),
                json_ld.method(node),
                0.85,
            )
            return
    # Elsewhere the sentence may be about a customer.
    if document.is_imprint:
        for parent, quote in islice(stated_parents(document), 1):
            yield ExtractedFact("parent", parent, quote, "text", 0.75)
