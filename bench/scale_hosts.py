"""Decide companies with workers on one host and on two, against one PostgreSQL and one Redis.

    python -m bench.scale_hosts [COMPANIES]

The hosts are network namespaces of this machine, so it needs root, iproute2 and util-linux. Without
the right to make them it says what is refused, and ends with code 3. Writes
docs/bench/scale_hosts.md. A run that takes longer than ten minutes ends with an error.
"""

from __future__ import annotations

import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psycopg
from redis import Redis
from rq import Worker
from sqlalchemy import func, make_url, select

from bench.figures import ROOT
from bench.host_servers import Servers, host_servers
from bench.made_hosts import Host, NotPermittedError, made_hosts
from bench.scale_hosts_page import Run, page
from bench.scale_legs import Site
from bench.scale_verdicts import fill_store
from bench.server_cpu import family_cpu, server_cpu
from leads.store import Store, campaigns, clients
from leads.store.ledger import tasks as ledger
from leads.store.ledger.tasks import Wanted
from leads.store.migrate import open_store
from leads.store.schema import task, verdict
from qualify.run.passes import companies_due
from tests.postgres import fresh_database
from workers.pipeline import BY_NAME, company_task

#: Hosts, and workers on each.
ARRANGEMENTS = ((1, 1), (2, 1), (1, 2), (2, 2))
COMPANIES = 20_000
_KIND = "qualify"
#: Seconds that a run may take, and workers to start or to end.
_MOST, _PATIENCE = 600, 60
#: Longer than PostgreSQL keeps what its sessions did to themselves.
_FLUSHED = 1.5
#: No right to make hosts.
_NOT_PERMITTED = 3


def main(companies: int) -> int:
    """Measure, print and write the page."""
    try:
        with made_hosts(2) as hosts, tempfile.TemporaryDirectory(prefix="slh") as name:
            folder = Path(name)
            folder.chmod(0o755)  # As root, PostgreSQL runs as another user.
            runs = _measured(hosts, folder, companies)
    except NotPermittedError as error:
        print(f"nothing was measured: this machine makes no hosts: {error}", file=sys.stderr)
        return _NOT_PERMITTED
    text = page(runs)
    (ROOT / "docs" / "bench" / "scale_hosts.md").write_text(text, "utf-8")
    print(text)
    return 0


def _measured(hosts: Sequence[Host], folder: Path, companies: int) -> list[Run]:
    runs: list[Run] = []
    with host_servers(folder, [one.servers for one in hosts]) as servers:
        url = servers.postgres(hosts[0].servers)
        with fresh_database(url) as filled:
            fill_store(Site(folder, filled, companies))
            for count, workers in ARRANGEMENTS:
                with fresh_database(url, str(make_url(filled).database)) as database:
                    home = folder / f"{count}-{workers}"
                    home.mkdir()
                    bench = _Bench(servers, hosts[:count], database, home, workers)
                    runs.append(bench.run(companies))
                print(f"measured: hosts {count}, workers on each {workers}", file=sys.stderr)
    return runs


