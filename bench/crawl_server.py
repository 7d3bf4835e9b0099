"""The sites of the crawl benchmark, in a process of their own on a free loopback port.

    python -m bench.crawl_server [--latency SECONDS] [--https] [--silent PERCENT]

Site N is `sN.example` at 127.a.b.c of its own. Each has a robots.txt and six pages of 33 kB that
share their navigation, sent with gzip. Prints the port; `GET /.figures` tells how busy it was.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import ssl
import subprocess
import zlib
from collections import Counter
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

PAGES = ("", "impressum", "kontakt", "ueber-uns", "produkte", "karriere")
ROBOTS = b"User-agent: *\nDisallow: /intern/\nDisallow: /suche\n\nSitemap: /sitemap.xml\n"
SIZE = 33_000
_WORDS = ("Blech", "Ventil", "Presse", "Guss", "Welle", "Lager", "Maschine", "Halle", "Kunde")
_SUBJECTS = 56


def address(number: int) -> str:
    """The loopback address of a site."""
    number += 2 * 65_536
    return f"127.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"


def host(number: int) -> str:
    """The name of a site."""
    return f"s{number}.example"


def _frame(name: str) -> tuple[str, str]:
    """Navigation and footer that all pages of a site share, and that no other site has."""
    own = "".join(
        f'<li class="nav-item level-1"><a class="nav-link" href="/{page}" title="">'
        f"{page.replace('-', ' ').title() or 'Start'}</a></li>"
        for page in PAGES
    )
    code = name.rpartition("127.")[2].replace(".", "-")
    others = "".join(
        f'<li class="nav-item level-2"><a class="nav-link dropdown" href="/sortiment/t{n}-{code}/">'
        f"<span>T{n} {code}</span></a></li>"
        for n in range(_SUBJECTS)
    )
    head = (
        f'<!doctype html><html lang="de"><head><meta charset="utf-8"><title>{name}</title>'
        '<link rel="stylesheet" href="/main.css"><script>var a=function(){return 1<2};</script>'
        f'</head><body><nav><ul class="menu">{own}{others}</ul></nav><main>'
    )
    foot = (
        f'</main><footer><ul>{own}<li><a href="mailto:info@example.example">Mail</a></li>'
        '<li><a href="https://partner.example/">Partner</a></li></ul></footer></body></html>'
    )
    return head, foot


@cache
def _text(seed: int) -> str:
    chosen = random.Random(seed)
    size = SIZE - 7_500
    parts: list[str] = []
    while size > 0:
        words = " ".join(chosen.choices(_WORDS, k=24))
        parts.append(f'<div class="row"><p class="text-{size % 7}">{words}.</p></div>\n')
        size -= len(parts[-1])
    return "".join(parts)


def body(name: str, page: str) -> bytes:
    """One page; no two are the same."""
    head, foot = _frame(name)
    seed = (sum(name.encode()) * 7 + len(page)) % 40
    return f"{head}<h1>{name} {page}</h1>{_text(seed)}{foot}".encode()


class Figures:
    """How busy the server was."""

    def __init__(self) -> None:
        self.requests = 0
        self.now = 0
        self.most = 0
        self.now_of: Counter[str] = Counter()
        self.most_of_a_host = 0

    def began(self, name: str) -> None:
        """Count a request in flight."""
        self.requests += 1
        self.now += 1
        self.most = max(self.most, self.now)
        self.now_of[name] += 1
        self.most_of_a_host = max(self.most_of_a_host, self.now_of[name])

    def ended(self, name: str) -> None:
        """Count it as answered."""
        self.now -= 1
        self.now_of[name] -= 1
        if not self.now_of[name]:
            del self.now_of[name]

    def take(self) -> bytes:
        """The figures since the last time they were taken."""
        taken = {
            "requests": self.requests,
            "most_at_once": self.most,
            "most_of_a_host": self.most_of_a_host,
        }
        self.__init__()  # type: ignore[misc]
        return json.dumps(taken).encode()


class Exchange(asyncio.Protocol):
    """One connection: answers requests in turn."""

    def __init__(self, figures: Figures, latency: float, silent: int) -> None:
        self._figures = figures
        self._latency = latency
        self._silent = silent
        self._received = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Remember the transport."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Answer every complete request."""
        self._received += data
        while b"\r\n\r\n" in self._received:
            head, _, self._received = self._received.partition(b"\r\n\r\n")
            self._answer(head)

    def _answer(self, head: bytes) -> None:
        path = head.split(b" ", 2)[1].decode("latin-1")
        if path == "/.figures":
            self._send(self._figures.take(), b"application/json", b"")
            return
        local = self._transport.get_extra_info("sockname")[0]
        self._figures.began(local)
        number = int.from_bytes(bytes(int(part) for part in local.split(".")[1:]), "big")
        if self._silent and number % 100 < self._silent:
            return
        if self._latency:
            asyncio.get_running_loop().call_later(self._latency, self._page, local, path)
        else:
            self._page(local, path)

    def _page(self, local: str, path: str) -> None:
        self._figures.ended(local)
        if path == "/robots.txt":
            self._send(ROBOTS, b"text/plain", b"")
        elif path[1:] in PAGES:
            made = zlib.compressobj(1, zlib.DEFLATED, 31)
            packed = made.compress(body(local, path)) + made.flush()
            self._send(packed, b"text/html; charset=utf-8", b"Content-Encoding: gzip\r\n")
        else:
            self._send(b"none", b"text/plain", b"", b"404 Not Found")

    def _send(self, sent: bytes, kind: bytes, headers: bytes, status: bytes = b"200 OK") -> None:
        if self._transport.is_closing():
            return
        self._transport.write(
            b"HTTP/1.1 %b\r\nServer: made\r\nContent-Type: %b\r\nVary: Accept-Encoding\r\n"
            b"%bContent-Length: %d\r\n\r\n%b" % (status, kind, headers, len(sent), sent)
        )


def certificate(folder: Path) -> Path:
    """A file with a key and a certificate that nobody signed, made by the program openssl."""
    made = folder / "site.pem"
    key = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")
    command = ("openssl", "req", "-x509", *key, "-subj", "/CN=site.example", "-days", "2")
    subprocess.run(
        [*command, "-keyout", made, "-out", folder / "c.pem"], check=True, capture_output=True
    )
    with made.open("ab") as file:
        file.write((folder / "c.pem").read_bytes())
    return made


async def _serve(latency: float, silent: int, context: ssl.SSLContext | None) -> None:
    figures = Figures()
    server = await asyncio.get_running_loop().create_server(
        lambda: Exchange(figures, latency, silent), "0.0.0.0", 0, backlog=4096, ssl=context
    )
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


def main() -> None:
    """Serve until killed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--latency", type=float, default=0.0)
    parser.add_argument("--silent", type=int, default=0)
    parser.add_argument("--https", action="store_true")
    options = parser.parse_args()
    context = None
    if options.https:
        with TemporaryDirectory() as folder:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate(Path(folder)))
    asyncio.run(_serve(options.latency, options.silent, context))


if __name__ == "__main__":
    main()
