"""The description of the API as OpenAPI."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from actions.scopes import SCOPES
from console.api.problems import MEDIA_TYPE, Problem

_ABOUT = """What a person does with the pages and commands of Sluice, for programs.

Send `Authorization: Bearer TOKEN` with a token of `sluice token add`; cookies are ignored.
"""
_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "Sent again with the same key within a day, the request takes effect once.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 255},
}
#: What every operation may answer besides.
PROBLEMS: dict[int | str, dict[str, Any]] = {
    code: {
        "description": text,
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    for code, text in (("4XX", "The request is refused."), ("5XX", "Sluice failed."))
}


def described(app: FastAPI) -> dict[str, Any]:
    """The document, made once."""
    if not app.openapi_schema:
        app.openapi_schema = _document(app)
    return app.openapi_schema


def _document(app: FastAPI) -> dict[str, Any]:
    made = get_openapi(
        title="Sluice",
        version="1",
        description=_ABOUT,
        routes=app.routes,
        servers=[{"url": "/api/v1"}],
    )
    schemas = made.setdefault("components", {}).setdefault("schemas", {})
    problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas |= problem.pop("$defs", {})
    schemas["Problem"] = problem
    made["x-scopes"] = dict(SCOPES)
    for operations in made["paths"].values():
        for method, operation in operations.items():
            _finish(method, operation)
    return made


def _finish(method: str, operation: dict[str, Any]) -> None:
    operation.pop("x-upload", None)
    if method == "post":
        operation.setdefault("parameters", []).append(_KEY)


def scope_of(operation: Mapping[str, Any]) -> str:
    """The scope that an operation needs."""
    return next((one for need in operation["security"] for one in need["token"]), "")
