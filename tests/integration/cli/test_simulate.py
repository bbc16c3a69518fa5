"""Simulating files: every way through the templates, and answers that do not fit."""

import json
import socket
from pathlib import Path
from typing import Any, NoReturn

import pytest

from deskhand.application.simulation import Report
from tests.integration.cli.command import deskhand
from tests.integration.cli.files import procedure, template, write

REFUND = {"order_id": "A1001", "refund_reason": "It arrived broken"}
LEAD = {"name": "Anna", "email": "anna@example.com"}
FAILING = {"look_up": {"status": 500}}

WAYS: list[tuple[str, dict[str, Any], str, str]] = [
    ("refund-request", REFUND, "completed", "submitted"),
    ("refund-request", {"inputs": REFUND, "decisions": {"open_ticket": "reject"}}, "escalated", "open_ticket"),
    ("refund-request", {"inputs": REFUND, "decisions": {"open_ticket": "expire"}}, "escalated", "open_ticket"),
    (
        "refund-request",
        {"inputs": REFUND, "responses": {"look_up": {"body": {"refundable": False}}}},
        "escalated",
        "not_eligible",
    ),
    (
        "refund-request",
        {
            "inputs": {**REFUND, "order_id": ["A1", "A1001"]},
            "responses": {"look_up": [{"status": 404}, {"body": {"refundable": True}}]},
        },
        "completed",
        "submitted",
    ),
    ("refund-request", {"inputs": REFUND, "responses": FAILING}, "escalated", "shop_unavailable"),
    (
        "refund-request",
        {"inputs": REFUND, "responses": {"look_up": {"failure": "timeout"}}},
        "escalated",
        "shop_unavailable",
    ),
    (
        "refund-request",
        {"inputs": REFUND, "responses": {"look_up": {"failure": "refused"}}},
        "escalated",
        "shop_unavailable",
    ),
    ("lead-qualification", {**LEAD, "company_size": 50}, "completed", "sales_will_call"),
    ("lead-qualification", {**LEAD, "company_size": "49"}, "completed", "check_inbox"),
    ("lead-qualification", {**LEAD, "company_size": "many"}, "escalated", "ask_company_size"),
    ("order-status", {"order_id": "A1003"}, "completed", "tell_status"),
    (
        "order-status",
        {"inputs": {"order_id": ["A1", "A2"]}, "responses": {"look_up": [{"status": 404}, {"body": {}}]}},
        "failed",
        "tell_status",
    ),
    ("order-status", {"inputs": {"order_id": "A1"}, "responses": FAILING}, "escalated", "shop_unavailable"),
]


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """A simulation that reached for the network would fail."""

    def refuse(*_: Any) -> NoReturn:
        raise AssertionError("a simulation opened a connection")

    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def simulated(file: Path, script: dict[str, Any], *more: str | Path) -> Report:
    inputs = write(file.with_suffix(".inputs.yaml"), script)
    told = deskhand("simulate", file, "--inputs", inputs, "--json", *more)
    assert told.code in (0, 1), told.err
    return Report.model_validate_json(told.out)


@pytest.mark.parametrize(("name", "script", "outcome", "last"), WAYS)
def test_a_template_goes_each_of_its_ways(
    name: str, script: dict[str, Any], outcome: str, last: str, tmp_path: Path
) -> None:
    report = simulated(template(tmp_path, name), script)

    assert (report.outcome, report.steps[-1]) == (outcome, last)
    assert report.unused == ()


@pytest.mark.parametrize("name", ["refund-request", "lead-qualification", "order-status"])
def test_the_ways_go_through_every_step_of_a_template(name: str, tmp_path: Path) -> None:
    file = template(tmp_path, name)
    taken = {step for one, script, *_ in WAYS if one == name for step in simulated(file, script).steps}

    written = {line.split(": ")[1] for line in file.read_text().splitlines() if line.startswith("  - id: ")}
    assert taken == written


def test_the_whole_conversation_is_shown_with_what_would_be_done(tmp_path: Path) -> None:
    told = deskhand(
        "simulate", template(tmp_path, "refund-request"), "--inputs", write(tmp_path / "inputs.yaml", REFUND)
    )

    assert told.code == 0
    assert told.lines[:5] == [
        "agent     I can help you with a refund. Let me gather some information.",
        "agent     What's your order number?",
        "customer  A1001",
        "agent     What's the reason for the refund?",
        "customer  It arrived broken",
    ]
    assert any(line.split()[:3] == ["look_up", "GET", "https://shop.example/orders/A1001"] for line in told.lines)
    assert any(line.startswith("open_ticket  create ticket: subject: Refund: Order #A1001") for line in told.lines)
    assert told.lines[-2:] == ["approvals: open_ticket", "outcome: completed"]
    assert told.err == ""


