"""Hosts are split as tldextract splits them, of which only the list is read."""

from functools import cache

import idna
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tldextract import TLDExtract
from tldextract.tldextract import ExtractResult

from leads.lexicon.public_suffixes import HostParts, split_host

CASES = [
    # host, domain, suffix, the registry's suffix, whether a platform's
    ("acme.example", ("example", "", "", False)),
    ("www.acme.com", ("acme", "com", "com", False)),
    ("acme.co.uk", ("acme", "co.uk", "co.uk", False)),
    ("co.uk", ("", "co.uk", "co.uk", False)),
    ("a.b.kawasaki.jp", ("a", "b.kawasaki.jp", "b.kawasaki.jp", False)),
    ("shop.city.kawasaki.jp", ("city", "kawasaki.jp", "kawasaki.jp", False)),
    ("acme.github.io", ("acme", "github.io", "io", True)),
    ("github.io", ("", "github.io", "io", True)),
    ("acme.xn--p1ai", ("acme", "xn--p1ai", "xn--p1ai", False)),
    ("acme.xn--0", ("xn--0", "", "", False)),
]


@pytest.mark.parametrize(("host", "parts"), CASES)
def test_a_host_is_split(host: str, parts: tuple[str, str, str, bool]) -> None:
    assert split_host(host) == HostParts(*parts)


@cache
def extractor() -> TLDExtract:
    return TLDExtract(cache_dir=None, suffix_list_urls=(), include_psl_private_domains=True)


def encoded(rule: str) -> str:
    labels = rule.removeprefix("!").replace("*", "any").split(".")
    return ".".join(one if one.isascii() else idna.encode(one).decode() for one in labels)


rules = st.deferred(lambda: st.sampled_from(sorted(extractor().tlds)))
prefixes = st.lists(st.sampled_from(["www", "a", "city", "co", "com", "github"]), max_size=3)


@given(prefixes, rules, st.integers(0, 2))
def test_a_host_is_split_as_tldextract_does(labels: list[str], rule: str, dropped: int) -> None:
    host = ".".join([*labels, *encoded(rule).split(".")[dropped:]])
    found: ExtractResult = extractor()(host)
    assert split_host(host) == (
        found.domain,
        found.suffix,
        found.registry_suffix,
        found.is_private,
    )
