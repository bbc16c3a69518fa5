"""Swagger 2.0: the same actions as from OpenAPI 3."""

from typing import Any

import pytest

from deskhand.domain.importing.openapi import import_openapi
from tests.unit.domain.importing.describing import action_of, only, typed

TEXT = {"type": "string"}
FORM = "application/x-www-form-urlencoded"


def swagger(*parameters: Any, method: str = "post", **more: Any) -> dict[str, Any]:
    operation = {"operationId": "send", "parameters": list(parameters), **more.pop("operation", {})}
    return {
        "swagger": "2.0",
        "info": {"title": "Shop"},
        "host": "old.example",
        "basePath": "/v2",
        "schemes": ["http", "https"],
        "paths": {"/orders": {method: operation}},
        **more,
    }


def test_a_body_is_read_with_its_definitions() -> None:
    order = {"type": "object", "properties": {"sku": TEXT, "count": {"type": "integer"}}, "required": ["sku"]}
    body = {"in": "body", "name": "order", "required": True, "schema": {"$ref": "#/definitions/Order"}}
    action = action_of(swagger(body, definitions={"Order": order}))

    assert action.request.body == '{"sku": {{sku}}, "count": {{count}}}'
    assert typed(action) == {"sku": ("text", True), "count": ("integer", False)}


def test_form_data_becomes_a_form() -> None:
    action = action_of(
        swagger(
            {"in": "formData", "name": "name", "type": "string", "required": True, "description": "Whose it is"},
            {"in": "formData", "name": "tags", "type": "array", "items": TEXT},
            {"in": "formData", "name": "many", "type": "array", "items": TEXT, "collectionFormat": "multi"},
            consumes=[FORM],
        )
    )

    assert action.request.form == {"name": "{{name}}", "tags": "{{tags}}", "many": "{{many}}"}
    assert typed(action) == {"name": ("text", True), "tags": ("text", False), "many": ("json", False)}


def test_a_form_with_a_file_is_refused() -> None:
    file = {"in": "formData", "name": "file", "type": "file", "required": True}
    imported = import_openapi(swagger(file, operation={"consumes": ["multipart/form-data"]}))

    assert [one.reason for one in imported.refused] == [
        "its body is multipart/form-data, which cannot be sent: only JSON, forms and text."
    ]


@pytest.mark.parametrize(("form", "kind"), [(None, "text"), ("csv", "text"), ("pipes", "text"), ("multi", "json")])
def test_only_a_list_that_repeats_its_name_is_one(form: str | None, kind: str) -> None:
    parameter = {"in": "query", "name": "ids", "type": "array", "items": TEXT}
    action = action_of(swagger(parameter if form is None else {**parameter, "collectionFormat": form}, method="get"))

    assert typed(action) == {"ids": (kind, False)}


def test_shared_parameters_are_found() -> None:
    data = swagger(
        {"$ref": "#/parameters/page"},
        method="get",
        parameters={"page": {"in": "query", "name": "page", "type": "integer"}},
    )
    data["paths"]["/orders"]["parameters"] = [{"in": "header", "name": "X-Shop", "type": "string", "required": True}]

    assert typed(action_of(data)) == {"X_Shop": ("text", True), "page": ("integer", False)}


@pytest.mark.parametrize(
    ("about", "base"),
    [
        ({}, "https://old.example/v2"),
        ({"schemes": ["http"]}, "http://old.example/v2"),
        ({"schemes": 5}, "https://old.example/v2"),
        ({"basePath": "v2/"}, "https://old.example/v2"),
        ({"basePath": None}, "https://old.example"),
        ({"host": None}, "https://docs.example/v2"),
        ({"host": None, "basePath": None}, "https://docs.example"),
    ],
)
def test_host_and_base_path_are_the_server(about: dict[str, Any], base: str) -> None:
    data = swagger(**about)
    imported = import_openapi(data, source="https://docs.example/api/swagger.json")

    assert [one.base_url for one in imported.connections] == [base]


@pytest.mark.parametrize(
    ("scheme", "kind"),
    [
        ({"type": "basic"}, "basic"),
        ({"type": "apiKey", "in": "query", "name": "key"}, "query"),
        ({"type": "apiKey", "in": "header", "name": "X-Key"}, "header"),
        ({"type": "oauth2", "flow": "application", "tokenUrl": "https://l.example/t"}, "oauth2_client_credentials"),
        ({"type": "oauth2", "flow": "implicit", "authorizationUrl": "https://l.example/a"}, "bearer"),
    ],
)
def test_security_definitions_are_read(scheme: dict[str, Any], kind: str) -> None:
    data = swagger(method="get", securityDefinitions={"own": scheme}, operation={"security": [{"own": []}]})
    imported = import_openapi(data)

    only(imported)
    (connection,) = imported.connections
    assert connection.auth is not None
    assert connection.auth.kind == kind
