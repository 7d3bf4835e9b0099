"""Which addresses a crawl may connect to: public ones, and no others."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network


@cache
def denied_networks() -> tuple[tuple[IPv4Network | IPv6Network, str], ...]:
    """The networks no crawl connects to, narrow ones before wide ones, each with what it is.

    Source: the IANA special-purpose registries and `spiders/data/denied_networks.csv`.
    `ipaddress.is_global` is no substitute: it lets 192.0.0.192, 192.88.99.1, fec0::1, 64:ff9b::/96
    and 2002::/16 through.
    """
    text = files("spiders").joinpath("data/denied_networks.csv").read_text("utf-8")
    return tuple(
        (ip_network(row["network"]), row["what"]) for row in csv.DictReader(text.splitlines())
    )


def denial(address: str) -> str | None:
    """Why nothing connects to `address`, None when it is public. An IPv6 address that wraps an IPv4
    one is judged by that one.
    """
    try:
        ip = ip_address(address.partition("%")[0])
    except ValueError:
        return "not an address"
    if isinstance(ip, IPv6Address) and ip.ipv4_mapped is not None:
        ip = ip.ipv4_mapped
    return next(
        (
            what
            for network, what in denied_networks()
            if ip.version == network.version and ip in network
        ),
        None,
    )
