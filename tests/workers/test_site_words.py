"""Two people say something about one site at the same moment."""

from dataclasses import replace
from threading import Thread

from actions import found_sites
from leads.clock import now
from leads.errors import NotFoundError, SluiceError, UsageError
from leads.store import seat, site_findings
from tests.spiders.conftest import answer
from tests.workers.agency import DOUBTFUL, SITE, Agency

NAME = "Quorvian Pumpen GmbH"


def test_an_undo_waits_for_the_word_that_a_colleague_gives_meanwhile(agency: Agency) -> None:
    agency.web.site(SITE, impressum=answer(DOUBTFUL))
    agency.run(f"company,country\n{NAME},DE\n")
    found_sites.answer(agency.session, "default", NAME, "no")
    mine, company = agency.held(NAME), agency.companies()[NAME]
    refused: list[SluiceError] = []

    def undo() -> None:
        try:
            found_sites.undo_last(agency.session, "default")
        except SluiceError as error:
            refused.append(error)

    undoing = Thread(target=undo)
    with agency.session.store.write() as tx:
        seat.lock_site(tx, company)
        site_findings.put(tx, [replace(mine, said_by="a colleague", found_at=now())])
        undoing.start()
        # Long enough to read what held before the colleague's word.
        undoing.join(0.5)
        assert undoing.is_alive()
    undoing.join(30)
    # It is told what happened, and not that the database refused.
    assert [isinstance(one, NotFoundError | UsageError) for one in refused] == [True]
    assert agency.held(NAME).said_by == "a colleague"
