"""Descriptions, definitions and commands that somebody wrote to do harm, or did not write well: never a crash."""

import copy
import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskhand.domain.errors import DocumentError
from deskhand.domain.importing.curl import import_curl
from deskhand.domain.importing.definition import import_definition
from deskhand.domain.importing.descriptions import read_description
from deskhand.domain.importing.openapi import MOST_VARIABLES, import_openapi, operations
from tests.unit.domain.importing.describing import action_of, described, refusal_of, sending

TEXT = {"type": "string"}
KEY = {"type": "apiKey", "in": "header", "name": "X-Key"}
NODE = {
    "type": "object",
    "required": ["name"],
    "description": "A node",
    "properties": {"name": {"type": "string", "maxLength": 5}, "next": {"$ref": "#/components/schemas/Node"}},
}
MODERN = {
    "openapi": "3.0.3",
    "info": {"title": "Shop"},
    "security": [{"key": []}],
    "servers": [{"url": "https://{at}.example", "variables": {"at": {"default": "eu"}}}],
    "components": {
        "schemas": {"Node": NODE},
        "securitySchemes": {
            "key": KEY,
            "o": {"type": "oauth2", "flows": {"clientCredentials": {"tokenUrl": "https://t.example"}}},
        },
    },
    "paths": {
        "/orders/{id}": {
            "parameters": [{"name": "id", "in": "path", "required": True, "schema": {"type": "integer"}}],
            "get": {
                "operationId": "get",
                "tags": ["a"],
                "summary": "Get an order",
                "security": [{"o": []}],
                "parameters": [
                    {"name": "q[]", "in": "query", "schema": {"type": "array", "items": TEXT}, "example": "x"}
                ],
            },
            "post": {
                "requestBody": {
                    "required": True,
                    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Node"}}},
                }
            },
        },
    },
}
OLD = {
    "swagger": "2.0",
    "info": {"title": "Old"},
    "host": "old.example",
    "basePath": "/v2",
    "schemes": ["https"],
    "securityDefinitions": {"b": {"type": "basic"}},
    "definitions": {"D": {"properties": {"x": TEXT}}},
    "paths": {
        "/f": {
            "post": {
                "consumes": ["application/x-www-form-urlencoded"],
                "security": [{"b": []}],
                "parameters": [
                    {"in": "formData", "name": "a", "type": "array", "items": TEXT, "collectionFormat": "csv"}
                ],
            }
        },
        "/b": {"post": {"parameters": [{"in": "body", "name": "b", "schema": {"$ref": "#/definitions/D"}}]}},
    },
}
DEFINITION = {
    "name": "Get it",
    "type": "http",
    "method": "POST",
    "url": "https://api.example/c?email={{lead.email}}&token=abc",
    "headers": {"Authorization": "Bearer abc"},
    "query": {"a": "b"},
    "body": {"a": "{{x}}", "password": "pw"},
    "variables": [{"name": "x", "type": "int", "required": False, "options": ["1"], "default": 1}],
    "auth": {"type": "header", "name": "X-K", "value": "v"},
    "success_message": "ok",
    "when_not_to_use": "never",
}
FORM = {"name": "F", "type": "form", "fields": [{"name": "a", "label": "A", "type": "select", "options": ["x"]}]}

Place = tuple[str | int, ...]
WRONG: list[Any] = [
    None,
    True,
    0,
    -1,
    1e300,
    2**70,
    "",
    "{{a}}",
    "{{",
    "http://[",
    "https://{x}/",
    "x" * 5000,
    [],
    {},
    [None],
    [[]],
    ["a", 1, None],
    {"$ref": "#"},
    {"$ref": "#/paths"},
    {"$ref": 5},
    {"$ref": "x.yaml"},
    {"type": {}},
    {"enum": [[], {}]},
    {"allOf": [{}]},
]


def places(data: Any, here: Place = ()) -> Iterator[Place]:
    """The path of everything in a document."""
    if here:
        yield here
    inner = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in inner:
        yield from places(value, (*here, key))


def with_wrong(data: Any, place: Place, value: Any) -> Any:
    """The document with something else at a place."""
    changed = copy.deepcopy(data)
    at = changed
    for key in place[:-1]:
        at = at[key]
    at[place[-1]] = value
    return changed


def told(reading: Callable[[], object]) -> str:
    """What is wrong with it, as a sentence; nothing where it was read. Anything but a refusal is passed on."""
    try:
        reading()
    except DocumentError as error:
        if not error.sentence.endswith("."):
            raise AssertionError(f"no sentence: {error.sentence}") from None
        return error.sentence
    return ""


def read(data: Any, source: str | None = None) -> None:
    """Read a description; each operation is imported or refused with a sentence."""
    if not told(lambda: import_openapi(data, source=source)):
        imported = import_openapi(data, source=source)
        assert len(imported.actions) + len(imported.refused) <= len(operations(data))
        assert all(one.reason.endswith(".") for one in imported.refused)


