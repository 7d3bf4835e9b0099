"""What a page names as parent links companies as soon as the page is read, and no longer than the
page says so.
"""

from pathlib import Path

import pytest

from actions.session import Session
from intake.read_options import ReadOptions
from leads.ids import new_id
from leads.settings import load_settings
from leads.store import links
from leads.store.clients import client_to_change
from leads.store.facts import facts
from leads.store.facts.facts import Subject
from leads.store.lists import ListAbout
from leads.store.migrate import open_store
from tests.made_facts import fact
from workers.enriching import link_parents
from workers.importing import ImportRequest, run_import
from workers.inline import work_off_own
from workers.pipeline import CHEAP


def test_a_page_links_and_another_unlinks(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SLUICE_DATABASE_URL", database_url)
    settings = load_settings()
    session = Session(settings=settings, store=open_store(settings.database_url))
    (tmp_path / "fair.csv").write_text(
        "name,website\nZyxwell Holding AG,zyxwell.example\nBrandix Pumpen,brandix.example\n",
        "utf-8",
    )
    with session.store.write() as tx:
        client = client_to_change(tx, "default").id
        wish = ImportRequest(
            client_id=client,
            path=str(tmp_path / "fair.csv"),
            name="fair",
            about=ListAbout(),
            options=ReadOptions(),
            who="test",
        )
    run_import(session.context(), wish)
    work_off_own(session.context(), CHEAP)
    seen = fact(
        "parent",
        "Zyxwell Holding",
        source="site:brandix.example",
        method="structured",
        number=new_id().int,
    )
    with session.store.write() as tx:
        facts.add(tx, [(Subject(site="brandix.example"), seen)])
        (change,) = link_parents(tx, ["brandix.example"])
        (link,) = links.of_client(tx, client)
        assert getattr(change, "company_ids", ()) == tuple(sorted((link.company, link.of)))
        assert link_parents(tx, ["brandix.example", "zyxwell.example"]) == []
        facts.retract_of_site(tx, "brandix.example", "a newer visit to the site")
        (change,) = link_parents(tx, ["brandix.example"])
        assert links.of_client(tx, client) == []
    session.store.close()
