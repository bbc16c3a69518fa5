"""`deskhand reports`: each report as a table, as JSON, and for one procedure."""

import pytest

from tests.integration.cli.command import Server

REFUND = "refund-request-handler"


def test_runs_are_counted_by_procedure_and_told_as_a_table_or_as_json(demo: Server) -> None:
    demo.run("chat", stdin="I want a refund\n")
    (refunds,) = demo.run("reports", "runs", "--procedure", REFUND, "--json").json["procedures"]
    assert refunds["procedure"] == REFUND
    assert refunds["outcomes"]["began"] >= 1
    told = demo.run("reports", "runs", "--zone", "Europe/Berlin")
    assert told.lines[0].split() == [
        "procedure", "began", "completed", "escalated", "cancelled", "failed", "running", "completion"
    ]  # fmt: skip
    assert any(line.startswith(REFUND) for line in told.lines[1:])


@pytest.mark.parametrize(
    ("report", "sentence"),
    [
        ("runs", "No runs in that time."),
        ("escalations", "No escalations in that time."),
        ("unanswered", "No unanswered questions in that time."),
    ],
)
def test_a_time_in_which_nothing_was_says_so(demo: Server, report: str, sentence: str) -> None:
    nothing = demo.run("reports", report, "--since", "2001-01-01T00:00:00Z", "--until", "2001-02-01T00:00:00Z")
    assert (nothing.code, nothing.lines) == (0, [sentence])
