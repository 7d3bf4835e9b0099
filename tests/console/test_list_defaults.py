"""What counts for a whole list: a client's default country, --currency, and an --encoding."""

from pathlib import Path

import pytest

from intake.field_groups import field_groups
from intake.mapping import fields
from tests.console.conftest import Sluice

pytestmark = pytest.mark.usefixtures("database")
ICP = "icp: all\nversion: 1\nsuspect:\n  - country: [GB]\n"
BARE = "Company,Phone\nOrrin Castings,020 7946 0011\nPell Looms,0161 496 0022\n"


def countries(sluice: Sluice, *arguments: object) -> str:
    return sluice("import", *arguments, "--client", "thistle", "--dry-run").err


class TestClientsCountry:
    """A client's own country counts for a list that neither states nor shows one."""

    @pytest.fixture
    def thistle(self, sluice: Sluice) -> None:
        sluice("client", "add", "thistle")
        said = sluice("client", "set", "thistle", "--country", "united kingdom")
        assert said.out.strip() == "default country: GB"

    def test_it_is_shown_and_cleared(self, sluice: Sluice, thistle: None) -> None:
        (row,) = sluice("client", "list", "--json").json
        assert row["country"] == "GB"
        assert sluice("client", "show", "thistle", "--json").json["country"] == "GB"
        sluice("client", "set", "thistle", "--no-country")
        assert sluice("client", "show", "thistle", "--json").json["country"] is None

    def test_a_slip_is_refused(self, sluice: Sluice, thistle: None) -> None:
        said = sluice("client", "set", "thistle", "--country", "Atlantis", code=2)
        assert "'Atlantis' is not a country" in said.err
        assert "--no-country" in sluice("client", "set", "thistle", code=2).err
        assert "thisle" in sluice("client", "set", "thisle", "--country", "GB", code=None).err

    def test_a_list_without_a_country_is_read_with_it(
        self, sluice: Sluice, tmp_path: Path, thistle: None
    ) -> None:
        file = tmp_path / "bare.csv"
        file.write_text(BARE)
        said = countries(sluice, file)
        assert "no country column: GB, the client's default; --country says otherwise" in said
        assert '"020 7946 0011" → +442079460011' in said

    def test_a_run_uses_it_too(self, sluice: Sluice, tmp_path: Path, thistle: None) -> None:
        (tmp_path / "bare.csv").write_text(BARE)
        (tmp_path / "icp.yaml").write_text(ICP)
        icp = tmp_path / "icp.yaml"
        run = ("run", tmp_path / "bare.csv", "--icp", icp, "--client", "thistle", "--no-crawl")
        assert "GB, the client's default" in sluice(*run).err
        queued = sluice("queue", "show", "--client", "thistle", "--json").json
        assert sorted(row["name"] for row in queued) == ["Orrin Castings", "Pell Looms"]

    @pytest.mark.parametrize(
        ("text", "told"),
        [
            ("Company,Country\nOrrin,FR\nPell,\n", ()),
            ("Firma,Ort\n" + "".join(f"Orrin {n} GmbH,Kassel {n}\n" for n in "ABC"), ("DE",)),
            ("Company,State,Zip\nOrrin,TX,78701\nPell,OR,97201\nTor,OH,43004\n", ()),
            (BARE, ("IE",)),
        ],
    )
    def test_what_the_list_or_the_user_says_comes_first(
        self, sluice: Sluice, tmp_path: Path, thistle: None, text: str, told: tuple[str, ...]
    ) -> None:
        file = tmp_path / "list.csv"
        file.write_text(text)
        options = ["--country", *told] if told else []
        assert "the client's default" not in countries(sluice, file, *options)

    def test_a_row_that_shows_another_country_stays_without_one(
        self, sluice: Sluice, tmp_path: Path, thistle: None
    ) -> None:
        rows = ["Orrin Castings,", "Pell Looms,", "Tor Mills,", "Brack Werkzeuge GmbH,34117"]
        (tmp_path / "mixed.csv").write_text("\n".join(("Company,Postcode", *rows)) + "\n")
        (tmp_path / "icp.yaml").write_text(ICP)
        icp = tmp_path / "icp.yaml"
        run = ("run", tmp_path / "mixed.csv", "--icp", icp, "--client", "thistle", "--no-crawl")
        sluice(*run)
        queued = sluice("queue", "show", "--client", "thistle", "--json").json
        assert sorted(row["name"] for row in queued) == [
            "Orrin Castings",
            "Pell Looms",
            "Tor Mills",
        ]

    def test_numbers_on_a_do_not_contact_list_are_read_with_it(
        self, sluice: Sluice, tmp_path: Path, thistle: None
    ) -> None:
        file = tmp_path / "dnc.csv"
        file.write_text("Phone\n020 7946 0011\n")
        said = sluice("suppress", "import", file, "--client", "thistle")
        assert "phone numbers in national form: GB, the client's default" in said.err
        known = sluice("suppress", "check", "+44 20 7946 0011", "--client", "thistle", "--json")
        assert known.json
        added = sluice("suppress", "add", "0161 496 0022", "--client", "thistle", "--json").json
        assert added["kind"] == "phone"
        assert sluice("suppress", "check", "0161 496 0022", "--client", "thistle", "--json").json


