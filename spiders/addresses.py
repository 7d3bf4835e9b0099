"""Decide which IP addresses a crawl may connect to: public ones only."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network


@cache
def denied_networks() -> tuple[tuple[IPv4Network | IPv6Network, str], ...]:
    """Return the networks a crawl never connects to, narrow before wide, each with its reason.

    Source: the IANA special-purpose registries and `spiders/data/denied_networks.csv`.
    `ipaddress.is_global` does not suffice: it allows 192.0.0.192, 192.88.99.1, fec0::1,
    64:ff9b::/96 and 2002::/16.
    """
    text = files("spiders").joinpath("data/denied_networks.csv").read_text("utf-8")
    return tuple(
        (ip_network(row["network"]), row["what"]) for row in csv.DictReader(text.splitlines())
    )


def denial(address: str) -> str | None:
    """Return why `address` is denied; None if public. IPv6 with embedded IPv4 is judged as IPv4."""
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
