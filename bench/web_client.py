"""One browser without a screen, on one connection that is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPConnection
from types import TracebackType
from urllib.parse import urlencode

from bench.web_seed import Person

#: What the pages' own script sends with a form.
_AS_SCRIPT = {"X-Sent-By-Script": "1", "X-Shows-Page": "1", "X-Keeps-Waiting": "1"}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered."""

    status: int
    #: Where to go next; empty: nowhere else.
    location: str
    text: str


class Client:
    """A user's connection to a server."""

    def __init__(self, port: int, person: Person) -> None:
        """Connect when the first request is sent."""
        self.person = person
        self._connection = HTTPConnection("127.0.0.1", port, timeout=120)

    def __enter__(self) -> Client:
        """The client itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        where: TracebackType | None,
    ) -> None:
        """Close the connection."""
        self._connection.close()

    def get(self, path: str) -> Answer:
        """Read a page."""
        return self._send("GET", path, None)

    def post(self, path: str, fields: Mapping[str, str]) -> Answer:
        """Send a form, and read the page that it leads to."""
        body = urlencode({"form_key": self.person.form_key, **fields})
        answer = self._send("POST", path, body)
        return self.get(answer.location) if answer.status in (204, 303) else answer

    def _send(self, method: str, path: str, body: str | None) -> Answer:
        headers = {"Cookie": f"sluice={self.person.cookie}", "Sec-Fetch-Site": "same-origin"}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            headers |= _AS_SCRIPT
        try:
            self._connection.request(method, path, body, headers)
            answer = self._connection.getresponse()
        except ConnectionError:
            # The server lets go of a connection that was quiet; a browser opens another one.
            self._connection.close()
            self._connection.request(method, path, body, headers)
            answer = self._connection.getresponse()
        text = answer.read().decode()
        goes_to = answer.headers.get("location", "") or answer.headers.get("x-goes-to", "")
        return Answer(answer.status, goes_to, text)
