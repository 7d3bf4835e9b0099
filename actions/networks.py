"""The network of an address: one customer of a provider has that many addresses."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

#: Bits that tell customers apart, and those that tell larger neighbourhoods apart.
_NARROW = {4: 32, 6: 64}
_WIDE = {4: 24, 6: 48}


def narrow(address: str) -> str:
    """The network of one customer: an IPv4 address, or the /64 of an IPv6 address."""
    return _network(address, _NARROW)


def wide(address: str) -> str:
    """The neighbourhood of an address: a /24 of IPv4, a /48 of IPv6."""
    return _network(address, _WIDE)


def _network(address: str, bits: dict[int, int]) -> str:
    found = _parsed(address)
    if found is None:
        return address[:60]
    size = bits[found.version]
    if size == found.max_prefixlen:
        return str(found)
    return str(ip_network((int(found), size), strict=False))


def _parsed(address: str) -> IPv4Address | IPv6Address | None:
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return None
    mapped = found.ipv4_mapped if isinstance(found, IPv6Address) else None
    return mapped or found
