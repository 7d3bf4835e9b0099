"""Run workers: against a Redis of the settings, or with a private one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from actions.session import Session
from leads.errors import UsageError
from leads.settings import load_settings
from leads.store.migrate import open_store
from workers.bounds import Bounds
from workers.context import Context, Log
from workers.crawl_settings import check_crawl_settings
from workers.logs import logger, supervisor_log
from workers.metrics_server import server
from workers.private_redis import private_redis
from workers.redis_client import connect, redis_url
from workers.supervise import Notify, supervise

_LOG_FORMATS = ("text", "json")


@dataclass(frozen=True, slots=True, kw_only=True)
class ServeRequest:
    """How many workers to run, within which limits, and where to report."""

    workers: int
    #: Further ones, which ask sources and do nothing else.
    asking: int
    #: MB of memory; 0: no limit.
    memory: int
    jobs: int
    job_seconds: float
    #: 0: no metrics are served.
    metrics_port: int
    metrics_address: str
    #: text or json.
    log: str


# These two have no actor: a service runs them, under a login that is no user.


def run_workers(request: ServeRequest) -> None:
    """Run workers with the Redis of the settings or of `sluice up`, until a signal ends them."""
    log = _checked_log(request)
    _supervise(request, log, redis_url(load_settings()))


def run_all(request: ServeRequest) -> None:
    """Run workers, and a private Redis when the settings name none, until a signal ends them."""
    log = _checked_log(request)
    settings = load_settings()
    if settings["redis_url"]:
        _supervise(request, log, settings["redis_url"])
        return
    with private_redis(settings.home) as redis:
        _supervise(request, log, redis.url, redis.tend)


def _checked_log(request: ServeRequest) -> Log:
    if request.log not in _LOG_FORMATS:
        raise UsageError(f"{request.log!r} is not a log format", "text or json")
    if not request.workers + request.asking:
        raise UsageError("there are no workers to run", "more for --workers or --ask-workers")
    settings = load_settings()
    check_crawl_settings(settings)
    return logger(as_json=request.log == "json")


def _supervise(
    request: ServeRequest,
    log: Log,
    url: str,
    tend: Callable[[Notify], None] = lambda _notify: None,
) -> None:
    connect(url).close()
    make = _context_maker(url, log)
    port = request.metrics_port
    beside = {"metrics": server(make, request.metrics_address, port)} if port else {}
    supervise(
        make,
        request.workers,
        supervisor_log(log),
        bounds=Bounds(memory=request.memory, jobs=request.jobs, seconds=request.job_seconds),
        beside=beside,
        tend=tend,
        asking=request.asking,
    )


def _context_maker(url: str, log: Log) -> Callable[[], Context]:
    """A function that each process calls: connections do not survive a fork."""

    def make() -> Context:
        settings = load_settings()
        session = Session(settings=settings, store=open_store(settings.database_url))
        return replace(session.context(), redis=connect(url), log=log)

    return make
