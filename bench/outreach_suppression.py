"""Time an import of suppressions, and a check of companies against them.

Usage: python -m bench.outreach_suppression [ENTRIES] [COMPANIES]; SLUICE_DATABASE_URL names the
database, which must be empty. Prints seconds by the clock and of this process's CPU as JSON.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from sqlalchemy import insert

from actions.session import open_session
from console.cli.main import run_command
from leads.clock import now
from leads.ids import new_id
from leads.store import clients, contact_keys
from leads.store.contact_keys import StoredKey
from leads.store.engine import chunks
from leads.store.schema import company
from leads.store.suppressions import with_hashes
from outreach.keys import KnownAs, digest, keys_of
from outreach.run.contacts import contact_facts_by_stored_keys
from outreach.spellings import comparable_form

SYLLABLES = [a + b for a in "bdfgklmnprstvw" for b in ("a", "e", "i", "o", "u", "an", "er", "ol")]


def main() -> None:
    """Import the entries, check the companies, and print the figures."""
    entries = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    companies = int(sys.argv[2]) if len(sys.argv) > 2 else 100_000
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("SLUICE_HOME", folder)
        os.environ.setdefault("SLUICE_DATABASE_URL", f"sqlite:///{folder}/sluice.db")
        file = _list(Path(folder) / "do-not-contact.csv", entries)
        figures: dict[str, object] = {"entries": entries, "companies": companies}
        figures["import"] = _timed(lambda: _sluice("suppress", "import", str(file)))
        figures["megabytes"] = _peak_of_memory()
        figures |= _checks(companies)
        print(json.dumps(figures))


def _peak_of_memory() -> float:
    """Megabytes of this program, without those of the one that started it."""
    lines = Path("/proc/self/status").read_text().splitlines()
    peak = next(line for line in lines if line.startswith("VmHWM"))
    return int(peak.split()[1]) / 1024


def _checks(count: int) -> dict[str, object]:
    with open_session() as session:
        known = {new_id(): _known(random.Random(-number)) for number in range(count)}
        keys = {one: keys_of(what) for one, what in known.items()}
        hashes = [digest(key, session.secret) for some in keys.values() for key in some]
        with session.store.write() as tx:
            client_id = clients.make_client(tx, clients.DEFAULT_CLIENT).id
            rows = [_row(client_id, one, known[one]) for one in known]
            for some in chunks(rows):
                tx.execute(insert(company), some)
            stored = {
                one: [StoredKey(digest(key, session.secret)) for key in keys[one]]
                + [StoredKey(f"form {one}", comparable_form(known[one].names[0]))]
                for one in known
            }
            contact_keys.put(tx, client_id, stored, dict.fromkeys(known, "made"))
        with session.store.read() as tx:
            ids = list(known)
            by_key = _timed(lambda: with_hashes(tx, client_id, None, hashes))
            whole = _timed(lambda: contact_facts_by_stored_keys(tx, client_id, None, ids))
            five = _timed(lambda: contact_facts_by_stored_keys(tx, client_id, None, ids[:5]))
    return {"check_keys": by_key, "check_with_spellings": whole, "check_of_five": five}


def _row(client_id: UUID, company_id: UUID, known: KnownAs) -> dict[str, object]:
    return {
        "id": company_id,
        "client_id": client_id,
        "kind": "legal_entity",
        "name": known.names[0],
        "reason": "",
        "created_at": now(),
    }


def _known(chance: random.Random) -> KnownAs:
    return KnownAs(names=(f"{_word(chance)} {_word(chance)} GmbH",), domains=(_domain(chance),))


def _list(path: Path, count: int) -> Path:
    """Half domains, a quarter e-mail addresses, a quarter names."""
    with path.open("w") as file:
        file.write("name,domain,email\n")
        for number in range(count):
            chance = random.Random(number)
            kind = number % 4
            if kind == 0:
                file.write(f"{_word(chance)} {_word(chance)} GmbH,,\n")
            elif kind == 1:
                file.write(f",,info@{_domain(chance)}\n")
            else:
                file.write(f",{_domain(chance)},\n")
    return path


def _word(chance: random.Random) -> str:
    return "".join(chance.choices(SYLLABLES, k=4)).title()


def _domain(chance: random.Random) -> str:
    return f"{_word(chance).lower()}{_word(chance).lower()}.example"


def _timed(work: Callable[[], object]) -> dict[str, float]:
    began, cpu = time.perf_counter(), time.process_time()
    work()
    spent = {"seconds": time.perf_counter() - began, "cpu": time.process_time() - cpu}
    return {name: round(value, 2) for name, value in spent.items()}


def _sluice(*arguments: str) -> str:
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        code = run_command(list(arguments))
    if code:
        raise SystemExit(f"sluice {' '.join(arguments)} ended with {code}")
    return out.getvalue()


if __name__ == "__main__":
    main()
