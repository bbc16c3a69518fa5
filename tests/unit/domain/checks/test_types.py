import pytest


def ask(step: str, validation: str, **fields):
    return {"id": step, "kind": "collect", "variable": "size", "prompt": "?", "validation": validation, **fields}


def compare(operator: str):
    return {"id": "large", "kind": "condition", "variable": "size", "operator": operator, "value": 50, "then": "end",
            "else": "end"}  # fmt: skip


WHICH = {
    "id": "which",
    "kind": "condition",
    "variable": "contact.id",
    "operator": "exists",
    "then": "one",
    "else": "two",
}


@pytest.mark.parametrize("operator", ["gt", "lt", "gte", "lte"])
def test_a_number_here_and_a_text_there_cannot_be_compared_as_numbers(checked, operator) -> None:
    (problem,) = checked(WHICH, ask("one", "number", next="large"), ask("two", "text"), compare(operator))

    assert (problem.severity, problem.step, problem.field) == ("error", "large", "variable")
    assert problem.sentence == (
        f"`{operator}` compares numbers, but `size` is stored as number in `one` and as text in `two`: "
        "store it as a number everywhere."
    )


def test_kinds_of_numbers_go_together(checked) -> None:
    assert checked(WHICH, ask("one", "integer", next="large"), ask("two", "float"), compare("gt")) == []


def test_a_text_comparison_takes_any_type(checked) -> None:
    assert checked(WHICH, ask("one", "integer", next="large"), ask("two", "text"), compare("equals")) == []


def test_a_declaration_counts_as_well(checked) -> None:
    problems = checked(ask("one", "text"), compare("gt"), variables=[{"name": "size", "type": "integer"}])

    assert "as integer in the declaration and as text in `one`" in problems[0].sentence


def test_a_text_is_never_compared_as_a_number(checked) -> None:
    (problem,) = checked(ask("one", "text"), compare("gte"))

    assert (problem.code, problem.field) == ("operator-type", "operator")
