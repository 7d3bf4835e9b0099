"""Render the pages of a town site from its data, its look and its language."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from html import escape
from string import Template
from typing import Any

from actions.town import FOLDER
from actions.town.sites import Site, data


@dataclass(frozen=True, slots=True)
class Answer:
    """The response of a site: status, headers except length and date, body."""

    status: int
    headers: dict[str, str]
    body: bytes


def answer(site: Site, path: str) -> Answer:
    """Answer a request for a path of a site."""
    if path == "/robots.txt":
        return Answer(200, {"Content-Type": "text/plain"}, site.robots.encode())
    html = None if site.gone else _document(site, path.partition("?")[0])
    status = 404 if html is None else 200
    headers = {
        **data("stacks")[site.runs]["headers"],
        "Content-Type": f"text/html; charset={site.declares}",
    }
    if pages(site).get(path) == "portal":
        headers |= data("portals")[site.portal]["headers"]
    return Answer(
        status,
        headers,
        (html or "<html><body><h1>404</h1></body></html>").encode(
            site.charset, "xmlcharrefreplace"
        ),
    )


def pages(site: Site) -> dict[str, str]:
    """List the paths of a site's pages, each with its kind."""
    words, ends = data("words")[site.language], data("stacks")[site.runs]["ends"]
    paths = {f"/{words[kind]['slug']}{ends}": kind for kind in site.pages if kind != "home"}
    if site.look == "frames":
        return {"/": "frames", "/menu.htm": "menu", "/main.htm": "home", **paths}
    return {"/": "home", **paths} | (
        {data("portals")[site.portal]["path"]: "portal"} if site.portal else {}
    )


def _document(site: Site, path: str) -> str | None:
    kind = pages(site).get(path)
    if kind is None:
        return None
    stack = data("stacks")[site.runs]
    # The documents inside a frameset look like those of its time.
    look = "tables" if site.look == "frames" and kind != "frames" else site.look
    return _look(look).substitute(
        lang=site.language,
        charset=site.declares,
        domain=site.domain,
        name=escape(site.name),
        title=escape(f"{_label(site, kind)} | {site.name}"),
        nav=_nav(site),
        head=stack.get("head", "") + (_json_ld(site) if kind in {"home", "frames"} else ""),
        body=_BODIES[kind](site) + stack.get("body", ""),
    )


@cache
def _look(name: str) -> Template:
    return Template((FOLDER / "looks" / f"{name}.html").read_text("utf-8"))


def _label(site: Site, kind: str) -> str:
    entry = data("words")[site.language].get(kind)
    return entry["label"] if isinstance(entry, dict) else site.tagline


def _nav(site: Site) -> str:
    links = [
        f'<a href="{path}">{escape(_label(site, kind))}</a>'
        for path, kind in pages(site).items()
        if kind not in _UNLINKED
    ]
    home = data("words")[site.language]["home"]
    return " ".join([f'<a href="/">{escape(home)}</a>', *links])


def _json_ld(site: Site) -> str:
    if not site.json_ld:
        return ""
    node: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Organization",
        "name": site.name,
        "url": f"http://{site.home}/",
    }
    return (
        "<script"
        f' type="application/ld+json">{json.dumps(node | site.json_ld, ensure_ascii=False)}</script>'
    )


def _home(site: Site) -> str:
    return f"<h1>{escape(site.tagline)}</h1>{_paragraphs([site.about])}{_list(site.products)}"


def _imprint(site: Site) -> str:
    words = data("words")[site.language]
    lines = [site.name, *site.at, site.register, f"{words['vat']}: {site.vat}" if site.vat else ""]
    return f"<h1>{escape(_label(site, 'imprint'))}</h1><p>{'<br>'.join(escape(line) for line in lines if line)}</p>{_reach(site)}"  # noqa: E501


def _contact(site: Site) -> str:
    words = data("words")[site.language]
    address = "<br>".join(escape(line) for line in (site.name, *site.at))
    return f"<h1>{escape(_label(site, 'contact'))}</h1><p>{address}</p>{_reach(site)}{_paragraphs([words['greeting']])}"  # noqa: E501


def _about(site: Site) -> str:
    place = site.at[1].split(" ", 1)[-1].split(",")[0]
    founded = (
        data("words")[site.language]["founded"].format(year=site.founded, city=place)
        if site.founded
        else ""
    )
    return (
        f"<h1>{escape(_label(site, 'about'))}</h1>{_paragraphs([site.about, *site.says, founded])}"
    )


def _products(site: Site) -> str:
    return f"<h1>{escape(_label(site, 'products'))}</h1>{_list(site.products)}"


def _careers(site: Site) -> str:
    return f"<h1>{escape(_label(site, 'careers'))}</h1>{_paragraphs([data('words')[site.language]['hiring']])}"  # noqa: E501


def _portal(site: Site) -> str:
    return f"<h1>{escape(_label(site, 'portal'))}</h1>{data('portals')[site.portal]['body']}"


def _reach(site: Site) -> str:
    words, mail = data("words")[site.language], f"info@{site.domain}"
    phone = (
        f'{words["phone"]}: <a href="tel:{site.phone.replace(" ", "")}">{site.phone}</a><br>'
        if site.phone
        else ""
    )
    return f'<p>{phone}{words["mail"]}: <a href="mailto:{mail}">{mail}</a></p>'


def _paragraphs(texts: Iterable[str]) -> str:
    return "".join(f"<p>{escape(text)}</p>" for text in texts if text)


def _list(texts: Iterable[str]) -> str:
    return f"<ul>{''.join(f'<li>{escape(text)}</li>' for text in texts)}</ul>"


_UNLINKED = frozenset({"home", "frames", "menu"})
_BODIES = {
    "home": _home,
    "frames": _home,
    "menu": lambda _: "",
    "imprint": _imprint,
    "contact": _contact,
    "about": _about,
    "products": _products,
    "careers": _careers,
    "portal": _portal,
}
