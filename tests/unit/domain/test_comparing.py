"""What changed between two documents, step by step."""

from typing import Any

from deskhand.domain.comparing import differences


def steps(*names: str, **fields: Any) -> dict[str, Any]:
    return {"steps": [{"id": name, "kind": "message", "text": name} for name in names], **fields}


def told(before: dict[str, Any], after: dict[str, Any]) -> list[tuple[str, str]]:
    return [(one.step, one.change) for one in differences(before, after).steps]


def test_nothing_differs_from_itself() -> None:
    found = differences(steps("a", "b", name="A"), steps("a", "b", name="A"))
    assert (found.fields, found.steps) == ((), ())


def test_of_steps_that_stand_elsewhere_only_the_one_that_moved_is_told() -> None:
    assert told(steps("a", "b", "c", "d"), steps("d", "a", "b", "c")) == [("d", "moved")]


def test_a_new_step_moves_no_other() -> None:
    assert told(steps("a", "b"), steps("a", "new", "b")) == [("new", "added")]
    assert told(steps("a", "b", "c"), steps("a", "c")) == [("b", "removed")]


def test_a_new_step_is_told_with_what_it_holds() -> None:
    (new,) = differences(steps("a"), steps("a", "b")).steps
    assert [(one.field, one.before, one.after) for one in new.fields] == [("text", None, "b")]


def test_a_field_that_is_gone_and_one_that_came_are_told() -> None:
    before, after = steps("a", name="A"), steps("a", description="B")
    assert [(one.field, one.before, one.after) for one in differences(before, after).fields] == [
        ("name", "A", None), ("description", None, "B"),
    ]  # fmt: skip


def test_garbage_has_no_steps() -> None:
    assert told({"steps": [None, {"id": 5}, {"id": "a"}]}, {"steps": 7}) == [("a", "removed")]
