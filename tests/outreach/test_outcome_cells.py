"""What cells of other tools' files mean: times, amounts, rows, and the company that is meant."""

from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leads.clock import now
from outreach.outcomes.amount import Amount, read_amount
from outreach.outcomes.matching import Known, match
from outreach.outcomes.profile import PROFILES
from outreach.outcomes.rows import RowReader, Who
from outreach.outcomes.when import Clock, Order, read_time

BERLIN = timezone(timedelta(hours=1))


def clock(order: Order | None = None) -> Clock:
    at = datetime(2026, 11, 29, 10, 0, tzinfo=UTC)
    return Clock(now=at, moment=lambda naive: naive.replace(tzinfo=BERLIN), order=order)


@pytest.mark.parametrize(
    ("text", "order", "expected"),
    [
        ("2026-11-02T10:00:00.123Z", None, "2026-11-02 10:00"),
        ("2026-11-02T10:00:00+05:30", None, "2026-11-02 04:30"),
        ("2026-11-02 10:00", None, "2026-11-02 09:00"),
        ("2026-11-02 10:00 UTC", None, "2026-11-02 10:00"),
        ("2026-11-02", None, "2026-11-01 23:00"),
        ("1762077600", None, "2025-11-02 10:00"),
        ("1762077600000", None, "2025-11-02 10:00"),
        ("02.11.2026 10:00", None, "2026-11-02 09:00"),
        ("11/20/2026 2:05 PM", None, "2026-11-20 13:05"),
        ("20/11/2026", None, "2026-11-19 23:00"),
        ("11/10/2026", "day-first", "2026-10-10 23:00"),
        ("11/10/2026", "month-first", "2026-11-09 23:00"),
        ("Nov 2, 2026 10:05 AM", None, "2026-11-02 09:05"),
    ],
)
def test_times_of_other_tools(text: str, order: Order | None, expected: str) -> None:
    assert f"{read_time(text, clock(order)):%Y-%m-%d %H:%M}" == expected


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("11/10/2026", "two days"),
        ("31.02.2026", "no date"),
        ("13/13/2026", "no date"),
        ("0001-01-01T00:00:00+14:00", "no time"),
        ("1999-12-31", "before the year 2000"),
        ("2026-12-24", "in the future"),
        ("soon", "no time"),
        ("", "no time"),
    ],
)
def test_what_is_no_time_says_why(text: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        read_time(text, clock())


@given(st.text(max_size=40))
def test_any_text_is_a_time_or_a_reason(text: str) -> None:
    try:
        at = read_time(text, clock())
    except ValueError:
        return
    assert at <= clock().now + timedelta(days=1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1250", Amount(125_000, None)),
        ("12,500.00", Amount(1_250_000, None)),
        ("12.500,00 €", Amount(1_250_000, "EUR")),
        ("USD 1250.5", Amount(125_050, "USD")),
        ("1 234 567", Amount(123_456_700, None)),
        ("1,234,567", Amount(123_456_700, None)),
        ("$99.90", Amount(9_990, None)),
        ("1,250", None),
        ("-5", None),
        ("(500)", None),
        ("10-20", None),
        ("9" * 30, None),
        ("n/a", None),
    ],
)
def test_amounts(text: str, expected: Amount | None) -> None:
    assert read_amount(text) == expected


@given(st.text(max_size=60))
def test_any_text_is_an_amount_or_none(text: str) -> None:
    found = read_amount(text)
    assert found is None or found.hundredths >= 0


ONE, TWO, OLD = UUID(int=1), UUID(int=2), UUID(int=3)
KNOWN = Known(
    ids={ONE: ONE, OLD: TWO},
    domains={"acme.example": {ONE}, "shared.example": {ONE, TWO}},
    names={"acme": {ONE}, "twin": {ONE, TWO}},
)


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        (Who(company_id=str(OLD), domain="acme.example"), TWO),
        (Who(company_id=str(UUID(int=9)), domain="acme.example"), ONE),
        (Who(company_id="x", email="a@mail.acme.example"), ONE),
        (Who(domain="https://www.acme.example/en"), ONE),
        (Who(domain="shared.example", name="ACME"), ONE),
        (Who(domain="shared.example", name="twin"), "2 companies have the domain"),
        (Who(domain="shared.example"), "2 companies have the domain"),
        (Who(name="Twin"), "2 companies are called"),
        (Who(email="acme@gmail.com"), "no company has"),
        (Who(email="a@gmail.com", name="Acme"), ONE),
        (Who(), "no company has"),
    ],
)
def test_a_row_means_one_company_or_none(who: Who, expected: UUID | str) -> None:
    found = match(who, KNOWN)
    assert str(expected) in str(found)


def test_counts_and_flags_of_one_row_are_outcomes_of_their_own() -> None:
    profile = PROFILES.find("instantly")
    header = ("Email", "email_open_count", "email_reply_count", "timestamp_last_open", "timestamp")
    cells = ("a@acme.example", "3", "0", "2026-11-02T10:00:00Z", "2026-11-05T10:00:00Z")
    read = RowReader(profile, header, clock()).read(cells)
    assert [(one.kind, one.at and one.at.day) for one in read.outcomes] == [("opened", 2)]
    assert read.flaws == ()


def test_a_flag_that_is_a_date_is_its_own_time() -> None:
    header = ("Email", "HasOptedOutOfEmail", "EmailBouncedDate", "LastModifiedDate")
    cells = ("a@acme.example", "true", "2026-11-02T10:00:00Z", "2026-11-05T10:00:00Z")
    read = RowReader(PROFILES.find("salesforce"), header, clock()).read(cells)
    days = {one.kind: one.at.day for one in read.outcomes if one.at}
    assert days == {"unsubscribed": 5, "bounced": 2}


@pytest.mark.parametrize("name", sorted(PROFILES.built_in()))
def test_hostile_cells_of_every_profile_are_read_without_an_error(name: str) -> None:
    profile = PROFILES.find(name)
    assert profile.outcomes == name
    header = sorted(profile.names())
    for cell in (
        "=cmd|'/c calc'!A0",
        "\u202egnp.exe",
        "\x1b[2J",
        "9" * 5000,
        "<script>",
        "-0",
        "é",
    ):
        read = RowReader(profile, header, Clock(now(), lambda naive: naive.replace(tzinfo=UTC)))
        found = read.read([cell] * len(header))
        assert all(len(one.external_id) == 40 for one in found.outcomes)


def test_the_same_row_has_the_same_id_and_the_tools_own_id_counts_first() -> None:
    profile = PROFILES.find("plain")
    header = ("event_id", "email", "outcome", "at")
    reader = RowReader(profile, header, clock())

    def id_of(*cells: str) -> str:
        return reader.read(cells).outcomes[0].external_id

    assert id_of("", "A@acme.example", "won", "2026-11-02") == id_of(
        "", "a@ACME.example", "Won", "2026-11-02"
    )
    assert id_of("", "a@acme.example", "won", "2026-11-02") != id_of(
        "", "a@acme.example", "lost", "2026-11-02"
    )
    assert id_of("7", "a@acme.example", "won", "2026-11-02") == id_of(
        "7", "b@acme.example", "won", "2026-11-09"
    )
