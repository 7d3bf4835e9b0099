"""What other tools report is counted, imported and taken back in the browser."""

from collections.abc import Callable

from tests.console.conftest import Sluice
from tests.web.conftest import LogIn

Queued = Callable[..., None]

ROWS = (
    b"domain,name,outcome,at\n"
    b"zeta.example,,replied,2026-11-02 10:00\n"
    b",<b>Nobody</b> Ltd,opened,2026-11-03\n"
)


def test_a_file_is_counted_imported_and_taken_back(
    queued: Queued, log_in: LogIn, sluice: Sluice
) -> None:
    queued("Zeta GmbH")
    mia = log_in("mia", "default", role="manager")
    page = mia.get("/outcomes")
    fields = {"profile": "plain"}
    counted = mia.upload(page, "/outcomes", "out.csv", ROWS, **fields, then="try")
    assert '<option value="plain" selected>' in counted.html
    tried = counted.text
    assert "An import would do this rows 2 replied 1" in tried
    assert "rejected 1" in tried
    assert "Choose the file again" in tried
    kinds = ("signal", "list", "zeta.example", "--as", "mia", "--json")
    assert "replied" not in str(sluice(*kinds).json)

    done = mia.upload(page, "/outcomes", "out.csv", ROWS, **fields, then="import")
    assert "Imported rows 2 replied 1" in done.text
    assert "no company has its id" in done.text
    assert "replied" in str(sluice(*kinds).json)
    again = mia.upload(page, "/outcomes", "out.csv", ROWS, **fields, then="import").text
    assert "known before 1" in again

    assert "is taken back" in mia.send(done, "/outcomes/undo").text


def test_what_cannot_be_read_is_explained(queued: Queued, log_in: LogIn) -> None:
    queued("Zeta GmbH")
    mia = log_in("mia", "default", role="manager")
    page = mia.get("/outcomes")
    path = mia.upload(page, "/outcomes", "out.csv", ROWS, profile="/etc/x.yaml", then="try")
    assert (path.status, "choose one of" in path.text) == (400, True)
    other = mia.upload(page, "/outcomes", "../o.csv", b"a,b\n1,2\n", profile="plain", then="try")
    assert other.status == 400
    assert "o.csv is no file of plain" in other.text
    assert "sluice-outcomes-" not in other.text
    two_days = b"domain,outcome,at\nzeta.example,replied,11/10/2026\n"
    sent = ("/outcomes", "out.csv", two_days)
    unread = mia.upload(page, *sent, profile="plain", then="try").text
    assert "could be two days: choose the order of day and month" in unread
    read = mia.upload(page, *sent, profile="plain", dates="day-first", then="try")
    assert "replied 1" in read.text
    assert '<option value="day-first" selected>' in read.html
    ann = log_in("ann", "default")
    assert ann.get("/outcomes").status == 403
    assert ann.upload(page, "/outcomes", "out.csv", ROWS, profile="plain").status == 403
