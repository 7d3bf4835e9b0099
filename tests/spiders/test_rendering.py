"""What becomes of pages that scripts fill, in a real Chromium: one crawl over all of them at once."""

import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from time import monotonic
from typing import Any

import pytest

from leads.rendering import Rendering
from spiders.browser import Browser
from spiders.browser_program import BrowserError, find_program
from spiders.crawl import crawl
from spiders.limits import Limits
from spiders.page_sight import see
from spiders.rendering import RenderLimits, RenderOptions, Sent
from spiders.site import CrawlStats, SiteOutcome, SiteToCrawl
from tests.conftest import ROOT as REPOSITORY
from tests.spiders.conftest import Hostile, Route, Web, answer
from tests.spiders.made_trap import Trap, set_trap

AGENT = "Tests/1.0 (+https://tests.example/crawler)"
LIMITS = Limits(
    delay=0, look_further=False, pages_per_site=4, bytes_per_site=2_000_000, retry_pause=0
)
QUICK = RenderLimits(
    seconds=10, quiet=0.3, quiet_without_text=1.2, patience=8, parts=20, other_domains=2
)
ROOT = '<!doctype html><meta charset="utf-8"><div id="root"></div><script src="/app.js"></script>'
#: Functions for the scripts of the pages below.
TOOLS = """
const root = document.getElementById("root");
const say = text => root.insertAdjacentHTML("beforeend", `<p>${text}</p>`);
const fill = text => { say(text); say("Nordwind GmbH makes windows of wood. ".repeat(20)); };
const attempt = (name, made) => Promise.resolve().then(made).then(
  () => say("reached " + name), () => say("refused " + name));
"""


def script(text: str) -> bytes:
    return answer(TOOLS + text, kind="text/javascript; charset=utf-8")


def is_shell(page: Sent) -> bool:
    return "<script" in page.text and sum(map(str.isalpha, see(page.text).text)) < 200


opened = partial(Browser, is_shell=is_shell)


@dataclass(frozen=True)
class Case:
    """A site whose home page is a shell with this script, and what is kept of it."""

    host: str
    script: str
    became: Rendering = Rendering.RENDERED
    #: Words that the kept page has, and words that it has not.
    has: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    routes: Mapping[str, Route] = field(default_factory=dict)


