"""Start and kill a Chromium that has no way to any network.

What pages ask for is answered by `spiders/page_requests.py`. Not all they do comes there: early
connections, sockets of workers, datagrams. The options below are the wall, which is enough by
itself: all that leaves Chromium goes to a proxy whose name leads nowhere.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

from playwright.async_api import Browser, Playwright, async_playwright

from spiders.browser_memory import largest
from spiders.browser_program import BrowserError
from spiders.rendering import RenderOptions

_POLICY = "webrtc-ip-handling-policy=disable_non_proxied_udp"
_OPTIONS = (
    # Names lead nowhere, that of the proxy first, and nothing passes it by, loopback neither.
    "--proxy-server=http://nowhere.invalid:9",
    "--proxy-bypass-list=<-loopback>",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    # WebRTC would send datagrams past a proxy. The option was renamed.
    f"--{_POLICY}",
    f"--force-{_POLICY}",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    # Containers keep shared memory small.
    "--disable-dev-shm-usage",
    "--blink-settings=imagesEnabled=false",
    "--mute-audio",
    "--js-flags=--max-old-space-size=512",
)
#: Notes its process, which `exec` leaves to Chromium.
_STARTER = """#!/bin/sh
echo $$ > "$SLUICE_BROWSER_NOTE"
exec "$SLUICE_BROWSER_PROGRAM" "$@"
"""
#: Counts the ways by which WebRTC would reach others: none, if Chromium knows the options above.
_WAYS_OUT = """async () => {
  if (!window.RTCPeerConnection) return 0;
  const link = new RTCPeerConnection();
  let found = 0;
  link.onicecandidate = one => { if (one.candidate && one.candidate.candidate) found += 1; };
  link.createDataChannel("probe");
  await link.setLocalDescription(await link.createOffer());
  for (let turn = 0; turn < 20 && link.iceGatheringState !== "complete"; turn++)
    await new Promise(done => setTimeout(done, 50));
  link.close();
  return found;
}"""
_CURE = "run `sluice doctor`, or set browser to off"


@dataclass(slots=True)
class Chromium:
    """A running Chromium: how pages are opened in it, and how it is killed."""

    browser: Browser
    _folder: Path
    #: Its process group; Playwright starts it in one of its own.
    _group: int
    is_killed: bool = False

    def memory(self) -> int:
        """Return the bytes that its largest process takes; 0 if unknown."""
        return largest(self._group)

    def kill(self) -> None:
        """End it with all its processes, whatever they do."""
        if not self.is_killed:
            self.is_killed = True
            _kill(self._folder)


async def drive() -> Playwright:
    """Start what drives browsers; BrowserError if that fails."""
    try:
        return await async_playwright().start()
    except Exception as error:
        raise BrowserError(f"Playwright does not start: {_told(str(error))}", _CURE) from error


async def start(playwright: Playwright, options: RenderOptions) -> Chromium:
    """Start Chromium; BrowserError if it does not start, or has a way out."""
    folder = Path(mkdtemp(prefix="sluice-browser-"))
    try:
        async with asyncio.timeout(options.limits.start):
            browser = await _launched(playwright, options, folder)
            await _check(browser)
    except TimeoutError:
        _kill(folder)
        raise _not_started("it took too long", options) from None
    except Exception as error:
        _kill(folder)
        if isinstance(error, BrowserError):
            raise
        raise _not_started(_told(str(error)), options) from error
    except BaseException:
        _kill(folder)
        raise
    return Chromium(browser, folder, _noted(folder))


async def _launched(playwright: Playwright, options: RenderOptions, folder: Path) -> Browser:
    starter = folder / "starter"
    starter.write_text(_STARTER, "ascii")
    starter.chmod(0o700)
    # Nothing of our environment, which may hold passwords.
    environment: dict[str, str | float | bool] = {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(folder),
        "LANG": "C.UTF-8",
        "SLUICE_BROWSER_NOTE": str(folder / "process"),
        "SLUICE_BROWSER_PROGRAM": options.program,
    }
    return await playwright.chromium.launch(
        executable_path=starter,
        args=list(_OPTIONS),
        env=environment,
        chromium_sandbox=options.sandboxed,
        handle_sigint=False,
        handle_sigterm=False,
        handle_sighup=False,
    )


async def _check(browser: Browser) -> None:
    """Refuse a Chromium that knows none of the options by which datagrams are held back."""
    page = await browser.new_page()
    found = await page.evaluate(_WAYS_OUT)
    await page.close()
    if found:
        raise BrowserError(
            "this Chromium would let pages send datagrams past the crawl's guard",
            "install a newer one, or set browser to off",
        )


def _kill(folder: Path) -> None:
    with suppress(OSError, ValueError):
        os.killpg(_noted(folder), signal.SIGKILL)
    shutil.rmtree(folder, ignore_errors=True)


def _noted(folder: Path) -> int:
    return int((folder / "process").read_text("ascii"))


def _not_started(why: str, options: RenderOptions) -> BrowserError:
    hint = _CURE
    if options.sandboxed and ("sandbox" in why.lower() or os.geteuid() == 0):
        hint = (
            "run Sluice as an ordinary user; or, in a container that holds nothing else, set"
            " browser to unsandboxed"
        )
    return BrowserError(f"{options.program} does not start: {why}", hint)


def _told(error: str) -> str:
    """The line of a long message that says why."""
    lines = [line.strip(" -") for line in error.splitlines() if line.strip()]
    telling = [line for line in lines if "sandbox" in line.lower() or "error" in line.lower()]
    return (telling or lines or ["no reason given"])[0][:200]
