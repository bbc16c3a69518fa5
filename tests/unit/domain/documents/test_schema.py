from typing import Any

import pytest

from deskhand.domain.documents import json_schema
from deskhand.domain.steps import STEP_KINDS
from deskhand.domain.values import TYPE_NAMES

SCHEMA = json_schema()
DEFINITIONS: dict[str, Any] = SCHEMA["$defs"]


def by_kind() -> dict[str, dict[str, Any]]:
    found = [DEFINITIONS[one["$ref"].rpartition("/")[2]] for one in SCHEMA["properties"]["steps"]["items"]["oneOf"]]
    return {one["properties"]["kind"]["const"]: one for one in found}


def test_it_is_a_schema_of_the_2020_12_dialect_without_an_address() -> None:
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert SCHEMA["title"] == "Deskhand procedure"
    assert "$id" not in SCHEMA


def test_every_step_kind_has_its_branch() -> None:
    assert by_kind().keys() == STEP_KINDS.keys()
    assert SCHEMA["properties"]["steps"]["items"]["discriminator"]["propertyName"] == "kind"


def test_unknown_fields_are_refused_in_every_object() -> None:
    for definition in (SCHEMA, *DEFINITIONS.values()):
        if "properties" in definition:
            assert definition["additionalProperties"] is False


def test_fields_have_their_written_names() -> None:
    condition = by_kind()["condition"]

    assert "else" in condition["properties"]
    assert "otherwise" not in condition["properties"]
    assert "schema" in SCHEMA["properties"]
    assert condition["required"] == ["id", "kind", "variable", "operator", "then", "else"]


def test_a_slug_may_be_left_out_because_it_is_made_from_the_name() -> None:
    assert SCHEMA["required"] == ["name", "trigger", "steps"]


def test_every_word_for_a_type_is_allowed() -> None:
    assert set(by_kind()["collect"]["properties"]["validation"]["enum"]) == set(TYPE_NAMES)
    assert set(DEFINITIONS["Variable"]["properties"]["type"]["enum"]) == set(TYPE_NAMES)


@pytest.mark.parametrize("kind", STEP_KINDS)
def test_fields_say_what_they_are_for(kind) -> None:
    branch = by_kind()[kind]

    assert branch["description"]
    assert all("title" not in field for field in branch["properties"].values())
    assert branch["properties"].keys() >= STEP_KINDS[kind].sample.keys()
