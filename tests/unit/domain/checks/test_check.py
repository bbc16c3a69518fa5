from hypothesis import HealthCheck, given, settings

from deskhand.domain.checks import check, errors
from deskhand.domain.documents import read_procedure
from deskhand.domain.steps import STEP_KINDS
from deskhand.domain.steps.base import Surroundings
from tests.unit.domain.made_up import procedures


def test_errors_come_first_and_then_the_order_of_the_steps(checked) -> None:
    call = {"kind": "call", "url": "https://api.example.com/x"}
    bad = {"kind": "message", "text": "{{zzz}}"}

    problems = checked(
        {"id": "a", **call}, {"id": "b", **bad}, {"id": "c", **call}, {"id": "d", **bad}, simulated=False
    )

    assert [(one.severity, one.step) for one in problems] == [
        ("error", "b"), ("error", "d"), ("warning", None), ("warning", "a"), ("warning", "c"),
    ]  # fmt: skip
    assert [one.step for one in errors(problems)] == ["b", "d"]


def test_a_steps_own_problems_are_told(checked) -> None:
    (problem,) = checked({"id": "hello", "kind": "message", "text": " "})

    assert (problem.code, problem.step, problem.field) == ("required", "hello", "text")


def test_the_sample_of_every_kind_has_no_problem_of_its_own(document) -> None:
    values = [
        {"id": f"set_{name}", "kind": "set", "variable": name, "value": "1"}
        for name in ("name", "order_id", "refund_reason", "email")
    ]
    order = {"id": "set_order", "kind": "set", "variable": "order", "value": {"refundable": True}}
    for kind in STEP_KINDS.values():
        after = [{"id": name, "kind": "end"} for name in ("refund", "explain") if name in kind.sample.values()]
        procedure = read_procedure(document(*values, order, kind.sample, *after))

        found = check(procedure, Surroundings(procedure, workspace_known=False), simulated=True)

        assert errors(found) == [], kind


def test_five_hundred_steps_with_a_variable_each_are_checked(checked) -> None:
    steps = [{"id": f"s{at}", "kind": "set", "variable": f"v{at}", "value": f"{{{{v{at - 1}}}}}" if at else 1}
             for at in range(500)]  # fmt: skip

    assert [one.code for one in checked(*steps)] == ["many-steps"]


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(procedures())
def test_whatever_can_be_written_can_be_checked(procedure) -> None:
    steps = {step.id for step in procedure.steps}

    for problem in check(procedure, Surroundings(procedure)):
        assert problem.step is None or problem.step in steps
        assert set(problem.path) <= steps
        assert problem.sentence.endswith((".", "?", "…"))
