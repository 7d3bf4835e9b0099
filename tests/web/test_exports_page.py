"""Files for other tools, made and listed in the browser."""

import csv
import io
import zipfile
from collections.abc import Callable

from tests.console.conftest import Sluice
from tests.made_site_facts import crawled
from tests.web.conftest import LogIn

ALDER, BIRCH = "Alder <b>Tools</b> GmbH", "Birch Pumps GmbH"

Queued = Callable[..., None]


def test_a_file_is_downloaded_and_logged(queued: Queued, log_in: LogIn, sluice: Sluice) -> None:
    queued(ALDER, BIRCH)
    mia = log_in("mia", "default", role="manager")
    page = mia.get("/exports")
    assert "No file was written for this campaign yet" in page.text

    fields = {"profile": "plain", "kind": "csv", "stage": "prospect"}
    file = mia.send(page, "/exports/file", what="new", **fields)
    assert file.headers["Content-Disposition"] == 'attachment; filename="default-plain.csv"'
    rows = list(csv.DictReader(io.StringIO(file.html)))
    assert len(rows) == 2
    assert {ALDER, BIRCH} <= {value for row in rows for value in row.values()}
    listed = mia.get("/exports").text
    assert "plain mia 2 written" in listed

    # All were written before; one of them must stop now.
    again = mia.send(page, "/exports/file", what="new", **fields)
    assert list(csv.DictReader(io.StringIO(again.html))) == []
    sluice("suppress", "add", BIRCH, "--reason", "asked", "--as", "boss")
    stop = mia.send(page, "/exports/file", what="removals", **fields)
    assert BIRCH in stop.html
    assert ALDER not in stop.html

    crawled("alder.example", "+493012345600", licence="CC BY 4.0")
    packed = mia.send(page, "/exports/file", what="all", **fields)
    assert packed.headers["Content-Disposition"] == 'attachment; filename="default-plain.zip"'
    assert {"companies.csv", "companies.attribution.txt"} == set(
        zipfile.ZipFile(io.BytesIO(packed.html.encode("latin-1"))).namelist()
    )


def test_what_is_no_choice_is_refused_and_an_sdr_exports_nothing(
    queued: Queued, log_in: LogIn
) -> None:
    queued(ALDER)
    mia = log_in("mia", "default", role="manager")
    page = mia.get("/exports")
    for wrong in ({"profile": "/etc/x.yaml"}, {"profile": "plain", "kind": "exe"}):
        refused = mia.send(page, "/exports/file", **{"kind": "csv", "what": "all"} | wrong)
        assert refused.status == 400
        assert "choose one of" in refused.text
    ann = log_in("ann", "default")
    assert ann.get("/exports").status == 403
    key = ann.get("/queue").hidden("/logout")
    assert ann.post("/exports/file", key | {"profile": "plain"}).status == 403
