"""A procedure as far as it can be read: what the editor has to go on with while a document is being written."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import TypeAdapter, ValidationError

from deskhand.domain.documents.reading import read_procedure
from deskhand.domain.problems import Invalid
from deskhand.domain.procedure import Procedure
from deskhand.domain.steps import END, Step
from deskhand.domain.steps.base import STEP_ID
from deskhand.domain.variables import NAME, Variable

_STEP: TypeAdapter[Any] = TypeAdapter(Step)
_ID, _NAME = re.compile(STEP_ID), re.compile(NAME)


def read_leniently(data: Mapping[str, Any]) -> Procedure | None:
    """The procedure in a document that may be incomplete; None where it has no step at all.

    A step that cannot be read is kept by its id, by where it leads and by what it sets.
    """
    try:
        return read_procedure(data)
    except Invalid:
        steps = list(_steps(data.get("steps")))
    if not steps:
        return None
    whole = {"name": "Draft", "slug": "draft", "trigger": {"description": "."}, "irreversible": False}
    return Procedure.model_validate({**whole, "variables": list(_variables(data)), "steps": steps}, by_alias=True)


def _steps(given: Any) -> Iterator[Any]:
    seen: set[str] = {END}
    for step in given if isinstance(given, list) else ():
        name = step.get("id") if isinstance(step, dict) else None
        if isinstance(name, str) and _ID.match(name) and name not in seen:
            seen.add(name)
            yield _read(step) or _stand_in(name, step)


def _read(step: dict[str, Any]) -> Any:
    try:
        return _STEP.validate_python(step, strict=True, by_alias=True, by_name=False)
    except (ValidationError, RecursionError):
        return None


def _stand_in(name: str, step: dict[str, Any]) -> dict[str, Any]:
    """A step with the same way on, which sets the same variable."""
    then, otherwise, following = (_target(step.get(field)) for field in ("then", "else", "next"))
    if then or otherwise:
        asked = {"variable": "message.content", "operator": "exists"}
        return {"id": name, "kind": "condition", **asked, "then": then or END, "else": otherwise or END}
    for field in ("variable", "response_variable"):
        sets = step.get(field)
        if isinstance(sets, str) and _NAME.match(sets):
            return {"id": name, "kind": "set", "variable": sets, "value": None, "next": following}
    return {"id": name, "kind": "message", "text": ".", "next": following}


def _target(given: Any) -> str | None:
    return given if isinstance(given, str) and given else None


def _variables(data: Mapping[str, Any]) -> Iterator[Variable]:
    given = data.get("variables")
    seen: set[str] = set()
    for one in given if isinstance(given, list) else ():
        try:
            variable = Variable.model_validate(one, strict=True, by_alias=True, by_name=False)
        except (ValidationError, RecursionError):
            continue
        if variable.name not in seen:
            seen.add(variable.name)
            yield variable
