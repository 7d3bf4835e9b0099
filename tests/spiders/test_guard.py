import socket
from ipaddress import ip_address, ip_network

import pytest

from spiders.addresses import denial, denied_networks
from spiders.crawl import crawl
from spiders.guard import Attempt, BlockedAddressError, Guard, attempt_under_way
from spiders.limits import Limits
from spiders.site import Outcome, SiteOutcome, SiteToCrawl
from tests.spiders.conftest import Hostile, Web

#: What each address belongs to, by a word of the reason given.
DENIED = [
    (address, line.strip().partition(": ")[0])
    for line in """
    this network: 0.0.0.0 0.0.0.1
    private: 10.0.0.1 10.255.255.255
    NAT: 100.64.0.1 100.100.100.200 100.127.255.255
    loopback: 127.0.0.1 127.255.255.254
    cloud: 168.63.129.16
    link-local: 169.254.0.1
    metadata: 169.254.169.254
    private: 172.16.0.1 172.31.255.255
    protocol: 192.0.0.1
    metadata: 192.0.0.192
    documentation: 192.0.2.1
    AS112: 192.31.196.1
    relay: 192.52.193.1
    6to4: 192.88.99.1
    private: 192.168.0.1 192.168.255.255
    AS112: 192.175.48.6
    benchmarks: 198.18.0.1 198.19.255.255
    documentation: 198.51.100.7 203.0.113.9
    multicast: 224.0.0.1 239.255.255.255
    reserved: 240.0.0.1
    broadcast: 255.255.255.255
    unspecified: ::
    loopback: ::1
    compatible: ::7f00:1
    loopback: ::ffff:127.0.0.1
    private: ::ffff:10.0.0.1
    metadata: ::ffff:192.0.0.192
    this network: ::ffff:0:0
    NAT64: 64:ff9b::7f00:1 64:ff9b::8.8.8.8
    local NAT64: 64:ff9b:1::1
    discard: 100::1
    dummy: 100:0:0:1::1
    Teredo: 2001::1 2001:0:7f00:1::
    benchmarks: 2001:2::1
    ORCHID: 2001:10::1 2001:20::1
    protocol: 2001:1::1 2001:1ff:ffff::1
    documentation: 2001:db8::1
    6to4: 2002:7f00:1:: 2002:808:808::1
    AS112: 2620:4f:8000::1
    6bone: 3ffe::1
    documentation: 3fff::1
    segment: 5f00::1
    unique local: fc00::1 fd12:3456::1
    link-local: fe80::1 fe80::1%eth0
    site-local: fec0::1 feff::1
    multicast: ff02::1
    outside: 1::1 4000::1 8000::1
    """.strip().splitlines()
    for address in line.strip().partition(": ")[2].split()
]
NO_ADDRESSES = ["not-an-address", "", "2130706433", "0x7f.1"]

PUBLIC = [
    "1.1.1.1",
    "8.8.8.8",
    "9.255.255.255",
    "11.0.0.0",
    "100.63.255.255",
    "100.128.0.0",
    "126.255.255.255",
    "128.0.0.0",
    "168.63.129.15",
    "168.63.129.17",
    "169.253.255.255",
    "169.255.0.0",
    "172.15.255.255",
    "172.32.0.0",
    "192.0.1.0",
    "192.0.3.0",
    "192.88.98.255",
    "192.88.100.0",
    "192.167.255.255",
    "192.169.0.0",
    "198.17.255.255",
    "198.20.0.0",
    "198.51.99.255",
    "203.0.112.255",
    "203.0.114.0",
    "223.255.255.255",
    "::ffff:8.8.8.8",
    "2000::1",
    "2001:200::1",
    "2001:4860:4860::8888",
    "2003::1",
    "2a00::1",
    "2606:4700::1111",
]


@pytest.mark.parametrize(("address", "what"), DENIED)
def test_denied(address: str, what: str) -> None:
    assert what in (denial(address) or "public")


@pytest.mark.parametrize("text", NO_ADDRESSES)
def test_what_is_no_address_is_denied(text: str) -> None:
    assert denial(text) == "not an address"


@pytest.mark.parametrize("address", PUBLIC)
def test_public_neighbours_of_denied_networks_are_not_denied(address: str) -> None:
    assert denial(address) is None


