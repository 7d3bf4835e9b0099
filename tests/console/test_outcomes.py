"""`sluice outcomes import`: what a user gets, on both databases."""

import csv
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.console.conftest import Ran, Sluice

pytestmark = pytest.mark.usefixtures("database")

Queued = Callable[..., None]
Import = Callable[..., Ran]
NAMES = ("Zeta GmbH", "Alpha AG", "Beta GmbH", "Gamma AG")


@pytest.fixture
def imported(sluice: Sluice, queued: Queued, tmp_path: Path) -> Import:
    queued(*NAMES)

    def run(
        *rows: str, profile: str = "plain", code: int = 0, more: tuple[object, ...] = ()
    ) -> Ran:
        path = tmp_path / "outcomes.csv"
        path.write_text("\n".join(rows) + "\n")
        ran = ("outcomes", "import", path, "--profile", profile, "--json", *more)
        return sluice(*ran, code=code)

    return run


def stages(sluice: Sluice) -> dict[str, dict[str, Any]]:
    rows = sluice("export", "--stage", "all", "--json").json
    return {row["name"]: row for row in rows}


def test_each_row_finds_its_company(sluice: Sluice, imported: Import) -> None:
    company_id = stages(sluice)["Zeta GmbH"]["company_id"]
    done = imported(
        "company_id,domain,email,name,outcome,at",
        f"{company_id},beta.example,,,opened,2026-11-02 10:00",
        ",www.alpha.example,,,clicked,2026-11-02 10:00",
        ",,jane@mail.beta.example,,replied,2026-11-02T10:00:00Z",
        ",,someone@gmail.com,gamma ag,meeting,1762077600",
        ",,someone@gmail.com,,opened,2026-11-03",
        ",,,Nobody Ltd,opened,2026-11-03",
        code=5,
    )
    assert done.json["recorded"] == {"clicked": 1, "meeting": 1, "opened": 1, "replied": 1}
    assert done.json["rejected"] == 2
    assert "no company has its id, domain, e-mail domain or name" in done.err


def test_the_same_file_twice_changes_nothing(sluice: Sluice, imported: Import) -> None:
    rows = (
        "domain,email,outcome,at,value,currency",
        'zeta.example,,won,2026-11-02,"12,500.00",EUR',
        'zeta.example,,won,2026-11-02,"12,500.00",EUR',
        ",info@alpha.example,unsubscribed,2026-11-03,,",
    )
    first = imported(*rows).json
    assert first["recorded"] == {"unsubscribed": 1, "won": 1}
    assert (first["suppressed"], first["known"]) == (1, 1)
    suppressed = sluice("suppress", "list", "--json").out

    second = imported(*rows).json
    assert second["recorded"] == {}
    assert (second["suppressed"], second["known"], second["relationships"]) == (0, 3, {})
    assert sluice("suppress", "list", "--json").out == suppressed


def test_who_unsubscribed_is_contacted_for_no_client(sluice: Sluice, imported: Import) -> None:
    imported("email,outcome,at", "Jane@Elsewhere.example,unsubscribed,2026-11-03", code=5)
    sluice("client", "add", "other")
    found = sluice(
        "suppress", "check", "jane@elsewhere.example", "--client", "other", "--json", code=None
    )
    assert "agency" in found.out
    assert "unsubscribed, says plain" in found.out


def test_an_unsubscribe_without_a_time_is_heeded_and_rejected(
    sluice: Sluice, imported: Import
) -> None:
    done = imported("email,outcome", "info@zeta.example,unsubscribed", code=5)
    assert (done.json["suppressed"], done.json["recorded"]) == (1, {})
    assert "it has no time: add --date DATE" in done.err
    again = imported(
        "email,outcome", "info@zeta.example,unsubscribed", more=("--date", "2026-11-03")
    )
    assert (again.json["suppressed"], again.json["recorded"]) == (0, {"unsubscribed": 1})


def test_a_hard_bounce_is_suppressed_for_the_client_unless_told_otherwise(
    sluice: Sluice, imported: Import
) -> None:
    header = "email,outcome,bounce_type,at"
    soft = imported(header, "info@zeta.example,bounced,soft,2026-11-03").json
    assert (soft["recorded"], soft["suppressed"]) == ({"soft_bounced": 1}, 0)
    kept = imported(header, "x@zeta.example,bounced,,2026-11-03", more=("--keep-bounced",)).json
    assert (kept["recorded"], kept["suppressed"]) == ({"bounced": 1}, 0)
    hard = imported(header, "info@zeta.example,bounced,hard,2026-11-03").json
    assert (hard["recorded"], hard["suppressed"]) == ({"bounced": 1}, 1)
    levels = {row["level"] for row in sluice("suppress", "list", "--json").json}
    assert levels == {"client"}


