"""What the page of an SDR does besides the result: repeats, renewals, answers, the day."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select, update

from leads.clock import now
from leads.facts import Evidence, Fact, Method
from leads.ids import new_id
from leads.store import Store, pages
from leads.store.facts import facts
from leads.store.facts.facts import Subject
from leads.store.migrate import open_store
from leads.store.pages import StoredPage, Visit
from leads.store.schema import disposition, lease, queue_entry
from tests.console.conftest import Sluice
from tests.web.browser import Browser, Page
from tests.web.conftest import LogIn

ALDER, BIRCH = "Alder Tools GmbH", "Birch Pumps GmbH"
URL, QUOTE = "https://alder.example/about", "Alder Tools GmbH, Bremen, Germany"

Queued = Callable[..., None]


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    made = open_store(database)
    yield made
    made.close()


def take(browser: Browser) -> Page:
    return browser.send(browser.get("/queue"), "/queue/next")


def company_of(card: Page) -> UUID:
    return UUID(card.path.rpartition("/")[2])


def test_a_form_that_arrives_twice_is_one_form(
    queued: Queued, log_in: LogIn, sluice: Sluice
) -> None:
    queued(ALDER)
    ann = log_in("ann", "default")
    card = take(ann)
    done, note = f"{card.path}/done", f"{card.path}/note"
    for _ in range(2):
        noted = ann.send(card, done, note, note="ask for the plant")
        assert (noted.status, noted.path) == (200, card.path)
        assert "noted" in noted.text
    assert ann.send(card, done, note, note="another").text.count("ask for the plant") == 1
    shown = sluice("queue", "show", str(company_of(card)), "--json", "--as", "ann").json
    assert [one["note"] for one in shown["history"]] == ["another", "ask for the plant"]

    sent = card.hidden(done) | {"note": "by a script"}
    answered = ann.post(note, sent, X_Sent_By_Script="1")
    assert (answered.status, answered.headers["X-Goes-To"]) == (204, card.path)
    refused = ann.post(note, sent | {"note": ""}, X_Sent_By_Script="1")
    assert (refused.status, "X-Goes-To" in refused.headers) == (400, False)


def test_a_script_gets_the_next_card_with_the_answer(queued: Queued, log_in: LogIn) -> None:
    queued(ALDER, BIRCH)
    ann = log_in("ann", "default")
    script = {"X_Sent_By_Script": "1", "X_Shows_Page": "1", "X_Keeps_Waiting": "1"}
    taken = ann.post("/queue/next", ann.get("/queue").hidden("/queue/next"), **script)
    card = taken.headers["X-Goes-To"]
    assert taken.status == 200
    assert 'id="live-waiting"' in taken.html, "what waits is other than before"
    assert "Yours (2)" in taken.text

    sent = taken.hidden(f"{card}/done") | {"kind": "no_answer"}
    answered = ann.post(f"{card}/done", sent, **script)
    assert (answered.status, answered.headers["X-Goes-To"]) == (200, "/queue")
    assert "Yours (1)" in answered.text
    assert "no answer" in answered.html.split('class="said"')[1][:200]
    assert 'id="live-waiting"' not in answered.html
    assert f'href="{card}" aria-current' not in answered.html
    assert 'class="said"' not in ann.get("/queue").html, "it was said already"
    again = ann.post(f"{card}/done", sent, **script)
    assert (again.status, again.headers["X-Goes-To"]) == (204, "/queue")
    assert "1 call today" in ann.get("/queue").text


def test_a_lease_is_renewed_by_its_holder_only(queued: Queued, log_in: LogIn, store: Store) -> None:
    queued(ALDER)
    ann, ben = log_in("ann", "default"), log_in("ben", "default")
    card = take(ann)
    form = card.hidden("/logout")
    short = now() + timedelta(minutes=3)
    with store.write() as tx:
        tx.execute(update(lease).values(until=short))

    def until() -> object:
        with store.read() as tx:
            return tx.execute(select(lease.c.until)).scalar_one()

    assert ben.post(f"{card.path}/renew", ben.get("/queue").hidden("/logout")).status == 404
    assert ann.post(f"{card.path}/renew", {}).status == 403
    assert until() == short
    assert '"until"' in ann.post(f"{card.path}/renew", form).html
    renewed = until()
    assert renewed != short
    ann.post(f"{card.path}/renew", form)
    assert until() == renewed, "once a minute"


def test_the_page_counts_the_users_own_day(queued: Queued, log_in: LogIn, store: Store) -> None:
    queued(ALDER, BIRCH)
    ann, ben = log_in("ann", "default"), log_in("ben", "default")
    card = take(ann)
    day = now() + timedelta(days=2)
    after = ann.send(
        card, f"{card.path}/done", kind="call_back", when=f"{day:%Y-%m-%d}T09:30", note="busy"
    )
    assert "promised calls made" not in after.text
    assert "1 call today 1 reached 0 interested" in after.text
    shown = ann.get(f"/calls?day={day:%Y-%m-%d}")
    hours = shown.html.split('<ol class="hours"')[1].split("</ol>")[0]
    assert "09:00" in hours
    assert "09:30" in hours
    assert f"/calls?day={day:%Y-%m-%d}" in ann.get("/calls").html

    with store.write() as tx:
        tx.execute(update(disposition).values(again_at=now()))
        promised = update(queue_entry).where(queue_entry.c.promised_by == "ann")
        tx.execute(promised.values(not_before=now()))
    assert "0 of 1 promised calls made" in ann.get("/queue").text

    second = ann.get("/queue")
    other = next(
        part.partition('"')[0]
        for part in second.html.split('action="')
        if part.startswith("/queue/0") and "/done" in part[:60]
    )
    after = ann.send(second, other, kind="interested")
    with store.write() as tx:
        later = update(disposition).where(disposition.c.kind == "interested")
        tx.execute(later.values(company_id=company_of(card)))
        tx.execute(update(queue_entry).values(promised_by=None))
    after = ann.get("/queue")
    assert "2 calls today 2 reached 1 interested 1 of 1 promised calls made" in after.text
    assert "0 calls today" in ben.get("/queue").text


def test_a_question_is_answered_and_taken_back(
    database: str, sluice: Sluice, log_in: LogIn, tmp_path: Path
) -> None:
    icp, firms = tmp_path / "icp.yaml", tmp_path / "firms.csv"
    icp.write_text(
        "icp: asks\nversion: 1\nsuspect:\n  - country: [DE]\nprospect:\n"
        "  - {id: windows, uses: [windows-estate], if_unknown: ask}\n"
    )
    firms.write_text(f"name,website,country\n{ALDER},alder.example,DE\n")
    sluice("run", firms, "--icp", icp, "--no-crawl", "--client", "default")
    ann = log_in("ann", "default")
    card = take(ann)
    path = f"{card.path}/answer"
    assert 'data-key="y"' in card.html
    told = ann.send(card, path, said="yes")
    assert "windows: yes; its stage is prospect now" in told.text
    assert 'data-key="y"' not in told.html
    back = ann.send(told, path, said="release")
    assert "windows: released" in back.text
    assert 'data-key="y"' in back.html
    wrong = ann.send(back, path, said="perhaps")
    assert wrong.status == 400
    assert "is not an answer" in wrong.text


def test_evidence_leads_to_the_saved_page(queued: Queued, log_in: LogIn, store: Store) -> None:
    at, body = now(), f"<p>{QUOTE}</p><script>alert(3)</script>".encode()
    page = StoredPage(url=URL, kind="about", status=200, headers=(), body=body, fetched_at=at)
    read = Evidence(
        source="site:alder.example", method=Method.PAGE, observed_at=at, url=URL, quote=QUOTE
    )
    fact = Fact(id=new_id(), attribute="country", value="DE", evidence=read)
    with store.write() as tx:
        pages.add_visit(tx, Visit(site="alder.example", outcome="ok", started_at=at, pages=(page,)))
        facts.add(tx, [(Subject(site="alder.example"), fact)])
    queued(ALDER)
    ann = log_in("ann", "default")
    card = take(ann)
    link = f"/companies/{company_of(card)}/facts/{fact.id}"
    assert f'href="{link}#quote"' in card.html
    assert f'<mark id="quote">{QUOTE}</mark>' in ann.get(link).html
