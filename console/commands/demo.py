"""`sluice demo`: the whole pipeline on a made-up town of company sites, without any service."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from console.cli.options import AsJson
from console.cli.output import emit, emit_json, note, plain
from console.cli.progress import Progress

Home = Annotated[
    str | None,
    typer.Option(
        "--home",
        help="Where its database goes, made anew; default: `demo` in SLUICE_HOME.",
        metavar="FOLDER",
    ),
]


def add_to(app: typer.Typer) -> None:
    """Add the command."""

    @app.command("demo")
    def demo(home: Home = None, as_json: AsJson = False) -> None:
        """Crawl a made-up town served on this machine, and turn three messy lists of its firms into
        prospects.

        Nothing leaves this machine, and nothing of yours is touched: the demo has a home folder of
        its own, made anew each time.

        Example: sluice demo
        """
        from console.town_tour import tour
        from leads.settings import load_settings

        folder = load_settings().home / "demo" if home is None else _path(home)
        progress = Progress()
        try:
            result = tour(folder, progress)
        finally:
            progress.end()
        if as_json:
            from console.cli.card_json import card_json

            prospects = [card_json(one) for one in result["prospects"]]
            emit_json(result | {"prospects": prospects})
        else:
            _tell(result)


def _path(text: str) -> Any:
    from pathlib import Path

    return Path(text).expanduser()


def _tell(result: dict[str, Any]) -> None:
    from console.cli.card import lines
    from console.funnel import print_funnel

    visits = ", ".join(
        f"{count} {name.replace('_', ' ')}" for name, count in result["visits"].items()
    )
    count = result["run"]["records"]["in"]
    emit(
        f"Three lists name {count} firms of a made-up town; {sum(result['visits'].values())} sites"
        f" visited: {visits}\n"
    )
    print_funnel(result["run"])
    emit("\nThe first prospects, with the evidence for each answer")
    for card in result["prospects"]:
        emit("")
        for line in lines(card):
            emit(f"  {line}")
    emit("\nWhat stayed unknown, and what would decide it")
    for one in result["unknown"]:
        emit(f"  {plain(one['name'])} (visit: {plain(one['visit'])})")
        for criterion, reason in one["open"].items():
            emit(f"    ? {criterion}: {plain(reason)}")
        emit(f"    decided by {', or by '.join(' and '.join(some) for some in one['decides'])}")
    emit(f"\n{result['seconds']} seconds. Look around in what it made:")
    for line in result["next"]:
        emit(f"  {line}")
    note("nothing left this machine")
