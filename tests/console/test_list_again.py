"""A list comes again: companies stay who they are, and nothing is lost because a file was short,
broken or another one.
"""

from pathlib import Path

import pytest

from tests.console.conftest import Ran, Sluice

ICP = """
icp: makers
version: 1
company_is: legal_entity
suspect:
  - country: [DE]
prospect:
  - uses: [python]
"""
HEADER = "name,domain,country,employees,technologies\n"
NORDWIND = "Nordwind GmbH,nordwind.example,DE,120,python\n"
SUEDLICHT = "Suedlicht AG,suedlicht.example,DE,20,python\n"
CUSTOMERS = [
    f"{name},{name.lower()}.example"
    for name in ("Nordwind", "Suedlicht", "Ostsee", "Westtor", "Kleinod", "Alpenglas", "Bergwerk")
]


pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "icp.yaml").write_text(ICP, "utf-8")
    write(tmp_path / "fair.csv", HEADER, NORDWIND, SUEDLICHT)
    return tmp_path


def write(path: Path, *parts: str) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_text("".join(parts), "utf-8")
    return path


def customers(path: Path, rows: list[str], *more: str) -> Path:
    return write(path / "customers.csv", "name,domain\n", *[f"{row}\n" for row in rows], *more)


def run(sluice: Sluice, files: Path, *lists: Path) -> Ran:
    return sluice(
        "run", *(lists or [files / "fair.csv"]), "--icp", files / "icp.yaml", "--no-crawl", "--json"
    )


def company_of(sluice: Sluice, name: str) -> str:
    found: str = sluice("dedupe", "explain", name, "--json").json["company"]["id"]
    return found


def win(sluice: Sluice, name: str) -> None:
    while sluice("queue", "next", "--as", "ann", "--json").json["company"]["name"] != name:
        sluice("queue", "done", "no_answer", "--as", "ann")
    sluice("queue", "done", "interested", "--as", "ann")


def stages(ran: Ran) -> dict[str, int]:
    return {name: count for name, count in ran.json["stages"].items() if count}


def records(sluice: Sluice, name: str, client: str = "default") -> int:
    return next(
        (
            one["records"]
            for one in sluice("lists", "--client", client, "--json").json
            if one["name"] == name
        ),
        0,
    )


class TestACompanyStaysWhoItIs:
    def test_when_its_only_row_is_corrected(self, sluice: Sluice, files: Path) -> None:
        run(sluice, files)
        was = company_of(sluice, "Nordwind GmbH")
        win(sluice, "Nordwind GmbH")
        write(files / "fair.csv", HEADER, NORDWIND.replace("120", "140"), SUEDLICHT)
        assert sluice("import", files / "fair.csv", "--json").json["updated"] == 1
        assert company_of(sluice, "Nordwind GmbH") == was
        assert stages(run(sluice, files)) == {"lead": 1, "prospect": 1}
        assert "Nordwind GmbH" not in [
            row["name"] for row in sluice("queue", "show", "--json").json
        ]

    def test_when_the_corrected_row_has_another_name(self, sluice: Sluice, files: Path) -> None:
        write(files / "fair.csv", "id," + HEADER, "7," + NORDWIND)
        run(sluice, files)
        was = company_of(sluice, "Nordwind GmbH")
        write(files / "fair.csv", "id," + HEADER, "7," + NORDWIND.replace("Nordwind", "Northwind"))
        run(sluice, files)
        assert company_of(sluice, "Northwind GmbH") == was
        assert sluice("dedupe", "explain", "Nordwind GmbH", code=3).err

    def test_when_its_list_is_undone_and_comes_again(self, sluice: Sluice, files: Path) -> None:
        run(sluice, files)
        was = company_of(sluice, "Nordwind GmbH")
        win(sluice, "Nordwind GmbH")
        sluice("lists", "undo", "fair")
        assert sluice("dedupe", "explain", was, code=3).err
        assert sluice("queue", "show", "--json").json == []
        assert records(sluice, "fair") == 0
        write(
            files / "friday.csv",
            HEADER,
            NORDWIND.replace("120", "99"),
            "Flachland AG,flachland.example,DE,9,python\n",
        )
        assert stages(run(sluice, files, files / "friday.csv")) == {"lead": 1, "prospect": 1}
        assert company_of(sluice, "Nordwind GmbH") == was
        assert [row["name"] for row in sluice("queue", "show", "--json").json] == ["Flachland AG"]

    def test_when_the_correction_is_undone(self, sluice: Sluice, files: Path) -> None:
        run(sluice, files)
        was = company_of(sluice, "Nordwind GmbH")
        win(sluice, "Nordwind GmbH")
        write(files / "fair.csv", HEADER, NORDWIND.replace("DE", "FR"), SUEDLICHT)
        run(sluice, files)
        sluice("lists", "undo", "fair")
        assert company_of(sluice, "Nordwind GmbH") == was
        assert sluice("campaign", "show", "makers", "--json").json["by_fit"] == {"prospect": 2}
        write(files / "fair.csv", HEADER, NORDWIND, SUEDLICHT)
        assert stages(run(sluice, files)) == {"lead": 1, "prospect": 1}

    def test_when_it_was_merged_while_a_row_of_it_did_not_count(
        self, sluice: Sluice, files: Path
    ) -> None:
        twin = write(
            files / "twin.csv",
            HEADER,
            NORDWIND.replace("Nordwind", "Windnord"),
            "Flachland AG,flachland.example,DE,9,python\n",
        )
        other = write(
            files / "other.csv", HEADER, "Windnord Maschinen GmbH,windnord.example,DE,9,python\n"
        )
        run(sluice, files, twin, other)
        win(sluice, "Windnord Maschinen GmbH")
        sluice("dedupe", "merge", "windnord maschinen", "nordwind.example")
        was = company_of(sluice, "windnord")
        sluice("lists", "undo", "twin")
        sluice("lists", "undo", "other")
        assert sluice("dedupe", "explain", was, code=3).err
        run(sluice, files, other)
        assert company_of(sluice, "windnord") == was
        assert stages(run(sluice, files, other)) == {"lead": 1}

    def test_when_two_rows_that_say_the_same_are_two_companies(
        self, sluice: Sluice, files: Path
    ) -> None:
        write(
            files / "fair.csv",
            "id,name,country,technologies\n",
            "1,Pulse GmbH,DE,python\n",
            "2,Pulse GmbH,DE,python\n",
        )
        run(sluice, files)
        sluice("dedupe", "split", "Pulse GmbH")
        before = by_row(sluice)
        assert len(set(before.values())) == 2
        sluice("lists", "undo", "fair")
        write(
            files / "fair.csv",
            "id,name,country,technologies\n",
            "2,Pulse GmbH,DE,python\n",
            "1,Pulse GmbH,DE,python\n",
        )
        run(sluice, files)
        assert by_row(sluice) == before