class TestUnread:
    """Cells that only lack the country or currency of the list say which option states it."""

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("公司名称,电话\n青石机械,0512-87654321\n白杨纺织,021-60001234\n", "--country CODE"),
            ("Firma;Telefon\nOrrin;0561 7004411\nPell;0561 7004412\n", "--country CODE"),
            ("Société,Téléphone\nOrrin,01 99 00 12 34\nPell,04 65 71 12 34\n", "--country CODE"),
            ("Company,Fax\nOrrin,(512) 555-0134\nPell,(512) 555-0135\n", "--country CODE"),
            ("Company,Revenue\nOrrin,8500000\nPell,9200000\n", "--currency CODE"),
            ("Empresa;Facturación\nOrrin;8,5 millones\nPell;9 millones\n", "--currency CODE"),
        ],
    )
    def test_the_hint_names_the_option(
        self, sluice: Sluice, tmp_path: Path, text: str, said: str
    ) -> None:
        file = tmp_path / "list.csv"
        file.write_text(text)
        told = sluice("import", file, "--dry-run").err
        assert f"state it for the whole list: {said}" in told
        assert "to read another column" not in told

    def test_with_the_option_they_are_read(self, sluice: Sluice, tmp_path: Path) -> None:
        file = tmp_path / "list.csv"
        file.write_text("Company,Phone,Revenue\nOrrin,0561 7004411,8500000\n")
        options = ("--country", "DE", "--currency", "EUR")
        told = sluice("import", file, "--dry-run", *options).err
        assert "→ +495617004411" in told
        assert "→ 8,500,000 EUR" in told
        out = ("-o", tmp_path / "out.csv")
        told = sluice("cluster", file, *out, *options).err
        assert "→ 8,500,000 EUR" in told
        right = ("--right-country", "DE", "--right-currency", "CHF", "--force")
        assert "→ 8,500,000 CHF" in sluice("link", file, file, *out, *options, *right).err
        assert (
            "'XYZ' is not a known currency"
            in sluice("cluster", file, "-o", tmp_path / "o.csv", "--currency", "XYZ", code=2).err
        )

    def test_numbers_of_no_country_are_not_promised(self, sluice: Sluice, tmp_path: Path) -> None:
        file = tmp_path / "list.csv"
        file.write_text("Company,Phone\nOrrin,12345\nPell,54321\nTor,n/a\n")
        assert "--country CODE" not in sluice("import", file, "--dry-run").err


class TestNoRows:
    """A file with a header and nothing below it makes no list."""

    @pytest.mark.parametrize("text", ["Company,City\n", "Firma;Ort\n;\n ; \n", "name\n\n\n"])
    def test_it_is_refused(self, sluice: Sluice, tmp_path: Path, text: str) -> None:
        file = tmp_path / "empty.csv"
        file.write_text(text)
        said = sluice("import", file, code=2).err
        assert "has a header and no row below it: nothing was stored" in said
        assert sluice("lists", "--json").json == []