def cases(trap: int) -> list[Case]:
    inside = f"http://127.0.0.1:{trap}"
    hosts = (inside, f"http://[::1]:{trap}", f"http://localhost:{trap}", "http://169.254.169.254")
    asked = "".join(f"attempt('{one}', () => fetch('{one}/latest/'));" for one in hosts)
    named = "attempt('a name', () => fetch('http://inside.private.example/'));"
    return [
        Case("text.example", "fill('by script')", has=("by script", "Nordwind GmbH")),
        Case(
            "data.example",
            "fetch('/team.json').then(one => one.json()).then(one => fill(one.team))",
            has=("eleven joiners",),
            routes={"team.json": answer('{"team": "eleven joiners"}', kind="application/json")},
        ),
        Case(
            "module.example",
            "const link = document.createElement('link'); link.rel = 'stylesheet';"
            "link.href = '/look.css'; link.onload = () => import('/part.js').then(one => one.run());"
            "const early = document.createElement('link'); early.rel = 'modulepreload';"
            "early.href = '/part.js'; document.head.append(early, link);"
            "window.fill = fill;",
            has=("by a module",),
            routes={
                "part.js": answer(
                    "export const run = () => window.fill('by a module')", kind="text/javascript"
                )
            },
        ),
        Case(
            "late.example",
            "setTimeout(() => fill('after a moment'), 700)",
            has=("after a moment",),
        ),
        Case(
            "private.example",
            f"fill('asks inside'); {asked} {named}",
            has=(*(f"refused {one}" for one in hosts), "refused a name"),
            lacks=("reached ",),
        ),
        Case(
            "leads-inside.example",
            "fill('is led inside'); attempt('redirect', () => fetch('/go'));"
            "attempt('script', () => new Promise((yes, no) => {"
            "const one = document.createElement('script'); one.src = '/go'; one.onload = yes;"
            "one.onerror = no; document.head.append(one) }));",
            has=("refused redirect", "refused script"),
            routes={"go": Web.redirect(f"{inside}/latest/")},
        ),
        Case(
            "ways-out.example",
            _ways_out(trap),
            has=("tries all ways",),
            lacks=("reached ", "candidate:"),
        ),
        Case(
            "worker.example",
            "fill('works behind');"
            f"""const text = `fetch('{inside}/').then(() => postMessage('reached'),
              () => postMessage('refused'));
              try {{ new WebSocket('ws://127.0.0.1:{trap}/') }} catch (error) {{ }}`;"""
            "const worker = new Worker(URL.createObjectURL(new Blob([text])));"
            "worker.onmessage = one => say(one.data + ' by a worker');",
            has=("refused by a worker",),
        ),
        Case(
            "in-a-frame.example",
            "fill('frames'); const frame = document.createElement('iframe');"
            "frame.srcdoc = `<script>try { const one = new RTCPeerConnection({iceServers:"
            f"[{{urls: 'stun:127.0.0.1:{trap}'}}]}}); one.createDataChannel('x');"
            "one.createOffer().then(offer => one.setLocalDescription(offer)) } catch (error) { }"
            f"new WebSocket('ws://127.0.0.1:{trap}/');<\\/script>`; document.body.append(frame);"
            "const other = document.createElement('iframe');"
            f"other.src = '{inside}/frame'; document.body.append(other);",
            has=("frames",),
        ),
        Case(
            "goes-inside.example",
            f"fill('goes inside'); setTimeout(() => location.href = '{inside}/', 50);"
            "setTimeout(() => say('still here'), 150)",
            has=("still here",),
        ),
        Case(
            "meta-inside.example",
            "document.head.insertAdjacentHTML('beforeend',"
            f"`<meta http-equiv=refresh content='0;url={inside}/'>`);"
            "fill('by a meta tag'); setTimeout(() => say('still here'), 200)",
            has=("still here",),
        ),
        Case(
            "goes-on.example",
            "if (location.pathname === '/') location.replace('/start'); else fill('the start')",
            has=("the start",),
            routes={"start": answer(ROOT)},
        ),
        Case(
            "in-a-circle.example",
            "location.href = location.pathname === '/a' ? '/b' : '/a'",
            Rendering.EMPTY,
            routes={"a": answer(ROOT), "b": answer(ROOT)},
        ),
        Case("endless-names.example", "location.href = '/' + Math.random()", Rendering.EMPTY),
        Case(
            "timers.example",
            "fill('never rests'); setInterval(() => fetch('/tick?' + Math.random()), 20)",
            has=("never rests",),
            routes={},
        ),
        Case(
            "thousand.example",
            "fill('asks a thousand times'); for (let one = 0; one < 1000; one++)"
            "fetch('/part' + one).catch(() => 0)",
            has=("asks a thousand times",),
        ),
        Case(
            "dialogs.example",
            "alert('stop'); confirm('stop?'); prompt('stop!');"
            "addEventListener('beforeunload', one => { one.preventDefault(); one.returnValue = 1 });"
            "print(); fill('asks the visitor')",
            has=("asks the visitor",),
        ),
        Case("endless.example", "for (;;) ;", Rendering.TIMEOUT),
        Case(
            "overrides.example",
            "fill('changes the names'); Object.defineProperty(Element.prototype, 'outerHTML',"
            "{ get: () => 'forged' }); String.prototype.slice = () => 'forged';"
            "document.querySelector = null; HTMLElement.prototype.toString = null",
            has=("changes the names",),
            lacks=("forged</p>",),
        ),
        Case(
            "large.example",
            "fill('is large'); const line = 'x'.repeat(1000000);"
            "for (let one = 0; one < 30; one++) say(line)",
            has=("is large",),
        ),
        Case("stays-empty.example", "say('a')", Rendering.EMPTY),
        Case("broken.example", "throw new Error('no')", Rendering.EMPTY),
        Case(
            "posts.example",
            "fill('posts'); attempt('post', () => fetch('/form', {method: 'POST', body: 'a'}))",
            has=("refused post",),
        ),
        Case(
            "downloads.example",
            "fill('offers a file'); const link = document.createElement('a');"
            "link.href = URL.createObjectURL(new Blob(['a'])); link.download = 'a.exe';"
            "link.click(); link.href = '/file.bin'; link.click(); location.href = '/file.bin'",
            has=("offers a file",),
        ),
        Case(
            "others.example",
            "fill('asks others'); const get = host => attempt(host, () =>"
            "fetch('http://' + host + '/data').then(one => one.text()).then(say));"
            "get('cdn-open.example').then(() => get('cdn-barred.example'))"
            ".then(() => get('cdn-third.example'))",
            has=("open data", "refused cdn-barred.example", "refused cdn-third.example"),
        ),
        Case(
            "barred-script.example",
            "fill('never run')",
            Rendering.EMPTY,
            routes={"robots": Web.robots("User-agent: *\nDisallow: /app.js")},
        ),
    ]