@pytest.mark.parametrize("data", [MODERN, OLD], ids=["openapi", "swagger"])
def test_a_wrong_type_anywhere_in_a_description_is_told(data: dict[str, Any]) -> None:
    for place in places(data):
        for value in WRONG:
            read(with_wrong(data, place, value), "https://docs.example/openapi.json")


@pytest.mark.parametrize("data", [DEFINITION, FORM, [DEFINITION, FORM]], ids=["http", "form", "list"])
def test_a_wrong_type_anywhere_in_a_definition_is_told(data: Any) -> None:
    for place in places(data):
        for value in WRONG:
            changed = with_wrong(data, place, value)
            told(lambda given=changed: import_definition(given))  # type: ignore[misc]


ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["object", "#/", "get"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["type", "properties", "$ref", "allOf", "in", "name", "schema", "content", "url"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(place=st.sampled_from(list(places(MODERN))), value=ANYTHING)
def test_anything_anywhere_in_a_description_is_told(place: Place, value: Any) -> None:
    read(with_wrong(MODERN, place, value))


WORDS = st.sampled_from(
    [
        "https://x.example/a",
        "-d",
        "a=1",
        "--json",
        '{"a":1}',
        "-H",
        "A: b",
        "'",
        '"',
        "{{",
        "}}",
        "{{a}}",
        "$'",
        "\\x4",
        "-X",
        "POST",
        "-u",
        "a:b",
        ":",
        "@",
        "=",
        "-G",
        "?token=x",
        "http://[",
        "\\",
        "\n",
        "%",
        "Authorization: Basic !!",
        "-",
        "--",
    ]
)


@given(words=st.lists(WORDS, max_size=8), glue=st.sampled_from(["", " "]))
def test_any_command_is_read_or_refused(words: list[str], glue: str) -> None:
    told(lambda: import_curl("curl " + glue.join(words)))


@pytest.mark.parametrize("opening", ["[" * 100_000, '{"a":' * 100_000, "- " * 5_000, "{a: " * 5_000])
def test_a_description_that_is_nested_deeply_is_refused(opening: str) -> None:
    with pytest.raises(DocumentError, match=r"nested more than \d+ levels deep"):
        read_description(opening)


def test_a_description_that_is_too_large_is_refused() -> None:
    with pytest.raises(DocumentError, match="larger than 64 MB"):
        read_description("x" * 64_000_001)


def test_aliases_cannot_multiply_a_description() -> None:
    doubled = "\n".join(f"b{number}: &b{number} [*b{number - 1}, *b{number - 1}]" for number in range(1, 60))
    with pytest.raises(DocumentError, match="grow without measure"):
        read_description(f"openapi: 3.1.0\nb0: &b0 [x, x]\n{doubled}\n")


@pytest.mark.parametrize("text", ["", "just words", "- a\n- b", "5", "null", '"x"', "[1]", "\ufeff"])
def test_a_text_that_is_no_mapping_is_refused(text: str) -> None:
    with pytest.raises(DocumentError, match="no API description"):
        read_description(text)


def test_schemas_that_double_each_other_are_refused_at_once() -> None:
    schemas: dict[str, Any] = {
        f"A{number}": {"allOf": [{"$ref": f"#/components/schemas/A{number + 1}"}] * 2} for number in range(39)
    }
    data = sending({"$ref": "#/components/schemas/A0"}, components={"schemas": {**schemas, "A39": {"properties": {}}}})

    assert refusal_of(data) == "its schemas are made up of too many others."


def test_a_schema_that_is_too_large_is_left_out() -> None:
    vast = {"type": "object", "properties": {f"field{number}": TEXT for number in range(20_000)}}
    data = sending(
        {"properties": {"box": {"$ref": "#/components/schemas/Vast"}}}, components={"schemas": {"Vast": vast}}
    )
    (variable,) = action_of(data).variables

    assert (variable.type, variable.json_schema) == ("json", None)


def test_a_body_of_very_many_fields_is_taken_as_a_whole() -> None:
    fields = {f"field{number}": TEXT for number in range(MOST_VARIABLES + 1)}

    assert action_of(sending({"properties": fields})).request.body == "{{body}}"


def test_very_many_parameters_are_refused() -> None:
    parameters = [{"in": "query", "name": f"p{number}", "schema": TEXT} for number in range(MOST_VARIABLES + 2)]
    data = described({"/x": {"get": {"parameters": parameters}}})

    assert refusal_of(data) == f"it has more than {MOST_VARIABLES} parameters and fields."


def test_what_was_given_is_shown_in_no_refusal_of_a_definition() -> None:
    secret = "c4nary\nvalue"
    with pytest.raises(DocumentError) as refused:
        import_definition(
            {"name": "x", "url": "https://a.example", "auth": {"type": "basic", "username": "", "value": secret}}
        )

    assert "c4nary" not in refused.value.sentence
    assert json.dumps(secret) not in refused.value.sentence
