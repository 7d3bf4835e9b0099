"""`sluice signal import` and `sluice scoring`: what a user sees, without a database."""

import json
from pathlib import Path

import pytest

from tests.console.conftest import Sluice

EXAMPLES = Path(__file__).parents[2] / "examples" / "scoring"
SEED, SIGNALS = EXAMPLES / "seed.yaml", EXAMPLES / "signals.jsonl"
AT = ("--at", "2026-11-02T12:00:00Z")


def line(**more: object) -> str:
    row = {"company": "a.example", "kind": "quote_requested", "at": "2026-11-02T11:00:00Z"}
    return json.dumps(row | {"id": "1"} | more)


def test_the_example_is_scored(sluice: Sluice, home: Path) -> None:
    found = sluice("signal", "import", SIGNALS, "--scoring", SEED, *AT, "--json").json
    by_name = {one["company"]: one for one in found}
    alder = by_name["alder.example"]
    assert (alder["engagement"], alder["temperature"], alder["qualifications"]) == (
        35,
        "warm",
        ["mql"],
    )
    assert alder["cools_at"]["warm"] is None
    assert alder["cools_at"]["cold"].startswith("2026-11-13T")
    assert (by_name["birch.example"]["engagement"], by_name["birch.example"]["suppressed"]) == (
        0,
        "client",
    )
    assert by_name["cedar.example"]["sum"] == 10.0
    assert not home.exists(), "no database is made"

    text = sluice("signal", "import", SIGNALS, "--scoring", SEED, *AT).out
    assert "alder.example" in text
    assert "warm" in text


def test_lines_in_any_order_and_twice_give_the_same(sluice: Sluice) -> None:
    rows = SIGNALS.read_text("utf-8").splitlines()
    mixed = "\n".join([*reversed(rows), *rows])
    order = ("signal", "import", "-", "--scoring", SEED, *AT, "--json")
    first, second = sluice(*order, stdin="\n".join(rows)), sluice(*order, stdin=mixed)
    assert first.json == second.json
    assert "6 signals with an id that came before" in second.err


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        ("{", "is no JSON"),
        ("[1]", "is no object"),
        ("[" * 50_000, "is no JSON"),
        (line(company=None), "`company` is missing"),
        (line(company=7), "`company` must be a text"),
        (line(company="x" * 501), "longer than 500"),
        (line(company="a\ud800"), "no text"),
        (line(kind="!"), "is no kind"),
        (line(at="yesterday"), "is no time"),
        (line(at="1969-01-01T00:00:00Z"), "before the year 2000"),
        (line(at="0001-01-01T00:00:00+14:00"), "is no time"),
        (line(value=float("nan")), "`value` must be a number"),
        (line(value=-1), "negative"),
        (line(machine="yes"), "true or false"),
        (line(id=None), "`id` is missing"),
    ],
)
def test_a_line_that_cannot_be_read_is_named_and_the_rest_scored(
    sluice: Sluice, tmp_path: Path, bad: str, said: str
) -> None:
    path = tmp_path / "signals.jsonl"
    path.write_text(f"{line(id=9)}\n\n{bad}\n")
    ran = sluice("signal", "import", path, "--scoring", SEED, *AT, "--json", code=5)
    assert ran.json[0]["engagement"] == 20
    assert f"{path}:3: " in ran.err
    assert said in ran.err


def test_what_does_not_count_is_said(sluice: Sluice) -> None:
    rows = [line(), line(id="2", kind="quote_requestd"), line(id="3", at="2026-11-03T00:00:00Z")]
    rows += [line(id="4", kind="Email Opened", agent="curl/8")]
    ran = sluice("signal", "import", "-", "--scoring", SEED, *AT, stdin="\n".join(rows))
    assert "there is no kind quote_requestd, did you mean quote_requested" in ran.err
    assert "1 signal later than 2026-11-02 12:00 UTC" in ran.err
    assert "1 signal caused by a machine" in ran.err


def test_a_scoring_file_is_checked_and_compared(sluice: Sluice, tmp_path: Path) -> None:
    assert "4 rules, nothing wrong" in sluice("scoring", "check", SEED).out
    path = tmp_path / "scoring.yaml"
    text = SEED.read_text("utf-8")
    path.write_text(text.replace("price_page_visited", "price_page_visitd"))
    number = next(
        place for place, row in enumerate(text.splitlines(), 1) if "price_page_visited" in row
    )
    told = f"{path}:{number}: problem: rules.price_page.signal: there is no kind"
    assert told in sluice("scoring", "check", path, code=1).out
    order = ("signal", "import", SIGNALS, "--scoring", path, "--json")
    assert f"{path}:{number}" in sluice(*order, code=2).error["message"]
    found = sluice("scoring", "diff", SEED, path, "--json").json
    assert found == [
        {
            "path": "rules.price_page.signal",
            "before": "price_page_visited",
            "after": "price_page_visitd",
        }
    ]
    assert sluice("scoring", "schema").json["title"] == "Scoring file of Sluice"
    assert sluice("scoring", "check", tmp_path / "none.yaml", "--json", code=3).error["code"]


def test_a_new_file_is_written_once_and_has_no_mistakes(sluice: Sluice, tmp_path: Path) -> None:
    path = tmp_path / "spring.yaml"
    made = sluice("scoring", "new", "spring", "-o", path, "--warm", "12.5", "--hot", "20", "--json")
    assert made.json == {"scoring": "spring", "file": str(path)}
    assert "nothing wrong" in sluice("scoring", "check", path).out
    assert "exists already" in sluice("scoring", "new", "spring", "-o", path, "--json", code=4).err
    sluice("signal", "import", SIGNALS, "--scoring", path, *AT)
    text = sluice("scoring", "new", "autumn", "-o", "-", "--model", "purchase_intent").out
    assert "model: purchase_intent" in text


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("a b",), "no name"),
        (("x", "--half-life", "soon"), "--half-life must be a time"),
        (("x", "--hot", "101"), "--hot '101' is no sum"),
        (("x", "--hot", "nan"), "--hot 'nan' is no sum"),
        (("x", "--hot", "25"), "temperature.hot must be higher"),
        (("x", "--model", "magic"), "must be one of activity_and_suitability"),
    ],
)
def test_a_new_file_that_would_have_mistakes_is_refused(
    sluice: Sluice, options: tuple[str, ...], said: str
) -> None:
    assert said in sluice("scoring", "new", *options, "-o", "-", "--json", code=2).error["message"]
