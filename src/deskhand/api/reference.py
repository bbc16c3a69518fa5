"""What procedures are written by: the document's schema, and the templates that are shipped."""

from functools import cache
from typing import Any

from fastapi import APIRouter

from deskhand.api.auth import Member
from deskhand.api.bodies import KeyedRoute
from deskhand.api.models import Items, Shown
from deskhand.domain.documents import json_schema, parse_yaml
from deskhand.templates import template_names, template_text

router = APIRouter(prefix="/v1", tags=["Procedures"], route_class=KeyedRoute)


class Template(Shown):
    """A procedure to begin with."""

    name: str
    title: str
    yaml: str


class TemplateList(Items[Template]):
    """All templates."""


@router.get("/schema", summary="Get the document's JSON Schema")
async def get_schema(who: Member) -> dict[str, Any]:
    """JSON Schema 2020-12 of a procedure document, for editors and other tools."""
    return _schema()


@router.get("/templates", summary="List templates")
async def list_templates(who: Member) -> TemplateList:
    """Worked examples, each a complete document."""
    return TemplateList(items=list(_templates()))


@cache
def _schema() -> dict[str, Any]:
    return json_schema()


@cache
def _templates() -> tuple[Template, ...]:
    texts = {name: template_text(name) for name in template_names()}
    return tuple(Template(name=name, title=str(parse_yaml(text)["name"]), yaml=text) for name, text in texts.items())