class _Bench:
    """One arrangement of workers on a database of its own."""

    def __init__(
        self, servers: Servers, hosts: Sequence[Host], database: str, home: Path, workers: int
    ) -> None:
        self._servers, self._hosts, self._workers, self._home = servers, hosts, workers, home
        self._database, self._name = database, make_url(database).database
        self._redis = Redis.from_url(servers.redis(hosts[0].servers))
        self._store: Store = open_store(database)

    def run(self, companies: int) -> Run:
        """Start workers, give them all companies at once, and wait until all are decided."""
        self._redis.flushall()
        with self._started() as processes:
            ids = [one.pid for one in processes]
            count = len(self._hosts) * self._workers
            _wait(lambda: Worker.count(connection=self._redis) >= count, _PATIENCE, "workers")
            due = self._due()
            # The first job of a worker loads what it needs.
            first = count * BY_NAME[_KIND].batch
            self._ask(due[:first])
            _wait(self._is_done, _MOST, "first verdicts")
            self._ask(due[first:])
            began, before = time.monotonic(), self._spent(ids)
            _wait(self._is_done, _MOST, "verdicts")
            seconds = time.monotonic() - began
            time.sleep(_FLUSHED)
            after = self._spent(ids)
        self._check(companies)
        self._store.close()
        spent = [later - earlier for earlier, later in zip(before, after, strict=True)]
        return Run(len(self._hosts), self._workers, len(due) - first, seconds, *spent)

    @contextmanager
    def _started(self) -> Iterator[list[subprocess.Popen[bytes]]]:
        processes: list[subprocess.Popen[bytes]] = []
        with ExitStack() as stack:
            for host in self._hosts:
                process = self._start(host)
                processes.append(process)
                stack.callback(_end, process)
            try:
                yield processes
            except (TimeoutError, RuntimeError) as error:
                said = [(self._home / one.name / "log").read_text("utf-8") for one in self._hosts]
                raise RuntimeError(
                    f"{error}; the workers said:\n{''.join(said)[-2_000:]}"
                ) from None

    def _start(self, host: Host) -> subprocess.Popen[bytes]:
        home = self._home / host.name
        home.mkdir()
        url = make_url(self._database).set(host=host.servers)
        environment = {
            "SLUICE_HOME": str(home),
            "SLUICE_DATABASE_URL": url.render_as_string(hide_password=False),
            "SLUICE_USER_AGENT": "Bench/1.0 (+https://bench.example/crawler)",
            "SLUICE_REDIS_URL": self._servers.redis(host.servers),
            "PYTHONPATH": str(ROOT),
        }
        words = ("worker", "--workers", str(self._workers), "--ask-workers", "0")
        command = [sys.executable, "-W", "ignore", "-m", "console", *words]
        return host.start(command, environment, home / "log")

    def _due(self) -> list[Wanted]:
        """The tasks of all companies."""
        with self._store.write() as tx:
            client_id = clients.client_of(tx, "default").id
            campaign_id = campaigns.campaign_of(tx, client_id, None).id
            due = companies_due(tx, client_id, campaign_id)
        return [company_task(_KIND, client_id, campaign_id, one) for one in due]

    def _ask(self, wanted: Sequence[Wanted]) -> None:
        with self._store.write() as tx:
            ledger.ask(tx, wanted)

    def _is_done(self) -> bool:
        # To count what is left would be a part of the measured work.
        open_task = select(task.c.id).where(task.c.state.in_(("pending", "running"))).limit(1)
        with self._store.read() as tx:
            return not tx.execute(open_task).first()

    def _spent(self, processes: Sequence[int]) -> tuple[float, float, float, float]:
        """CPU seconds of workers, PostgreSQL and Redis, and seconds in which statements ran."""
        used = self._redis.info("cpu")
        redis = float(used["used_cpu_user"]) + float(used["used_cpu_sys"])
        with psycopg.connect(self._database) as connection:
            wanted = "SELECT active_time / 1000 FROM pg_stat_database WHERE datname = %s"
            row = connection.execute(wanted, [self._name]).fetchone()
        assert row
        workers = sum(map(family_cpu, processes))
        return workers, server_cpu(self._database), redis, float(row[0])

    def _check(self, companies: int) -> None:
        with self._store.read() as tx:
            decided = tx.execute(select(func.count()).select_from(verdict)).scalar_one()
        if decided != companies:
            raise RuntimeError(f"{decided:,} of {companies:,} companies were decided")


def _wait(is_there: Callable[[], bool], seconds: float, what: str) -> None:
    until = time.monotonic() + seconds
    while not is_there():
        if time.monotonic() > until:
            raise TimeoutError(f"no {what} after {seconds:g} seconds")
        time.sleep(0.1)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Let the workers of a host end their jobs, and then end them."""
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(_PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else COMPANIES))
