"""Fill every table that a page lists; the database itself makes the rows, by their number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from uuid import UUID

from bench.bulk_load import Loader, bulk_load
from bench.outreach_seed import Seeded, seed
from leads.ids import floor_of
from leads.store import Store, calendars, users, web_sessions
from leads.store.web_sessions import NewSession
from outreach.run.call_clock import look_up_holidays

_TABLES: tuple[str, ...] = (
    "company",
    "record",
    "verdict",
    "queue_entry",
    "lead",
    "suppression",
    "contact",
)
_TABLES += ("review_pair", "event", "crawl")
#: In ids: which table a row is of.
_COMPANY, _RECORD, _VERDICT, _ENTRY, _SUPPRESSION, _CONTACT, _PAIR, _EVENT = range(20, 28)
_DAY = 86_400
_NAME = "'Firma ' || {word} || ' Werke GmbH'"
#: What is put into each table, for the numbers `i` of its rows. Braces: what differs between the
#: databases, and the campaign's own ids.
_ROWS = {
    "company": (
        "id, client_id, kind, name, reason, created_at",
        f"{{id20}}, {{client}}, 'legal_entity', {_NAME}, '', {{at}}",
    ),
    "record": (
        (
            "id, client_id, list_id, import_id, row, line, row_key, content_hash, match_key, name, raw,"
            " company_id, end_noticed"
        ),
        (
            "{id21}, {client}, {list}, {import}, i, i, {word}, {word}, {word},"
            f" {_NAME}, '{{{{}}}}', {{id20}}, {{no}}"
        ),
    ),
    "verdict": (
        (
            "id, client_id, campaign_id, company_id, icp_version_id, verdict, fit_stage, score_worst,"
            " score_best, asks, why_not, answers, decides, waits_for, fact_ids, today, versions,"
            " decided_at"
        ),
        (
            "{id22}, {client}, {campaign}, {id20}, {profile}, 'fit', 'prospect', i % 101, i % 101,"
            " {no}, '', '[]', '[]', '[]', '[]', {today}, '{{}}', {at}"
        ),
    ),
    "queue_entry": (
        (
            "id, client_id, campaign_id, company_id, state, reason, score_worst, score_best, rank,"
            " calendar, fresh, token, attempts, entered_at"
        ),
        (
            "{id23}, {client}, {campaign}, {id20}, 'ready', 'fits', i % 101, i % 101, -(i % 101), '',"
            " i % 90, 0, 0, {at}"
        ),
    ),
    # A tenth is due; the others' time comes later.
    "lead": (
        "campaign_id, company_id, client_id, stage, since, next_touch_at, next_touch, entered_at",
        (
            "{campaign}, {id20}, {client}, CASE i % 6 WHEN 0 THEN 'unqualified' WHEN 1 THEN 'nurture'"
            " WHEN 2 THEN 'mql' WHEN 3 THEN 'sql' WHEN 4 THEN 'opportunity' ELSE 'customer' END,"
            " {at}, {later}, 'call', {at}"
        ),
    ),
    # Not of anybody in the queue, and not found by its hash: the table alone is timed.
    "suppression": (
        "id, client_id, level, kind, key, key_hash, subject, request_id, reason, by, at",
        (
            "{id24}, {owner}, CASE i % 2 WHEN 0 THEN 'agency' ELSE 'client' END, 'domain',"
            " 'never-' || i || '.example', {word}, 'never-' || i || '.example', {id24},"
            " 'asked for it', 'bench', {at}"
        ),
    ),
    "contact": (
        (
            "id, client_id, record_id, kind, role, name, email, source, basis, notice_due_at,"
            " created_at"
        ),
        (
            "{id25}, {client}, {id21}, 'person', 'buyer', 'Sam Person ' || i,"
            " 'sam.' || i || '@never.example', 'list:fair', 'legitimate interest', {later}, {at}"
        ),
    ),
    "review_pair": (
        (
            "id, client_id, left_id, right_id, kind, together, odds, reasons_for, reasons_against,"
            " found_at"
        ),
        (
            "{id26}, {client}, {id21}, {next21}, 'near the threshold', {no},"
            " (i * 7919 % 10007) / 5000.0 - 1, '[\"same phone\"]', '[\"other street\"]', {at}"
        ),
    ),
    # Half are decisions about the background work, half are what users did.
    "event": (
        "id, at, who, client_id, verb, thing, thing_id, reason, data, trace_id",
        (
            "{id27}, {at}, 'bench', {client}, CASE i % 4 WHEN 0 THEN 'paused' WHEN 2 THEN"
            " 'resumed' ELSE 'noted' END, CASE i % 2 WHEN 0 THEN 'queue' ELSE 'company' END,"
            " 'crawl', 'a reason', '{{\"tasks\": 3}}', ''"
        ),
    ),
    # All of the last day, which the page counts.
    "crawl": (
        "id, site, outcome, reason, pages, bytes, robots, started_at, seconds",
        (
            "{visit}, 'never-' || i || '.example', CASE i % 5 WHEN 0 THEN 'timeout' WHEN 1 THEN"
            " 'robots_denied' ELSE 'ok' END, '', 3, 30000, 'allowed', {at},"
            " (i * 7919 % 10007) / 1000.0"
        ),
    ),
}


@dataclass(frozen=True, slots=True)
class Person:
    """A user who is logged in."""

    name: str
    cookie: str
    form_key: str


def log_in(url: str, names: Sequence[str], role: str, clients: Sequence[UUID]) -> list[Person]:
    """Add users who are logged in; a password for each would take a second."""
    store, found = Store(url), []
    with store.write() as tx:
        for name in names:
            user = users.add(tx, name, role, clients)
            made = Person(name, f"cookie-of-{name}".replace(" ", "-"), f"key-of-{user.id.hex}")
            browser = NewSession(
                token_hash=sha256(made.cookie.encode()).hexdigest(),
                user_id=user.id,
                form_key=made.form_key,
                agent="bench",
                network="",
                how="password",
                needs="",
            )
            web_sessions.begin(tx, browser)
            found.append(made)
    store.close()
    return found


def fill_queue(url: str, prospects: int) -> Seeded:
    """Make a database with a queue of prospects that have cards, and the public holidays of their
    country, which the product keeps when it places them.
    """
    made, store = seed(url, prospects), Store(url)
    with store.write() as tx:
        look_up_holidays(tx, calendars.of_free_rows(tx, made.campaign_id))
    store.close()
    return made


def fill_tables(url: str, rows: int) -> Seeded:
    """Make a database with so many rows in each table that a page lists."""
    made = seed(url, 0)
    with bulk_load(url, _TABLES) as loader:
        is_file = url.startswith("sqlite")
        words = _file_words(made) if is_file else _server_words(made)
        numbers = (
            f"(WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {rows - 1})"
            " SELECT i FROM n)"
            if is_file
            else f"generate_series(0::bigint, {rows - 1}) AS n(i)"
        )
        for table, (columns, values) in _ROWS.items():
            _fill(loader, table, columns, f"{values.format(**words)} FROM {numbers}")
    return made


def company_name(number: int) -> str:
    """The name of a company by its number, as the database makes it."""
    return f"Firma {_word(number)} Werke GmbH"


def id_of(number: int, table: int = _COMPANY) -> UUID:
    """The id of a row by its number."""
    return UUID(f"0199000000{table:02x}70008{number:015x}")


def suppression_id(number: int) -> UUID:
    """The id of a suppression by its number."""
    return id_of(number, _SUPPRESSION)


def _fill(loader: Loader, table: str, columns: str, rows: str) -> None:
    named = ", ".join(f'"{one.strip()}"' for one in columns.split(","))
    loader.run(f'INSERT INTO "{table}" ({named}) SELECT {rows}')


def _word(number: int) -> str:
    return f"{number * 2_654_435_761 % 4_294_967_296:08x}"


def _file_words(made: Seeded) -> dict[str, str]:
    """SQL of what the rows name, on SQLite."""

    def row_id(table: int, number: str = "i") -> str:
        return f"'0199000000{table:02x}70008' || printf('%015x', {number})"

    moment = "strftime('%Y-%m-%d %H:%M:%f', 'now'{}) || '000'"
    first = floor_of(datetime.now(UTC)).hex[:12]
    return {
        **{f"id{table}": row_id(table) for table in range(_COMPANY, _EVENT + 1)},
        "next21": row_id(_RECORD, "i + 1"),
        "client": f"'{made.client_id.hex}'",
        "campaign": f"'{made.campaign_id.hex}'",
        "owner": f"CASE i % 2 WHEN 0 THEN NULL ELSE '{made.client_id.hex}' END",
        "list": "(SELECT id FROM list)",
        "import": "(SELECT id FROM import)",
        "profile": "(SELECT icp_version_id FROM campaign)",
        "word": "printf('%08x', i * 2654435761 % 4294967296)",
        "at": moment.format(""),
        "later": moment.format(", (i % 1000000 - 100000) || ' minutes'"),
        "today": "date('now')",
        "no": "0",
        "visit": f"'{first}70008' || printf('%015x', i)",
    }


def _server_words(made: Seeded) -> dict[str, str]:
    """The same on PostgreSQL."""

    def row_id(table: int, number: str = "i") -> str:
        return f"('0199000000{table:02x}70008' || lpad(to_hex({number}), 15, '0'))::uuid"

    first = floor_of(datetime.now(UTC)).hex[:12]
    return {
        **{f"id{table}": row_id(table) for table in range(_COMPANY, _EVENT + 1)},
        "next21": row_id(_RECORD, "i + 1"),
        "client": f"'{made.client_id}'::uuid",
        "campaign": f"'{made.campaign_id}'::uuid",
        "owner": f"CASE i % 2 WHEN 0 THEN NULL ELSE '{made.client_id}'::uuid END",
        "list": "(SELECT id FROM list)",
        "import": "(SELECT id FROM import)",
        "profile": "(SELECT icp_version_id FROM campaign)",
        "word": "lpad(to_hex(i * 2654435761 % 4294967296), 8, '0')",
        "at": "now()",
        "later": "now() + (i % 1000000 - 100000) * interval '1 minute'",
        "today": "current_date",
        "no": "false",
        "visit": f"('{first}70008' || lpad(to_hex(i), 15, '0'))::uuid",
    }
