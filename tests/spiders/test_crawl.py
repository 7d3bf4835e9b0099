"""How a crawl starts, ends early, and starts again."""

import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any, NoReturn

import pytest

from leads.errors import UsageError
from spiders.crawl import crawl
from spiders.limits import Limits
from spiders.site import SiteOutcome, SiteToCrawl
from tests.spiders.conftest import Hostile, Web

Town = tuple[list[SiteToCrawl], dict[tuple[str, int], tuple[str, int]]]
AGENT = "Sluice/0.1 (+https://sluice.example/crawler)"
LIMITS = Limits(download_timeout=5, seconds_per_site=10, delay=0, sites_at_once=3)


@pytest.fixture
def town(server: Hostile, web: type[Web]) -> Town:
    """Three quick sites and three that never answer, with the map to them."""

    def hang(connection: socket.socket, over: threading.Event) -> None:
        over.wait(10)

    quick, stuck = (
        [f"quick-{n}.example" for n in range(3)],
        [f"stuck-{n}.example" for n in range(3)],
    )
    for host in quick:
        server.site(host, home=web.page())
    for host in stuck:
        server.site(host, robots=hang)
    sites = [SiteToCrawl(host, (f"http://{host}/",)) for host in (*quick, *stuck)]
    return sites, server.allowed(*quick, *stuck)


def test_it_runs_again_and_again_in_one_process_and_in_any_thread(town: Town) -> None:
    sites, allowed = town
    counts = []
    threads = []
    for _ in range(2):
        counts.append(
            crawl(
                sites[:3], limits=LIMITS, user_agent=AGENT, allowed=allowed, on_site=lambda _: None
            ).outcomes
        )
    threads.append(
        threading.Thread(
            target=lambda: counts.append(
                crawl(
                    sites[:3],
                    limits=LIMITS,
                    user_agent=AGENT,
                    allowed=allowed,
                    on_site=lambda _: None,
                ).outcomes
            )
        )
    )
    threads[0].start()
    threads[0].join()
    assert counts == [{"ok": 3}] * 3


def test_no_sites_is_no_work() -> None:
    stats = crawl([], limits=LIMITS, user_agent=AGENT, on_site=lambda _: None)
    assert (stats.outcomes, stats.unfinished, stats.stopped) == ({}, (), None)


@pytest.mark.parametrize("how", ["asked", "time"])
def test_it_ends_early_with_the_finished_sites_reported(town: Town, how: str) -> None:
    sites, allowed = town
    reported: list[SiteOutcome] = []
    limits = Limits(
        download_timeout=5,
        seconds_per_site=10,
        delay=0,
        sites_at_once=6,
        seconds_in_all=0.6 if how == "time" else None,
    )
    stats = crawl(
        sites,
        limits=limits,
        user_agent=AGENT,
        allowed=allowed,
        on_site=reported.append,
        should_stop=lambda: how == "asked" and len(reported) == 3,
    )
    assert sorted(outcome.domain for outcome in reported) == [
        "quick-0.example",
        "quick-1.example",
        "quick-2.example",
    ]
    assert stats.unfinished == ("stuck-0.example", "stuck-1.example", "stuck-2.example")
    assert stats.stopped == how
    assert stats.seconds < 2.5


def test_what_the_report_raises_ends_the_crawl_and_is_raised(town: Town) -> None:
    sites, allowed = town
    calls: list[str] = []

    def full(outcome: SiteOutcome) -> NoReturn:
        calls.append(outcome.domain)
        raise OSError("no space left on device")

    before = time.monotonic()
    with pytest.raises(OSError, match="no space left"):
        crawl(sites, limits=LIMITS, user_agent=AGENT, allowed=allowed, on_site=full)
    assert 1 <= len(calls) <= 3
    assert time.monotonic() - before < 2.5
    assert crawl(
        sites[:3], limits=LIMITS, user_agent=AGENT, allowed=allowed, on_site=lambda _: None
    ).outcomes == {"ok": 3}


def test_what_the_question_whether_to_stop_raises_ends_the_crawl_too(town: Town) -> None:
    def lost() -> NoReturn:
        raise OSError("the database is gone")

    sites, allowed = town
    with pytest.raises(OSError, match="is gone"):
        crawl(
            sites,
            limits=LIMITS,
            user_agent=AGENT,
            allowed=allowed,
            on_site=lambda _: None,
            should_stop=lost,
        )


SCRIPT = """
import sys
from spiders.crawl import crawl
from spiders.limits import Limits
from spiders.site import SiteToCrawl
port, *hosts = sys.argv[1:]
try:
    crawl(
        [SiteToCrawl(host, (f"http://{host}/",)) for host in hosts],
        limits=Limits(download_timeout=30, delay=0),
        user_agent="Sluice/0.1 (+https://sluice.example/crawler)",
        allowed={(host, 80): ("127.0.0.1", int(port)) for host in hosts},
        on_site=lambda outcome: print(outcome.domain, flush=True),
    )
except KeyboardInterrupt:
    print("interrupted")
    sys.exit(130)
"""


def test_ctrl_c_ends_it_promptly_and_without_noise(server: Hostile, town: Town) -> None:
    sites, _ = town
    arguments = [
        sys.executable,
        "-c",
        SCRIPT,
        str(server.server_address[1]),
        *(site.domain for site in sites),
    ]
    root = str(Path(__file__).parents[2])
    with subprocess.Popen(
        arguments,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=root,
    ) as process:
        assert process.stdout is not None
        reported = sorted(process.stdout.readline().strip() for _ in range(3))
        process.send_signal(signal.SIGINT)
        before = time.monotonic()
        rest, errors = process.communicate(timeout=10)
    assert reported == ["quick-0.example", "quick-1.example", "quick-2.example"]
    assert (rest, errors, process.returncode) == ("interrupted\n", "", 130)
    assert time.monotonic() - before < 3


@pytest.mark.parametrize(
    "agent",
    [
        "",
        "Mozilla/5.0",
        "Sluice/0.1",
        "Sluice (+https://sluice.example/)",
        "Sluice/0.1 (+mailto:x)",
        "Sluice/0.1 (+https://a b)\r\nX: y",
    ],
)
def test_a_crawler_that_does_not_say_who_it_is_does_not_start(agent: str) -> None:
    with pytest.raises(UsageError, match="say who crawls"):
        crawl(
            [SiteToCrawl("acme.example")], limits=LIMITS, user_agent=agent, on_site=lambda _: None
        )


@pytest.mark.parametrize(
    "wrong",
    [
        {"pages_per_site": 0},
        {"seconds_per_site": -1},
        {"delay": -0.1},
        {"seconds_in_all": 0},
        {"bytes_per_page": 0},
    ],
)
def test_limits_are_above_zero(wrong: dict[str, Any]) -> None:
    with pytest.raises(UsageError, match=next(iter(wrong))):
        Limits(**wrong)
