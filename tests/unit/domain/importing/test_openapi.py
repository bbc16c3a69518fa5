"""OpenAPI 3: what becomes of schemas, bodies, servers, names and security, and what is refused with a reason."""

from typing import Any

import pytest

from deskhand.domain.actions import HttpAction
from deskhand.domain.importing.openapi import import_openapi
from deskhand.domain.schemas import problem_with
from deskhand.domain.templates import Scope
from tests.unit.domain.importing.describing import (
    action_of,
    asking,
    described,
    refusal_of,
    sending,
    typed,
)

TEXT = {"type": "string"}
FORM = "application/x-www-form-urlencoded"
NODE = {
    "type": "object",
    "required": ["name"],
    "properties": {"name": TEXT, "children": {"type": "array", "items": {"$ref": "#/components/schemas/Node"}}},
}


def test_fields_of_a_body_become_typed_variables() -> None:
    fields = {
        "name": {"type": "string", "maxLength": 20},
        "count": {"type": "integer"},
        "price": {"type": "number"},
        "paid": {"type": "boolean"},
        "day": {"type": "string", "format": "date"},
        "mail": {"type": "string", "format": "email"},
        "state": {"type": "string", "enum": ["open", "closed"]},
        "secret": {"type": "string", "format": "password"},
        "id": {"type": "string", "readOnly": True},
    }
    action = action_of(sending({"type": "object", "properties": fields, "required": ["name", "count"]}))

    assert typed(action) == {
        "name": ("text", True), "count": ("integer", True), "price": ("float", False), "paid": ("boolean", False),
        "day": ("date", False), "mail": ("email", False), "state": ("text", False), "secret": ("text", False),
    }  # fmt: skip
    by_name = {one.name: one for one in action.variables}
    assert by_name["name"].max_length == 20
    assert by_name["state"].choices == ["open", "closed"]
    assert by_name["secret"].sensitive


def test_an_optional_field_that_is_not_given_is_left_out_of_the_body() -> None:
    action = action_of(sending({"properties": {"a": TEXT, "b": TEXT}, "required": ["a"]}))
    rendered = action.request.render(
        Scope({"a": 'say "hi"'}, {"a": "text", "b": "text"}, frozenset({"b"})), connections(action)
    )

    assert rendered.body == '{"a":"say \\"hi\\""}'


def connections(action: HttpAction) -> dict[str, Any]:
    imported = import_openapi(asking())
    return {action.request.connection or "": imported.connections[0]}


def test_a_recursive_schema_keeps_its_shape() -> None:
    action = action_of(sending(NODE, components={"schemas": {"Node": NODE}}))

    assert typed(action) == {"name": ("text", True), "children": ("json", False)}
    schema = action.variables[1].json_schema
    assert schema is not None
    assert problem_with([{"name": "a", "children": [{"name": "b"}]}], schema) is None
    assert problem_with([{"name": "a", "children": [{"nam": "b"}]}], schema) is not None


def test_all_of_is_one_object_and_its_own_fields_go_first() -> None:
    base = {"type": "object", "properties": {"id": {"type": "integer"}, "name": TEXT}, "required": ["id"]}
    schema = {"allOf": [{"$ref": "#/components/schemas/Base"}], "properties": {"name": {"type": "boolean"}}}
    action = action_of(sending(schema, components={"schemas": {"Base": base}}))

    assert typed(action) == {"id": ("integer", True), "name": ("boolean", False)}


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "string", "nullable": True},
        {"type": ["string", "null"]},
        {"anyOf": [TEXT, {"type": "null"}]},
        {"oneOf": [{"$ref": "#/components/schemas/Text"}, {"type": "null"}]},
        {"allOf": [{"$ref": "#/components/schemas/Text"}]},
    ],
)
def test_a_text_that_may_be_null_is_a_text(schema: Any) -> None:
    action = action_of(sending({"properties": {"note": schema}}, components={"schemas": {"Text": TEXT}}))

    assert typed(action) == {"note": ("text", False)}


def test_a_nullable_object_keeps_null_in_its_schema() -> None:
    inner = {"type": "object", "nullable": True, "properties": {"x": {"type": "integer", "nullable": True}}}
    (variable,) = action_of(sending({"properties": {"box": inner}})).variables

    assert variable.json_schema is not None
    for value in (None, {"x": None}, {"x": 1}):
        assert problem_with(value, variable.json_schema) is None
    assert problem_with({"x": "one"}, variable.json_schema) is not None


