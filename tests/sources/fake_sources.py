"""Sources on this machine: each host answers as its documentation says, and counts what it bills."""

import json
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit


@dataclass(frozen=True)
class Asked:
    """One request as a source sees it."""

    host: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    at: float


@dataclass(frozen=True)
class Sent:
    """What a source sends back."""

    body: Any = None
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    #: The connection ends after so many bytes of the body.
    cut: int | None = None


Answering = Callable[[Asked], Sent]


class FakeSources:
    """Hosts by name, each with a function that answers; `asked` has every request, by host."""

    def __init__(self) -> None:
        self.hosts: dict[str, Answering] = {}
        self.asked: dict[str, list[Asked]] = defaultdict(list)
        self.lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        # A client that is killed while it waits for an answer is no fault of the server.
        self._server.handle_error = lambda *_: None  # type: ignore[method-assign]

    @property
    def port(self) -> int:
        return self._server.server_port

    def allowed(self) -> dict[tuple[str, int], tuple[str, int]]:
        return {(host, 443): ("127.0.0.1", self.port) for host in self.hosts}

    @contextmanager
    def serving(self) -> Iterator["FakeSources"]:
        thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield self
        finally:
            self._server.shutdown()
            self._server.server_close()
            thread.join()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        sources = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                parts = urlsplit(self.path)
                query = {name: some[-1] for name, some in parse_qs(parts.query).items()}
                host = self.headers.get("Host", "").split(":")[0]
                headers = {name.lower(): value for name, value in self.headers.items()}
                asked = Asked(host, parts.path, query, headers, time.monotonic())
                with sources.lock:
                    sources.asked[host].append(asked)
                sent = sources.hosts[host](asked)
                body = sent.body if isinstance(sent.body, bytes) else json.dumps(sent.body).encode()
                self.send_response(sent.status)
                for name, value in sent.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body[: sent.cut])
                self.close_connection = self.close_connection or sent.cut is not None

            def log_message(self, *_: Any) -> None:
                pass

        return Handler


def norway(units: Mapping[str, Mapping[str, Any]]) -> Answering:
    """Enhetsregisteret and Regnskapsregisteret, with these units by number; none has accounts."""

    def answer(asked: Asked) -> Sent:
        if "/regnskap/" in asked.path:
            return Sent([], 404)
        number = asked.path.rsplit("/", 1)[-1]
        if number in units:
            return Sent(units[number])
        if number != "enheter":
            return Sent({}, 404)
        wanted = asked.query.get("navn", "").casefold()
        found = [one for one in units.values() if wanted in str(one["navn"]).casefold()]
        page = {"size": 20, "totalElements": len(found), "totalPages": 1, "number": 0}
        return Sent({"_embedded": {"enheter": found}, "page": page} if found else {"page": page})

    return answer


def unit(number: str, name: str, city: str, postcode: str, **more: Any) -> dict[str, Any]:
    """A unit as Enhetsregisteret documents it."""
    address = {
        "adresse": ["Storgata 1"],
        "postnummer": postcode,
        "poststed": city.upper(),
        "kommunenummer": "0301",
        "landkode": "NO",
        "land": "Norge",
    }
    return {
        "organisasjonsnummer": number,
        "navn": name,
        "organisasjonsform": {"kode": "AS", "beskrivelse": "Aksjeselskap"},
        "forretningsadresse": address,
        "harRegistrertAntallAnsatte": "antallAnsatte" in more,
        "konkurs": False,
        "underAvvikling": False,
        "underTvangsavviklingEllerTvangsopplosning": False,
        **more,
    }


class Paid:
    """A provider that bills each company it finds, and nothing twice for one request id."""

    def __init__(self, companies: Mapping[str, Mapping[str, Any]], *, knows_repeats: bool) -> None:
        self._companies, self._knows_repeats = companies, knows_repeats
        self.billed: list[str] = []
        self._seen: set[str] = set()
        self._lock = threading.Lock()

    def __call__(self, asked: Asked) -> Sent:
        if asked.headers.get("x-api-key") != "right":
            return Sent({"error": "bad key"}, 401)
        domain = asked.query.get("domain", "")
        found = self._companies.get(domain)
        if found is None:
            return Sent({"error": "not found"}, 404)
        with self._lock:
            repeated = asked.headers.get("x-request-id", "")
            if not (self._knows_repeats and repeated in self._seen):
                self.billed.append(domain)
            self._seen.add(repeated)
        return Sent({"company": found})
