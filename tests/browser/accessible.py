"""What axe-core says of a page."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from playwright.sync_api import Page

#: WCAG 2.2, levels A and AA.
_TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
_RUN = """
async (only) => {
  const found = await axe.run(document, {
    runOnly: only, resultTypes: ["violations"], rules: {"target-size": {enabled: true}},
  });
  return found.violations.map((one) => `${one.id}: ${one.help}: ` +
    one.nodes.slice(0, 3).map((node) => node.html.slice(0, 200)).join(" | "));
}
"""
_RUN_COLOURS = """
async () => {
  const found = await axe.run(document, {
    runOnly: {type: "rule", values: ["color-contrast"]}, resultTypes: ["violations"],
  });
  return found.violations.map((one) => `${one.id}: ` + one.nodes.slice(0, 3).map((node) =>
    node.html.slice(0, 200) + " " + node.failureSummary.slice(0, 300)).join(" | "));
}
"""


def violations(page: Page) -> list[str]:
    """What breaks WCAG 2.2 AA on a page as it looks now."""
    _load(page)
    found: list[str] = page.evaluate(_RUN, {"type": "tag", "values": list(_TAGS)})
    return found


def weak_colours(page: Page) -> list[str]:
    """Text that stands out too little, in the colours that the page has now."""
    _load(page)
    found: list[str] = page.evaluate(_RUN_COLOURS)
    return found


def _load(page: Page) -> None:
    # Scripts of the debugging protocol are not bound by the page's policy, which allows no others.
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(_script())


@cache
def _script() -> str:
    # The wheel is taken for this file alone.
    found = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
    return f"() => {{ {found} }}"
