"""What somebody reads in the first hours: nothing that can be taken for its opposite."""

from pathlib import Path

import pytest

from console.cli.main import run_command
from tests.console.conftest import Sluice

ICP = "icp: all\nversion: 1\nsuspect:\n  - country: [DE]\n"
FAIR = "name,website,country,employees\nZeta GmbH,zeta.example,DE,30\n"


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "fair.csv").write_text(FAIR)
    (tmp_path / "icp.yaml").write_text(ICP)
    return tmp_path


@pytest.fixture
def ran(sluice: Sluice, files: Path) -> Path:
    sluice("run", files / "fair.csv", "--icp", files / "icp.yaml", "--no-crawl")
    return files


def test_a_good_prospect_is_no_warning(sluice: Sluice, ran: Path) -> None:
    shown = sluice("queue", "next", "--as", "ann").out
    assert "Why now: it fits the profile" in shown
    assert "STOP" not in shown
    sluice("suppress", "add", "zeta.example")
    assert (
        "no more: the lease was withdrawn"
        in sluice("queue", "skip", "x", "--company", "zeta.example", "--as", "ann", code=3).err
    )


def test_a_profile_without_points_gives_no_score(sluice: Sluice, ran: Path) -> None:
    assert "score -" in sluice("qualify", ran / "fair.csv", "--icp", ran / "icp.yaml").out
    assert sluice("queue", "show").out.splitlines()[1].split()[2:4] == ["-", "-"]
    assert sluice("queue", "show", "--json").json[0]["score_best"] == 0
    counts = sluice("qualify", "--json").json
    again = sluice("qualify", "--all", "--json").json
    assert again == counts | {"again": counts["companies"]}
    assert sluice("qualify").out.startswith("1 company, decided again: 0\n")
    refused = sluice("qualify", ran / "fair.csv", "--icp", ran / "icp.yaml", "--all", code=2)
    assert "leave out --all or the table" in refused.err
    assert "score" not in sluice("queue", "next", "--as", "ann").out


def test_who_must_not_be_contacted_is_said_first(sluice: Sluice, ran: Path) -> None:
    assert sluice("icp", "explain", "zeta.example", "--json").json["not_to_be_contacted"] == ""
    (ran / "customers.csv").write_text(FAIR)
    sluice("import", ran / "customers.csv", "--role", "customers")
    first, second, *_ = sluice("icp", "explain", "zeta.example").out.splitlines()
    assert first == "not to be contacted: excluded: on the list customers (customers)"
    assert second.startswith("Zeta GmbH: disqualified (fit) by all")
    sluice("suppress", "add", "zeta.example", "--reason", "asked us to stop")
    first = sluice("icp", "explain", "zeta.example", "--icp", ran / "icp.yaml").out.splitlines()[0]
    assert first.startswith("not to be contacted: suppressed: zeta.example")
    assert "asked us to stop" in first
    made = sluice("icp", "explain", "zeta.example", "--json").json
    assert (made["stage"], made["verdict"], made["counts_as"]) == (
        "prospect",
        "fit",
        "disqualified",
    )


def test_a_column_that_is_missing_is_named(sluice: Sluice, files: Path) -> None:
    (files / "sites.yaml").write_text(
        "icp: x\nversion: 1\nsuspect: [{sites: {at_least: 3}}, {country: [DE]}]\nmust_not:"
        " [{status: [dissolved]}]\n"
    )
    told = [
        line
        for line in sluice(
            "qualify", files / "fair.csv", "--icp", files / "sites.yaml"
        ).err.splitlines()
        if "the profile asks" in line
    ]
    assert told == ["the profile asks sites; no column gives it: if one does, --map sites=COLUMN"]
    mapped = sluice(
        "qualify", files / "fair.csv", "--icp", files / "sites.yaml", "--map", "sites=employees"
    )
    assert "the profile asks" not in mapped.err
    assert "prospect (fit" in mapped.out


def test_run_takes_the_options_that_its_errors_advise(sluice: Sluice, files: Path) -> None:
    (files / "odd.csv").write_bytes("wer,wo\nZeta Bäckerei,DE\nAlpha,DE\n".encode("cp1252"))
    command = ("run", files / "odd.csv", "--icp", files / "icp.yaml", "--no-crawl", "--json")
    assert "--map name=COLUMN" in sluice(*command, "--encoding", "cp1252", code=2).error["hint"]
    assert (
        sluice(*command, "--map", "name=wer", "--map", "country=wo", "--encoding", "cp1252").json[
            "queued"
        ]
        == 2
    )


