"""Who is asked for DNS records of visited domains, as the setting `dns` says."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from leads.errors import UsageError
from leads.settings import Settings

if TYPE_CHECKING:
    from spiders.dns_page import AskDns
    from spiders.guard import Allowed

OFF, SYSTEM = "off", "system"
_PORT = 53


def dns_asker(settings: Settings, allowed: Allowed) -> AskDns | None:
    """Return who is asked, None if nobody is; UsageError for a value that names no name server.

    With a map of `allowed` hosts the system is not asked: they exist on this machine only.
    """
    server = name_server(settings)
    if server is None or (not server[0] and allowed):
        return None
    # Imported late: most processes ask for no records.
    from spiders.dns_look_up import DnsLookUp

    try:
        return DnsLookUp(*server)
    except OSError:  # Without a name server nothing is known of records.
        return None


def name_server(settings: Settings) -> tuple[str, int] | None:
    """Return address and port of the name server, "" for those of the system; None for `off`."""
    wanted = settings["dns"].strip().lower()
    if wanted == OFF:
        return None
    if wanted == SYSTEM:
        return "", _PORT
    try:
        return str(ipaddress.ip_address(wanted)), _PORT
    except ValueError:
        pass
    try:
        named = urlsplit(f"//{wanted}")
        address = str(ipaddress.ip_address(named.hostname or ""))
        port = named.port or _PORT
    except ValueError:
        raise UsageError(
            f"dns is {settings['dns']!r}, not the address of a name server",
            f"set it to {SYSTEM}, to an address such as 192.0.2.53 or [2001:db8::53]:53, or to {OFF}",
        ) from None
    return address, port
