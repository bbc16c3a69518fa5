"""API descriptions for tests: the parts that a test is not about are filled in."""

from typing import Any

from deskhand.domain.actions import HttpAction
from deskhand.domain.importing import Imported
from deskhand.domain.importing.openapi import import_openapi

SERVER = "https://api.shop.example/v1"


def described(paths: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A description with these paths."""
    return {"openapi": "3.1.0", "info": {"title": "Shop"}, "servers": [{"url": SERVER}], "paths": paths, **more}


def sending(schema: Any, kind: str = "application/json", *, required: bool = True, **more: Any) -> dict[str, Any]:
    """A description of one call with a body of this schema."""
    body = {"required": required, "content": {kind: {"schema": schema}}}
    return described({"/orders": {"post": {"operationId": "send", "requestBody": body}}}, **more)


def asking(*parameters: Any, path: str = "/orders", **more: Any) -> dict[str, Any]:
    """A description of one reading call with these parameters."""
    return described({path: {"get": {"operationId": "ask", "parameters": list(parameters)}}}, **more)


def only(imported: Imported) -> HttpAction:
    """The one action of an import that refused nothing."""
    assert imported.refused == []
    (action,) = imported.actions
    assert isinstance(action, HttpAction)
    return action


def action_of(data: dict[str, Any], **more: Any) -> HttpAction:
    return only(import_openapi(data, **more))


def refusal_of(data: dict[str, Any], **more: Any) -> str:
    """Why the only operation cannot be imported."""
    imported = import_openapi(data, **more)
    assert imported.actions == []
    (refused,) = imported.refused
    return refused.reason


def typed(action: HttpAction) -> dict[str, tuple[str, bool]]:
    """Type and whether it is required, by variable."""
    return {one.name: (one.type, one.required) for one in action.variables}
