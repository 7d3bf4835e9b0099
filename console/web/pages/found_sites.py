"""The found sites that a person must confirm or deny."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any
from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import RedirectResponse, Response

from actions import found_sites, searched_sites, site_reviews
from actions.found_sites import SiteAnswered
from actions.searched_sites import ListAsked
from actions.site_finding import says
from actions.site_reviews import Place, SeenPage, SiteToReview
from actions.snapshots import split_at_quote
from console.web.fields import Asked, Text
from console.web.logged_in import Reader, Writer
from console.web.rendering import page, saying, worded
from leads.errors import SluiceError

router = APIRouter()

#: The place of the site that was left for later last: its odds and its id.
Odds = Annotated[float | None, Query(allow_inf_nan=False)]
FormOdds = Annotated[float | None, Form(allow_inf_nan=False)]


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark of the site: what it says, its weight in log-odds, and the words it was seen in."""

    name: str
    says: str
    weight: float
    quote: str
    #: The number of the page that shows the words; None: no kept page does.
    page: int | None


@router.get("/sites")
def show(request: Request, here: Reader, odds: Odds = None, after: UUID | None = None) -> Response:
    """Show the likeliest site that was not left for later."""
    place = _place(odds, after)
    found = site_reviews.review_one(here.session, here.where.client, place)
    values = {
        "site": found.site,
        "known": found.known,
        "pages": found.pages,
        "marks": list(_marks(found)),
        "address": f"https://{found.site.found.domain}/" if found.site else "",
        "count": found.count,
        "lists": found.lists,
        "counted_to": site_reviews.MOST_WAITING,
        "place": place,
        "next": _address(found.site.place) if found.site else "",
    }
    return page(request, "found_sites.html", values)


@router.post("/sites/answer")
def answer(
    request: Request,
    here: Writer,
    company: Annotated[UUID, Form()],
    shown: Text,
    said: Text = "",
    domain: Text = "",
    odds: FormOdds = None,
    after: Annotated[UUID | None, Form()] = None,
    reason: Text = "",
) -> Response:
    """Take or deny the site, or name the right one, and go to the next."""
    client = here.where.client
    meant = said or domain
    try:
        done = found_sites.answer(
            here.session, client, str(company), meant, reason=reason, shown=shown
        )
        word = _told(done)
    except SluiceError as error:
        word = worded(error)
    return saying(request, RedirectResponse(_address(_place(odds, after)), 303), word)


@router.post("/sites/undo")
def undo(request: Request, here: Writer) -> Response:
    """Withdraw the user's last answer."""
    try:
        done = found_sites.undo_last(here.session, here.where.client)
        word = _undone(done)
    except SluiceError as error:
        word = worded(error)
    return saying(request, RedirectResponse("/sites", 303), word)


@router.post("/sites/search")
def search(request: Request, here: Writer, name: Text) -> Response:
    """Ask workers to search the sites of a list's companies."""
    try:
        asked = searched_sites.ask_for_list(here.session, here.where.client, name)
        word = _asked(asked)
    except SluiceError as error:
        word = worded(error)
    return saying(request, RedirectResponse("/sites", 303), word)


@router.get("/sites/{company_id}/pages/{number}")
def show_page(
    request: Request,
    here: Reader,
    company_id: UUID,
    number: int,
    mark: Asked = "",
) -> Response:
    """Show a page of the site as the search read it, as text, with the words of a mark."""
    found = site_reviews.seen_page(here.session, here.where.client, company_id, number, mark)
    values = {
        "found": found,
        "says": says(mark) if mark else "",
        "address": quote(found.page.url, safe="/:?&=#%"),
    }
    return page(request, "found_site_page.html", values)


def _place(odds: float | None, after: UUID | None) -> Place | None:
    return None if odds is None or after is None else (odds, after)


def _address(place: Place | None) -> str:
    return "/sites" if place is None else f"/sites?odds={place[0]!r}&after={place[1]}"


def _undone(done: SiteAnswered) -> str:
    name = done.company[:90]
    # Something becomes of it only if it waits for a word again.
    if done.next:
        return f"undone: the site of {name} is open again"
    holds = f"the site of {name} is {done.domain}" if done.domain else f"{name} has no known site"
    return f"undone, and what held before holds again: {holds}"


def _told(done: SiteAnswered) -> str:
    name = done.company[:90]
    if done.domain is None:
        return f"{name}: not that site"
    return f"{name}: {done.domain}. {done.next}".rstrip(". ")


def _asked(asked: ListAsked) -> str:
    without = f"{asked.without_site:,} without a site"
    if asked.before is None:
        return f"{without}: workers search {asked.asked:,} of them now"
    again = f"{asked.before.again:%Y-%m-%d}"
    later = f"{asked.before.count:,} were searched before, and again after {again}"
    return f"{without}: workers search {asked.asked:,} of them now; {later}"


def _marks(found: SiteToReview) -> Iterator[Mark]:
    for one in _reasons(found):
        words = str(one["quote"])
        weight, shown_by = float(one["weight"]), _page_with(found.pages, words)
        yield Mark(str(one["mark"]), says(str(one["mark"])), weight, words, shown_by)


def _reasons(found: SiteToReview) -> Sequence[Mapping[str, Any]]:
    return found.site.found.reasons if found.site else ()


def _page_with(pages: Sequence[SeenPage], words: str) -> int | None:
    """The number of the first page that shows these words."""
    if not words:
        return None
    found = (number for number, one in enumerate(pages) if split_at_quote(one.text, words)[1])
    return next(found, None)
