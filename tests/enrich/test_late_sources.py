"""Scripts and frames that a page loads later: lazily, or once a visitor consents."""

import pytest

from enrich.detecting import naive
from enrich.detecting.loaded import detector
from enrich.detecting.surface import Surface
from enrich.technologies import Detection, detect
from tests.made_pages import HOME, page

HOTJAR = "https://static.hotjar.com/c/hotjar-1.js"
VIMEO = "https://player.vimeo.com/video/1"


def found(html: str) -> dict[str, Detection]:
    engine = detector(None).engine
    surface = Surface(html, HOME)
    assert engine.hits(surface) == naive.hits(engine, surface)
    return {one.slug: one for one in detect(page(html))}


@pytest.mark.parametrize(
    "tag",
    [
        f'<script data-src="{HOTJAR}"></script>',
        f'<script data-lazy-src="{HOTJAR}" defer></script>',
        f'<script type="text/plain" data-cookieconsent="statistics" src="{HOTJAR}"></script>',
        f'<script type="text/plain" data-type="text/javascript" data-src="{HOTJAR}"></script>',
        f'<script type="text/plain" data-usercentrics="Hotjar" data-src="{HOTJAR}"></script>',
        f'<script type="text/plain" class="cmplz-script" data-cmplz-src="{HOTJAR}"></script>',
        f'<script type="text/plain" class="_iub_cs_activate" suppressedsrc="{HOTJAR}"></script>',
        f'<script type="rocketlazyloadscript" data-rocket-src="{HOTJAR}"></script>',
        f'<script consent-required="9" consent-original-src-_="{HOTJAR}"></script>',
        f"<SCRIPT DATA-SRC='{HOTJAR.replace('/', '&#47;')}' src=''></SCRIPT>",
        f'<script src="data:text/javascript;base64,Lyo=" data-src="  {HOTJAR} "></script>',
    ],
)
def test_a_script_that_waits_is_in_use(tag: str) -> None:
    hotjar = found(tag)["hotjar"]
    assert hotjar.uses
    assert ("scriptSrc", HOTJAR) in [(one.field, one.match) for one in hotjar.evidence]


@pytest.mark.parametrize(
    "tag",
    [
        f'<div data-src="{HOTJAR}"></div>',
        f'<script data-note="{HOTJAR}"></script>',
        f'<script data-srcset="{HOTJAR}"></script>',
        f'<!-- <script data-src="{HOTJAR}"></script> -->',
        f'<p>&lt;script data-src="{HOTJAR}"&gt;</p>',
        '<script data-no-src="1"></script>',
    ],
)
def test_other_attributes_are_no_script(tag: str) -> None:
    found_fields = {one.field for each in found(tag).values() for one in each.evidence}
    assert "scriptSrc" not in found_fields


@pytest.mark.parametrize(
    "tag",
    [
        f'<iframe src="about:blank" data-src="{VIMEO}"></iframe>',
        f'<iframe data-lazy-src="{VIMEO}"></iframe>',
        f'<iframe data-cookieblock-src="{VIMEO}" data-cookieconsent="marketing"></iframe>',
        f'<iframe src="{VIMEO}"></iframe>',
    ],
)
def test_a_frame_that_waits_is_in_use(tag: str) -> None:
    assert found(tag)["vimeo"].uses


def test_what_is_loaded_now_counts_before_what_waits() -> None:
    surface = Surface('<script src="/now.js" data-src="/later.js"></script>', HOME)
    assert surface.script_urls == ["/now.js", "/later.js"]
