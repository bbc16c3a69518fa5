"""Tools of MCP servers as actions: typed from a stranger's schema, and typed anew when it changes."""

from typing import Any

import pytest

from deskhand.domain.actions import McpAction
from deskhand.domain.importing import Imported
from deskhand.domain.importing.tools import import_tool, typed_anew
from deskhand.domain.templates import Scope, json_tree, render_json


def schema(required: list[str] | None = None, **properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": required or []}


def found(given: dict[str, Any], name: str = "find_order", **more: Any) -> Imported:
    return import_tool("crm", name, "", "Finds an order by its number.", given, "f1", **more)


def action_of(given: dict[str, Any], **more: Any) -> McpAction:
    (action,) = found(given, **more).actions
    assert isinstance(action, McpAction)
    return action


TEXT, NUMBER = {"type": "string"}, {"type": "integer"}


def test_each_property_becomes_a_variable_of_its_type() -> None:
    action = action_of(
        schema(
            ["order_id"],
            order_id={"type": "string", "description": "The order's number", "examples": ["A1"]},
            limit={"type": "integer"},
            price={"type": "number"},
            urgent={"type": "boolean"},
            day={"type": "string", "format": "date"},
            mail={"type": "string", "format": "email"},
            state={"enum": ["open", "closed"]},
            lines={"type": "array", "items": {"type": "string"}},
        )
    )

    assert [(one.name, one.type, one.required) for one in action.variables] == [
        ("order_id", "text", True),
        ("limit", "integer", False),
        ("price", "float", False),
        ("urgent", "boolean", False),
        ("day", "date", False),
        ("mail", "email", False),
        ("state", "text", False),
        ("lines", "json", False),
    ]
    assert (action.variables[0].description, action.variables[0].example) == ("The order's number", "A1")
    assert action.variables[6].choices == ["open", "closed"]
    assert action.variables[7].json_schema == {"type": "array", "items": {"type": "string"}}


def test_an_optional_property_without_a_value_is_left_out() -> None:
    action = action_of(schema(["order_id"], order_id=TEXT, limit=NUMBER))
    scope = Scope({"order_id": "A1"}, {"order_id": "text"}, frozenset(["limit"]))

    assert render_json(action.template, scope) == '{"order_id":"A1"}'


def test_names_that_no_variable_can_have_keep_theirs_on_the_wire() -> None:
    action = action_of(schema(secrets=TEXT, message=TEXT, **{"9 lives": TEXT, "a.b": TEXT, "a b": TEXT, "": TEXT}))

    names = [one.name for one in action.variables]
    assert len(set(names)) == 6
    assert not {"secrets", "message"} & set(names)
    assert {'"9 lives"', '"a.b"', '"a b"', '""'} <= {
        part.split(":")[0].strip(" {") for part in action.template.split(",")
    }
    action.function()


@pytest.mark.parametrize("word", ["read_only", "idempotent"])
def test_a_servers_word_for_itself_counts_for_nothing(word: str) -> None:
    whole = found(schema(a=TEXT), reads=True)

    (action,) = whole.actions
    assert isinstance(action, McpAction)
    assert getattr(action.call, word) is False
    assert "the server says that it only reads" in whole.notes[0]


def test_an_action_is_pinned_to_the_tool_as_it_is_now() -> None:
    assert action_of(schema()).call.fingerprint == "f1"


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"type": "string"}, "no object"),
        ({"type": "array", "items": {}}, "no object"),
        (schema(a={"$ref": "https://elsewhere.example/schema"}), ""),
        (schema(a={"$ref": "#/nowhere"}), ""),
    ],
)
def test_a_tool_that_cannot_be_typed_is_refused_with_the_reason(given: dict[str, Any], reason: str) -> None:
    whole = found(given)

    assert whole.actions == []
    assert reason in whole.refused[0].reason
    assert whole.refused[0].what == "find_order"


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"type": "object", "properties": []},
        {"type": "object", "properties": {"a": 5, "b": []}, "required": "a"},
        {"type": "object", "properties": {"a": {"type": ["string", "null", 7]}}},
        {"type": "object", "properties": {"a": {"enum": [{}, []], "maxLength": -1, "examples": {}}}},
        {"type": "object", "properties": {"a": {"$ref": "#/properties/a"}}},
        {"type": "object", "allOf": [{"$ref": "#"}]},
        {"type": "object", "properties": {"a": {"description": ["x"], "title": {"deep": 1}}}},
        {"type": "object", "properties": {f"p{number}": {} for number in range(300)}},
        {"type": {"not": "a word"}, "properties": {"a": {}}},
    ],
)
def test_nonsense_becomes_an_action_or_a_refusal_and_no_error(given: dict[str, Any]) -> None:
    whole = found(given)

    assert len(whole.actions) + len(whole.refused) == 1
    for action in whole.actions:
        action.function()