def test_won_and_lost_close_the_company(sluice: Sluice, imported: Import) -> None:
    done = imported(
        "Deal Name,Deal Stage,Close Date,Amount,Currency,Company Domain Name,Closed Lost Reason",
        "A,Closed Won,2026-11-02 09:00,1250.5,EUR,zeta.example,",
        "B,closedlost,2026-11-03 09:00,,,alpha.example,price",
        "C,Contract Sent,2026-11-03 09:00,,,beta.example,",
        "D,Closed Lost,2026-11-04 09:00,,,zeta.example,another deal",
        profile="hubspot",
    ).json
    assert done["relationships"] == {"customer": 1, "lost": 1}
    assert (done["recorded"], done["without_outcome"]) == ({"lost": 2, "won": 1}, 1)
    queue = [sluice("queue", "show", name, "--json").json for name in NAMES[:2]]
    assert "customer" in str(queue[0])
    assert "price, says hubspot" in str(queue[1])
    taken = {
        sluice("queue", "next", "--as", name, "--json").json["company"]["name"]
        for name in ("ann", "bob")
    }
    assert taken == {"Beta GmbH", "Gamma AG"}


def test_a_dry_run_writes_nothing(sluice: Sluice, imported: Import, home: Path) -> None:
    rows = (
        "domain,email,outcome,at",
        "zeta.example,,won,2026-11-02",
        ",a@b.example,lost,2026-11-02",
    )
    ran = imported(*rows, code=5, more=("--dry-run",))
    dry = ran.json
    assert "1 row would be rejected" in ran.err
    assert (dry["recorded"], dry["relationships"]) == ({"won": 1}, {"customer": 1})
    assert dry["rejects"] is None
    assert not list(home.glob("rejects/outcomes*"))
    assert imported(*rows, code=5).json["recorded"] == {"won": 1}


def test_rejected_rows_can_be_corrected_and_imported(
    sluice: Sluice, imported: Import, tmp_path: Path
) -> None:
    done = imported(
        "domain,outcome,at",
        "zeta.example,opned,2026-11-02",
        "alpha.example,opened,11/10/2026",
        "beta.example,opened,2031-01-01",
        "gamma.example,opened,2026-11-02,surplus",
        code=5,
    )
    file = Path(done.json["rejects"])
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with file.open(newline="") as stream:
        reasons = [row["_reason"] for row in csv.DictReader(stream)]
    assert sorted(reasons) == sorted(
        [
            "plain has no outcome 'opned'",
            "'11/10/2026' could be two days: add --dates day-first|month-first",
            "'2031-01-01' is in the future",
            "4 cells, but 3 columns",
        ]
    )
    corrected = tmp_path / "corrected.csv"
    corrected.write_text(file.read_text().replace("opned", "opened"))
    again = sluice("outcomes", "import", corrected, "--dates", "month-first", "--json", code=5).json
    assert again["recorded"] == {"opened": 2}


@pytest.mark.parametrize(
    ("header", "profile", "hint"),
    [
        ("event_type,lead_email,timestamp", "lemlist", "--profile instantly"),
        ("Id,StageName,CloseDate,Amount", "hubspot", "--profile salesforce"),
        ("_id,type,leadEmail,createdAt", "plain", "--profile lemlist"),
        ("name,city", "plain", "`sluice outcomes profiles`"),
    ],
)
def test_a_file_of_another_tool_is_refused(
    imported: Import, header: str, profile: str, hint: str
) -> None:
    row = ",".join("x" for _ in header.split(","))
    refused = imported(header, row, profile=profile, code=2).error
    assert f"is no file of {profile}" in refused["message"]
    assert hint in refused["hint"]


def test_a_profile_of_ones_own(sluice: Sluice, imported: Import, tmp_path: Path) -> None:
    text = sluice("outcomes", "show", "plain").out
    (tmp_path / "own.yaml").write_text(
        text.replace("outcomes: plain", "outcomes: dialer").replace(
            "  opened: opened", "  geoeffnet: opened"
        )
    )
    done = imported(
        "domain,outcome,at", "zeta.example,geoeffnet,2026-11-02", profile=str(tmp_path / "own.yaml")
    ).json
    assert (done["profile"], done["recorded"]) == ("dialer", {"opened": 1})
    (tmp_path / "bad.yaml").write_text(text.replace("meeting: meeting", "meeting: meting"))
    wrong = imported("domain,outcome,at", "x,opened,x", profile=str(tmp_path / "bad.yaml"), code=2)
    assert "did you mean meeting" in wrong.error["message"]


def test_an_sdr_may_not_import_outcomes(sluice: Sluice, imported: Import) -> None:
    sluice("user", "add", "root", "--role", "admin")
    sluice("user", "add", "ann", "--role", "sdr", "--as", "root")
    refused = imported(
        "domain,outcome,at", "zeta.example,won,2026-11-02", code=4, more=("--as", "ann")
    )
    assert "ann (sdr) may not" in refused.error["message"]