def by_row(sluice: Sluice) -> dict[str, str]:
    shown = [
        sluice("queue", "show", row["company_id"], "--json").json
        for row in sluice("queue", "show", "--json").json
    ]
    ids = [one["company"]["id"] for one in shown]
    explained = [sluice("dedupe", "explain", one, "--json").json for one in ids]
    return {
        record["raw"]["id"]: one["company"]["id"] for one in explained for record in one["records"]
    }


class TestAnExcludingListFailsClosed:
    @pytest.mark.parametrize(
        ("rows", "tail", "withdrawn", "withheld"),
        [
            pytest.param(CUSTOMERS[:6], "", 1, 0, id="one customer less"),
            pytest.param(
                CUSTOMERS[:5],
                ",nameless.example\n",
                0,
                2,
                id="a row was rejected: it may be one of those that seem to be missing",
            ),
            pytest.param(CUSTOMERS[:5], "Bergw", 0, 2, id="the file is cut off"),
            pytest.param(CUSTOMERS[:2], "", 0, 5, id="more than half would be called from now on"),
            pytest.param(CUSTOMERS[:3], "", 4, 0, id="more than half, but a few only"),
        ],
    )
    def test_what_a_new_file_withdraws(
        self, sluice: Sluice, files: Path, rows: list[str], tail: str, withdrawn: int, withheld: int
    ) -> None:
        sluice("import", customers(files, CUSTOMERS), "--role", "customers")
        ran = sluice("import", customers(files, rows, tail), "--json", code=None)
        assert (ran.json["withdrawn"], ran.json["withheld"]) == (withdrawn, withheld)
        assert records(sluice, "customers") == len(CUSTOMERS) - withdrawn
        assert ("stay" in ran.err) is bool(withheld)

    def test_another_file_of_that_name_withdraws_nobody(self, sluice: Sluice, files: Path) -> None:
        sluice("import", customers(files, CUSTOMERS[:3]), "--role", "customers")
        other = customers(files / "other", CUSTOMERS[3:4])
        assert "names none of them" in sluice("import", other, "--role", "customers").err
        assert records(sluice, "customers") == 4
        found = sluice("import", other, "--name", "customers", "--replace", "--json").json
        assert found["withdrawn"] == 3

    def test_the_user_may_say_that_most_are_no_customers_any_more(
        self, sluice: Sluice, files: Path
    ) -> None:
        sluice("import", customers(files, CUSTOMERS), "--role", "customers")
        customers(files, CUSTOMERS[:1])
        assert "--replace" in sluice("import", files / "customers.csv").err
        found = sluice("import", files / "customers.csv", "--replace", "--json").json
        assert (found["withdrawn"], found["withheld"]) == (6, 0)
        assert records(sluice, "customers") == 1

    def test_no_word_of_the_user_withdraws_what_a_rejected_row_may_name(
        self, sluice: Sluice, files: Path
    ) -> None:
        sluice("import", customers(files, CUSTOMERS), "--role", "customers")
        found = sluice(
            "import",
            customers(files, CUSTOMERS[:1], ",bergwerk.example\n"),
            "--replace",
            "--json",
            code=5,
        ).json
        assert (found["withdrawn"], found["withheld"]) == (0, 6)

    def test_rows_are_added_without_withdrawing_any(self, sluice: Sluice, files: Path) -> None:
        sluice("import", customers(files, CUSTOMERS), "--role", "customers")
        more = write(files / "more.csv", "name,domain\nTalstation,talstation.example\n")
        found = sluice("import", more, "--name", "customers", "--add", "--json").json
        assert (found["imported"], found["withdrawn"], found["withheld"]) == (1, 0, 0)
        (one,) = sluice("lists", "--json").json
        assert (one["role"], one["records"]) == ("customers", 8)

    def test_the_reject_file_goes_back_into_its_own_list(
        self, sluice: Sluice, files: Path, home: Path
    ) -> None:
        sluice("client", "add", "north")
        customers(files, CUSTOMERS[:1], ",bergwerk.example\n")
        refused = sluice(
            "import",
            files / "customers.csv",
            "--role",
            "customers",
            "--client",
            "north",
            "--name",
            "our customers",
            "--json",
            code=5,
        )
        (rejects,) = (home / "rejects").iterdir()
        hint = refused.error["hint"]
        assert f"`sluice import {rejects} --name 'our customers' --add --client north`" in hint
        rejects.write_text(
            rejects.read_text("utf-8").replace(",bergwerk", "Bergwerk,bergwerk", 1), "utf-8"
        )
        sluice("import", rejects, "--name", "our customers", "--add", "--client", "north")
        (one,) = sluice("lists", "--client", "north", "--json").json
        assert (one["name"], one["role"], one["records"]) == ("our customers", "customers", 2)

    def test_nothing_is_added_to_a_list_that_is_not_there(
        self, sluice: Sluice, files: Path
    ) -> None:
        assert (
            "custmers"
            in sluice(
                "import",
                customers(files, CUSTOMERS),
                "--name",
                "custmers",
                "--add",
                "--json",
                code=3,
            ).error["message"]
        )
        assert sluice("import", files / "customers.csv", "--add", "--replace", code=2).err
        assert sluice("lists", "--json").json == []


