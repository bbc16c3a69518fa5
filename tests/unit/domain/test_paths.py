"""The ways through a procedure: every branch first, no branch twice, and never more work than there is room for."""

from typing import Any

from deskhand.domain.checks.graph import Graph
from deskhand.domain.documents import read_procedure
from deskhand.domain.paths import ways_through

TRIGGER = {"description": "When a customer asks for a refund"}


def graph(*steps: dict[str, Any]) -> Graph:
    return Graph(read_procedure({"name": "Refund", "trigger": TRIGGER, "steps": list(steps)}))


def tell(name: str, **fields: Any) -> dict[str, Any]:
    return {"id": name, "kind": "message", "text": "x", **fields}


def branch(name: str, then: str, otherwise: str) -> dict[str, Any]:
    return {
        "id": name,
        "kind": "condition",
        "variable": "medium",
        "operator": "exists",
        "then": then,
        "else": otherwise,
    }


def diamonds(count: int) -> list[dict[str, Any]]:
    """So many branches one after the other: two to the power of them are the paths."""
    steps: list[dict[str, Any]] = []
    for at in range(count):
        steps += [branch(f"if{at}", f"yes{at}", f"no{at}"), tell(f"yes{at}", next=f"join{at}"), tell(f"no{at}")]
        steps.append(tell(f"join{at}"))
    return steps


def test_all_paths_of_a_small_procedure_are_found() -> None:
    ways = ways_through(graph(*diamonds(3)), 50)
    assert len(set(ways.paths)) == 8
    assert ways.complete


def test_where_there_are_too_many_paths_every_branch_is_still_among_them() -> None:
    big = graph(*diamonds(40))
    ways = ways_through(big, 20)
    assert not ways.complete
    assert len(ways.paths) == 20
    assert {edge for path in ways.paths for edge in path} == {edge for edges in big.edges.values() for edge in edges}


def test_a_long_procedure_is_one_path() -> None:
    ways = ways_through(graph(*(tell(f"s{at}") for at in range(500))), 50)
    assert [len(path) for path in ways.paths] == [500]
    assert ways.complete


def test_a_loop_is_gone_round_once_and_a_hand_over_ends_a_path() -> None:
    ask = {"id": "ask", "kind": "collect", "variable": "a", "prompt": "?"}
    over = {"id": "over", "kind": "escalate", "reason": "x"}
    ways = ways_through(graph(ask, branch("again", "ask", "over"), over), 50)
    assert sorted([edge.source for edge in path] for path in ways.paths) == [
        ["ask", "again"], ["ask", "again", "ask", "again"],
    ]  # fmt: skip


def test_a_loop_that_nothing_leads_out_of_gives_no_path() -> None:
    assert ways_through(graph(tell("a"), tell("b", next="a")), 50).paths == ()
