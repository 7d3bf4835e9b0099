"""An agency whose lists name companies without their sites, and a web that serves some."""

from dataclasses import replace
from pathlib import Path
from uuid import UUID

from actions.actor import Right
from actions.profiles import put_in_force, read_icp
from actions.session import Session
from intake.read_options import ReadOptions
from leads.store import companies, site_findings
from leads.store.facts import facts
from leads.store.lists import ListAbout
from spiders.limits import Limits
from tests.spiders.conftest import Hostile
from workers.context import Context
from workers.importing import ImportRequest, run_import
from workers.inline import work_off_own

ICP = """\
icp: pumps
version: 1
suspect:
  - id: place
    country: [DE]
prospect:
  - id: windows
    uses: [windows-estate]
"""
HOME = (
    "<html lang=de><title>Quorvian Pumpen</title><h1>Pumpen</h1><p>Wir bauen seit 1950 Pumpen für alle"
    " Zwecke.</p><a href=/impressum>Impressum</a></html>"
)
IMPRINT = (
    "<html lang=de><title>Impressum</title><p>Quorvian Pumpen GmbH<br>Hauptstraße 5<br>34117 Kassel</p>"
    "<p>Telefon: +49 561 123456<br>E-Mail: info@quorvian-pumpen.de</p></html>"
)
#: It has the name, and another legal form: a person must look.
DOUBTFUL = IMPRINT.replace("Quorvian Pumpen GmbH", "Quorvian Pumpen AG")
SITE = "quorvian-pumpen.de"
LIMITS = Limits(delay=0, download_timeout=10, seconds_per_site=60)


class Agency:
    """A client with a campaign that may crawl, and what its lists lead to."""

    def __init__(self, session: Session, web: Hostile, folder: Path) -> None:
        self.session, self.web, self.folder = session, web, folder
        self.context: Context = replace(
            session.context(), allowed=web.allowed(SITE, f"www.{SITE}"), limits=LIMITS
        )
        icp = folder / "icp.yaml"
        icp.write_text(ICP, "utf-8")
        file = read_icp(str(icp))
        with session.write(Right.MANAGE) as work:
            self.client_id = work.make_client("default")
            put_in_force(work, self.client_id, file.icp.name, file, crawl=True)

    def run(self, text: str, name: str = "fair") -> None:
        self.import_list(text, name)
        self.work()

    def import_list(self, text: str, name: str = "fair") -> None:
        path = self.folder / f"{name}.csv"
        path.write_text(text, "utf-8")
        request = ImportRequest(
            client_id=self.client_id,
            path=str(path),
            name=name,
            about=ListAbout(),
            options=ReadOptions(),
            who="ann",
        )
        run_import(self.context, request)

    def work(self) -> None:
        done = work_off_own(self.context)
        assert (done.own_failed, done.own_waiting) == (0, 0)

    def companies(self) -> dict[str, UUID]:
        with self.session.store.read() as tx:
            return {
                row.name: one for one, row in companies.companies_of(tx, self.client_id).items()
            }

    def domains(self) -> dict[str, list[str]]:
        with self.session.store.read() as tx:
            found = facts.of_companies(tx, self.client_id, list(self.companies().values()))
        names = {one: name for name, one in self.companies().items()}
        return {
            names[one]: sorted({str(fact.value) for fact in some if fact.attribute == "domain"})
            for one, some in found.items()
        }

    def held(self, name: str) -> site_findings.StoredFinding:
        with self.session.store.read() as tx:
            one = self.companies()[name]
            return site_findings.of_companies(tx, self.client_id, [one])[one]
