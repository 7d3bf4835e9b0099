"""The domains that a company's site may have, by its name: which, in what order, and never others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich.finding.candidates import MOST, candidates
from enrich.finding.wanted import Lead, Wanted
from leads.lexicon.domains import host_kind, registrable
from leads.lexicon.places.countries import CODES


def domains(name: str, country: str = "", **more: object) -> list[str]:
    return [one.domain for one in candidates(Wanted(name=name, country=country, **more))]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "country", "first"),
    [
        ("Acme Pumps Ltd", "GB", "acmepumps.co.uk"),
        ("Acme Pumps Inc.", "US", "acmepumps.com"),
        ("Acme Pumps", "", "acmepumps.com"),
        ("Müller Pumpen GmbH", "DE", "muellerpumpen.de"),
        ("Ромашка ООО", "RU", "romashka.ru"),
        ("Maison Café SARL", "FR", "maisoncafe.fr"),
        ("Quorvian.ai", "NL", "quorvian.ai"),
    ],
)
def test_the_name_with_the_country_s_ending_comes_first(
    name: str, country: str, first: str
) -> None:
    found = domains(name, country)
    assert first in found[:3]


@pytest.mark.parametrize(
    ("name", "country", "domain"),
    [
        ("Müller & Söhne GmbH", "DE", "muellerundsoehne.de"),
        ("Müller & Söhne GmbH", "DE", "mueller-und-soehne.de"),
        ("Smith & Sons Ltd", "GB", "smithsons.co.uk"),
        ("The Muse", "US", "muse.com"),
        ("Acme Technologies", "US", "acme.com"),
        ("Officine Baldarelli S.r.l.", "IT", "baldarelli.it"),
        ("Kessler Drehtechnik GmbH", "DE", "kessler.de"),
        ("Jaya Tech", "US", "jaya.tech"),
        ("Handshake", "US", "joinhandshake.com"),
        ("Bonusly", "US", "bonus.ly"),
        ("Acme Pump Works Trust", "GB", "apwtrust.co.uk"),
        ("Foo Widgets (formerly Bar Gadgets Ltd)", "GB", "bargadgets.co.uk"),
    ],
)
def test_forms_of_a_name_are_among_the_candidates(name: str, country: str, domain: str) -> None:
    assert domain in domains(name, country)


def test_what_the_row_names_comes_before_what_its_name_spells() -> None:
    found = domains(
        "Acme",
        "DE",
        mail_hosts=("acme-pumpen.de",),
        leads=(Lead(domain="acme.eu", because="", weight=4),),
    )
    assert found[:2] == ["acme.eu", "acme-pumpen.de"]


@pytest.mark.parametrize("host", ["gmail.com", "t-online.de", "facebook.com", "10.0.0.1", "co.uk"])
def test_a_host_that_many_share_is_no_candidate(host: str) -> None:
    assert host not in domains(
        "Gmail", "DE", mail_hosts=(host,), leads=(Lead(domain=host, because=""),)
    )


@pytest.mark.parametrize(
    "name", ["", " ", "GmbH", "Ltd.", "The Company Ltd", "&", "\x00", "???", "🙂"]
)
def test_a_name_that_names_nobody_has_no_candidate(name: str) -> None:
    assert domains(name, "DE") == []


@pytest.mark.parametrize(
    "name", ["A" * 10_000, "Acme " * 2_000, "Acme\x00 Pumps", "\u202eacme", "a\u0308" * 5_000]
)
def test_odd_names_cost_no_more(name: str) -> None:
    assert len(domains(name, "DE")) <= MOST


def test_letters_that_look_alike_are_not_taken_for_latin_ones() -> None:
    # The first letter is Cyrillic: in its own script the domain would only look like the Latin one.
    found = domains("аcme pumps", "US")
    assert found[0] == "acmepumps.com"
    assert not [one for one in found if one.startswith("xn--")]


def test_a_name_of_another_script_may_have_a_domain_in_it() -> None:
    assert "xn--mller-kva.de" in domains("Müller GmbH", "DE")


@given(
    st.text(max_size=200),
    st.sampled_from(["", *sorted(CODES)]),
    st.lists(st.text(max_size=40), max_size=3),
)
def test_candidates_are_bounded_and_valid_for_any_name(
    name: str, country: str, hosts: list[str]
) -> None:
    wanted = Wanted(name=name, country=country, aliases=tuple(hosts), mail_hosts=tuple(hosts))
    found = candidates(wanted)
    assert len(found) <= MOST
    assert len({one.domain for one in found}) == len(found)
    assert [one.weight for one in found] == sorted((one.weight for one in found), reverse=True)
    for one in found:
        assert registrable(one.domain) == one.domain
        assert host_kind(one.domain) is None
        assert one.domain.isascii()
        assert all(0 < len(label) <= 63 for label in one.domain.split("."))
