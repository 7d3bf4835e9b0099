"""`sluice demo`: the whole pipeline on a made-up town, without any service."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from actions.demo import CLIENT, AskReport, Demo, OpenSuspect, run_demo, run_json
from actions.demo_folder import hold_folder
from actions.searched_sites import CompanySearched
from console.cli.card import lines
from console.cli.card_json import card_json
from console.cli.enrich import print_run
from console.cli.enrich import run_json as asked_json
from console.cli.finding_lines import print_reasons
from console.cli.funnel import print_funnel
from console.cli.lazy import load
from console.cli.options import AsJson
from console.cli.output import emit, emit_json, note, plain
from console.cli.progress import Progress
from console.cli.serve import PORT, Port
from console.cli.site_bands import BANDS
from console.cli.stored_finding import stored_json
from leads.settings import load_settings


def demo(
    home: Annotated[
        str | None,
        typer.Option(
            "--home",
            help="Its data folder, emptied first; default: demo in yours.",
            metavar="FOLDER",
        ),
    ] = None,
    serve: Annotated[
        bool, typer.Option("--serve", help="Then serve its pages, with four logins.")
    ] = False,
    port: Port = PORT,
    as_json: AsJson = False,
) -> None:
    """Run the whole pipeline on a made-up town.

    The town's company sites are served on this machine and crawled, and four messy lists of its
    firms become prospects. One of them states names and countries only. Then its register and a
    paid provider of its own are asked what could settle a verdict. Nothing leaves this machine. The
    demo has a data folder of its own, and does not touch your data.

    One demo runs or is served in a folder at a time.

    With --serve, an admin, a manager, an SDR and an operator can log in on this machine.

    Example: sluice demo --serve
    """
    folder = load_settings().home / "demo" if home is None else Path(home).expanduser()
    with hold_folder(folder):
        if serve:
            # A port that is taken is told before the run, which takes a while.
            load("console.web.listening:listen")("127.0.0.1", port).close()
        with Progress() as progress:
            made = run_demo(folder, progress)

        if not serve:
            emit_json(_json(made)) if as_json else _print(made)
            return
        if not as_json:
            print_funnel(made.run)
        load("console.cli.demo_serve:serve_demo")(made.home, port, as_json=as_json)


def _print(made: Demo) -> None:
    visits = ", ".join(f"{count} {name.replace('_', ' ')}" for name, count in made.visits.items())
    emit(
        f"Four lists name {made.run.records.rows} firms of a made-up town;"
        f" {sum(made.visits.values())} sites visited: {visits}\n"
    )
    print_funnel(made.run)
    _print_asked(made.asked)
    emit("\nThe first prospects, with the evidence for each answer")
    for card in made.prospects:
        emit("")
        for line in lines(card):
            emit(f"  {line}")
    emit("\nWhat stayed unknown, and what would decide it")
    for one in made.unknown:
        _print_suspect(one)
    emit("\nThe sites of firms that a list only names, with what speaks for and against each")
    for band, word in BANDS.items():
        first = next((one for one in made.searched if one.found and one.found.band == band), None)
        if first is not None:
            _print_searched(first, word)
    emit(f"\n{made.seconds} seconds. Look around in what it made:")
    for line in _next(made.home):
        emit(f"  {line}")
    note("nothing left this machine")


def _print_asked(done: AskReport) -> None:
    emit("\nThe town's register, which is free, and its paid provider were asked\n")
    print_run(done)


def _print_suspect(one: OpenSuspect) -> None:
    emit(f"  {plain(one.name)} (visit: {plain(one.visit)})")
    for criterion, reason in one.open.items():
        emit(f"    ? {criterion}: {plain(reason)}")
    emit(f"    decided by {', or by '.join(' and '.join(some) for some in one.decides)}")


def _print_searched(one: CompanySearched, word: str) -> None:
    assert one.found is not None
    emit(f"  {plain(one.company)}: {word} {one.found.domain or ''}".rstrip())
    print_reasons(stored_json(one.company_id, one.company, one.found))


def _next(home: Path) -> list[str]:
    here = f"SLUICE_HOME={home} sluice"
    return [
        f"{here} queue next --client {CLIENT} --as you",
        f"{here} queue show --client {CLIENT}",
        f"{here} sites review --client {CLIENT}",
        "sluice run YOUR.csv --icp YOUR.yaml",
    ]


def _json(made: Demo) -> dict[str, Any]:
    return {
        "run": run_json(made.run),
        "visits": made.visits,
        "asked": asked_json(made.asked),
        "prospects": [card_json(one) for one in made.prospects],
        "unknown": [asdict(one) for one in made.unknown],
        "searched": [
            stored_json(one.company_id, one.company, one.found)
            for one in made.searched
            if one.found
        ],
        "next": _next(made.home),
        "seconds": made.seconds,
    }
