"""Do-not-contact lists and opt-out columns: tables, single entries, and what is refused."""

from pathlib import Path

import openpyxl
import pytest

from tests.console.conftest import Sluice

ICP = "icp: all\nversion: 1\nsuspect:\n  - country: [DE]\n"


def subjects(sluice: Sluice) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for row in sluice("suppress", "list", "--json").json:
        found.setdefault(row["subject"], set()).add(f"{row['kind']} {row['key']}")
    return found


def queued(sluice: Sluice, tmp_path: Path, *rows: str, header: str, code: int = 0) -> list[str]:
    (tmp_path / "icp.yaml").write_text(ICP)
    (tmp_path / "list.csv").write_text("\n".join((header, *rows)) + "\n")
    sluice("run", tmp_path / "list.csv", "--icp", tmp_path / "icp.yaml", "--no-crawl", code=code)
    return sorted(row["name"] for row in sluice("queue", "show", "--json").json)


def test_a_table_is_read_by_its_columns(sluice: Sluice, tmp_path: Path) -> None:
    file = tmp_path / "sperrliste.csv"
    file.write_text(
        "Firma;Land;Telefon;E-Mail;Webseite\n"
        "Zeta Werke GmbH;DE;030 23125199;Kim@zeta.example;www.zeta.example\n"
        ";AT;01 5120099;;\n"
        ";;;;\n"
        "Omega AG;;030 1;;\n"
    )
    done = sluice("suppress", "import", file, "--json", code=5)
    assert (done.json["new"], done.json["known"], done.json["rejected"]) == (3, 0, 0)
    assert "Firma is company" in done.err
    assert "line 5: stored without this" in done.err
    assert subjects(sluice) == {
        "Zeta Werke GmbH": {
            "company werkezeta",
            "company zetawerke",
            "domain zeta.example",
            "email kim@zeta.example",
            "phone +493023125199",
        },
        "01 5120099": {"phone +4315120099"},
        "Omega AG": {"company omega"},
    }
    assert sluice("suppress", "import", file, "--json", code=5).json["known"] == 3


