"""`sluice registers fetch` reads a search page after page, as a user sees it."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from actions.register_output import ListOutput
from tests.console import made_registers
from tests.console.conftest import Sluice, rows_of
from tests.console.made_registers import BRREG, GOUV, units
from tests.sources.fake_sources import Answering, Asked, FakeSources, Sent, unit

server, shared, fake = made_registers.server, made_registers.shared, made_registers.fake
OSLO = ("--industry", "62.100", "--place", "0301")


def norway(every: list[dict[str, Any]]) -> Answering:
    """A search of Enhetsregisteret, page after page."""

    def answer(asked: Asked) -> Sent:
        size, page = int(asked.query["size"]), int(asked.query["page"])
        if (page + 1) * size > 10_000:
            return Sent({"status": 400}, 400)
        about = {"size": size, "totalElements": len(every), "number": page}
        some = every[page * size : (page + 1) * size]
        return Sent({"_embedded": {"enheter": some}, "page": about} if some else {"page": about})

    return answer


def test_a_search_is_read_to_its_last_page(
    fake: FakeSources, sluice: Sluice, tmp_path: Path
) -> None:
    person = {**units(1)[0], "organisasjonsform": {"kode": "ENK"}}
    ended = {**units(1)[0], "organisasjonsnummer": "999999999", "konkurs": True}
    fake.hosts[BRREG] = norway([*units(230), person, ended, units(1)[0]])
    out = tmp_path / "oslo.csv"
    done = sluice("registers", "fetch", "no", *OSLO, "--min-employees", "5", "-o", out)

    assert done.out == f"230 rows of 233 companies written to {out}\n"
    assert "1 left out: are people in business" in done.err
    assert "1 left out: have ended or are ending" in done.err
    assert "1 left out: came twice" in done.err
    assert "licence: NLOD 2.0" in done.err
    assert "distributed by Brønnøysundregistrene" in done.err
    assert len({row["register number"] for row in rows_of(out)}) == 230
    asked = [one.query for one in fake.asked[BRREG]]
    assert [one["page"] for one in asked] == ["0", "1", "2"]
    wanted = {"naeringskode": "62.100", "kommunenummer": "0301", "fraAntallAnsatte": "5"}
    assert wanted.items() <= asked[0].items()
    assert [one.name for one in tmp_path.iterdir()] == ["oslo.csv"]


def test_a_list_of_a_register_is_imported_with_its_facts(
    fake: FakeSources, sluice: Sluice, tmp_path: Path
) -> None:
    one = unit(
        "923609016",
        "FJORDVIK PUMPER AS",
        "Oslo",
        "0150",
        antallAnsatte=120,
        hjemmeside="www.fjordvik.example",
        naeringskode1={"kode": "62.100"},
    )
    fake.hosts[BRREG] = norway([one])
    out = tmp_path / "oslo.csv"
    sluice("registers", "fetch", "no", *OSLO, "-o", out)
    done = sluice("import", out)

    read = dict(
        line.strip().split(",")[0].split(" is ") for line in done.err.splitlines() if " is " in line
    )
    assert read["register number"] == "register_number"
    assert read["employees"] == "employees"
    assert read["nace rev 2.1"] == "industry"
    assert "nace2.1 62.10" in done.err


def test_an_interrupted_search_goes_on_where_it_ended(
    fake: FakeSources, sluice: Sluice, tmp_path: Path
) -> None:
    whole, out = norway(units(250)), tmp_path / "oslo.csv"
    fake.hosts[BRREG] = lambda asked: (
        Sent(b"<html>busy", 502) if asked.query["page"] == "1" else whole(asked)
    )
    ended = sluice("registers", "fetch", "no", *OSLO, "-o", out, code=1)
    assert "Enhetsregisteret (Norway): it failed (status 502)" in ended.err
    assert "the same command within 24 hours goes on where this one ended" in ended.err
    assert not out.exists()

    fake.asked.clear()
    fake.hosts[BRREG] = whole
    # Another question does not go on with the pages of this one.
    other = sluice("registers", "fetch", "no", "--place", "0301", "-o", tmp_path / "o.csv")
    assert other.out.startswith("250 rows")
    # What a process that was killed wrote of the next page is cut off.
    with (tmp_path / "oslo.csv.part").open("ab") as part:
        part.write(b'HALF A ROW,NO,"9')
    fake.asked.clear()
    done = sluice("registers", "fetch", "no", *OSLO, "-o", out, "--json").json

    assert (done["rows"], done["read"], done["taken_up_at_page"]) == (250, 250, 1)
    assert [one.query["page"] for one in fake.asked[BRREG]] == ["1", "2"]
    assert len(rows_of(out)) == 250


def test_a_search_beyond_what_the_register_shows_is_refused(
    fake: FakeSources, sluice: Sluice, tmp_path: Path
) -> None:
    every = [*units(1)] * 10_001
    fake.hosts[BRREG] = norway(every)
    out = tmp_path / "all.csv"
    done = sluice("registers", "fetch", "no", "--place", "0301", "-o", out, code=2)
    assert "10,001 companies are found, and the register shows 10,000 of a search" in done.err
    assert "narrow it, set --limit, or add --whole-file" in done.err
    assert list(tmp_path.iterdir()) == []

    fake.asked.clear()
    fake.hosts[BRREG] = norway([*units(150), *every])
    some = sluice("registers", "fetch", "no", "--place", "0301", "--limit", "120", "-o", out)
    assert some.out.startswith("120 rows")
    assert len(fake.asked[BRREG]) == 2


def _seconds_of(many: Mapping[str, str]) -> Answering:
    return lambda _: Sent({}, 429, many)


REFUSALS: Mapping[str, tuple[Answering, str, str]] = {
    "too many, for long": (
        _seconds_of({"Retry-After": "600"}),
        "it wants fewer requests (status 429)",
        "it is left alone until",
    ),
    "too many, without a word": (_seconds_of({}), "it wants fewer requests (status 429)", "until"),
    "not allowed": (lambda _: Sent({}, 403), "does not allow the request (status 403)", "later"),
    "a page": (lambda _: Sent(b"<html>Sorry"), "it sent a page instead of JSON", "later"),
    "another shape": (
        lambda _: Sent({"units": [], "page": {"totalElements": 3}}),
        "without `_embedded.enheter`: its format may have changed",
        "nothing was written",
    ),
    "other fields": (
        lambda _: Sent({"_embedded": {"enheter": [{"id": 1}]}, "page": {"totalElements": 1}}),
        "no company on the page has `organisasjonsnummer`",
        "nothing was written",
    ),
    "deep": (lambda _: Sent(b"[" * 100_000), "instead of JSON", "nothing was written"),
    "the same page": (
        lambda _: Sent({"_embedded": {"enheter": units(100)}, "page": {"totalElements": 500}}),
        "it sent the same page twice",
        "goes on where this one ended",
    ),
    "elsewhere": (
        lambda _: Sent({}, 302, {"Location": "https://elsewhere.example/"}),
        "it failed (status 302)",
        "nothing was written",
    ),
}


@pytest.mark.parametrize("refusal", REFUSALS)
def test_a_register_that_refuses_is_named_with_the_way_out(
    refusal: str, fake: FakeSources, sluice: Sluice, tmp_path: Path
) -> None:
    fake.hosts[BRREG], reason, way = REFUSALS[refusal]
    done = sluice("registers", "fetch", "no", *OSLO, "-o", tmp_path / "o.csv", code=1)
    assert reason in done.err
    assert way in done.err
    assert not (tmp_path / "o.csv").exists()


def test_a_register_that_wants_rest_is_left_alone_by_all(
    fake: FakeSources, sluice: Sluice, tmp_path: Path
) -> None:
    fake.hosts[BRREG] = _seconds_of({"Retry-After": "600"})
    sluice("registers", "fetch", "no", *OSLO, "-o", tmp_path / "o.csv", code=1)
    [resting] = sluice("enrich", "limits", "--json").json["resting"]
    assert resting["source"] == "register:no"
    fake.asked.clear()
    again = sluice("registers", "fetch", "no", *OSLO, "-o", tmp_path / "o.csv", code=4)
    assert "register:no rests until" in again.err
    assert "`sluice enrich wake register:no`" in again.err
    assert not fake.asked[BRREG]

    sluice("enrich", "wake", "register:no")
    fake.hosts[BRREG] = norway(units(1))
    sluice("registers", "fetch", "no", *OSLO, "-o", tmp_path / "o.csv")


@pytest.mark.parametrize(
    ("given", "code", "words"),
    [
        (("xx", "-o", "a.csv"), 3, "known: fr, no, fi, gb, gleif"),
        (("no", "-o", "a.csv"), 2, "searched by an industry or a place"),
        (("no", "-o", "a.csv", "--place", "Oslo"), 2, "give the number of a municipality"),
        (("no", "-o", "a.txt", *OSLO), 2, "use a name that ends in .csv"),
        (("no", "-o", "no/where/a.csv", *OSLO), 3, "make it first"),
        (("no", "-o", "-", "--whole-file", "--dry-run"), 2, "use a name that ends in .csv"),
        (("no", "-o", "a.xlsx", "--whole-file", "--dry-run"), 2, "use a name that ends in .csv"),
        (("no", "-o", "no/where/a.csv", "--whole-file", "--dry-run"), 3, "make it first"),
        (("no", "-o", "a.csv", *OSLO, "--limit", "0"), 2, "give 1 or more"),
        (("no", "-o", "a.csv", *OSLO, "--minutes", "0"), 2, "give 1 to 1,440"),
        (("no", "-o", "a.csv", *OSLO, "--min-employees", "3"), 2, "give 0, or 5 and more"),
        (
            ("fr", "-o", "a.csv", "--place", "31", "--min-employees", "9", "--max-employees", "2"),
            2,
            "give the smaller number first",
        ),
        (("no", "-o", "a.csv", *OSLO, "--min-employees", "-1"), 2, "employees -1 is negative"),
        (("no", "-o", "a.csv", *OSLO, "--max-employees", "-1"), 2, "employees -1 is negative"),
        (("no", "-o", "a.csv", "--industry", "abc"), 2, "writes them as NACE 2.1, such as 62.100"),
        (("gb", "-o", "a.csv", "--industry", "62,63"), 2, "--industry 62,63 is no code"),
        (("fr", "-o", "a.csv", "--place", "Toulouse"), 2, "give a postcode or a department"),
        (("fr", "-o", "a.csv", "--place", "31", "--whole-file"), 2, "leave out --whole-file"),
        (("fi", "-o", "a.csv", "--place", "Oulu", "--max-employees", "9"), 2, "no headcounts"),
        (("gleif", "-o", "a.csv", "--industry", "62"), 2, "leave out --industry"),
        (("no", "-o", "a.csv", *OSLO, "--again"), 2, "add --whole-file"),
        (("no", "-o", "a.csv", "--place", "0\n1"), 2, "--place is no code or place"),
    ],
)
def test_a_wrong_request_says_what_is_right(
    given: tuple[str, ...], code: int, words: str, fake: FakeSources, sluice: Sluice
) -> None:
    done = sluice("registers", "fetch", *given, code=code)
    assert words in done.err
    assert not fake.asked[BRREG]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (("-o", "a.txt", *OSLO), "use a name that ends in .csv"),
        (("-o", "a.csv", "--place", "Oslo", "--dry-run"), "give the number of a municipality"),
    ],
)
def test_a_wrong_request_is_told_before_somebody_says_who_asks(
    given: tuple[str, ...], words: str, sluice: Sluice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SLUICE_USER_AGENT")
    assert words in sluice("registers", "fetch", "no", *given, code=2).err


def test_an_output_is_replaced_only_by_force(
    fake: FakeSources, sluice: Sluice, tmp_path: Path
) -> None:
    out = tmp_path / "oslo.csv"
    out.write_text("mine\n")
    fake.hosts[BRREG] = norway(units(1))
    for more in ((), ("--dry-run",)):
        assert "--force" in sluice("registers", "fetch", "no", *OSLO, "-o", out, *more, code=4).err
    assert out.read_text() == "mine\n"
    sluice("registers", "fetch", "no", *OSLO, "-o", out, "--force")
    assert len(rows_of(out)) == 1


def test_two_commands_do_not_write_one_list(
    fake: FakeSources, sluice: Sluice, tmp_path: Path
) -> None:
    out = tmp_path / "oslo.csv"
    fake.hosts[BRREG] = norway(units(1))
    other = ListOutput(out, {})
    done = sluice("registers", "fetch", "no", *OSLO, "-o", out, code=4)
    assert f"another command writes {out} now" in done.err
    other.discard()
    sluice("registers", "fetch", "no", *OSLO, "-o", out)


def test_a_dry_run_counts_and_writes_nothing(
    fake: FakeSources, sluice: Sluice, tmp_path: Path
) -> None:
    fake.hosts[BRREG] = norway(units(250))
    out = tmp_path / "oslo.csv"
    done = sluice("registers", "fetch", "no", *OSLO, "-o", out, "--dry-run")
    assert "250 companies on 3 pages" in done.err
    assert len(fake.asked[BRREG]) == 1
    fake.hosts[BRREG] = lambda _: Sent({"_embedded": {"enheter": units(1)}})
    untold = sluice("registers", "fetch", "no", *OSLO, "-o", out, "--dry-run").err
    assert "the register does not say how many companies there are" in untold
    assert "file" not in untold
    assert list(tmp_path.iterdir()) == []


def test_france_is_searched_by_bands_and_tells_who_objects(
    fake: FakeSources, sluice: Sluice, tmp_path: Path
) -> None:
    seat = {"code_postal": "31000", "libelle_commune": "TOULOUSE", "libelle_voie": "RUE HAUTE"}
    firm = {
        "siren": "732829320",
        "nom_complet": "VALMAROUX LOGICIELS",
        "nom_raison_sociale": "VALMAROUX LOGICIELS",
        "nature_juridique": "5710",
        "etat_administratif": "A",
        "activite_principale": "62.01Z",
        "tranche_effectif_salarie": "12",
        "annee_tranche_effectif_salarie": "2023",
        "statut_diffusion": "O",
        "siege": seat,
        "finances": {"2023": {"ca": 4_200_000}},
    }
    shy = {**firm, "siren": "552100554", "nom_raison_sociale": "ORBEC", "statut_diffusion": "P"}
    fake.hosts[GOUV] = lambda _: Sent({"results": [firm, shy], "total_results": 2})
    out = tmp_path / "fr.csv"
    done = sluice(
        *("registers", "fetch", "fr", "--industry", "62.01Z", "--place", "31"),
        *("--min-employees", "15", "--max-employees", "60", "-o", out),
    )
    assert "1 left out: object to prospecting" in done.err
    [row] = rows_of(out)
    assert (row["employees"], row["turnover"]) == ("20-49", "4200000 EUR")
    assert (row["nace rev 2"], row["city"]) == ("62.01", "TOULOUSE")
    [asked] = fake.asked[GOUV]
    assert asked.query["tranche_effectif_salarie"] == "11,12,21"
    assert asked.query["departement"] == "31"


def test_the_registers_are_listed(sluice: Sluice) -> None:
    found = {one["name"]: one for one in sluice("registers", "list", "--json").json}
    assert set(found) == {"fr", "no", "fi", "gb", "gleif"}
    assert found["fr"]["most"] == 10_000
    assert found["gb"]["file"] is True
    assert found["gb"]["search"] == []
