"""The companies that a profile is counted over: all of them, or runs from the oldest to the newest."""

from dataclasses import replace

from leads.ids import new_id
from leads.store import Store, clients, companies
from leads.store.companies import CompanyRow
from leads.store.facts import facts
from leads.store.facts.facts import Subject
from qualify.bulk.counts import counts
from qualify.profile.icp import load_icp
from qualify.run.sampling import sample, with_more
from tests.made_facts import TODAY, fact, people

ICP = load_icp("icp: x\nversion: 1\nsuspect: [{employees: {at_least: 20}}]", "icp.yaml")
ASKED = ("employees",)


def test_a_sample_is_whole_or_spread_over_all(database_url: str) -> None:
    store = Store(database_url)
    with store.write() as tx:
        client = clients.make_client(tx, "default").id
        assert sample(tx, client, ICP, ASKED).of == 0
        ids = sorted(new_id() for _ in range(83))
        rows = [CompanyRow(one, f"Company {place}", "") for place, one in enumerate(ids)]
        companies.add_companies(tx, client, "legal_entity", rows)
        # The newest few are large: a run from either end alone would not tell.
        large = fact("employees", people(50))
        said = [replace(large, id=new_id(), client_id=client) for _ in range(3)]
        owners = [Subject(company_id=one) for one in ids[-3:]]
        facts.add(tx, list(zip(owners, said, strict=True)))
    with store.read() as tx:
        whole = sample(tx, client, ICP, ASKED, most=100)
        some = sample(tx, client, ICP, ("country",), most=40)
        more = with_more(tx, some, ICP, ASKED)
        assert more is not None
    store.close()
    assert (whole.companies, whole.of) == (83, 83)
    assert (some.companies, some.of) == (38, 83)
    assert [one.size for one in some.parts] == [5, 5, 5, 5, 5, 5, 5, 3]
    for found in (whole, more):
        (one,) = counts(ICP, found.parts, TODAY).criteria
        assert (one.yes, one.no) == (3, 0)