def test_a_workbook_and_jsonl_are_read_too(sluice: Sluice, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (["Société", "Site web"], ["Merle SARL", "https://merle.example/fr"]):
        book.worksheets[0].append(row)
    book.save(tmp_path / "opposition.xlsx")
    (tmp_path / "dnc.jsonl").write_text(
        '{"phone": "+49 30 23125199"}\n{"domain": "zeta.example"}\n'
    )
    sluice("suppress", "import", tmp_path / "opposition.xlsx")
    sluice("suppress", "import", "-", stdin=(tmp_path / "dnc.jsonl").read_text())
    assert set(subjects(sluice)) == {"Merle SARL", "+49 30 23125199", "zeta.example"}


def test_a_table_that_names_nobody_is_refused(sluice: Sluice, tmp_path: Path) -> None:
    (tmp_path / "odd.csv").write_text("City,Country\nKassel,DE\n")
    assert "--map name=COLUMN" in sluice("suppress", "import", tmp_path / "odd.csv", code=2).err
    (tmp_path / "bare.csv").write_text("Zeta GmbH,Kassel,DE\nOmega AG,Berlin,DE\n")
    assert (
        "no line that names them" in sluice("suppress", "import", tmp_path / "bare.csv", code=2).err
    )
    assert subjects(sluice) == {}


@pytest.mark.parametrize(
    ("line", "kind", "country"),
    [
        ("030 23125199", "phone", "DE"),
        ("Tel.: 0221/660199", "phone", "DE"),
        ("Téléphone : 01 42 68 53 99", "phone", "FR"),
        ("020 7946 0999", "phone", "GB"),
        ("+48 (0) 22 512 12 99", "phone", None),
        ("E-Mail: info@zeta.example", "email", None),
        ("Web: www.zeta.example", "domain", None),
        ("• Zeta GmbH", "company", None),
        ("Zeta, Omega &amp; Co. KG", "company", None),
        ("030 23125199", None, None),
        ("Zeta GmbH 030 23125199", None, "DE"),
        ("Zeta GmbH; zeta.example", None, None),
        ("Zeta GmbH, zeta.example", None, None),
        ("a@zeta.example, b@zeta.example", None, None),
        ("nobody@", None, None),
        ("https://", None, None),
        ("zeta.exampel", None, None),
    ],
)
def test_a_single_entry_is_read_as_what_it_looks_like_or_refused(
    sluice: Sluice, tmp_path: Path, line: str, kind: str | None, country: str | None
) -> None:
    (tmp_path / "list.txt").write_text(f"# by letter\n{line}\n")
    wanted = ("--country", country) if country else ()
    done = sluice("suppress", "import", tmp_path / "list.txt", *wanted, code=0 if kind else 5)
    if kind is None:
        assert "line 2: " in done.err
    stored = {row["kind"] for row in sluice("suppress", "list", "--json").json}
    assert stored - {"company"} == ({kind} - {"company", None})
    assert bool(stored) == bool(kind)


def test_a_number_in_national_form_is_one_of_the_countries_that_the_file_shows(
    sluice: Sluice, tmp_path: Path
) -> None:
    (tmp_path / "list.txt").write_text("+49 40 30012399\n030 23125199\n+33 1 42 68 53 99\n")
    done = sluice("suppress", "import", tmp_path / "list.txt", "--json")
    assert done.json["new"] == 3
    assert "DE and FR, as other numbers of the file show" in done.err
    assert "phone +493023125199" in subjects(sluice)["030 23125199"]


def test_the_owner_of_a_shared_host_is_suppressed_and_nobody_else(
    sluice: Sluice, tmp_path: Path
) -> None:
    added = sluice("suppress", "add", "gitlab.com")
    assert "the company named 'gitlab' only" in added.err
    names = queued(
        sluice,
        tmp_path,
        "GitLab Inc.,https://about.gitlab.com,DE",
        "Zeta GmbH,https://gitlab.com/zeta,DE",
        header="name,website,country",
    )
    assert names == ["Zeta GmbH"]
    assert "shared by many" in sluice("suppress", "add", "gmail.com", code=2).err
    assert "shared by many" in sluice("suppress", "add", "https://gitlab.com/zeta", code=2).err


@pytest.mark.parametrize(
    ("header", "yes", "no"),
    [
        ("Do Not Call", "yes", "no"),
        ("HasOptedOutOfEmail", "TRUE", "FALSE"),
        ("Robinsonliste", "x", ""),
        ("Gesperrt am", "01.02.2026", ""),
        ("Ne pas appeler", "oui", "non"),
        ("Bloctel", "1", "0"),
        ("No llamar", "Sí", "No"),
        ("Registro delle opposizioni", "vero", "no"),
        ("Niet bellen", "ja", "nee"),
        ("Nie dzwonić", "tak", "nie"),
        ("連絡不可", "はい", "いいえ"),
        ("Не звонить", "да", "нет"),
        ("May contact", "no", "yes"),
        ("Kontakt erlaubt", "nein", "ja"),
    ],
)
def test_an_opt_out_column_suppresses_its_rows(
    sluice: Sluice, tmp_path: Path, header: str, yes: str, no: str
) -> None:
    names = queued(
        sluice,
        tmp_path,
        f"Zeta GmbH,DE,{yes}",
        f"Omega AG,DE,{no}",
        header=f"name,country,{header}",
    )
    assert names == ["Omega AG"]


def test_a_status_that_says_it_suppresses_too(sluice: Sluice, tmp_path: Path) -> None:
    rows = ("Zeta GmbH,DE,Do not contact", "Omega AG,DE,Active", "Sigma KG,DE,nicht anrufen")
    assert queued(sluice, tmp_path, *rows, header="name,country,Status") == ["Omega AG"]
    assert "list list, Status: Do not contact" in str(sluice("suppress", "list", "--json").json)


def test_an_unclear_opt_out_stops_the_import_and_asks(sluice: Sluice, tmp_path: Path) -> None:
    rows = ("name,country,Opt out", "Zeta GmbH,DE,see note", "Omega AG,DE,no")
    (tmp_path / "fair.csv").write_text("\n".join(rows) + "\n")
    stopped = sluice("import", tmp_path / "fair.csv", code=2)
    assert "'see note' (line 2)" in stopped.err
    assert "--opt-out-column 'Opt out'" in stopped.err
    sluice("import", tmp_path / "fair.csv", "--map", "keep=Opt out")
    assert subjects(sluice) == {}
    told = sluice("import", tmp_path / "fair.csv", "--opt-out-column", "Opt out")
    assert "1 row says that they must not be contacted" in told.err
    assert set(subjects(sluice)) == {"Zeta GmbH"}


def test_an_entity_in_a_name_is_the_character(sluice: Sluice, tmp_path: Path) -> None:
    sluice("suppress", "add", "O'Kestrel &amp; Sons Ltd")
    rows = ("O&#039;Kestrel &amp; Sons Ltd,DE", "Falke &amp; S&ouml;hne GmbH,DE")
    assert queued(sluice, tmp_path, *rows, header="name,country") == ["Falke & Söhne GmbH"]


@pytest.mark.parametrize(
    ("cell", "suppressed"),
    [("Do not contact", True), ("no", True), ("yes", False), ("DNC", True)],
)
def test_a_permission_column_may_say_do_not_contact(
    cell: str, suppressed: bool, sluice: Sluice, tmp_path: Path
) -> None:
    (tmp_path / "dnc.csv").write_text(f"Company,Contact allowed\nZeta GmbH,{cell}\n")
    done = sluice("suppress", "import", tmp_path / "dnc.csv", "--json", code=None).json
    assert (done["new"] == 1) is suppressed


def test_a_row_stops_the_channel_that_it_names_else_that_of_the_option(
    sluice: Sluice, tmp_path: Path
) -> None:
    file = tmp_path / "dnc.csv"
    file.write_text(
        "email,channel\n"
        "a@zeta.example,E-Mail\n"
        "b@zeta.example,all\n"
        "c@zeta.example,\n"
        "d@zeta.example,pigeon\n"
    )
    done = sluice("suppress", "import", file, "--channel", "phone", "--json", code=5)
    assert done.json["new"] == 4
    assert "line 5: stored without this: 'pigeon' is no channel" in done.err
    found = {row["subject"]: row["channel"] for row in sluice("suppress", "list", "--json").json}
    assert found == {
        "a@zeta.example": "email",
        "b@zeta.example": None,
        "c@zeta.example": "phone",
        "d@zeta.example": None,
    }
    assert "is not a channel" in sluice("suppress", "import", file, "--channel", "fax", code=2).err


@pytest.mark.parametrize(
    ("cells", "options"),
    [("Partner", ()), ("https://videos.example/zeta", ()), ("email", ("--map", "keep=Channel"))],
)
def test_a_column_channel_of_another_meaning_is_not_read(
    sluice: Sluice, tmp_path: Path, cells: str, options: tuple[str, ...]
) -> None:
    (tmp_path / "dnc.csv").write_text(f"Company,Channel\nZeta GmbH,{cells}\n")
    sluice("suppress", "import", tmp_path / "dnc.csv", *options)
    assert {row["channel"] for row in sluice("suppress", "list", "--json").json} == {None}


def test_a_formula_names_nobody(sluice: Sluice, tmp_path: Path) -> None:
    file = tmp_path / "dnc.csv"
    file.write_text(
        "Company,E-Mail\n"
        "\"=cmd|'/C calc'!A0\",a@zeta.example\n"
        '"\'=HYPERLINK(""http://zeta.example"")",\n'
        "+SUM(1+1)*cmd|' /C calc'!A0,\n"
        "Zeta GmbH,\n"
    )
    done = sluice("suppress", "import", file, "--json", code=5)
    assert (done.json["new"], done.json["rejected"]) == (2, 2)
    assert set(subjects(sluice)) == {"a@zeta.example", "Zeta GmbH"}
    assert "is a formula" in sluice("suppress", "add", "=1+1", "--kind", "company", code=2).err


def test_entries_that_add_nothing_are_known(sluice: Sluice, tmp_path: Path) -> None:
    file = tmp_path / "dnc.csv"
    file.write_text(
        "name,email,channel,until\n"
        "Zeta GmbH,a@zeta.example,,\n"
        "ZETA GmbH,A@zeta.example,email,\n"
        "Zeta GmbH,a@zeta.example,,2099-01-31\n"
        "Zeta GmbH,b@zeta.example,email,2099-01-31\n"
        "Zeta GmbH,b@zeta.example,email,\n"
        "Zeta GmbH,b@zeta.example,phone,\n"
    )
    first = sluice("suppress", "import", file, "--json").json
    assert (first["new"], first["known"]) == (3, 3)
    assert sluice("suppress", "import", file, "--json").json["known"] == 6

    # A part of what is known adds nothing; a name with another address does.
    file.write_text("name,email\n,a@zeta.example\nZeta GmbH,c@zeta.example\n,b@zeta.example\n")
    again = sluice("suppress", "import", file, "--json").json
    assert (again["new"], again["known"]) == (2, 1)
