"""An SDR works the queue in the browser."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from leads.clock import now
from tests.console.conftest import Sluice
from tests.web.browser import Browser, Page
from tests.web.conftest import LogIn

ALDER, BIRCH = "Alder Tools GmbH", "Birch Pumps GmbH"
HOSTILE = "Firm <script>alert(1)</script> GmbH"

Queued = Callable[..., None]


@pytest.fixture
def ann(queued: Queued, log_in: LogIn) -> Browser:
    queued(ALDER, BIRCH)
    return log_in("ann", "default")


def take(browser: Browser) -> Page:
    page = browser.get("/queue")
    return browser.send(page, "/queue/next")


def report(browser: Browser, card: Page, kind: str, **fields: str) -> Page:
    return browser.send(card, f"{card.path}/done", kind=kind, **fields)


def test_a_card_says_why_it_is_here(ann: Browser) -> None:
    assert "You hold no prospect" in ann.get("/").text
    card = take(ann).text
    assert "Yours (2)" in card
    assert "Why it is here" in card
    assert "employees" in card


def test_a_card_says_which_address_of_a_person_may_be_used(
    sluice: Sluice, log_in: LogIn, tmp_path: Path
) -> None:
    (tmp_path / "icp.yaml").write_text("icp: all\nversion: 1\nsuspect:\n  - country: [DE]\n")
    (tmp_path / "fair.csv").write_text(
        "Company,Country,Phone,First name,Last name,Job title,Contact email\n"
        "Alder GmbH,DE,+49 30 1234567,Kim,Doe,Buyer,kim.doe@alder.example\n"
    )
    sluice("client", "set", "default", "--contacts", "persons")
    sluice("run", tmp_path / "fair.csv", "--icp", tmp_path / "icp.yaml", "--no-crawl")

    card = take(log_in("ann", "default"))

    assert "Kim Doe, Buyer" in card.text
    assert '<a href="tel:+49301234567"' in card.html
    # The address is shown, and is no link.
    denied = card.html.partition('<div class="deny">')[2].partition("</div>")[0]
    assert "<span>kim.doe@alder.example</span>" in denied
    assert "do not use: e-mail to a company in DE: deny" in denied


def test_a_note_and_a_result_are_kept(ann: Browser, sluice: Sluice) -> None:
    card = take(ann)
    noted = ann.send(card, f"{card.path}/done", f"{card.path}/note", note="ask for the plant")
    assert "noted" in noted.text
    assert "ask for the plant" in noted.text

    after = report(ann, noted, "interested", note="wants a quote")
    assert ": interested" in after.text
    assert "Yours (1)" in after.text
    company = card.path.rpartition("/")[2]
    shown = sluice("queue", "show", company, "--json", "--as", "ann").json
    assert [one["disposition"] for one in shown["history"]] == ["interested", "note"]


def test_a_result_is_undone(ann: Browser) -> None:
    report(ann, take(ann), "interested")
    back = ann.send(ann.get("/queue"), "/queue/undo")
    assert "undone: done interested" in back.text
    assert "Yours (2)" in back.text


def test_a_call_back_in_words_is_listed_by_day(ann: Browser) -> None:
    card = take(ann)
    day = now() + timedelta(days=14)
    after = report(ann, card, "call_back", when=f"{day:%Y-%m-%d}T09:30", note="after the fair")
    assert f"{day:%Y-%m-%d} 09:30 UTC" in after.text
    calls = ann.get("/calls").text
    assert f"{day:%A}, {day.day} {day:%B %Y}" in calls
    assert "09:30" in calls


def test_a_slip_keeps_the_words_and_the_prospect(ann: Browser) -> None:
    card = take(ann)
    page = report(ann, card, "call_back", when="the day of the frog", note="was <friendly>")
    assert page.status == 400
    assert "'the day of the frog' is not a date or time" in page.text
    assert "was &lt;friendly&gt;</textarea>" in page.html
    assert "Yours (2)" in page.text
    assert "Before" not in page.text
    # The address of the form, opened again, is that of its page.
    assert ann.get(page.path).path == page.path.removesuffix("/done")
    assert ann.get("/queue/undo").path == "/queue"


def test_a_form_that_is_sent_twice_reports_once(ann: Browser, sluice: Sluice) -> None:
    card = take(ann)
    company = card.path.rpartition("/")[2]
    first = report(ann, card, "no_answer")
    again = report(ann, card, "no_answer")
    assert (again.status, again.path) == (200, first.path)
    assert f"{ALDER}: no answer" in again.text or f"{BIRCH}: no answer" in again.text
    assert report(ann, card, "no_answer", once="of another form").status == 400
    shown = sluice("queue", "show", company, "--json", "--as", "ann").json
    assert len(shown["history"]) == 1


def test_skip_postpone_and_return(ann: Browser) -> None:
    card = take(ann)
    done = f"{card.path}/done"
    assert "left to others for a day" in ann.send(card, done, f"{card.path}/skip").text
    card = ann.get("/queue")
    own = next(one for one in card.html.split('action="') if one.startswith("/queue/0"))
    done = own.partition('"')[0]
    path = done.removesuffix("/done")
    wrong = ann.send(card, done, f"{path}/postpone", when="yesterday")
    assert wrong.status == 400
    later = ann.send(card, done, f"{path}/postpone", when="in 2 weeks", note="moving house")
    assert f"back {now() + timedelta(days=14):%Y-%m-%d}" in later.text
    assert "Yours (0)" in later.text
    back = ann.send(later, "/queue/undo")
    path = back.path
    assert "returned to the queue" in ann.send(back, f"{path}/done", f"{path}/release").text


def test_a_company_is_found_by_name(ann: Browser) -> None:
    assert ann.get("/queue/find?company=birch.example").text.count(BIRCH) > 1
    missing = ann.get("/queue/find?company=Nowhere+Ltd")
    assert missing.status == 404
    assert "Nowhere Ltd" in missing.text


def test_names_are_words_and_never_markup(queued: Queued, log_in: LogIn) -> None:
    queued(HOSTILE)
    browser = log_in("ann", "default")
    for page in (browser.get("/queue"), take(browser)):
        assert "<script>alert" not in page.html
        assert "&lt;script&gt;alert(1)" in page.html


def test_nobody_sees_the_prospects_of_another_client(queued: Queued, log_in: LogIn) -> None:
    queued(ALDER, client="nordwind")
    queued(BIRCH, client="lakeside")
    ann, ben = log_in("ann", "nordwind"), log_in("ben", "lakeside")
    card = take(ann)
    assert ALDER in card.text
    assert BIRCH not in card.text
    for page in (ben.get(card.path), ben.get("/queue/find?company=alder.example")):
        assert page.status == 404
        assert ALDER not in page.text
    form = ben.get("/queue").hidden("/logout")
    forged = ben.post(f"{card.path}/done", form | {"kind": "interested", "token": "1"})
    assert forged.status in (400, 404)
    assert ALDER not in forged.text
    assert "Yours (1)" in ann.get("/queue").text


def test_two_users_never_hold_one_prospect(ann: Browser, log_in: LogIn) -> None:
    ben = log_in("ben", "default")
    assert "Yours (2)" in take(ann).text
    none = take(ben)
    assert "Yours (0)" in none.text
    assert "ann has it" in none.text
