"""`sluice worker` and `sluice up`: processes that work the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Callable

    from leads.settings import Settings
    from workers.context import Context, Log

Count = Annotated[int, typer.Option("--workers", "-n", help="How many processes.", min=1, max=64)]
AsJson = Annotated[
    bool, typer.Option("--json", help="Errors and the log as JSON; nothing is printed on stdout.")
]
LogShape = Annotated[
    str, typer.Option("--log", help="The log on stderr: text or json.", metavar="SHAPE")
]
Port = Annotated[
    int,
    typer.Option(
        "--metrics-port",
        help="Serve /metrics, /healthz and /readyz there; 0: not at all.",
        min=0,
        max=65535,
    ),
]
Address = Annotated[
    str,
    typer.Option("--metrics-address", help="Which address to serve them on.", metavar="ADDRESS"),
]
Memory = Annotated[
    int,
    typer.Option(
        "--memory",
        help="MB after which a worker is renewed; at twice as much it is killed. 0: no limit.",
        min=0,
    ),
]
Jobs = Annotated[
    int, typer.Option("--max-jobs", help="Jobs after which a worker is renewed.", min=1)
]
Seconds = Annotated[
    float,
    typer.Option("--job-seconds", help="A job that takes longer is killed with its worker.", min=1),
]


def add_to(app: typer.Typer) -> None:
    """Add the commands that stay running."""

    @app.command("worker")
    def worker(
        count: Count = 2,
        memory: Memory = 1_500,
        jobs: Jobs = 1_000,
        seconds: Seconds = 1_800,
        port: Port = 0,
        address: Address = "127.0.0.1",
        log: LogShape = "text",
        as_json: AsJson = False,
    ) -> None:
        """Work the ledger with the Redis of SLUICE_REDIS_URL, or the private one of `sluice up`,
        until stopped.

        Ctrl-C or SIGTERM lets running jobs end; a second one stops at once, and nothing is lost
        either way.

        Example: sluice worker --workers 4
        """
        from leads.settings import load_settings
        from workers.redis_client import redis_url

        run = _runner(count, memory, jobs, seconds, port, address, "json" if as_json else log)
        run(redis_url(load_settings()))

    @app.command("up")
    def up(
        count: Count = 2,
        memory: Memory = 1_500,
        jobs: Jobs = 1_000,
        seconds: Seconds = 1_800,
        port: Port = 0,
        address: Address = "127.0.0.1",
        log: LogShape = "text",
        as_json: AsJson = False,
    ) -> None:
        """Start what is needed and work: a private Redis when SLUICE_REDIS_URL names none, and the
        workers.

        Example: sluice up --metrics-port 9464
        """
        from leads.settings import load_settings
        from workers.private_redis import private_redis

        run = _runner(count, memory, jobs, seconds, port, address, "json" if as_json else log)
        settings = load_settings()
        if settings["redis_url"]:
            run(settings["redis_url"])
            return
        with private_redis(settings.home) as redis:
            run(redis.url, redis.tend)


def _runner(
    count: int, memory: int, jobs: int, seconds: float, port: int, address: str, shape: str
) -> Callable[..., None]:
    from leads.errors import UsageError
    from leads.settings import load_settings
    from spiders.limits import check_user_agent
    from workers.bounds import Bounds
    from workers.logs import logger, supervisor_log
    from workers.metrics_server import server
    from workers.redis_client import connect
    from workers.supervise import supervise

    if shape not in ("text", "json"):
        raise UsageError(f"{shape!r} is no shape of a log", "text or json")
    check_user_agent(load_settings()["user_agent"])
    log = logger(as_json=shape == "json")

    def run(url: str, tend: Callable[[Callable[[str], None]], None] = lambda _told: None) -> None:
        connect(url).close()
        make = _factory(url, log)
        beside = {"metrics": server(make, address, port)} if port else {}
        supervise(
            make,
            count,
            supervisor_log(log),
            bounds=Bounds(memory=memory, jobs=jobs, seconds=seconds),
            beside=beside,
            tend=tend,
        )

    return run


def _factory(url: str, log: Log) -> Callable[[], Context]:
    def make() -> Context:
        from dataclasses import replace

        from console.workplace import Workplace
        from leads.settings import load_settings
        from leads.store.migrate import open_store
        from workers.redis_client import connect

        settings: Settings = load_settings()
        at = Workplace(settings, open_store(settings.database_url))
        return replace(at.context(), redis=connect(url), log=log)

    return make
