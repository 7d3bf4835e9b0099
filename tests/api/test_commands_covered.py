"""Every command has its endpoint, or a reason to have none."""

from collections.abc import Iterator, Mapping

from console.api.app import bare_api
from console.api.description import described
from console.cli.lazy import Entry, Group
from console.cli.tree import COMMANDS

ENDPOINTS = {
    "import": "POST /lists/imports",
    "lists": "GET /lists",
    "lists show": "GET /lists/{name}",
    "lists undo": "POST /lists/{name}/undo",
    "lists scorecard": "GET /lists/{name}/scorecard",
    "client add": "POST /clients",
    "client list": "GET /clients",
    "client show": "GET /clients/{name}",
    "campaign add": "POST /campaigns",
    "campaign list": "GET /campaigns",
    "campaign show": "GET /campaigns/{name}",
    "audit draw": "POST /audits",
    "audit judge": "POST /audits/judgements",
    "audit report": "GET /audits/report",
    "sources": "GET /sources",
    "dedupe review": "GET /duplicates",
    "dedupe answer": "POST /duplicates/answers",
    "dedupe undo": "POST /duplicates/undo",
    "dedupe explain": "GET /duplicates/explain/{company_id}",
    "dedupe find": "POST /companies/match",
    "dedupe split": "POST /duplicates/{company_id}/split",
    "dedupe merge": "POST /duplicates/answers",
    "dedupe relate": "POST /companies/{company_id}/relations",
    "dedupe unrelate": "POST /companies/{company_id}/relations/end",
    "sites find": "POST /sites/find",
    "sites review": "GET /sites/findings",
    "sites answer": "POST /sites/answers",
    "sites undo": "POST /sites/undo",
    "sites show": "GET /sites/{domain}",
    "sites dead": "GET /sites/dead",
    "crawl opt-out": "POST /sites/opt-outs",
    "crawl opt-outs": "GET /sites/opt-outs",
    "crawl opt-in": "POST /sites/opt-outs/end",
    "icp check": "POST /profiles/check",
    "icp use": "POST /profiles/use",
    "icp explain": "GET /companies/{company_id}",
    "scoring check": "POST /scoring/check",
    "scoring use": "POST /scoring/use",
    "scoring explain": "GET /companies/{company_id}/score",
    "work": "POST /prospects/next",
    "queue next": "POST /prospects/next",
    "queue show": "GET /prospects",
    "queue answer": "POST /prospects/{company_id}/answers",
    "queue mine": "GET /queue/mine",
    "queue done": "POST /prospects/{company_id}/done",
    "queue release": "POST /prospects/{company_id}/release",
    "queue skip": "POST /prospects/{company_id}/skip",
    "queue postpone": "POST /prospects/{company_id}/postpone",
    "queue note": "POST /prospects/{company_id}/notes",
    "queue undo": "POST /prospects/undo",
    "queue reopen": "POST /prospects/{company_id}/reopen",
    "queue stats": "GET /queue/stats",
    "contact list": "GET /contacts",
    "contact consent": "POST /consents",
    "contact consents": "GET /consents",
    "source-of": "GET /source-of",
    "suppress add": "POST /suppressions",
    "suppress check": "GET /suppressions/check",
    "suppress list": "GET /suppressions",
    "suppress end": "POST /suppressions/{suppression_id}/end",
    "suppress import": "POST /suppressions/imports",
    "suppress export": "POST /suppressions/export",
    "dispositions list": "GET /dispositions",
    "export": "POST /exports",
    "export log": "GET /exports",
    "outcomes import": "POST /outcomes",
    "outcomes undo": "POST /outcomes/undo",
    "signal list": "GET /companies/{company_id}/signals",
    "signal add": "POST /signals",
    "signal kinds": "GET /signals/kinds",
    "signal remove": "DELETE /signals/{signal_id}",
    "signal import": "POST /signals/bulk",
    "lead list": "GET /leads",
    "lead due": "GET /leads",
    "lead qualify": "POST /leads/{company_id}/qualify",
    "lead move": "POST /leads/{company_id}/move",
    "handover send": "POST /handovers/{company_id}/send",
    "handover accept": "POST /handovers/{company_id}/accept",
    "handover reject": "POST /handovers/{company_id}/reject",
    "handover list": "GET /handovers",
    "report": "GET /reports/{name}",
    "spend": "GET /spend",
    "enrich plan": "GET /enrich/plan",
    "enrich run": "POST /enrich/runs",
    "enrich limits": "GET /enrich/limits",
    "enrich allow": "POST /enrich/allowance",
    "enrich forbid": "POST /enrich/allowance/end",
    "enrich cap": "POST /enrich/caps",
    "enrich uncap": "POST /enrich/caps/end",
    "enrich wake": "POST /enrich/wake",
    "enrich unclear": "GET /enrich/unclear",
    "enrich settle": "POST /enrich/unclear/{question_id}/settle",
    "report funnel": "GET /reports/{name}",
    "report cost": "GET /reports/{name}",
    "report sdr": "GET /reports/{name}",
    "report weeks": "GET /reports/{name}",
    "report lists": "GET /reports/{name}",
    "sites reread": "POST /rereads",
    "ops status": "GET /ops/status",
    "ops failures": "GET /ops/failures",
    "ops watch": "GET /ops/status",
    "ops check": "GET /ops/status",
    "ops requeue": "POST /ops/requeue",
    "ops discard": "POST /ops/discard",
    "ops pause": "POST /ops/pause",
    "ops resume": "POST /ops/resume",
}
MACHINE = "it is about the machine that Sluice runs on"
LOCAL = "it reads files that are stored nowhere, and needs no database"
SECRET = "who has a token must not get further rights by it"
RARE = "it is set up once, by a person"
LONG = "it runs for minutes: a worker does it, started at the command line"
WITHOUT = {
    MACHINE: "sites prune,"
    " demo, worker, up, serve, doctor, config, backup, restore, db upgrade, db check, db role",
    LOCAL: "cluster, link, extract, technologies, qualify, predict file, icp new, icp words,"
    " icp schema, icp diff, scoring new, scoring schema, scoring diff, handover check,"
    " handover schema, lead plan, dispositions check, dispositions schema, policy check,"
    " policy schema, export profiles, export show, export check, export fields,"
    " outcomes profiles, outcomes show, lead schema, providers list, providers show,"
    " providers check, providers schema, registers list, registers fetch",
    SECRET: "user add, user set, user remove, user link, user list, user show, user sessions,"
    " user log-out, user second-factor, user reset-factor, user sso, token add, token list,"
    " token revoke,"
    " report share, report shares, report unshare, webhook add, webhook list, webhook remove,"
    " webhook test, inbox add, inbox list, inbox show, inbox rotate, inbox remove",
    RARE: "agency show, agency set, client set, campaign set, user defaults, dispositions use,"
    " policy show, policy use, policy explain, handover use, handover show, handover report,"
    " contact notice, forget",
    LONG: "run, dedupe run, crawl run, crawl site, ops drain, predict train, predict check,"
    " predict use, predict explain, icp backtest, icp replay, scoring backtest,"
    " scoring measure, scoring suggest, dedupe fit, dedupe models, dedupe weights, dedupe diff,"
    " dedupe use, dedupe drop",
}


def commands(some: Mapping[str, Entry], before: str = "") -> Iterator[str]:
    for name, entry in some.items():
        if not isinstance(entry, Group):
            yield before + name
            continue
        if entry.alone:
            yield before + name
        yield from commands(entry.commands, f"{before}{name} ")


def test_every_command_has_an_endpoint_or_a_reason() -> None:
    without = {one.strip() for names in WITHOUT.values() for one in names.split(",")}
    every = set(commands(COMMANDS))
    assert every - set(ENDPOINTS) - without == set()
    assert set(ENDPOINTS) & without == set()
    there = {
        f"{method.upper()} {path}"
        for path, some in described(bare_api())["paths"].items()
        for method in some
    }
    assert set(ENDPOINTS.values()) - there == set()
    assert (set(ENDPOINTS) | without) - every == set()
