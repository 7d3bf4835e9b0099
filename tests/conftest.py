"""What every test gets: a clean environment, a home of its own, and fresh databases of both kinds."""

import itertools
import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from subprocess import SubprocessError

import pytest
from hypothesis import settings
from sqlalchemy import create_engine, make_url

from leads.clock import now
from tests.made_clock import MadeClock
from tests.postgres import as_role, drop_role, fresh_database, running_postgres
from tests.shared_statements import sharing

ROOT = Path(__file__).resolve().parent.parent
IN_CI = bool(os.environ.get("CI"))
# The environment's settings must not decide how a test ends. They are kept under another name, where
# the workers of pytest-xdist find them: those start with the environment as it is by then.
for _name in [name for name in os.environ if name.startswith("SLUICE_")]:
    os.environ[f"GIVEN_{_name}"] = os.environ.pop(_name)
GIVEN = {
    name.removeprefix("GIVEN_"): value
    for name, value in os.environ.items()
    if name.startswith("GIVEN_SLUICE_")
}
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # A shell ignores Ctrl-C in background jobs, and the programs that tests start would inherit that.
    signal.signal(signal.SIGINT, signal.default_int_handler)
# Time limits fail on a busy machine. CI prints how to repeat a failure.
settings.register_profile("ci", deadline=None, max_examples=40, print_blob=True)
settings.register_profile("home", deadline=None, max_examples=30)
settings.load_profile("ci" if IN_CI else "home")
_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("homes")


@pytest.fixture(autouse=True)
def home(homes: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """SLUICE_HOME of this test: a folder that does not exist yet."""
    path = homes / str(next(_numbers))
    monkeypatch.setenv("SLUICE_HOME", str(path))
    # A crawl does not start before somebody says who crawls.
    monkeypatch.setenv("SLUICE_USER_AGENT", "Tests/1.0 (+https://tests.example/crawler)")
    # What a test sees must not depend on the hour at which it runs; tests of call hours set their own.
    monkeypatch.setenv("SLUICE_CALL_HOURS", "any time")
    return path


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """Where Chromium is, by the variable CHROMIUM or a program of that name: missing in CI it fails,
    at home it skips with its reason.
    """
    path = shutil.which(os.environ.get("CHROMIUM") or "chromium")
    if path is None:
        reason = "no Chromium is here: apt install chromium, or name one with CHROMIUM"
        if IN_CI:
            pytest.fail(reason)
        pytest.skip(reason)
    return path


@pytest.fixture
def clock() -> Iterator[MadeClock]:
    """The clock of this test, which begins at the present time."""
    made = MadeClock(now())
    with made.running():
        yield made


@pytest.fixture(scope="session")
def data() -> Path:
    """The folder of real lists and pages, which the repository does not hold: SLUICE_TEST_DATA, or
    `shared/data` beside it.
    """
    path = Path(GIVEN.get("SLUICE_TEST_DATA") or ROOT.parent / "shared" / "data")
    if not path.is_dir():
        pytest.skip("real data is not here; SLUICE_TEST_DATA names its folder")
    return path


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A PostgreSQL server that may create databases: SLUICE_TEST_DATABASE_URL, or one of our own
    until the tests end.
    """
    if given := GIVEN.get("SLUICE_TEST_DATABASE_URL"):
        yield given
        return
    with ExitStack() as stack:
        try:
            url = stack.enter_context(running_postgres())
        except (RuntimeError, OSError, SubprocessError) as error:
            if IN_CI:
                raise
            pytest.skip(
                f"PostgreSQL does not start here ({error}); SLUICE_TEST_DATABASE_URL names one that"
                " runs"
            )
        yield url


@pytest.fixture(scope="session", autouse=True)
def shared_statements() -> Iterator[None]:
    """The databases of all tests share the statements that were written for one of them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("leads.store.engine.create_engine", sharing(create_engine))
        yield


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with every table, to be copied: faster than making the tables for each test."""
    from leads.store.migrate import upgrade

    path = tmp_path_factory.mktemp("template") / "sluice.db"
    upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def restricted_role() -> str:
    """The name of the role that row-level security holds, one for each process of tests."""
    return f"sluice_app_{os.getpid()}"


@pytest.fixture(scope="session")
def postgres_template(postgres_url: str, restricted_role: str) -> Iterator[str]:
    """The name of a PostgreSQL database with every table, to be copied; the restricted role may use
    the copies.
    """
    from leads.store.engine import Store
    from leads.store.migrate import upgrade
    from leads.store.server_roles import grant

    with fresh_database(postgres_url) as url:
        upgrade(url)
        store = Store(url)
        grant(store, restricted_role, None)
        store.close()
        yield str(make_url(url).database)
    drop_role(postgres_url, restricted_role)


@pytest.fixture(scope="session")
def redis_server() -> Iterator[str]:
    """A real Redis for the tests of the rq driver: missing in CI it fails, at home it skips with
    its reason.
    """
    from leads.errors import ServiceDownError
    from workers.private_redis import private_redis

    with tempfile.TemporaryDirectory(prefix="sl") as folder:
        try:
            with private_redis(Path(folder)) as server:
                yield server.url
        except ServiceDownError as error:
            if IN_CI:
                raise
            pytest.skip(f"no Redis starts here: {error.message}")


@pytest.fixture
def redis_url(redis_server: str) -> str:
    """The same, emptied."""
    from redis import Redis

    Redis.from_url(redis_server).flushall()
    return redis_server


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A fresh database with every table and no rows; a test that asks for it runs once on each
    kind.

    `restricted` is PostgreSQL as a role that row-level security holds; with SLUICE_TEST_ROLE=restricted
    every test on PostgreSQL runs as it.
    """
    if request.param == "sqlite":
        shutil.copyfile(request.getfixturevalue("sqlite_template"), tmp_path / "sluice.db")
        yield f"sqlite:///{tmp_path / 'sluice.db'}"
        return
    is_restricted = "restricted" in (request.param, GIVEN.get("SLUICE_TEST_ROLE"))
    with fresh_database(
        request.getfixturevalue("postgres_url"), request.getfixturevalue("postgres_template")
    ) as url:
        role = request.getfixturevalue("restricted_role") if is_restricted else None
        yield as_role(url, role) if role else url


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database without a table, for tests of the migrations themselves."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
        return
    with fresh_database(request.getfixturevalue("postgres_url")) as url:
        yield url
