"""The JSON Schema of procedure documents, for editors and other tools."""

from typing import Any, get_args

from deskhand.domain.procedure import Procedure
from deskhand.domain.values import TYPE_NAMES, TypeName

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def json_schema() -> dict[str, Any]:
    """JSON Schema 2020-12 of a procedure document, one branch for each step kind."""
    schema = Procedure.model_json_schema(by_alias=True, mode="validation")
    # a slug that is not given is made from the name
    schema["required"].remove("slug")
    tidied: dict[str, Any] = _tidied(schema)
    return {"$schema": DIALECT, **tidied, "title": "Deskhand procedure"}


def _tidied(node: Any) -> Any:
    """The schema without titles that only repeat a field's name, and with every word for a type."""
    if isinstance(node, list):
        return [_tidied(item) for item in node]
    if not isinstance(node, dict):
        return node
    if node.get("enum") == list(get_args(TypeName)):
        node = {**node, "enum": list(TYPE_NAMES)}
    keeps_title = "properties" in node
    return {key: _tidied_part(key, part) for key, part in node.items() if key != "title" or keeps_title}


def _tidied_part(key: str, part: Any) -> Any:
    if key in ("properties", "$defs"):  # names of fields and models, not keywords
        return {name: _tidied(schema) for name, schema in part.items()}
    return _tidied(part)