def _ways_out(trap: int) -> str:
    at = f"127.0.0.1:{trap}"
    return f"""
fill('tries all ways');
const attempts = [
  () => new WebSocket("ws://{at}/"), () => new WebSocket("ws://localhost:{trap}/"),
  () => new WebTransport("https://{at}/"), () => new EventSource("http://{at}/"),
  () => navigator.sendBeacon("http://{at}/", "a"), () => open("http://{at}/"),
  () => new SharedWorker(URL.createObjectURL(new Blob(["fetch('http://{at}/')"]))),
  () => navigator.serviceWorker.register("/service.js"),
  () => navigator.geolocation.getCurrentPosition(() => say("reached place")),
  () => {{ new Image().src = "http://{at}/image" }},
  () => {{
    const one = new RTCPeerConnection({{iceServers: [{{urls: "stun:{at}"}},
      {{urls: "turn:{at}?transport=tcp", username: "a", credential: "b"}}]}});
    one.onicecandidate = found => say(found.candidate && found.candidate.candidate);
    one.createDataChannel("a");
    one.createOffer().then(offer => one.setLocalDescription(offer));
  }},
];
for (const one of attempts) try {{ one() }} catch (error) {{ say(error.name) }}
for (const rel of ["preconnect", "dns-prefetch", "prefetch", "preload", "icon", "manifest"]) {{
  const link = document.createElement("link");
  link.rel = rel; link.href = "http://{at}/" + rel; link.as = "image";
  document.head.append(link);
}}
const rules = document.createElement("script");
rules.type = "speculationrules";
rules.textContent = JSON.stringify({{prefetch: [{{source: "list", urls: ["http://{at}/rules"]}}]}});
document.head.append(rules);
document.body.insertAdjacentHTML("beforeend", "<video src='http://{at}/film' autoplay></video>"
  + "<object data='http://{at}/object'></object><embed src='http://{at}/embed'>"
  + "<form id=sent action='http://{at}/form' method=post></form>"
  + "<style>@font-face {{ font-family: a; src: url(http://{at}/font) }} p {{ font-family: a;"
  + "background: url(http://{at}/background) }}</style>");
document.getElementById("sent").submit();
"""


@dataclass(frozen=True)
class Crawled:
    outcomes: Mapping[str, SiteOutcome]
    stats: CrawlStats
    trap: Trap
    hits: Mapping[str, list[str]]


_LOOK_UP = socket.getaddrinfo


def _led_inside(host: Any, *about: Any, **more: Any) -> Any:
    """A name that leads inside: what the guard must see, however the name came in."""
    if host == "inside.private.example":
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", _TRAPS[-1].port))]
    return _LOOK_UP(host, *about, **more)


_TRAPS: list[Trap] = []


