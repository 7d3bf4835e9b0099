"""How a rule's host, path or file name is found in a URL."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import urlsplit

#: Hosts that serve libraries to every site: a file there is the page's own choice.
_LIBRARIES = (
    *("jsdelivr.net", "cdnjs.cloudflare.com", "unpkg.com", "googleapis.com", "aspnetcdn.com"),
    *("bootstrapcdn.com", "jquery.com", "esm.sh", "staticfile.org", "skypack.dev", "jspm.io"),
    *("bootcdn.net", "bootcss.com"),
)
_FILE = re.compile(
    r"(?:[.-](?:min|slim|bundle|pack|prod|production|development|esm|umd|global|rtl|full|all|core|latest))*"
    r"(?:[.-]v?(\d+(?:\.\d+){0,3}))?"
    r"(?:[.-](?:min|slim|bundle|pack|prod|production|esm|umd|global|rtl|grid|reboot|utilities|[\da-f]{6,40}))*"
    r"\.(?:m?js|css)\Z"
)
_STEP_VERSION = re.compile(r"[/@-]v?(\d+\.\d+(?:\.\d+){0,2})(?=/)")


@lru_cache(maxsize=2_048)
def parts(url: str) -> tuple[str, str]:
    """Return host and path with query, lower case; ('', '') for anything else than a web address."""
    url = url.strip().lower()
    if "\n" in url or "\t" in url or "\r" in url:
        return "", ""
    try:
        split = urlsplit(url)
        host = split.hostname or ""
    except ValueError:
        return "", ""
    if split.scheme not in {"", "http", "https"}:
        return "", ""
    path = split.path if split.path.startswith("/") else f"/{split.path}"
    return host, f"{path}?{split.query}" if split.query else path


def is_at(url: str, place: str) -> bool:
    """Check whether a URL is at a host or its subdomain, with the path's beginning."""
    host, path = parts(url)
    wanted, slash, rest = place.partition("/")
    return is_host(host, wanted) and path.startswith(slash + rest)


def is_host(host: str, wanted: str) -> bool:
    """Check whether a host is another or a subdomain of it."""
    host = host.rstrip(".")
    return host == wanted or host.endswith(f".{wanted}")


def has_path(url: str, wanted: str) -> bool:
    """Check whether a text is in the path of a URL, or in its query if the text has `?`."""
    _, path = parts(url)
    return wanted in (path if "?" in wanted else path.partition("?")[0])


def library_file(url: str, name: str) -> str | None:
    """Return the version of a library file, '' if it tells none; None if the file is another."""
    _, path = parts(url)
    before, slash, last = path.partition("?")[0].rpartition("/")
    match = _FILE.match(last[len(name) :]) if last.startswith(name) else None
    if match is None:
        return None
    if match[1]:
        return match[1]
    steps = _STEP_VERSION.findall(before + slash)
    return str(steps[-1]) if steps else ""


def serves_libraries(host: str) -> bool:
    """Check whether a host serves libraries to every site."""
    return any(is_host(host, one) for one in _LIBRARIES)
