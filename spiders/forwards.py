"""Find where a page as a whole sends its visitors: by a meta tag, a script, or one frame."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urljoin

from leads.lexicon.domains import registrable
from spiders.page_sight import Sight, head_of, lowered, see

#: Seconds: a forwarding that waits longer reloads a page rather than sends its visitors on.
_SOON, _AT_ONCE = 15, 1
#: Letters: a page with more text is a page, whatever its scripts do.
_SHORT, _NEARLY_EMPTY = 1_500, 200
_LONGEST_SCRIPT, _LONGEST_URL = 3_000, 500
#: Where a page says that it forwards, and where a longer one is a page.
_BEGINNING = 50_000
#: Beside the frame that shows the site there may be an empty one.
_MOST_FRAMES = 2
#: `location = "…"`, `window.location.href = "…"`, `location.replace("…")`, and nothing added to it.
_LOCATION = re.compile(
    r"(?<![\w.$])(?:(?:window|document|self|top|parent)\s{0,20}+\.\s{0,20}+){0,3}+location"
    r"(?:\s{0,20}+\.\s{0,20}+href)?+\s{0,20}+(?:=(?!=)|\.\s{0,20}+(?:replace|assign)\s{0,20}+\()"
    r"\s{0,20}+(?:\"([^\"\n]{1,500}+)\"|'([^'\n]{1,500}+)')(?!\s{0,99}+\+)(?=[;)}\s]|$)"
)
#: Words of scripts that send only some visitors on, or not before they do something.
_CONDITION = re.compile(
    r"\b(?:if|else|switch|case|while|for)\b|\?|&&|\|\||onclick|addEventListener\(\s*['\"](?:click|sub)"
    r"|onsubmit|onchange|\bcookie\b|userAgent|screen\.|innerWidth"
)


@dataclass(frozen=True, slots=True)
class Forward:
    """Where a page sends its visitors, and how."""

    url: str
    #: `meta refresh`, `script` or `frame`.
    how: str


def forward_of(html: str, url: str, base: str = "") -> Forward | None:
    """Return where the page sends every visitor at once; None if it stays.

    Slow reloads, scripts with a condition, addresses put together by a script, and pages with
    content of their own are no forwarding. A frameset counts if it shows one page of another
    domain.
    """
    if not may_forward(html):
        return None
    sight = see(html)
    letters = sum(map(str.isalpha, sight.text))
    found = (
        _by_refresh(sight, letters) or _by_script(sight, letters) or _by_frame(sight, letters, url)
    )
    if found is None:
        return None
    try:
        target = urljoin(base or url, found.url)
    except ValueError:
        return None
    if not target.startswith(("http://", "https://")) or len(target) > _LONGEST_URL:
        return None
    return Forward(target, found.how)


def may_forward(html: str) -> bool:
    """A cheap look: most pages have none of these and need no closer one."""
    low = lowered(html)
    beginning = low if len(low) <= _BEGINNING else low[:_BEGINNING]
    return (
        (b"http-equiv" in beginning and b"refresh" in beginning)
        or (len(html) < _BEGINNING and "location" in html)
        # In a body, no browser takes one for a frameset.
        or b"<frameset" in head_of(html)
    )


def _by_refresh(sight: Sight, letters: int) -> Forward | None:
    for seconds, target in sight.refreshes[:1]:
        if seconds <= _AT_ONCE or (seconds <= _SOON and letters < _SHORT):
            return Forward(target, "meta refresh")
    return None


def _by_script(sight: Sight, letters: int) -> Forward | None:
    if letters >= _NEARLY_EMPTY:
        return None
    for script in sight.scripts:
        if len(script) <= _LONGEST_SCRIPT and not _CONDITION.search(script):
            places = [one[1] or one[2] for one in _LOCATION.finditer(script)]
            if len(set(places)) == 1:
                return Forward(places[0], "script")
    return None


def _by_frame(sight: Sight, letters: int, url: str) -> Forward | None:
    """A frameset with one frame of another domain: how registrars forward a domain."""
    away = [frame for frame in sight.frames if frame.startswith(("http://", "https://", "//"))]
    if not sight.has_frameset or len(away) != 1 or len(sight.frames) > _MOST_FRAMES:
        return None
    domain = registrable(away[0].removeprefix("//"))
    is_elsewhere = domain is not None and domain != registrable(url)
    return Forward(away[0], "frame") if is_elsewhere and letters < _NEARLY_EMPTY else None