class TestEncodingOfARun:
    """`run --encoding` is for the lists that need it; the others are read as they are."""

    def test_each_list_is_read_in_its_own_encoding(self, sluice: Sluice, tmp_path: Path) -> None:
        (tmp_path / "icp.yaml").write_text(ICP)
        companies = {
            "old": "Žďár Castings",
            "new": "Łódź Looms",
            "bom": "Győr Mills",
            "wide": "Škoříč Tools",
            "plain": "Orrin",
        }
        for name, encoding in (
            ("old", "cp1250"),
            ("new", "utf-8"),
            ("bom", "utf-8-sig"),
            ("wide", "utf-16"),
            ("plain", "ascii"),
        ):
            text = f"Company,Country\n{companies[name]},GB\n"
            (tmp_path / f"{name}.csv").write_bytes(text.encode(encoding))
        files = [tmp_path / f"{name}.csv" for name in companies]
        icp = tmp_path / "icp.yaml"
        said = sluice("run", *files, "--icp", icp, "--no-crawl", "--encoding", "cp1250")
        names = {row["name"] for row in sluice("queue", "show", "--json").json}
        assert names == set(companies.values())
        assert said.err.count("it is valid UTF-8, so --encoding cp1250 was not used") == 2
        assert said.err.count("it is valid UTF-16, so --encoding cp1250 was not used") == 1

    def test_an_import_takes_the_users_word(self, sluice: Sluice, tmp_path: Path) -> None:
        file = tmp_path / "list.csv"
        file.write_bytes("公司名称\n联通\n".encode("gbk"))
        said = sluice("import", file, "--encoding", "gbk", "--dry-run").err
        assert "公司名称 is name" in said


def test_every_field_of_map_is_named(sluice: Sluice, tmp_path: Path) -> None:
    help_text = " ".join(sluice("import", "--help").out.split())
    groups = "; ".join(field_groups())
    file = tmp_path / "list.csv"
    file.write_text("Company\nOrrin\n")
    refused = sluice("import", file, "--map", "nmae=Company", code=2).err
    assert "did you mean 'name'?" in refused
    for field in sorted(fields()):
        name = field.removeprefix("personal:")
        assert name in help_text
        assert name in groups
        assert name in refused


class TestStatedBefore:
    """What the user stated for a list counts for its next file, until stated otherwise."""

    MORE = BARE + "Tarn Mills,020 7946 0033\n"

    @pytest.fixture
    def file(self, sluice: Sluice, tmp_path: Path) -> Path:
        file = tmp_path / "bare.csv"
        file.write_text(BARE)
        sluice("import", file, "--country", "GB", "--currency", "GBP")
        return file

    def test_the_next_file_is_read_as_before(self, sluice: Sluice, file: Path) -> None:
        file.write_text(self.MORE)
        said = sluice("import", file)
        assert "country GB, as stated for the last import: state another, or `none`" in said.err
        assert "currency GBP, as stated for the last import" in said.err
        assert "3 rows, 1 imported, 0 updated, 2 duplicate" in said.out
        assert "as stated for the last import" in sluice("import", file, "--dry-run").err

    def test_an_option_says_otherwise_and_is_kept(self, sluice: Sluice, file: Path) -> None:
        said = sluice("import", file, "--country", "IE")
        assert "country IE" not in said.err
        assert "currency GBP, as stated for the last import" in said.err
        assert "country IE, as stated" in sluice("import", file, "--dry-run").err

    def test_none_takes_it_back(self, sluice: Sluice, file: Path) -> None:
        file.write_text(self.MORE)
        said = sluice("import", file, "--country", "none", "--currency", "NONE")
        assert "as stated" not in said.err
        assert "as stated" not in sluice("import", file, "--dry-run").err

    def test_another_list_is_not_concerned(self, sluice: Sluice, file: Path) -> None:
        assert "as stated" not in sluice("import", file, "--name", "other").err