@pytest.mark.parametrize("network", [str(network) for network, _ in denied_networks()])
def test_each_network_is_denied_from_its_first_address_to_its_last_and_is_tried_above(
    network: str,
) -> None:
    denied = ip_network(network)
    assert denial(str(denied[0]))
    assert denial(str(denied[-1]))
    tried = [ip_address(address.partition("%")[0]) for address, _ in DENIED]
    assert any(address.version == denied.version and address in denied for address in tried)


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("ftp://acme.example/", "only http"),
        ("file:///etc/passwd", "only http"),
        ("data:text/html,x", "only http"),
        ("javascript:alert(1)", "only http"),
        ("//acme.example/", "only http"),
        ("http:///", "only http"),
        ("http://acme.example:22/", "port 22"),
        ("http://acme.example:8080/", "port 8080"),
        ("http://acme.example:0/", "port 0"),
        ("https://acme.example:6379/", "port 6379"),
        ("http://root@acme.example/", "user name"),
        ("http://root:pw@acme.example/", "user name"),
        ("http://:pw@acme.example/", "user name"),
        ("http://acme.example\\@127.0.0.1/", "user name or a backslash|not a URL"),
        ("http://acme.example:99999/", "not a URL"),
        ("http://[::1", "not a URL"),
    ],
)
def test_urls_not_admitted(url: str, why: str) -> None:
    with pytest.raises(BlockedAddressError, match=why):
        Guard({}).admit(url)


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("http://acme.example/x", ("acme.example", 80)),
        ("https://Acme.Example./", ("acme.example", 443)),
        ("http://acme.example:443/", ("acme.example", 443)),
        ("https://müller.example/", ("xn--mller-kva.example", 443)),
        ("http://town.example:8080/", ("town.example", 8080)),
    ],
)
def test_urls_admitted(url: str, origin: tuple[str, int]) -> None:
    assert Guard({("town.example", 8080): ("127.0.0.1", 9)}).admit(url) == origin


@pytest.mark.parametrize(
    ("origin", "address", "opens"),
    [
        (("acme.example", 80), ("8.8.8.8", 80), True),
        (("acme.example", 80), ("127.0.0.1", 80), False),
        (
            ("acme.example", 80),
            ("127.0.0.1", 4711),
            False,
        ),  # Not this host's way, though another's.
        (("town.example", 80), ("127.0.0.1", 4711), True),
        (("town.example", 80), ("127.0.0.1", 4712), False),
        (("town.example", 80), ("127.0.0.2", 4711), False),
        (("town.example", 443), ("127.0.0.1", 4711), False),  # The map names port 80 alone.
    ],
)
def test_a_way_into_this_machine_is_one_host_one_port_one_address(
    origin: tuple[str, int], address: tuple[str, int], opens: bool
) -> None:
    guard = Guard({("town.example", 80): ("127.0.0.1", 4711)})
    attempt = Attempt(origin)
    token = attempt_under_way.set(attempt)
    try:
        if opens:
            guard.open_socket((socket.AF_INET, socket.SOCK_STREAM, 0, "", address)).close()
            assert attempt.refused is None
        else:
            with pytest.raises(OSError, match="is not allowed"):
                guard.open_socket((socket.AF_INET, socket.SOCK_STREAM, 0, "", address))
            assert attempt.refused
    finally:
        attempt_under_way.reset(token)


@pytest.mark.parametrize("address", ["8.8.8.8", "10.0.0.1", "169.254.169.254"])
def test_the_map_leads_to_this_machine_only(address: str) -> None:
    with pytest.raises(ValueError, match="not a loopback"):
        Guard({("town.example", 80): (address, 80)})


@pytest.mark.parametrize(
    "start",
    [
        "http://127.0.0.1/",
        "http://0/",
        "http://2130706433/",
        "http://127.1/",
        "http://0x7f000001/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://169.254.169.254/latest/meta-data/",
        "http://192.0.0.192/",
        "https://10.0.0.1/",
        "http://[fec0::1]/",
        "http://192.88.99.1/",
    ],
)
def test_a_crawl_does_not_connect_to_these(start: str) -> None:
    assert _outcome_of(start).outcome is Outcome.BLOCKED_ADDRESS


def test_a_name_that_resolves_to_this_machine_is_not_connected_to(
    server: Hostile, web: type[Web], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The name system is the attacker's: it answers with the address of a server that would answer."""
    server.site("rebind.example", home=web.page())
    inward = (socket.AF_INET, socket.SOCK_STREAM, 6, "", server.server_address)
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [inward])
    outcome = _outcome_of("http://rebind.example/")
    assert outcome.outcome is Outcome.BLOCKED_ADDRESS
    assert "loopback" in outcome.reason
    assert "rebind.example" not in server.hits


def test_a_proxy_of_the_environment_is_not_used(
    server: Hostile, web: type[Web], monkeypatch: pytest.MonkeyPatch
) -> None:
    server.site("plain.example", home=web.page())
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert (
        _outcome_of("http://plain.example/", server.allowed("plain.example")).outcome is Outcome.OK
    )


def _outcome_of(
    start: str, allowed: dict[tuple[str, int], tuple[str, int]] | None = None
) -> SiteOutcome:
    host = start.split("/")[2]
    found: list[SiteOutcome] = []
    crawl(
        [SiteToCrawl(host, (start,))],
        limits=Limits(download_timeout=1, delay=0),
        user_agent="Sluice/0.1 (+https://sluice.example/crawler)",
        allowed=allowed or {},
        on_site=found.append,
    )
    return found[0]


def test_a_closed_guard_opens_no_way_but_the_mapped_ones() -> None:
    guard = Guard({("town.example", 80): ("127.0.0.1", 4711)}, is_closed=True)
    token = attempt_under_way.set(Attempt(("8.8.8.8", 80)))
    try:
        with pytest.raises(OSError, match="only mapped hosts"):
            guard.open_socket((socket.AF_INET, socket.SOCK_STREAM, 0, "", ("8.8.8.8", 80)))
    finally:
        attempt_under_way.reset(token)
