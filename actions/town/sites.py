"""The sites of the town: their company, their technology and how they behave."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import Any

import yaml

from actions.town import FOLDER

PAGES = ("home", "imprint", "contact", "about", "products", "careers")


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """One site of `data/sites.yaml`; the comment at the top of that file explains the fields."""

    domain: str
    name: str
    language: str
    runs: str
    at: tuple[str, ...]
    tagline: str
    about: str
    products: tuple[str, ...]
    says: tuple[str, ...] = ()
    pages: tuple[str, ...] = PAGES
    look: str = "workshop"
    phone: str = ""
    vat: str = ""
    register: str = ""
    founded: str = ""
    json_ld: dict[str, Any] = field(default_factory=dict)
    portal: str = ""
    robots: str = "User-agent: *\nDisallow: /intern/\n"
    charset: str = "utf-8"
    declares: str = "utf-8"
    www: bool = False
    moved_to: str = ""
    dead: bool = False
    slow: bool = False
    gone: bool = False

    @property
    def home(self) -> str:
        """The host that answers with pages; the bare domain redirects to it when they differ."""
        return f"www.{self.domain}" if self.www else self.domain


@cache
def sites() -> tuple[Site, ...]:
    """List all sites of the town."""
    return tuple(
        Site(**{key: _frozen(value) for key, value in entry.items()}) for entry in data("sites")
    )


@cache
def data(name: str) -> Any:
    """Read one of the files in `data/`."""
    return yaml.safe_load((FOLDER / "data" / f"{name}.yaml").read_text("utf-8"))


def _frozen(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(str(part) for part in value)
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value