class TestAnotherFileOfTheSameName:
    THEIRS = ("Firma;Ort;Land\n", "Ostsee Pumpen GmbH;Kiel;DE\n")

    def both(self, files: Path) -> tuple[Path, Path]:
        return write(files / "a" / "liste.csv", HEADER, NORDWIND), write(
            files / "b" / "liste.csv", *self.THEIRS
        )

    def test_an_import_is_refused_until_the_user_says_so(self, sluice: Sluice, files: Path) -> None:
        ours, theirs = self.both(files)
        sluice("import", ours)
        refused = sluice("import", theirs, "--json", code=2).error
        assert "'liste'" in refused["message"]
        assert "--name" in refused["hint"]
        assert records(sluice, "liste") == 1
        sluice("import", theirs, "--name", "theirs")
        assert (records(sluice, "liste"), records(sluice, "theirs")) == (1, 1)
        sluice("import", theirs, "--name", "liste")
        assert records(sluice, "liste") == 2

    def test_adding_to_the_list_says_so_too(self, sluice: Sluice, files: Path) -> None:
        ours, theirs = self.both(files)
        sluice("import", ours)
        sluice("import", theirs, "--add")
        assert records(sluice, "liste") == 2

    def test_a_run_names_it_with_its_folder(self, sluice: Sluice, files: Path) -> None:
        ours, theirs = self.both(files)
        run(sluice, files, ours)
        for _ in range(2):
            found = run(sluice, files, theirs).json
            assert found["records"]["in"] == found["companies"] == 1
            assert (records(sluice, "liste"), records(sluice, "b-liste")) == (1, 1)

    def test_a_run_refuses_when_that_name_is_taken_as_well(
        self, sluice: Sluice, files: Path
    ) -> None:
        ours, theirs = self.both(files)
        run(sluice, files, ours)
        sluice("import", files / "fair.csv", "--name", "b-liste")
        said = sluice(
            "run", theirs, "--icp", files / "icp.yaml", "--no-crawl", "--json", code=2
        ).error
        assert "'b-liste'" in said["message"]

    @pytest.mark.parametrize(
        "text",
        [
            pytest.param(
                [HEADER, "Flachland AG,flachland.example,DE,9,python\n"],
                id="the same columns, all rows new",
            ),
            pytest.param(
                [
                    "name,domain,fax\n",
                    "Nordwind GmbH,nordwind.example,\n",
                    "Flachland AG,flachland.example,\n",
                ],
                id="a known key",
            ),
            pytest.param(["firm,town\n"], id="no rows at all"),
        ],
    )
    def test_the_next_edition_of_a_list_is_taken(
        self, sluice: Sluice, files: Path, text: list[str]
    ) -> None:
        sluice("import", write(files / "a" / "liste.csv", HEADER, NORDWIND))
        sluice("import", write(files / "b" / "liste.csv", *text))
