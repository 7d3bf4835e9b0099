"""A browser without a screen: it keeps cookies, follows redirects and sends forms of pages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.message import Message
from html import unescape
from html.parser import HTMLParser
from http.cookiejar import Cookie, CookieJar
from time import sleep
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, ProxyHandler, Request, build_opener


@dataclass(frozen=True)
class Page:
    """What the server answered."""

    status: int
    url: str
    headers: Message
    html: str

    @property
    def text(self) -> str:
        """What a person reads, in one line."""
        body = re.sub(r"(?s)<head>.*?</head>|<(script|style).*?</\1>", " ", self.html)
        return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())

    @property
    def path(self) -> str:
        return "/" + self.url.split("/", 3)[3]

    @property
    def actions(self) -> list[str]:
        """The addresses of its forms."""
        found = _Forms()
        found.feed(self.html)
        return list(found.forms)

    def hidden(self, action: str) -> dict[str, str]:
        """The hidden fields of the form with that address."""
        found = _Forms()
        found.feed(self.html)
        return found.forms[action]

    def link_of(self, key: str) -> str:
        """Where the link of a key leads."""
        found = re.search(rf'href="([^"]+)" data-key="{key}"', self.html)
        assert found
        return unescape(found[1])


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: dict[str, dict[str, str]] = {}
        self._open: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._open = self.forms.setdefault(named.get("action", ""), {})
        elif tag == "input" and named.get("type") == "hidden":
            self._open[named["name"]] = named.get("value", "")


class Browser:
    """One browser at one server."""

    def __init__(self, at: str) -> None:
        self.at = at
        self.cookies = CookieJar()
        self._opener = build_opener(ProxyHandler({}), HTTPCookieProcessor(self.cookies))

    def cookie(self, name: str) -> Cookie:
        """The cookie of that name."""
        (found,) = (one for one in self.cookies if one.name == name)
        return found

    def get(self, path: str, **headers: str) -> Page:
        return self._open(Request(self.at + path, headers=_names(headers)))

    def post(self, path: str, fields: dict[str, Any] | None = None, **headers: str) -> Page:
        """Send fields as a form of this server would."""
        sent = {"Sec-Fetch-Site": "same-origin"} | _names(headers)
        body = urlencode(fields or {}).encode()
        return self._open(Request(self.at + path, data=body, headers=sent, method="POST"))

    def send(self, page: Page, action: str, to: str | None = None, **fields: Any) -> Page:
        """Send a form of a page, to its own address or to that of one of its buttons."""
        return self.post(to or action, page.hidden(action) | fields)

    def upload(self, page: Page, action: str, name: str, content: bytes, **fields: Any) -> Page:
        """Send a form of a page with a file."""
        edge = "----an-edge-that-no-file-holds"
        parts = b"".join(
            f'--{edge}\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n{value}\r\n'.encode()
            for field, value in (page.hidden(action) | fields).items()
        )
        head = f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
        body = parts + head.encode() + content + f"\r\n--{edge}--\r\n".encode()
        sent = {
            "Sec-Fetch-Site": "same-origin",
            "Content-Type": f"multipart/form-data; boundary={edge}",
        }
        return self._open(Request(self.at + action, data=body, headers=sent, method="POST"))

    def until(self, path: str, *, gone: str) -> Page:
        """Load a page again until a text is gone from it."""
        for _ in range(3_000):
            page = self.get(path)
            if gone not in page.text:
                return page
            sleep(0.02)
        raise AssertionError(f"{path} still says {gone!r}")

    def _open(self, request: Request) -> Page:
        try:
            with self._opener.open(request, timeout=60) as answer:
                is_archive = answer.headers.get_content_type() == "application/zip"
                text = answer.read().decode("latin-1" if is_archive else "utf-8")
                return Page(answer.status, answer.url, answer.headers, text)
        except HTTPError as error:
            with error:
                return Page(error.code, error.url, error.headers, error.read().decode())


def _names(headers: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}
