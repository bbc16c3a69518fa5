"""Requests as they are described, rendered, shown and sent."""

from typing import Any

import pytest

from deskhand.domain.errors import TemplateError
from deskhand.domain.requests import (
    Connection,
    HttpRequest,
    absolute,
    origin_is_templated,
    with_query,
    with_scheme,
)
from deskhand.domain.templates import Scope

SHOP = Connection.model_validate(
    {
        "slug": "shop",
        "name": "Shop",
        "base_url": "shop.example.com/api/",
        "auth": {"kind": "bearer", "secret": "SHOP_KEY"},
    }
)


def request(**fields: Any) -> HttpRequest:
    return HttpRequest.model_validate({"url": "https://api.example.com/orders/{{id}}", **fields})


def test_a_request_is_rendered_to_the_byte() -> None:
    described = request(
        method="POST",
        headers={"X-Name": "{{name}}"},
        query={"lang": "{{lang}}"},
        body='{"name": "{{name}}"}',
        idempotency_header="X-Key",
        timeout=5,
    )
    rendered = described.render(Scope({"id": "a/b", "name": 'Ann "A"', "lang": "de DE"}), {})
    assert rendered.url == "https://api.example.com/orders/a%2Fb?lang=de%20DE"
    assert rendered.headers == {"X-Name": 'Ann "A"', "Content-Type": "application/json"}
    assert rendered.body == '{"name":"Ann \\"A\\""}'
    assert (rendered.key_header, rendered.timeout) == ("X-Key", 5)


def test_a_content_type_of_ones_own_stays() -> None:
    rendered = request(method="POST", body="{}", headers={"content-type": "application/vnd.api+json"})
    assert rendered.render(Scope({"id": 1}), {}).headers == {"content-type": "application/vnd.api+json"}


def test_a_path_lies_on_its_connection_whatever_it_says() -> None:
    for path in ("orders/7", "/orders/7", "//orders/7"):
        rendered = request(url=path, connection="shop").render(Scope({}), {"shop": SHOP})
        assert rendered.url == "https://shop.example.com/api/orders/7"
    other = request(url="https://evil.example/x", connection="shop").render(Scope({}), {"shop": SHOP})
    assert other.url.startswith("https://shop.example.com/api/")


def test_a_connection_that_does_not_exist_is_named() -> None:
    with pytest.raises(TemplateError, match="the connection `shop` does not exist"):
        request(connection="shop").render(Scope({"id": 1}), {})


def test_the_fingerprint_changes_with_what_is_reached_and_not_with_the_name() -> None:
    assert SHOP.fingerprint == SHOP.model_copy(update={"name": "The shop"}).fingerprint
    assert SHOP.fingerprint != SHOP.model_copy(update={"base_url": "https://evil.example"}).fingerprint
    assert SHOP.fingerprint != SHOP.model_copy(update={"auth": None}).fingerprint
    rendered = request(url="/x", connection="shop").render(Scope({}), {"shop": SHOP})
    assert rendered.fingerprint == SHOP.fingerprint


@pytest.mark.parametrize(
    ("fields", "reads", "repeatable"),
    [
        ({}, True, True),
        ({"method": "POST"}, False, False),
        ({"method": "PATCH"}, False, False),
        ({"method": "PUT"}, False, True),
        ({"method": "DELETE"}, False, True),
        ({"method": "POST", "read_only": True}, True, True),
        ({"method": "POST", "idempotent": True}, False, True),
        ({"method": "PUT", "idempotent": False}, False, False),
        ({"method": "GET", "read_only": False}, False, True),
    ],
)
def test_what_only_reads_or_may_be_repeated(fields: dict[str, Any], reads: bool, repeatable: bool) -> None:
    rendered = request(**fields).render(Scope({"id": 1}), {})
    assert (rendered.read_only, rendered.idempotent) == (reads, repeatable)


def test_people_see_secrets_by_name_only() -> None:
    described = request(
        method="POST",
        headers={"Authorization": "Bearer {{secrets.SHOP_KEY}}"},
        body='{"key": "{{secrets.BODY_KEY}}", "name": "{{name}}"}',
    )
    rendered = described.render(Scope({"id": 1, "name": "\ue0f0OTHER\ue0f1"}), {})
    assert rendered.secrets() == {"SHOP_KEY", "BODY_KEY"}
    shown = rendered.shown()
    assert shown["headers"] == {
        "Authorization": "Bearer {{secrets.SHOP_KEY}}",
        "Content-Type": "application/json",
    }
    assert shown["body"] == '{"key":"{{secrets.BODY_KEY}}","name":"�OTHER�"}'


def test_all_placeholders_of_a_request_are_found() -> None:
    described = request(
        method="POST", headers={"H": "{{h}}"}, query={"q": "{{q}}"}, body='{"{{k}}": [{{b}}, "{{s | string}}"]}'
    )
    assert [one.name for one in described.placeholders()] == ["id", "h", "q", "k", "b", "s"]


@pytest.mark.parametrize(
    ("url", "whole"),
    [
        ("api.example.com/x", "https://api.example.com/x"),
        ("http://api.example.com", "http://api.example.com"),
        ("{{base}}/x://y", "https://{{base}}/x://y"),
        ("api.example.com?u=http://x", "https://api.example.com?u=http://x"),
    ],
)
def test_https_is_put_in_front_where_no_protocol_is_given(url: str, whole: str) -> None:
    assert with_scheme(url) == whole
    assert absolute(url, None) == whole


@pytest.mark.parametrize(
    "url",
    [
        "{{host}}/x",
        "https://{{host}}/x",
        "{{scheme}}://example.com",
        "https://example.com:{{port}}/",
        "https://{{user}}@example.com",
        "https://example.com{{suffix}}",
    ],
)
def test_an_origin_from_a_variable_is_noticed(url: str) -> None:
    assert origin_is_templated(url)


def test_an_origin_in_clear_is_none_from_a_variable() -> None:
    assert not origin_is_templated("https://example.com/{{path}}?q={{q}}")


def test_query_parameters_go_behind_those_that_are_there_and_before_the_fragment() -> None:
    assert with_query("/a", []) == "/a"
    assert with_query("/a", [("x y", "1&2")]) == "/a?x%20y=1%262"
    assert with_query("/a?b=1#top", [("c", "2")]) == "/a?b=1&c=2#top"
