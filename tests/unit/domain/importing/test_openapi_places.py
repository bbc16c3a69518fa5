"""OpenAPI 3: servers, names, security, and choosing operations."""

from typing import Any

import pytest

from deskhand.domain.actions import HttpAction
from deskhand.domain.errors import DocumentError
from deskhand.domain.importing.openapi import Choice, import_openapi, operations
from tests.unit.domain.importing.describing import (
    SERVER,
    action_of,
    asking,
    described,
    only,
    refusal_of,
    sending,
    typed,
)

TEXT = {"type": "string"}
FORM = "application/x-www-form-urlencoded"


# servers


def base_url(data: dict[str, Any], **more: Any) -> str:
    return import_openapi(data, **more).connections[0].base_url


def test_the_nearest_server_counts() -> None:
    data = asking()
    assert base_url(data) == SERVER
    data["paths"]["/orders"]["servers"] = [{"url": "https://path.example/"}]
    assert base_url(data) == "https://path.example"
    data["paths"]["/orders"]["get"]["servers"] = [{"url": "https://own.example/x?y#z"}]
    assert base_url(data) == "https://own.example/x"
    assert base_url(data, base_url="https://mine.example") == "https://mine.example"


def test_server_variables_take_their_defaults() -> None:
    server = {
        "url": "https://{region}.shop.example:{port}/",
        "variables": {"region": {"default": "eu"}, "port": {"default": 8443}},
    }

    assert base_url(asking(servers=[server])) == "https://eu.shop.example:8443"


@pytest.mark.parametrize(
    ("url", "whole"),
    [
        ("/v2", "https://docs.example/v2"),
        ("../v2", "https://docs.example/v2"),
        ("//other.example/v3", "https://other.example/v3"),
        (None, "https://docs.example"),
    ],
)
def test_a_relative_server_is_read_against_where_the_description_was(url: str | None, whole: str) -> None:
    servers = [] if url is None else [{"url": url}]

    assert base_url(asking(servers=servers), source="https://docs.example/api/openapi.json") == whole


@pytest.mark.parametrize(
    "url",
    ["/v2", "https://{tenant}.example", "ftp://a.example", "https://", "http://[", "https://a b.example", 5, None],
)
def test_without_a_server_the_base_url_is_asked_for(url: Any) -> None:
    assert refusal_of(asking(servers=[{"url": url}])) == (
        "the description does not say where the service is: give its base URL."
    )


def test_a_server_address_that_nobody_can_read_is_told() -> None:
    reason = refusal_of(asking(servers=[{"url": "http://["}]), source="https://docs.example/x")

    assert reason == "its server's address `http://[` cannot be read."


# names


def test_weird_names_stay_on_the_wire_and_become_variables() -> None:
    action = action_of(
        asking(
            {"in": "query", "name": "filter[created][gte]", "schema": TEXT},
            {"in": "query", "name": "$top", "schema": {"type": "integer"}},
            {"in": "query", "name": "größe", "schema": TEXT},
            {"in": "header", "name": "X-Trace-Id", "schema": TEXT},
            {"in": "query", "name": "message", "schema": TEXT},
            {"in": "query", "name": "1st", "schema": TEXT},
        )
    )

    assert action.request.query == {
        "filter[created][gte]": "{{filter_created_gte}}", "$top": "{{top}}", "größe": "{{gr_e}}",
        "message": "{{message_value}}", "1st": "{{_1st}}",
    }  # fmt: skip
    assert action.request.headers == {"X-Trace-Id": "{{X_Trace_Id}}"}


def test_a_name_in_path_and_body_is_two_variables() -> None:
    data = sending({"properties": {"id": {"type": "integer"}}})
    data["paths"]["/orders/{id}"] = data["paths"].pop("/orders")
    action = action_of(data)

    assert action.request.url == "/orders/{{id}}"
    assert action.request.body == '{"id": {{id_2}}}'


def test_an_operations_parameter_goes_before_its_paths() -> None:
    data = asking({"in": "query", "name": "q", "schema": {"type": "integer"}})
    data["paths"]["/orders"]["parameters"] = [
        {"in": "query", "name": "q", "schema": TEXT}, {"in": "query", "name": "page", "schema": TEXT},
    ]  # fmt: skip

    assert typed(action_of(data)) == {"q": ("integer", False), "page": ("text", False)}


def test_a_list_repeats_its_name_unless_the_description_joins_it() -> None:
    many = {"type": "array", "items": TEXT}
    action = action_of(
        asking(
            {"in": "query", "name": "a", "schema": many},
            {"in": "query", "name": "b", "schema": many, "explode": False},
            {"in": "query", "name": "c", "schema": many, "style": "pipeDelimited"},
            {"in": "query", "name": "d", "schema": {"type": "object"}, "style": "deepObject"},
        )
    )

    assert [one.type for one in action.variables] == ["json", "text", "text", "text"]


def test_operations_of_one_id_get_slugs_of_their_own() -> None:
    paths = {path: {"get": {"operationId": "get Order!"}} for path in ("/a", "/b", "/c")}
    imported = import_openapi(described(paths), taken=["get-order"])

    assert [one.slug for one in imported.actions] == ["get-order-2", "get-order-3", "get-order-4"]


def test_deleting_is_irreversible() -> None:
    imported = import_openapi(described({"/o/{id}": {"delete": {}, "put": {}}}))

    assert {one.request.method: one.irreversible for one in imported.actions if isinstance(one, HttpAction)} == {
        "DELETE": True, "PUT": False,
    }  # fmt: skip


