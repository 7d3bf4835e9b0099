"""The board of a company at an applicant-tracking system, as its pages link to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import SplitResult, urlsplit

from leads.lexicon.domains import host_kind, registrable
from spiders.site import PageKind

#: Pages whose links to a board are looked for.
FROM = frozenset({PageKind.HOME, PageKind.CAREERS})
#: The rest of an address. What stands before it is looked at where this is found: to look for an
#: attribute in small or capital letters takes ten times as long as all else that a page is read for.
_REST = re.compile(r"://[^\"'\s<>]{6,300}")
_BEFORE = re.compile(r"(?:href|src)\s*=\s*[\"']?\s*(https?)$", re.IGNORECASE)
_LONGEST_BEFORE = 60
_MOST_REFERENCES, _MOST_TEXT = 3_000, 1_000_000
#: Hosts of a system that belong to no company: the company is in the path, or nowhere.
_SHARED = re.compile(r"(?:www|boards|job-boards|jobs|careers|apply|job)(?:\.eu)?")
_NO_BOARD = re.compile(
    r"(?:api|app|cdn|static|assets|help|support|login|track|status|blog|docs|my|accounts?)\b.*"
)
#: A step of a path that names one opening.
_ONE_JOB = re.compile(r"\d{3,}.*|[0-9a-f]{8}-[0-9a-f-]{20,}|.*-\d{4,}")
#: A step of a path that only stands before the name of an opening; `jobs` may be the board itself.
_BELOW = frozenset({"job", "j", "o", "p", "vacancies", "careers", "positions"})
_COMPANIES = frozenset({"companies", "company"})


def board_of(text: str, kind: PageKind) -> str | None:
    """Return the address of the board that a page links to or shows in a frame; None if none."""
    if kind not in FROM:
        return None
    return min(filter(None, map(board_at, _addresses(text))), key=len, default=None)


def _addresses(text: str) -> Iterator[str]:
    seen: set[str] = set()
    for count, rest in enumerate(_REST.finditer(text, 0, _MOST_TEXT)):
        if count >= _MOST_REFERENCES:
            return
        at = rest.start()
        before = _BEFORE.search(text[max(at - _LONGEST_BEFORE, 0) : at])
        if before is None:
            continue
        address = unescape(f"{before[1]}{rest[0]}")
        if address not in seen:
            seen.add(address)
            yield address


def board_at(address: str) -> str | None:
    """Return the address of the board that an address is or lies on; None if it is on none."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    host = parts.netloc.lower()
    if "@" in host or ":" in host or host_kind(host) != "ats":
        return None
    below = host.removesuffix(registrable(host) or "").rstrip(".")
    if _NO_BOARD.fullmatch(below):
        return None
    steps = [step for step in parts.path.split("/") if step]
    if not below or _SHARED.fullmatch(below):
        return _of_path(parts, steps, is_vendor=below in {"", "www"})
    steps = _without_job(steps)
    return f"{parts.scheme}://" + "/".join([host, *steps]) + ("" if steps else "/")


def _of_path(parts: SplitResult, steps: list[str], *, is_vendor: bool) -> str | None:
    """Return the board of a company that the path names; pages of the vendor are none."""
    root = f"{parts.scheme}://{parts.netloc.lower()}"
    if steps[:2] == ["embed", "job_board"]:
        return f"{root}/embed/job_board?{parts.query}" if "for=" in parts.query else None
    if steps and steps[0] in _COMPANIES:
        return f"{root}/{steps[0]}/{steps[1]}" if len(steps) > 1 else None
    return None if is_vendor or not steps else f"{root}/{steps[0]}"


def _without_job(steps: list[str]) -> list[str]:
    """Return the steps before those that name one opening."""
    if steps and (_ONE_JOB.fullmatch(steps[-1]) or steps[-2:-1] in [["o"], ["p"], ["j"]]):
        steps = steps[:-1]
        if steps and steps[-1] in _BELOW:
            steps = steps[:-1]
    return steps
