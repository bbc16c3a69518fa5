from typing import Any

import httpx2
import pytest

from deskhand.api.description import OPEN
from tests.integration.api.desk import Desk

Operation = tuple[str, str, dict[str, Any]]


@pytest.fixture
def description(desk: Desk) -> dict[str, Any]:
    return desk.app.openapi()


@pytest.fixture
def operations(description: dict[str, Any]) -> list[Operation]:
    return [
        (method, path, operation)
        for path, methods in description["paths"].items()
        for method, operation in methods.items()
    ]


async def test_the_description_is_served(agent: httpx2.AsyncClient, description: dict[str, Any]) -> None:
    assert (await agent.get("/v1/openapi.json")).json() == description


def test_every_operation_has_a_name_a_summary_a_tag_and_a_description(
    operations: list[Operation], description: dict[str, Any]
) -> None:
    names = [operation["operationId"] for _, _, operation in operations]
    assert len(names) == len(set(names)) > 50
    tags = {tag["name"] for tag in description["tags"]}
    for _, path, operation in operations:
        assert operation["summary"], path
        assert operation["description"], path
        assert set(operation["tags"]) <= tags, path
        assert operation["tags"], path


def test_every_operation_declares_what_it_answers(operations: list[Operation]) -> None:
    for method, path, operation in operations:
        (success,) = (status for status in operation["responses"] if status.startswith("2"))
        if success == "204":
            continue
        answers = operation["responses"][success]["content"]
        if {"text/csv", "text/plain", "application/octet-stream"} & set(answers):
            assert all(answer["schema"] == {"type": "string"} for answer in answers.values())
            continue
        (content,) = answers.values()
        schema = content["schema"]
        named = schema.get("$ref", "").startswith("#/components/schemas/")
        assert named or "itemSchema" in content or path.startswith("/v1/schema"), (method, path)


def test_every_operation_declares_its_problems(operations: list[Operation]) -> None:
    for method, path, operation in operations:
        refused = {status: answer for status, answer in operation["responses"].items() if status >= "4"}
        operation_id = operation["operationId"]
        proves = operation_id in ("sign_in", "sign_up", "accept_invitation", "begin_session")
        assert ("401" in refused) == (operation_id not in OPEN or proves), path
        assert "503" in refused, path
        assert ("404" in refused) == ("{" in path or path == "/v1/chat/completions"), path
        assert ("413" in refused) == ("requestBody" in operation), (method, path)
        if operation["operationId"] == "create_chat_completion":  # its errors have the form that its clients expect
            assert all(list(answer["content"]) == ["application/json"] for answer in refused.values())
            continue
        for answer in refused.values():
            assert list(answer["content"]) == ["application/problem+json"]
            assert answer["content"]["application/problem+json"]["schema"] == {
                "$ref": "#/components/schemas/ProblemDetails"
            }
        taken = [{"signature": []}] if operation_id == "take_channel_event" else [{"key": []}, {"session": []}]
        taken = [{"visitor": []}] if path.startswith("/v1/widget/") else taken
        assert operation["security"] == ([] if operation_id in OPEN else taken), path


def test_every_parameter_is_described_by_its_form(operations: list[Operation]) -> None:
    for _, path, operation in operations:
        for parameter in operation.get("parameters", []):
            schema = parameter["schema"]
            assert any(key in schema for key in ("type", "anyOf", "enum")), (path, parameter["name"])
            if parameter["in"] == "path" and schema.get("type") == "string":
                assert "pattern" in schema, (path, parameter["name"])


def test_every_reference_leads_somewhere(description: dict[str, Any]) -> None:
    missing = {
        ref for ref in references(description) if ref.rpartition("/")[2] not in description["components"]["schemas"]
    }
    assert missing == set()


def references(node: Any) -> set[str]:
    if isinstance(node, list):
        return {ref for item in node for ref in references(item)}
    if not isinstance(node, dict):
        return set()
    own = {node["$ref"]} if isinstance(node.get("$ref"), str) else set()
    return own | {ref for item in node.values() for ref in references(item)}


def test_no_answer_can_hold_a_secrets_value(description: dict[str, Any]) -> None:
    schemas = description["components"]["schemas"]
    assert set(schemas["Secret"]["properties"]) == {"name", "updated_at", "used_by"}
    assert set(schemas["ApiKey"]["properties"]) == {"id", "name", "role", "created_at", "revoked_at", "made_by"}
