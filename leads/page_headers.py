"""Which headers of a page say something about the site, and which change with every answer."""

from __future__ import annotations

from collections.abc import Iterable

Headers = tuple[tuple[str, str], ...]

#: The server tells with these whether a page changed.
VALIDATORS = frozenset({"etag", "last-modified"})
#: Headers whose values change from answer to answer: that they are there may tell something.
_PASSING = VALIDATORS | frozenset(
    {
        "age",
        "alt-svc",
        "cf-ray",
        "connection",
        "content-length",
        "content-security-policy",
        "date",
        "expires",
        "keep-alive",
        "nel",
        "report-to",
        "server-timing",
        "traceparent",
        "x-amz-cf-id",
        "x-amz-request-id",
        "x-cache",
        "x-cache-hits",
        "x-fastly-request-id",
        "x-iinfo",
        "x-nf-request-id",
        "x-request-id",
        "x-runtime",
        "x-served-by",
        "x-sucuri-id",
        "x-timer",
        "x-varnish",
        "x-vercel-id",
    }
)


def renewed(known: Headers, received: Headers) -> Headers:
    """The headers to keep of a page whose content is the same: the known ones with new validators,
    unless the server says something else about itself now.
    """
    if telling(known) != telling(received):
        return received
    named = {name.lower() for name, _ in received}
    stay = (one for one in known if one[0].lower() not in VALIDATORS & named)
    return (*stay, *(one for one in received if one[0].lower() in VALIDATORS))


def telling(headers: Headers) -> list[tuple[str, str]]:
    """What headers say about a site: names, and values that last; of a cookie its name."""
    return sorted(_lasting(name.lower(), value) for name, value in headers)


def value_of(headers: Iterable[tuple[str, str]], name: str) -> str:
    """The last value of a header; empty if there is none."""
    found = [value for one, value in headers if one.lower() == name]
    return found[-1] if found else ""


def _lasting(name: str, value: str) -> tuple[str, str]:
    if name == "set-cookie":
        return name, value.partition("=")[0].strip()
    return name, "" if name in _PASSING else value