def test_an_answer_that_is_missing_is_named(tmp_path: Path) -> None:
    file, inputs = template(tmp_path, "refund-request"), write(tmp_path / "inputs.yaml", {"order_id": "A1001"})

    told = deskhand("simulate", file, "--inputs", inputs)

    assert told.code == 1
    assert told.err == f"{inputs}: `refund_reason` is asked for, and `inputs` has no (further) answer for it.\n"
    assert "outcome: waiting" in told.lines
    nothing = deskhand("simulate", file)
    assert nothing.code == 1
    assert nothing.err == f"{file}: `order_id` is asked for, and `inputs` has no (further) answer for it.\n"


def test_answers_that_nothing_asked_for_are_told(tmp_path: Path) -> None:
    script = {"inputs": REFUND, "responses": FAILING, "decisions": {"open_ticket": "approve"}}

    told = deskhand("simulate", template(tmp_path, "refund-request"), "--inputs", write(tmp_path / "i.yaml", script))

    assert told.code == 0
    assert told.err == "never used: decisions.open_ticket\n"


@pytest.mark.parametrize(
    ("script", "sentence"),
    [
        ({"inputs": {"order": "A1"}}, "inputs: nothing asks for `order`; did you mean `order_id`?"),
        ({"inputs": REFUND, "respones": {}}, "`respones` is no part of a script; did you mean `responses`? The parts"),
        ({"responses": {"lookup": {}}}, "responses: no step that answers is named `lookup`; did you mean `look_up`?"),
        ({"responses": {"look_up": {"status": 999}}}, "responses: look_up: `status`: input should be less than"),
        ({"responses": {"look_up": [{}, {"stats": 404}]}}, "responses: look_up: `stats` is not known here: leave it"),
        ({"responses": {"look_up": {"failure": "late"}}}, "responses: look_up: `failure`: input should be 'timeout'"),
        ({"responses": {"look_up": 404}}, "responses: look_up: "),
        ({"decisions": {"ask_order": "approve"}}, "decisions: no step that is approved is named `ask_order`."),
        ({"decisions": {"open_ticket": "maybe"}}, "`decisions.open_ticket`: input should be 'approve', 'reject'"),
        ({"decisions": "approve"}, "`decisions`: input should be a valid dictionary."),
        ({"confirmations": {"look": True}}, "confirmations: no step that is confirmed is named `look`"),
        ({"arguments": {"oder_id": "A1"}}, "arguments: nothing takes `oder_id`; did you mean `order_id`?"),
    ],
)
def test_a_slip_in_the_answers_is_told(script: dict[str, Any], sentence: str, tmp_path: Path) -> None:
    inputs = write(tmp_path / "i.yaml", script)

    told = deskhand("simulate", template(tmp_path, "refund-request"), "--inputs", inputs)

    assert (told.code, told.out) == (1, "")
    assert told.err.startswith(f"{inputs}: {sentence}"), told.err


def test_files_that_cannot_be_read_are_told(tmp_path: Path) -> None:
    good, bad = template(tmp_path, "refund-request"), write(tmp_path / "bad.yaml", "a: [")

    assert deskhand("simulate", good, "--inputs", bad).err.startswith(f"{bad}: line 2, column 1: ")
    assert deskhand("simulate", bad).err.startswith(f"{bad}: procedure: line 2, column 1: ")
    assert deskhand("simulate", good, "--inputs", tmp_path / "no.yaml").code == 1
    nothing = deskhand("simulate", good, "--with", write(tmp_path / "in.yaml", REFUND))
    assert nothing.err.endswith("or connection (`base_url`).\n")


def test_a_procedure_with_errors_is_not_simulated(tmp_path: Path) -> None:
    file = write(tmp_path / "x.yaml", procedure("X", [{"id": "say", "kind": "message", "text": "{{total}}"}]))

    told = deskhand("simulate", file)

    assert (told.code, told.out) == (1, "")
    assert told.err.startswith(f"{file}: say: nothing ever sets `total`")