def test_a_pattern_that_takes_for_ever_is_left_out_of_a_schema() -> None:
    action = action_of(schema(a={"type": "object", "properties": {"b": {"type": "string", "pattern": "^(a+)+$"}}}))

    assert "pattern" not in str(action.variables[0].json_schema)


def anew(action: McpAction, given: dict[str, Any]) -> McpAction:
    """The action after its tool has changed to this schema."""
    (typed,) = import_tool(
        "crm", "find_order", "", "Finds an order by its number.", given, "f2", slug=action.slug
    ).actions
    assert isinstance(typed, McpAction)
    return typed_anew(action.model_copy(update={"enabled": False, "disabled_reason": "It has changed."}), typed)


def test_an_action_is_typed_anew_pinned_anew_and_switched_on() -> None:
    action = anew(action_of(schema(["order_id"], order_id=TEXT)), schema(["order_id"], order_id=NUMBER, note=TEXT))

    assert [(one.name, one.type) for one in action.variables] == [("order_id", "integer"), ("note", "text")]
    assert action.template == '{"order_id": {{order_id}}, "note": {{note}}}'
    assert (action.call.fingerprint, action.enabled, action.disabled_reason) == ("f2", True, "")


def test_an_argument_that_the_tool_no_longer_takes_goes() -> None:
    action = anew(action_of(schema(order_id=TEXT, note=TEXT)), schema(order_id=TEXT))

    assert [one.name for one in action.variables] == ["order_id"]
    assert action.template == '{"order_id": {{order_id}}}'


def written(template: str, **settings: Any) -> McpAction:
    """An action whose arguments a member wrote, and one variable's settings."""
    action = action_of(schema(order_id=TEXT, customer=TEXT))
    variables = [action.variables[0].model_copy(update=settings)]
    call = action.call.model_copy(update={"arguments": template})
    return action.model_copy(update={"call": call, "variables": variables})


@pytest.mark.parametrize(
    "own",
    [
        "{{identity}}",
        '"{{identity | string}}"',
        '{{context | default("a \\"quoted\\" word")}}',
        '["fixed", {"deep": {{identity}}, "n": 1.5}, null, true]',
        '"{{lead.email | default(\\"nobody\\")}} in words"',
    ],
)
def test_what_a_member_wrote_for_an_argument_is_not_left_to_a_model(own: str) -> None:
    before = written(f'{{"order_id": {{{{order_id}}}}, "customer": {own}}}')

    action = anew(before, schema(["order_id", "customer", "note"], order_id=TEXT, customer=TEXT, note=TEXT))

    assert json_tree(action.template) == {**json_tree(before.template), "note": json_tree("{{note}}")}
    assert [one.name for one in action.variables] == ["order_id", "note"]


def test_settings_of_a_variable_outlive_the_change_where_its_type_does() -> None:
    before = written('{"order_id": {{order_id}}}', sensitive=True, prompt="Which one?", description="Ours")

    kept = anew(before, schema(["order_id"], order_id={"type": "string", "enum": ["A", "B"]})).variables[0]
    changed = anew(before, schema(["order_id"], order_id=NUMBER)).variables[0]

    assert (kept.sensitive, kept.prompt, kept.description, kept.choices) == (True, "Which one?", "Ours", ["A", "B"])
    assert (changed.sensitive, changed.prompt, changed.type) == (True, None, "integer")
