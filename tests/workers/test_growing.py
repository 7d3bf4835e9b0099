"""More openings than at the last look are a signal, once for each company of the site."""

from datetime import timedelta
from pathlib import Path

import pytest

from actions.actor import Right
from actions.session import Session
from intake.read_options import ReadOptions
from leads.changes import PagesStored
from leads.clock import now
from leads.store import companies, pages, signals
from leads.store.lists import ListAbout
from leads.store.pages import StoredPage, Visit
from workers.importing import ImportRequest, run_import
from workers.inline import work_off_own
from workers.pipeline import follow

SITE = "nordwind.example"
LONG = "Wir bauen seit vielen Jahren Dinge aus Holz und haben Freude daran. " * 6


def visit(session: Session, openings: int, days_ago: int) -> None:
    context = session.context()
    lines = "".join(f"<li>Tischler {number} (m/w/d)" for number in range(openings))
    none = "" if openings else "<p>Derzeit keine offenen Stellen.</p>"
    at = now() - timedelta(days=days_ago)
    page = StoredPage(
        url=f"https://{SITE}/karriere",
        kind="careers",
        status=200,
        headers=(),
        body=f"<title>Karriere</title><p>{LONG}</p>{lines}{none}".encode(),
        fetched_at=at,
    )
    with context.store.write() as tx:
        pages.add_visit(tx, Visit(site=SITE, outcome="ok", started_at=at, pages=(page,)))
        follow(tx, [PagesStored((SITE,))], context.trace_id)
    work_off_own(context)


@pytest.mark.parametrize(
    ("counts", "signalled"),
    [
        ([3], 0),
        ([3, 3], 0),
        ([3, 2], 0),
        ([2, 3], 1),
        ([0, 2], 1),
        ([1, 2, 4], 2),
    ],
)
def test_more_openings_are_a_signal(
    session: Session, tmp_path: Path, counts: list[int], signalled: int
) -> None:
    context = session.context()
    with session.write(Right.MANAGE) as work:
        client_id = work.make_client("default")
    file = tmp_path / "fair.csv"
    file.write_text(f"company,country,website\nNordwind GmbH,DE,{SITE}\n", "utf-8")
    run_import(
        context,
        ImportRequest(
            client_id=client_id,
            path=str(file),
            name="fair",
            about=ListAbout(),
            options=ReadOptions(),
            who="ann",
        ),
    )
    work_off_own(context)

    for place, count in enumerate(counts):
        visit(session, count, days_ago=len(counts) - place)

    with context.store.read() as tx:
        known = list(companies.companies_of(tx, client_id))
        found = [
            one for some in signals.of_companies(tx, client_id, known).values() for one in some
        ]
    assert [(one.kind, one.source) for one in found] == [
        ("openings_increased", f"site:{SITE}")
    ] * signalled
