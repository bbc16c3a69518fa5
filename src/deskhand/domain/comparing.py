"""What changed between two forms of a procedure, step by step: what a canvas can show and a person can review."""

from collections.abc import Mapping
from difflib import SequenceMatcher
from typing import Any, Literal

from deskhand.domain.model import Json, Record

Change = Literal["added", "removed", "changed", "moved"]


class FieldChange(Record):
    """A field that is another one now; None is one that was not there, or is not any longer."""

    field: str
    before: Json = None
    after: Json = None


class StepChange(Record):
    """What happened to one step."""

    step: str
    kind: str
    change: Change
    """`moved`: nothing but its place in the list is another, which matters where steps follow each other."""
    moved: bool = False
    """Whether it stands elsewhere in the list."""
    fields: tuple[FieldChange, ...] = ()


class Differences(Record):
    """Everything that differs."""

    fields: tuple[FieldChange, ...] = ()
    """The procedure's own: name, trigger, variables, …"""
    steps: tuple[StepChange, ...] = ()


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> Differences:
    """What changed from one document to another, which may be incomplete; steps are the same where their ids are."""
    was, now = _steps(before), _steps(after)
    moved = _moved([name for name in was if name in now], [name for name in now if name in was])
    found = [_of_step(name, was.get(name), step, name in moved) for name, step in now.items()]
    found += [
        StepChange(step=name, kind=_kind(step), change="removed") for name, step in was.items() if name not in now
    ]
    own = [{name: value for name, value in one.items() if name != "steps"} for one in (before, after)]
    return Differences(fields=_fields(*own), steps=tuple(one for one in found if one is not None))


def _steps(document: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The steps that have an id, by it."""
    given = document.get("steps")
    found = [one for one in given if isinstance(one, dict)] if isinstance(given, list) else []
    return {one["id"]: one for one in found if isinstance(one.get("id"), str)}


def _kind(step: Mapping[str, Any]) -> str:
    kind = step.get("kind")
    return kind if isinstance(kind, str) else ""


def _of_step(name: str, was: dict[str, Any] | None, now: dict[str, Any], moved: bool) -> StepChange | None:
    if was is None:
        own = {field: value for field, value in now.items() if field not in ("id", "kind")}
        return StepChange(step=name, kind=_kind(now), change="added", fields=_fields({}, own))
    fields = _fields(was, now)
    if not fields and not moved:
        return None
    return StepChange(step=name, kind=_kind(now), change="changed" if fields else "moved", moved=moved, fields=fields)


def _fields(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[FieldChange, ...]:
    names = dict.fromkeys([*before, *after])
    return tuple(
        FieldChange(field=name, before=before.get(name), after=after.get(name))
        for name in names
        if before.get(name) != after.get(name)
    )


def _moved(before: list[str], after: list[str]) -> set[str]:
    """The steps that left their place among those that stayed."""
    matcher = SequenceMatcher(a=before, b=after, autojunk=False)
    stayed = {name for block in matcher.get_matching_blocks() for name in before[block.a : block.a + block.size]}
    return {name for name in after if name not in stayed}