@pytest.fixture(scope="module", autouse=True)
def _own_folder() -> Iterator[None]:
    """Tells these browsers from those of tests that run beside."""
    with (
        tempfile.TemporaryDirectory(prefix="own-") as folder,
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setattr(tempfile, "tempdir", folder)
        yield


@pytest.fixture(scope="module")
def crawled(server: Hostile, chromium_path: str) -> Iterator[Crawled]:
    with set_trap() as trap, pytest.MonkeyPatch.context() as patch:
        _TRAPS.append(trap)
        patch.setattr("spiders.resolver.socket.getaddrinfo", _led_inside)
        known = cases(trap.port)
        for case in known:
            server.site(case.host, home=answer(ROOT), **{"app.js": script(case.script)})
            server.site(case.host, **case.routes)
        data = partial(answer, kind="text/plain")
        server.site("cdn-open.example", data=data("open data"))
        barred = Web.robots("User-agent: *\nDisallow: /data")
        server.site("cdn-barred.example", data=data("barred data"), robots=barred)
        server.site("cdn-third.example", data=data("third data"))
        hosts = [case.host for case in known]
        others = ["cdn-open.example", "cdn-barred.example", "cdn-third.example"]
        outcomes: dict[str, SiteOutcome] = {}
        stats = crawl(
            [SiteToCrawl(host) for host in hosts],
            limits=LIMITS,
            user_agent=AGENT,
            on_site=lambda one: outcomes.update({one.domain: one}),
            allowed=server.allowed(*hosts, *others),
            render=RenderOptions(
                program=chromium_path, open_browser=opened, sandboxed=False, limits=QUICK
            ),
        )
        yield Crawled(outcomes, stats, trap, server.hits)


CASES = {case.host: case for case in cases(0)}


@pytest.mark.parametrize("host", list(CASES))
def test_what_is_kept_of_a_shell(crawled: Crawled, host: str) -> None:
    case = next(one for one in cases(crawled.trap.port) if one.host == host)
    pages = crawled.outcomes[host].pages
    assert [page.rendering for page in pages][:1] == [case.became], crawled.outcomes[host].reason
    text = pages[0].body.decode()
    for words in case.has:
        assert words in text
    for words in case.lacks:
        assert words not in text


def test_nothing_reaches_what_is_barred(crawled: Crawled) -> None:
    assert crawled.trap.caught == []


def test_no_page_asks_for_more_than_its_share(crawled: Crawled) -> None:
    parts = [path for path in crawled.hits["thousand.example"] if path.startswith("/part")]
    # Shown again after another page took the browser, it asks again.
    assert len(parts) <= 3 * QUICK.parts
    assert len(crawled.hits["timers.example"]) <= 3 * QUICK.parts + 3


def test_every_visit_keeps_its_limits(crawled: Crawled) -> None:
    assert len(crawled.outcomes["large.example"].pages[0].body) <= LIMITS.bytes_per_site
    assert all(len(one.pages) <= LIMITS.pages_per_site for one in crawled.outcomes.values())


@pytest.mark.parametrize(
    ("host", "path"),
    [
        pytest.param("posts.example", "/form", id="a form"),
        pytest.param("downloads.example", "/file.bin", id="a download"),
        pytest.param("module.example", "/look.css", id="styles"),
        pytest.param("text.example", "/favicon.ico", id="an icon"),
        pytest.param("barred-script.example", "/app.js", id="what robots.txt forbids"),
        pytest.param("cdn-barred.example", "/data", id="the same of another domain"),
        pytest.param("cdn-third.example", "/robots.txt", id="of one domain too many"),
    ],
)
def test_what_is_not_asked_for(crawled: Crawled, host: str, path: str) -> None:
    assert path not in crawled.hits.get(host, [])


def test_a_page_and_its_script_are_asked_for_once(crawled: Crawled) -> None:
    assert sorted(crawled.hits["text.example"]) == ["/", "/app.js", "/robots.txt"]


def test_pages_are_counted(crawled: Crawled) -> None:
    became = [page.rendering for one in crawled.outcomes.values() for page in one.pages]
    assert crawled.stats.rendered == became.count(Rendering.RENDERED)
    assert crawled.stats.shells == len(became) - became.count(Rendering.RENDERED)
    assert "pages rendered: 1" in crawled.outcomes["text.example"].reason
    assert "shells left as sent: 1" in crawled.outcomes["endless.example"].reason


def test_no_browser_is_left(crawled: Crawled) -> None:
    assert browsers() == []


def browsers() -> list[str]:
    """The processes of browsers that a crawl of these tests started."""
    entries = (one for one in Path("/proc").iterdir() if one.name.isdigit())
    own = f"{tempfile.gettempdir()}/sluice-browser-".encode()
    return [one.name for one in entries if own in _environment(one)]


def _environment(entry: Path) -> bytes:
    try:
        return (entry / "environ").read_bytes()
    except OSError:
        return b""


def test_a_page_that_takes_memory_without_end_costs_only_itself(
    server: Hostile, chromium_path: str
) -> None:
    takes = "const all = []; setInterval(() => all.push(new Uint8Array(3e7).fill(1)), 5);"
    scripts = {
        "takes-all.example": "say('takes all'); " + takes,
        "takes-slowly.example": takes.replace("5)", "40)"),
        "beside.example": "setTimeout(() => fill('is beside it'), 800)",
        "after.example": "fill('comes after it')",
    }
    for host, text in scripts.items():
        server.site(host, home=answer(ROOT), **{"app.js": script(text)})
    outcomes: dict[str, SiteOutcome] = {}
    limits = replace(QUICK, memory=400_000_000, quiet_without_text=6)
    crawl(
        [SiteToCrawl(host) for host in scripts],
        limits=LIMITS,
        user_agent=AGENT,
        on_site=lambda one: outcomes.update({one.domain: one}),
        allowed=server.allowed(*scripts),
        only_allowed=True,
        render=RenderOptions(
            program=chromium_path, open_browser=opened, sandboxed=False, limits=limits
        ),
    )
    became = {host: one.pages[0].rendering for host, one in outcomes.items()}
    assert became.pop("takes-all.example") in {Rendering.FAILED, Rendering.TIMEOUT}
    assert became.pop("takes-slowly.example") in {Rendering.FAILED, Rendering.TIMEOUT}
    assert became == dict.fromkeys(["beside.example", "after.example"], Rendering.RENDERED)


def test_a_crawl_that_is_stopped_ends_the_browser(server: Hostile, chromium_path: str) -> None:
    server.site("never-ends.example", home=answer(ROOT), **{"app.js": script("for (;;) ;")})
    began = monotonic()

    def asked() -> bool:
        return "/app.js" in server.hits["never-ends.example"]

    stats = crawl(
        [SiteToCrawl("never-ends.example")],
        limits=LIMITS,
        user_agent=AGENT,
        on_site=lambda one: None,
        allowed=server.allowed("never-ends.example"),
        only_allowed=True,
        should_stop=asked,
        render=RenderOptions(program=chromium_path, open_browser=opened, sandboxed=False),
    )
    assert (stats.stopped, stats.unfinished) == ("asked", ("never-ends.example",))
    assert monotonic() - began < LIMITS.seconds_per_site
    assert browsers() == []


def test_a_browser_that_does_not_start_ends_the_crawl_with_the_way_out(
    server: Hostile, chromium_path: str, tmp_path: Path
) -> None:
    """No site is reported as if something were wrong with it."""
    broken = tmp_path / "chromium"
    broken.write_text("#!/bin/sh\nexit 1\n")
    broken.chmod(0o700)
    server.site("text.example", home=answer(ROOT), **{"app.js": script("fill('a')")})
    outcomes: list[SiteOutcome] = []
    with pytest.raises(BrowserError, match="does not start") as caught:
        crawl(
            [SiteToCrawl("text.example")],
            limits=LIMITS,
            user_agent=AGENT,
            on_site=outcomes.append,
            allowed=server.allowed("text.example"),
            only_allowed=True,
            render=RenderOptions(program=str(broken), open_browser=opened, sandboxed=False),
        )
    assert "sluice doctor" in caught.value.hint
    assert outcomes == []


@pytest.mark.parametrize(
    ("environment", "said", "cure"),
    [
        pytest.param({"CHROMIUM": "no-such-browser"}, "no-such-browser", "CHROMIUM", id="named"),
        pytest.param({"PATH": "/nowhere"}, "there is no chromium", "apt install", id="none"),
    ],
)
def test_a_missing_browser_is_told(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], said: str, cure: str
) -> None:
    monkeypatch.delenv("CHROMIUM", raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(BrowserError, match=said) as caught:
        find_program()
    assert cure in caught.value.hint


def test_a_missing_package_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "playwright", None)
    with pytest.raises(BrowserError, match="package playwright") as caught:
        find_program()
    assert "pip install 'sluice[browser]'" in caught.value.hint


CRAWL_WITHOUT = """
import sys
from leads.settings import load_settings
from spiders.crawl import crawl
from spiders.limits import Limits
from spiders.site import SiteToCrawl
import workers.crawling
from workers.rendering import render_options

visited = []
crawl(
    [SiteToCrawl("nowhere.example")],
    limits=Limits(retry_pause=0),
    user_agent="Tests/1.0 (+https://tests.example/crawler)",
    on_site=visited.append,
    only_allowed=True,
    render=render_options(load_settings({})),
)
assert len(visited) == 1
print(*sys.modules)
"""
OF_BROWSERS = {
    "playwright",
    "spiders.browser",
    "spiders.chromium",
    "spiders.page_eye",
    "spiders.page_requests",
    "workers.shell_pages",
}


def test_a_crawl_without_a_browser_loads_none() -> None:
    """Start and memory of a worker stay what they were."""
    done = subprocess.run(
        [sys.executable, "-c", CRAWL_WITHOUT],
        check=True,
        capture_output=True,
        text=True,
        cwd=REPOSITORY,
    )
    assert not OF_BROWSERS & set(done.stdout.split())