@pytest.mark.parametrize("name", ["{{secrets.SHOP_TOKEN}}", "x{{contact.email}}", "{{"])
def test_a_name_never_becomes_a_placeholder(name: str) -> None:
    assert "looks like a placeholder" in refusal_of(sending({"properties": {name: TEXT}}))
    assert "which is no media type" in refusal_of(sending(TEXT, f"text/{name}"))
    assert "which is no media type" in refusal_of(sending(TEXT, f"application/x+json; v={name}"))
    assert "cannot be read" in refusal_of(asking(path=f"/{name}"))
    for data in (asking({"in": "query", "name": name}), sending({"properties": {name: TEXT}}, FORM)):
        names = {one.path[0] for one in action_of(data).placeholders()}
        assert not names & {"secrets", "contact"}


# security

KEY = {"type": "apiKey", "in": "header", "name": "X-Key"}
CLIENT = {"type": "oauth2", "flows": {"clientCredentials": {"tokenUrl": "https://login.example/token"}}}
CODE = {"type": "oauth2", "flows": {"authorizationCode": {"refreshUrl": "https://login.example/token"}}}


@pytest.mark.parametrize(
    ("scheme", "auth"),
    [
        (KEY, {"kind": "header", "name": "X-Key", "secret": "SHOP_X_KEY"}),
        ({"type": "apiKey", "in": "query", "name": "k"}, {"kind": "query", "name": "k", "secret": "SHOP_K"}),
        ({"type": "http", "scheme": "Bearer"}, {"kind": "bearer", "secret": "SHOP_TOKEN"}),
        ({"type": "http", "scheme": "basic"}, {"kind": "basic", "username": "fill-in", "secret": "SHOP_PASSWORD"}),
        (
            CLIENT,
            {
                "kind": "oauth2_client_credentials", "token_url": "https://login.example/token",
                "client_id": "fill-in", "secret": "SHOP_CLIENT_SECRET", "style": "header",
            },
        ),
        (
            CODE,
            {
                "kind": "oauth2_refresh_token", "token_url": "https://login.example/token", "client_id": "fill-in",
                "secret": "SHOP_CLIENT_SECRET", "refresh_secret": "SHOP_REFRESH_TOKEN", "style": "header",
            },
        ),
    ],
)  # fmt: skip
def test_security_becomes_an_authentication_to_fill_in(scheme: Any, auth: dict[str, str]) -> None:
    imported = import_openapi(asking(security=[{"own": []}], components={"securitySchemes": {"own": scheme}}))
    (connection,) = imported.connections

    assert connection.auth is not None
    assert connection.auth.model_dump(exclude_none=True) == auth
    (sentence,) = imported.to_fill_in
    assert all(f"`{value}`" in sentence for name, value in auth.items() if name.endswith("secret"))


def test_two_keys_at_once_are_an_authentication_and_a_header() -> None:
    schemes = {"one": KEY, "two": {"type": "apiKey", "in": "header", "name": "X-Account"}}
    imported = import_openapi(asking(security=[{"one": [], "two": []}], components={"securitySchemes": schemes}))

    assert only(imported).request.headers == {"X-Account": "{{secrets.SHOP_X_ACCOUNT}}"}


def test_operations_that_authenticate_differently_go_over_connections_of_their_own() -> None:
    paths = {"/a": {"get": {}}, "/b": {"get": {"security": []}}, "/c": {"get": {"security": [{"own": []}]}}}
    data = described(paths, security=[{"own": []}], components={"securitySchemes": {"own": KEY}})
    imported = import_openapi(data)

    assert [one.reaches for one in imported.actions] == ["shop", "shop-2", "shop"]


# choosing


def test_operations_are_chosen_by_tag_or_by_id() -> None:
    paths = {
        "/a": {"get": {"operationId": "getA", "tags": ["one"]}},
        "/b": {"get": {"operationId": "getB", "tags": ["two"]}, "post": {"tags": ["one", "two"]}},
    }

    def chosen(**choice: Any) -> list[str]:
        return [one.slug for one in import_openapi(described(paths), choice=Choice(**choice)).actions]

    assert chosen(tags=["one"]) == ["get-a", "post-b"]
    assert chosen(ids=["getB", "POST /b"]) == ["get-b", "post-b"]
    assert chosen(tags=["two"], ids=["getA"]) == ["get-a", "get-b", "post-b"]
    assert [one.id for one in operations(described(paths))] == ["getA", "getB", "POST /b"]


def test_what_was_chosen_and_is_not_there_is_told() -> None:
    imported = import_openapi(asking(), choice=Choice(tags=["nope"], ids=["ask", "GET /gone"]))

    assert [one.slug for one in imported.actions] == ["ask"]
    assert [(one.what, one.reason) for one in imported.refused] == [
        ("nope", "no operation of the description has this tag."),
        ("GET /gone", "the description has no such operation."),
    ]


@pytest.mark.parametrize("data", [{}, {"openapi": "2.0"}, {"openapi": None}, {"swagger": "1.2"}, {"asyncapi": "3.0.0"}])
def test_what_is_no_description_is_refused(data: dict[str, Any]) -> None:
    with pytest.raises(DocumentError, match="no OpenAPI 3 or Swagger"):
        import_openapi(data)
