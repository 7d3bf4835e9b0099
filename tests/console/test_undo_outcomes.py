"""`sluice outcomes undo`: everything that an import changed is as before, on both databases."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.console.conftest import Sluice

Queued = Callable[..., None]
Import = Callable[..., Any]
ROWS = (
    "domain,email,outcome,at",
    "zeta.example,,won,2026-11-02",
    "alpha.example,,lost,2026-11-02",
    "beta.example,,lost,2026-11-02",
    ",info@gamma.example,unsubscribed,2026-11-03",
    ",jane@nowhere.example,unsubscribed,2026-11-03",
)


@pytest.fixture
def imported(sluice: Sluice, queued: Queued, tmp_path: Path) -> Import:
    queued("Zeta GmbH", "Alpha AG", "Beta GmbH", "Gamma AG")

    def run(*rows: str, code: int | None = None) -> Any:
        path = tmp_path / "outcomes.csv"
        path.write_text("\n".join(rows) + "\n")
        return sluice("outcomes", "import", path, "--json", code=code).json

    return run


def seen(sluice: Sluice) -> list[str]:
    """What a user sees of the queue, the suppressions and the signals."""
    names = ("zeta", "alpha", "beta", "gamma")
    rows = sluice("export", "--stage", "all", "--json").json
    kept = [(one["name"], one["stage"], one["reason"]) for one in rows]
    signals = [sluice("signal", "list", f"{name}.example", "--json").out for name in names]
    listed = [one["subject"] for one in sluice("suppress", "list", "--json").json]
    states = sluice("queue", "stats", "--json").json["states"]
    return [str(one) for one in (sorted(kept), signals, sorted(listed), states)]


def test_undo_restores_everything_and_the_file_may_come_again(
    sluice: Sluice, imported: Import
) -> None:
    before = seen(sluice)
    first = imported(*ROWS, code=5)
    after = seen(sluice)
    dry = sluice("outcomes", "undo", "--dry-run", "--json").json
    assert seen(sluice) == after
    undone = sluice("outcomes", "undo", "--json").json
    assert undone["import"]["file"] == "outcomes.csv"
    counts = {key: value for key, value in undone.items() if key not in ("import", "dry_run")}
    assert counts == {
        "signals": 4,
        "suppressions_ended": 2,
        "suppressions_kept": 0,
        "relationships_restored": 3,
        "relationships_changed_since": 0,
    }
    assert dry == undone | {"dry_run": True}
    assert seen(sluice) == before

    again = imported(*ROWS, code=5)
    for key in ("recorded", "known", "suppressed", "relationships"):
        assert again[key] == first[key]
    assert imported(*ROWS, code=5)["recorded"] == {}
    sluice("outcomes", "undo")
    assert "left to undo" in sluice("outcomes", "undo", code=3).err


def test_what_somebody_changed_since_is_left_alone(sluice: Sluice, imported: Import) -> None:
    imported(*ROWS, code=5)
    sluice("queue", "reopen", "Alpha AG", "--as", "ann")
    request = next(
        one["request_id"]
        for one in sluice("suppress", "list", "--json").json
        if one["subject"] == "jane@nowhere.example"
    )
    sluice("suppress", "end", request, "--level", "agency")
    said = sluice("outcomes", "undo")
    assert "outcomes.csv of 20" in said.out
    assert "undone: 4 signals taken back" in said.out
    assert "1 suppression ended" in said.err
    assert "2 companies stand as before" in said.err
    assert "1 company left alone: changed since" in said.err


def test_a_suppression_that_two_imports_ask_for_ends_with_the_second(
    sluice: Sluice, imported: Import
) -> None:
    imported("email,outcome,at", "info@zeta.example,unsubscribed,2026-11-03")
    imported(
        "email,outcome,at",
        "info@zeta.example,unsubscribed,2026-11-04",
        "info@alpha.example,unsubscribed,2026-11-04",
    )
    assert sluice("outcomes", "undo", "--json").json["suppressions_ended"] == 1
    assert [one["subject"] for one in sluice("suppress", "list", "--json").json] == [
        "info@zeta.example"
    ]
    assert sluice("outcomes", "undo", "--json").json["suppressions_ended"] == 1


def test_what_one_import_asks_for_twice_ends_with_it(sluice: Sluice, imported: Import) -> None:
    imported(
        "email,outcome,at",
        "info@zeta.example,unsubscribed,2026-11-03",
        "info@zeta.example,unsubscribed,2026-11-04",
    )
    assert sluice("outcomes", "undo", "--json").json["suppressions_ended"] == 1
    assert sluice("suppress", "list", "--json").json == []


def test_a_bounce_of_one_client_ends_whatever_another_client_imported(
    sluice: Sluice, imported: Import, tmp_path: Path
) -> None:
    sluice("client", "add", "other")
    sluice("campaign", "add", "main", "--client", "other")
    path = tmp_path / "bounces.csv"
    first, later = "info@zeta.example,bounced,2026-11-03", "info@zeta.example,bounced,2026-11-05"
    imported("email,outcome,at", first)
    path.write_text(f"email,outcome,at\n{first}\n")
    sluice("outcomes", "import", path, "--client", "other", code=None)
    path.write_text(f"email,outcome,at\n{later}\n")
    sluice("outcomes", "import", path, "--client", "other", code=None)
    undone = sluice("outcomes", "undo", "--client", "default", "--json").json
    assert (undone["suppressions_ended"], undone["suppressions_kept"]) == (1, 0)
    assert sluice("suppress", "list", "--client", "default", "--json").json == []
    assert len(sluice("suppress", "list", "--client", "other", "--json").json) == 1


def test_what_a_person_asked_for_too_stays_suppressed(sluice: Sluice, imported: Import) -> None:
    imported(
        "email,outcome,at",
        "info@zeta.example,unsubscribed,2026-11-03",
        "info@alpha.example,unsubscribed,2026-11-03",
        "info@beta.example,unsubscribed,2026-11-03",
    )
    shared = ("--level", "agency", "--channel", "email")
    sluice("suppress", "add", "info@zeta.example", *shared)
    undone = sluice("outcomes", "undo", "--json").json
    assert undone["suppressions_ended"] == 2
    listed = [one["subject"] for one in sluice("suppress", "list", "--json").json]
    assert listed == ["info@zeta.example"]


def test_an_sdr_may_not_undo(sluice: Sluice, imported: Import) -> None:
    imported(*ROWS, code=5)
    sluice("user", "add", "boss", "--role", "admin")
    sluice("user", "add", "ann", "--role", "sdr", "--as", "boss")
    sluice("outcomes", "undo", "--as", "ann", code=4)
