"""Lists of companies out of public registers: by a search, or out of a file of everything."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from actions.actor import Right
from actions.register_files import has_begun, plan_file, read_file
from actions.register_output import Counts, ListOutput, check_output
from actions.register_reading import FileRead, Planned, Reading
from actions.register_searches import plan_search, read_search
from actions.session import Session
from leads.clock import now
from leads.errors import NotAllowedError, NotFoundError, SluiceError, UsageError
from leads.store.spending import turns
from leads.store.spending.turns import Rest
from sources.listing.filters import Wanted, check, parameters
from sources.listing.pages import UnreadableError
from sources.listing.table import Listing, listings
from spiders.limits import check_user_agent
from spiders.registers.errors import RegisterError, TooManyError
from workers.visiting import user_agent_of

__all__ = ["Done", "FileRead", "Listing", "Planned", "Request", "Wanted", "fetch", "registers"]

MOST_MINUTES = 24 * 60
_LATER = "nothing was written; try again later"


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """Which companies are wanted, and where their list goes."""

    register: str
    output: str
    wanted: Wanted
    #: Rows of the list; None: all.
    limit: int | None = None
    #: Take the file of the whole register where it can be searched too.
    whole_file: bool = False
    #: Download the file again.
    again: bool = False
    #: Replace an output that exists.
    force: bool = False
    #: Minutes after which the work ends.
    minutes: int = 120


@dataclass(frozen=True, slots=True)
class Done:
    """A list that was written."""

    listing: Listing
    output: str
    counts: Counts
    #: Companies of the whole search or file; None: the register does not say.
    total: int | None
    #: The page from which an interrupted search went on; 0: it was none.
    taken_up: int
    #: None: it was a search.
    file: FileRead | None


def registers() -> Sequence[Listing]:
    """The registers that can be listed."""
    return list(listings().values())


def find_register(name: str) -> Listing:
    """A register by its short name or that of its facts; NotFoundError names the known ones."""
    found = listings().get(name.removeprefix("register:").lower())
    if found is None:
        known = ", ".join(listings())
        raise NotFoundError(f"there is no list of a register {name[:40]!r}", f"known: {known}")
    return found


def plan(session: Session, request: Request) -> Planned:
    """Ask how many companies there are, and write nothing."""
    reading = _reading(session, request)
    try:
        return plan_file(reading) if _is_file(request) else plan_search(reading)
    except (RegisterError, UnreadableError) as error:
        raise _failed(session, reading.listing, error, _LATER) from error


def fetch(session: Session, request: Request) -> Done:
    """Write the companies to a list, which appears when it is complete.

    SluiceError if the register cannot be read to its end. The same request goes on where it ended.
    """
    place = check_output(request.output, force=request.force)
    reading = _reading(session, request)
    output = ListOutput(place, _query(request))
    began = output.next_page
    try:
        file, total = None, None
        if _is_file(request):
            file = read_file(reading, output)
        else:
            total = read_search(reading, output)
    except (RegisterError, UnreadableError) as error:
        way = _LATER
        if _ended(output):
            way = "the same command within 24 hours goes on where this one ended"
        elif _is_file(request) and has_begun(reading):
            way = "the same command goes on with the download, if its file is still the newest"
        raise _failed(session, reading.listing, error, way) from error
    except BaseException:
        _ended(output)
        raise
    output.finish()
    return Done(reading.listing, str(place), output.counts, total, began, file)


def _ended(output: ListOutput) -> bool:
    """Keep the pages that are done, if there are any; whether there are."""
    if output.next_page:
        output.close()
        return True
    output.discard()
    return False


def _is_file(request: Request) -> bool:
    return request.whole_file or find_register(request.register).search is None


def check_request(request: Request) -> None:
    """UsageError or NotFoundError for what is wrong with a request; nothing is asked for that."""
    _listing_of(request)
    check_output(request.output, force=request.force)


def _listing_of(request: Request) -> Listing:
    """The register of a request, once nothing is wrong with what is wanted of it."""
    listing = find_register(request.register)
    check(listing, request.wanted)
    if request.limit is not None and request.limit < 1:
        raise UsageError(f"--limit {request.limit} is no number of rows", "give 1 or more")
    if not 1 <= request.minutes <= MOST_MINUTES:
        raise UsageError(
            f"--minutes {request.minutes} is out of range", f"give 1 to {MOST_MINUTES:,}"
        )
    if request.whole_file and listing.file is None:
        raise UsageError(
            f"{listing.card.title} publishes no file of everything", "leave out --whole-file"
        )
    if request.again and not _is_file(request):
        raise UsageError("--again is for a file of everything", "add --whole-file")
    if listing.search is not None and not request.whole_file:
        parameters(listing, listing.search, request.wanted)
    return listing


def _reading(session: Session, request: Request) -> Reading:
    """What is to be read; NotAllowedError if the register rests."""
    listing = _listing_of(request)
    with session.read(Right.MANAGE) as work:
        resting = turns.rests(work.tx).get(listing.card.name)
    if resting is not None:
        raise NotAllowedError(
            f"{resting.source} rests until {resting.until:%Y-%m-%d %H:%M} UTC: {resting.reason}",
            f"wait, or `sluice enrich wake {resting.source}` if the reason is gone",
        )
    context = session.context()
    return Reading(
        context=context,
        listing=listing,
        wanted=request.wanted,
        limit=request.limit,
        again=request.again,
        seconds=60.0 * request.minutes,
        user_agent=check_user_agent(
            user_agent_of(session.settings, context.allowed),
            "no register is asked before you say who asks",
        ),
    )


def _query(request: Request) -> Mapping[str, Any]:
    wanted = request.wanted
    return {
        "register": find_register(request.register).name,
        "industry": wanted.industry,
        "place": wanted.place,
        "people": [wanted.low, wanted.high],
        "limit": request.limit,
    }


def _failed(session: Session, listing: Listing, error: Exception, hint: str) -> SluiceError:
    """The error for a register that was not read to its end; it rests if it wants to."""
    title = listing.card.title
    if isinstance(error, TooManyError):
        way = ", or add --whole-file" if listing.file else ""
        return UsageError(f"{title}: {error}", f"narrow it, set --limit{way}")
    wait = error.wait if isinstance(error, RegisterError) else None
    if wait is not None:
        until = now() + timedelta(seconds=wait)
        with session.write(Right.MANAGE) as work:
            turns.rest(work.tx, [Rest(listing.card.name, until, str(error))])
        hint = f"it is left alone until {until:%Y-%m-%d %H:%M} UTC; {hint}"
    return SluiceError(f"{title}: {error}", hint)
