import pytest

HELLO = {"id": "hello", "kind": "message", "text": "Hello"}


@pytest.mark.parametrize(
    ("variable", "sentence"),
    [
        ({"name": "contact"}, "`contact` is a built-in name: choose another."),
        ({"name": "size", "type": "number", "default": "many"}, "the default of `size` is no valid number."),
        ({"name": "size", "type": "number", "choices": ["1", "two"]}, "the choice `two` of `size` is no valid number."),
        ({"name": "colour", "choices": ["red"], "default": "blue"}, "the default of `colour` is none of its choices."),
    ],
)
def test_a_declaration_that_cannot_be_met_is_refused(checked, variable, sentence) -> None:
    (problem,) = checked(HELLO, variables=[variable])

    assert (problem.severity, problem.step, problem.sentence) == ("error", None, sentence)


def test_a_choice_that_is_no_valid_answer_is_refused(checked) -> None:
    ask = {
        "id": "ask",
        "kind": "collect",
        "variable": "x",
        "prompt": "?",
        "validation": "integer",
        "choices": ["1", "b"],
    }

    (problem,) = checked(ask)

    assert (problem.step, problem.field) == ("ask", "choices")
    assert problem.sentence == "the choice `b` is no valid integer: no customer could give it."


def test_fitting_defaults_and_choices_are_fine(checked) -> None:
    variables = [
        {"name": "size", "type": "integer", "default": 3, "choices": ["3", "4"]},
        {"name": "phone", "type": "phone", "default": "030 123456"},
    ]

    assert checked(HELLO, variables=variables) == []
