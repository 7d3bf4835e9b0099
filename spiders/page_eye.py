"""Read a page of the browser from a world of its own, where the page's scripts have changed nothing."""

from __future__ import annotations

from typing import Any

from playwright.async_api import BrowserContext, CDPSession, Page

#: The page cannot touch the names by which it is read: they are of a world of their own.
_LENGTH = """(async () => {
  // What waits to be done by the page is done first.
  await new Promise(done => setTimeout(done, 20));
  const texts = document.createTreeWalker(document, NodeFilter.SHOW_TEXT);
  let found = 0;
  for (let seen = 0; seen < 5000 && found < 2000 && texts.nextNode(); seen++) {
    const of = texts.currentNode.parentNode;
    if (!of || !/^(script|style|noscript|template|title)$/i.test(of.nodeName))
      found += texts.currentNode.data.slice(0, 2000).trim().length;
  }
  return found;
})()"""
_WHOLE = (
    "'<!doctype html>' + (document.documentElement ? document.documentElement.outerHTML : '')"
    ".slice(0, {most})"
)


class Eye:
    """Reads one page."""

    def __init__(self, session: CDPSession, world: int) -> None:
        self._session = session
        self._world = world

    @classmethod
    async def of(cls, context: BrowserContext, page: Page) -> Eye:
        """Return one for a page."""
        session = await context.new_cdp_session(page)
        tree = await session.send("Page.getFrameTree")
        frame = {"frameId": tree["frameTree"]["frame"]["id"]}
        world = await session.send("Page.createIsolatedWorld", frame)
        return cls(session, world["executionContextId"])

    async def letters(self) -> int:
        """Return how many characters of text the page has, up to some thousand."""
        return int(await self._see(_LENGTH))

    async def html(self, most: int) -> str:
        """Return the page as it is now, up to `most` characters."""
        return str(await self._see(_WHOLE.format(most=most)))

    async def _see(self, expression: str) -> Any:
        made = await self._session.send(
            "Runtime.evaluate",
            {
                "expression": expression,
                "contextId": self._world,
                "awaitPromise": True,
                "returnByValue": True,
            },
        )
        return made["result"].get("value", "")