ACTION = {
    "slug": "refund-order",
    "name": "Refund an order",
    "description": "Refunds an order in full",
    "variables": [{"name": "order_id", "type": "string", "description": "The order's number", "required": True}],
    "request": {"method": "POST", "url": "/refunds", "connection": "shop", "body": '{"order": "{{order_id}}"}'},
    "approval": "require",
}
VERIFY = procedure(
    "Verify customer",
    [
        {"id": "ask_email", "kind": "collect", "variable": "email", "prompt": "Your email?", "validation": "email"},
        {"id": "known", "kind": "call", "url": "https://crm.example/{{email}}", "response_variable": "customer"},
    ],
)
WHOLE = procedure(
    "Refund",
    [
        {"id": "ask", "kind": "collect", "variable": "order_id", "prompt": "Which order?"},
        {"id": "verify", "kind": "procedure", "procedure": "verify-customer", "outputs": {"who": "customer"}},
        {"id": "refund", "kind": "call", "action": "refund-order", "response_variable": "refund"},
        {"id": "done", "kind": "message", "text": "Refund {{refund.id}} for {{who.name}}."},
    ],
)


def test_what_only_the_workspace_knows_can_be_given_as_files(tmp_path: Path) -> None:
    whole, action = write(tmp_path / "whole.yaml", WHOLE), write(tmp_path / "action.json", json.dumps(ACTION))
    verify = write(tmp_path / "verify.yaml", VERIFY)
    shop = write(tmp_path / "shop.yaml", {"slug": "shop", "base_url": "https://api.example.com"})
    script = {
        "inputs": {"order_id": "A1", "email": "anna@example.com"},
        "responses": {"known": {"body": {"name": "Anna"}}, "refund": {"status": 201, "body": {"id": 7}}},
    }

    report = simulated(whole, script, "--with", action, "--with", verify, "--with", shop)

    assert report.outcome == "completed"
    assert report.transcript[-1]["text"] == "Refund 7 for Anna."
    assert report.approvals == ("refund",)
    assert [act.request["url"] for act in report.acts] == [
        "https://crm.example/anna%40example.com",
        "https://api.example.com/refunds",
    ]


def test_an_action_or_a_procedure_that_no_file_holds_is_named(tmp_path: Path) -> None:
    whole, verify = write(tmp_path / "whole.yaml", WHOLE), write(tmp_path / "verify.yaml", VERIFY)
    hint = "give a file that holds it, with --with.\n"

    alone = deskhand("simulate", whole)
    assert (alone.code, alone.out) == (1, "")
    assert alone.err == f"{whole}: verify: only the workspace knows the procedure `verify-customer`: {hint}"

    half = deskhand("simulate", whole, "--with", verify)
    assert half.err == f"{whole}: refund: only the workspace knows the action `refund-order`: {hint}"


def test_an_action_that_is_wrong_is_told(tmp_path: Path) -> None:
    whole = write(tmp_path / "whole.yaml", WHOLE)
    action = write(tmp_path / "action.yaml", {**ACTION, "approval": "always", "aproval": "auto"})

    told = deskhand("simulate", whole, "--with", action)

    assert told.code == 1
    assert told.err.splitlines() == [
        f"{action}: `approval`: input should be 'auto', 'notify' or 'require'.",
        f"{action}: `aproval` is not known here: leave it out.",
    ]


def test_procedures_that_run_each_other_in_a_circle_are_told(tmp_path: Path) -> None:
    def running(name: str, other: str) -> Path:
        step = {"id": "run", "kind": "procedure", "procedure": other}
        return write(tmp_path / f"{name}.yaml", procedure(name, [step]))

    first, second, third = running("first", "second"), running("second", "third"), running("third", "second")

    told = deskhand("simulate", first, "--with", second, "--with", third)

    assert (told.code, told.out) == (1, "")
    assert "these procedures run each other in a circle: first, second, third" in told.err


def test_components_and_live_chat_are_answered_by_the_script(tmp_path: Path) -> None:
    flow = {"kind": "flow", "pages": [{"title": "You", "fields": [{"name": "email", "type": "email"}]}]}
    seats = {"kind": "element", "name": "seat-map"}
    document = {
        "name": "Seats",
        "trigger": {"description": "When a customer wants to choose a seat"},
        "steps": [
            {"id": "seat", "kind": "component", "component": seats, "response_variable": "seat"},
            {"id": "you", "kind": "component", "component": flow},
            {"id": "say", "kind": "message", "text": "Row {{seat.row}} for {{email}}."},
            {"id": "chat", "kind": "live_chat", "on_unavailable": "bye"},
            {"id": "bye", "kind": "message", "text": "Bye."},
        ],
    }
    inputs = {"inputs": {"email": "ann@example.com"}, "responses": {"seat": {"body": {"row": 7}}}, "live_chat": False}
    file, script = write(tmp_path / "seats.yaml", document), write(tmp_path / "inputs.yaml", inputs)

    told = deskhand("simulate", file, "--inputs", script)

    assert (told.code, told.err) == (0, "")
    assert "agent     Row 7 for ann@example.com." in told.lines
    assert told.lines[-1] == "outcome: completed"
