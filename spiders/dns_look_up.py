"""Ask a name server for records of a domain. Loading it takes a tenth of a second."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import dns.asyncresolver
import dns.exception
import dns.name
import dns.resolver
from dns.rdtypes.ANY.MX import MX
from dns.rdtypes.ANY.TXT import TXT
from dns.rdtypes.nsbase import NSBase

#: Seconds until a question is asked again, and until it is given up: one retry.
PATIENCE, LIFETIME = 2.0, 4.0
#: Questions of all visits of a crawl that are under way at once.
AT_ONCE = 64
#: Longer answers are asked for by TCP (RFC 9715).
_UDP_BYTES = 1_232


class DnsLookUp:
    """Asks the name servers of the system, or one at an address."""

    def __init__(self, address: str = "", port: int = 53) -> None:
        """Take an IP address; OSError if none is given and the system names no server."""
        try:
            self._resolver = dns.asyncresolver.Resolver(configure=not address)
        except dns.exception.DNSException as error:
            raise OSError(f"the system names no name server: {error}") from error
        if address:
            self._resolver.nameservers = [address]
            self._resolver.port = port
        self._resolver.timeout, self._resolver.lifetime = PATIENCE, LIFETIME
        self._resolver.use_edns(0, 0, _UDP_BYTES)
        self._turns = asyncio.Semaphore(AT_ONCE)

    async def __call__(self, host: str, kind: str) -> tuple[str, ...] | None:
        """Return the records of a type; none if there are none, None without an answer."""
        async with self._turns:
            try:
                answer = await self._resolver.resolve(
                    f"{host}.", kind, raise_on_no_answer=False, search=False
                )
                return tuple(_values(answer))
            except dns.resolver.NXDOMAIN:
                return ()
            except Exception:  # Whatever a name server sends, it is no answer.
                return None


def _values(answer: dns.resolver.Answer) -> Iterator[str]:
    """Yield the records as text: names in lower case, the parts of a text as one."""
    for record in answer.rrset or ():
        if isinstance(record, MX):
            yield f"{record.preference} {_name(record.exchange)}"
        elif isinstance(record, TXT):
            yield b"".join(record.strings).decode("utf-8", "replace")
        elif isinstance(record, NSBase):
            yield _name(record.target)


def _name(name: dns.name.Name) -> str:
    # Servers write the same name in any case.
    return name.to_text(omit_final_dot=True).lower()
