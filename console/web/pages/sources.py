"""How far each source agrees with better knowledge."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from actions import sources
from console.web.fields import Asked
from console.web.logged_in import Reader
from console.web.rendering import page

router = APIRouter()


@router.get("/sources")
def show(request: Request, here: Reader, attribute: Asked = "") -> Response:
    """Show the sources of the client's facts, of all attributes or of one."""
    found = sources.source_report(here.session, here.where.client)
    values = {
        "rates": [one for one in found.rates if attribute in ("", one.attribute)],
        "attributes": sorted({one.attribute for one in found.rates}),
        "attribute": attribute,
        "order": found.order(attribute) if attribute else (),
    }
    return page(request, "sources.html", values)
