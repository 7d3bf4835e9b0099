"""No field of a form, an address or a JSON body takes a character that PostgreSQL cannot store."""

import typing
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from pydantic import BaseModel, TypeAdapter, ValidationError

from console.api.resources import RESOURCES
from console.api.words import Body
from console.web.later_pages import every_page

ROUTES = [
    route
    for module in (*every_page(), *RESOURCES)
    for route in module.router.routes
    if isinstance(route, APIRoute)
]
#: Compared with what is known, and never stored.
COMPARED = {"form_key", "form_place", "cursor", "if_match", "last_event_id"}


def fields(needed: Dependant) -> Iterator[Any]:
    yield from (*needed.path_params, *needed.query_params, *needed.header_params)
    yield from needed.body_params
    for one in needed.dependencies:
        yield from fields(one)


def takes_text(annotation: Any) -> bool:
    if annotation is str:
        return True
    return any(takes_text(one) for one in typing.get_args(annotation))


def flawed(annotation: Any) -> Any:
    """A value that fits but for its characters."""
    kinds = (typing.get_origin(annotation), *map(typing.get_origin, typing.get_args(annotation)))
    return ["x\0"] if list in kinds else "x\0"


@pytest.mark.parametrize(
    "route", ROUTES, ids=lambda route: f"{'/'.join(sorted(route.methods))} {route.path}"
)
def test_a_route_takes_no_nul(route: APIRoute) -> None:
    for field in fields(route.dependant):
        annotation = field.field_info.annotation
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            assert issubclass(annotation, Body), field.name
        elif takes_text(annotation) and field.name not in COMPARED:
            _, errors = field.validate(flawed(annotation), {}, loc=("x",))
            assert errors, f"{field.name} of {route.path} takes a NUL"


class Deep(Body):
    """A body whose texts are anywhere."""

    any: Any


@pytest.mark.parametrize("text", ["x\0", "\ud800", "a\udfffb"])
def test_no_text_of_a_body_is_unstorable(text: str) -> None:
    reader = TypeAdapter(Deep)
    for value in (text, [text], {"a": [{"b": text}]}, {text: 1}):
        with pytest.raises(ValidationError, match="half of a character"):
            reader.validate_python({"any": value})
    assert reader.validate_python({"any": ["fine", {"é": "😀"}]}).any == ["fine", {"é": "😀"}]
