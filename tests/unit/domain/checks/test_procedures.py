import pytest

from deskhand.domain.documents import read_procedure


def run(slug: str, step: str = "run"):
    return {"id": step, "kind": "procedure", "procedure": slug}


@pytest.fixture
def around(document):
    def make(**calls: list[str]):
        steps = {slug: [run(one, f"run_{one}") for one in called] for slug, called in calls.items()}
        end = {"id": "done", "kind": "end"}
        return {
            "procedures": {
                slug: read_procedure({**document(*called, end), "slug": slug}) for slug, called in steps.items()
            }
        }

    return make


def test_procedures_that_run_each_other_are_refused(checked, around) -> None:
    (problem,) = checked(run("b"), around=around(b=["c"], c=["refund"]))

    assert (problem.severity, problem.code, problem.step) == ("error", "recursion", "run")
    assert problem.path == ("refund", "b", "c", "refund")
    assert problem.sentence == "`b` comes back to this procedure (refund → b → c → refund): break the circle."


def test_a_circle_among_others_alone_is_not_this_procedures(checked, around) -> None:
    assert checked(run("b"), around=around(b=["c"], c=["b"])) == []


def test_the_same_procedure_may_run_twice(checked, around) -> None:
    assert checked(run("b", "one"), run("b", "two"), around=around(b=[])) == []


def test_a_procedure_that_runs_itself_is_told_once(checked, around) -> None:
    assert [one.code for one in checked(run("refund"), around=around(refund=["refund"]))] == ["recursion"]