@pytest.mark.parametrize(
    "schema",
    [
        {"oneOf": [{"properties": {"a": TEXT}}, {"properties": {"b": TEXT}}]},
        {"properties": {"kind": TEXT}, "oneOf": [{"properties": {"a": TEXT}}, {"properties": {"b": TEXT}}]},
        {"type": "array", "items": TEXT},
        {"type": "object", "additionalProperties": TEXT},
        True,
    ],
)
def test_a_body_without_fixed_fields_is_one_variable(schema: Any) -> None:
    action = action_of(sending(schema))

    assert action.request.body == "{{body}}"
    assert typed(action) == {"body": ("json", True)}


def test_alternatives_in_what_is_required_leave_the_fields_as_they_are() -> None:
    schema = {"properties": {"a": TEXT, "b": TEXT}, "anyOf": [{"required": ["a"]}, {"required": ["b"]}]}

    assert typed(action_of(sending(schema))) == {"a": ("text", False), "b": ("text", False)}


def test_a_form_and_a_text_are_bodies_too() -> None:
    form = action_of(sending({"properties": {"a b": TEXT, "many": {"type": "array"}}}, FORM))
    assert form.request.form == {"a b": "{{a_b}}", "many": "{{many}}"}

    text = action_of(sending(TEXT, "text/csv"))
    assert (text.request.text, text.request.headers) == ("{{body}}", {"Content-Type": "text/csv"})

    patch = action_of(sending({"properties": {"a": TEXT}}, "application/merge-patch+json"))
    assert patch.request.body == '{"a": {{a}}}'
    assert patch.request.headers == {"Content-Type": "application/merge-patch+json"}


def test_what_cannot_be_sent_is_refused_with_its_reason() -> None:
    file = sending({"properties": {"file": {"type": "string", "format": "binary"}}}, "multipart/form-data")
    assert refusal_of(file) == "its body is multipart/form-data, which cannot be sent: only JSON, forms and text."
    assert refusal_of(sending({}, FORM)) == "its form has no fields that are known beforehand."
    cookie = {"in": "cookie", "name": "sid", "required": True}
    assert refusal_of(asking(cookie)) == "it needs the cookie `sid`, and no cookies are sent."
    assert refusal_of(described({"/x": {"head": {}}})) == "HEAD requests cannot be sent."
    assert refusal_of(asking(path="/a/{b")) == "its path `/a/{b` cannot be read."


@pytest.mark.parametrize(
    ("reference", "reason"),
    [
        ("other.yaml#/Node", "it refers to another document, `other.yaml#/Node`, which is not read."),
        ("http://127.0.0.1/x.json", "it refers to another document, `http://127.0.0.1/x.json`, which is not read."),
        ("file:///etc/passwd", "it refers to another document, `file:///etc/passwd`, which is not read."),
        ("#/components/schemas/Nobody", "it refers to `#/components/schemas/Nobody`, which is not there."),
        ("#/components/schemas/Round", "its references lead in a circle."),
    ],
)
def test_a_reference_that_leads_nowhere_costs_its_operation_only(reference: str, reason: str) -> None:
    circle = {"Round": {"$ref": "#/components/schemas/About"}, "About": {"$ref": "#/components/schemas/Round"}}
    data = sending({"$ref": reference}, components={"schemas": circle})
    data["paths"]["/fine"] = {"get": {"operationId": "fine"}}
    imported = import_openapi(data)

    assert [one.slug for one in imported.actions] == ["fine"]
    assert [(one.what, one.reason) for one in imported.refused] == [("send", reason)]


def test_all_of_in_a_circle_is_refused() -> None:
    loop = {"allOf": [{"$ref": "#/components/schemas/Loop"}]}

    assert refusal_of(sending(loop, components={"schemas": {"Loop": loop}})) == "its schemas are nested too deeply."


def test_a_reference_may_escape_its_signs() -> None:
    data = sending(
        {"$ref": "#/components/schemas/a~1b%20~0"}, components={"schemas": {"a/b ~": {"properties": {"x": TEXT}}}}
    )

    assert typed(action_of(data)) == {"x": ("text", False)}
