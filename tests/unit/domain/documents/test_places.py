"""Where in a document something is."""

from deskhand.domain.documents.places import lines_of_steps, place_of
from deskhand.domain.problems import Problem

DOCUMENT = {"name": "A", "steps": [{"kind": "message"}, {"id": "ask", "headers": {"X": "1"}}]}


def place(step: str | None, field: str | None) -> tuple[str | int, ...]:
    return place_of(Problem(code="x", step=step, field=field, sentence="x"), DOCUMENT)


def test_a_problem_leads_to_its_field() -> None:
    assert place("ask", "headers.X") == ("steps", 1, "headers", "X")
    assert place("ask", None) == ("steps", 1)
    assert place("ask", "request") == ("steps", 1, "url")
    assert place(None, "trigger.description") == ("trigger", "description")
    assert place(None, None) == ()


def test_a_step_without_an_id_is_found_by_its_number_and_an_unknown_one_nowhere() -> None:
    assert place("step 1", "text") == ("steps", 0, "text")
    assert place("gone", "text") == ()


def test_steps_are_found_in_any_yaml() -> None:
    text = "# mine\nname: A\nsteps:\n- id: a\n  kind: message\n  # a note\n\n-   id: b\ntrigger: {steps: [x]}\n"
    assert lines_of_steps(text) == [4, 8]
    assert lines_of_steps("steps: {a: [1, 2]}") == []
    assert lines_of_steps("a: steps\nb: [1]") == []
    assert lines_of_steps("{") == []
    assert lines_of_steps("") == []
