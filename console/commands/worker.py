"""`sluice worker` and `sluice up`: processes that work the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from console.output import note

if TYPE_CHECKING:
    from collections.abc import Callable

    from workers.context import Context

Count = Annotated[int, typer.Option("--workers", "-n", help="How many processes.", min=1, max=64)]
AsJson = Annotated[bool, typer.Option("--json", help="Errors as JSON; the workers print nothing else on stdout.")]


def add_to(app: typer.Typer) -> None:
    """Add the commands that stay running."""

    @app.command("worker")
    def worker(count: Count = 2, as_json: AsJson = False) -> None:  # noqa: ARG001 - read by the error handler
        """Work the ledger with the Redis of SLUICE_REDIS_URL, or the private one of `sluice up`, until stopped.

        Ctrl-C or SIGTERM lets running jobs end; a second one stops at once, and nothing is lost either way.

        Example: sluice worker --workers 4
        """
        from leads.settings import load_settings
        from workers.dispatch import connect, redis_url
        from workers.supervise import supervise

        url = redis_url(load_settings())
        connect(url).close()
        supervise(_factory(url), count, note)

    @app.command("up")
    def up(count: Count = 2, as_json: AsJson = False) -> None:  # noqa: ARG001 - read by the error handler
        """Start what is needed and work: a private Redis when SLUICE_REDIS_URL names none, and the workers.

        Example: sluice up
        """
        from leads.settings import load_settings
        from workers.private_redis import private_redis
        from workers.supervise import supervise

        settings = load_settings()
        if settings["redis_url"]:
            supervise(_factory(settings["redis_url"]), count, note)
            return
        with private_redis(settings.home) as url:
            note(f"Redis on {url}")
            supervise(_factory(url), count, note)


def _factory(url: str) -> Callable[[], Context]:
    def make() -> Context:
        from dataclasses import replace

        from console.workplace import Workplace
        from leads.settings import load_settings
        from leads.store.migrate import open_store
        from workers.dispatch import connect

        settings = load_settings()
        at = Workplace(settings, open_store(settings.database_url))
        return replace(at.context(crawl=True), redis=connect(url))

    return make