@pytest.mark.parametrize("command", ["qualify", "cluster", "link"])
def test_a_list_without_rows_is_named(command: str, sluice: Sluice, files: Path) -> None:
    (files / "none.csv").write_text("name,country\n")
    out = ["-o", files / "out.csv"]
    more = {
        "qualify": ["--icp", files / "icp.yaml"],
        "cluster": out,
        "link": [files / "fair.csv", *out],
    }
    assert "none.csv has no rows" in sluice(command, files / "none.csv", *more[command]).err


def test_one_is_no_plural(sluice: Sluice, ran: Path) -> None:
    shown = sluice("run", ran / "fair.csv", "--icp", ran / "icp.yaml", "--no-crawl")
    assert "1 row, 1 company, 0 duplicates found" in shown.out
    assert "fair: 1 row: " in shown.err
    assert sluice("cluster", ran / "fair.csv", "-o", ran / "out.csv").out.startswith(
        "1 row, 1 cluster, 0 duplicates, "
    )


class PressesCtrlC:
    def readline(self) -> str:
        raise KeyboardInterrupt


def test_ctrl_c_says_what_was_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", PressesCtrlC())
    assert run_command(["icp", "new", "x", "-o", str(tmp_path / "x.yaml")]) == 130
    assert "nothing was written\n  run the command again" in capsys.readouterr().err
    assert not (tmp_path / "x.yaml").exists()


def test_one_bad_word_does_not_throw_the_others_away(sluice: Sluice) -> None:
    shown = sluice(
        "icp", "new", "x", "-o", "-", stdin="orthodontists, dentits, accountants\n\nGB\n" + "\n" * 8
    )
    assert "industry: [dentists, accounting]" in shown.out
    assert "kept orthodontists, accountants; what instead of dentits?" in shown.err
    shown = sluice(
        "icp", "new", "x", "-o", "-", stdin="accountants, dentits\ndentists\n" + "\n" * 9
    )
    assert "industry: [accounting, dentists]" in shown.out


def test_answers_given_twice_are_both_taken_or_refused(sluice: Sluice) -> None:
    assert (
        "country: [DE, AT]"
        in sluice("icp", "new", "x", "--set", "country=DE", "--set", "country=AT", "-o", "-").out
    )
    refused = sluice(
        "icp", "new", "x", "--set", "sites=3+", "--set", "sites=5+", "-o", "-", "--json", code=2
    )
    assert "--set sites is given twice" in refused.error["message"]


def test_a_profile_with_an_odd_name(
    sluice: Sluice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    told = sluice("icp", "new", "Dental Groups UK", "--set", "country=GB").err
    assert "`sluice icp check 'Dental Groups UK.yaml'`" in told
    for name in ("Dental Groups / UK", "dental: uk", "dental # uk", ""):
        refused = sluice("icp", "new", name, "--set", "country=GB", "--json", code=2)
        assert refused.error["message"] == f"a profile cannot be named {name!r}"


def test_a_comparison_without_companies_says_so(sluice: Sluice, files: Path) -> None:
    sluice("client", "add", "default")
    shown = sluice("icp", "diff", files / "icp.yaml", files / "icp.yaml")
    assert shown.err.strip() == "there are no companies yet; compare over a list with --on FILE"
    assert shown.out == ""


def test_a_run_warns_of_what_it_does_otherwise(sluice: Sluice, files: Path) -> None:
    (files / "icp.yaml").write_text(ICP.replace("version: 1", "version: 1\ncompany_is: site"))
    ran = sluice("run", files / "fair.csv", "--icp", files / "icp.yaml", "--no-crawl", "--json")
    assert "warning: company_is is site" in ran.err
    assert ran.json["companies"] == 1


def test_a_client_that_does_not_exist_is_refused_with_the_nearest_name(
    sluice: Sluice, tmp_path: Path
) -> None:
    (tmp_path / "icp.yaml").write_text("icp: all\nversion: 1\nsuspect:\n  - country: [DE]\n")
    (tmp_path / "fair.csv").write_text("name,country\nZeta GmbH,DE\n")
    run = ("run", tmp_path / "fair.csv", "--icp", tmp_path / "icp.yaml", "--no-crawl")
    for wrong, near in (("defualt", "default"), ("Default", "default")):
        refused = sluice(*run, "--client", wrong, "--json", code=3)
        assert f"did you mean {near!r}?" in refused.error["hint"]
    sluice(*run, "--client", "nordwind", "--new-client")
    assert "'nordwind'" in sluice(*run, "--client", "nordwnid", "--json", code=3).error["hint"]
    assert "--new-client" in sluice(*run, "--client", "quartz", "--json", code=3).error["hint"]
    sluice(*run)
    assert [one["name"] for one in sluice("client", "list", "--json").json] == [
        "default",
        "nordwind",
    ]
