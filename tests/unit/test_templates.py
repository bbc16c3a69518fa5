import pytest

from deskhand.domain.checks import check, errors
from deskhand.domain.documents import parse_yaml, read_procedure, write_yaml
from deskhand.domain.effects import CreateLead, CreateTicket
from deskhand.domain.events import Answered, Decided, EffectFailed, EffectSucceeded
from deskhand.domain.frame import Given
from deskhand.domain.interpreter import Advanced, advance, begin
from deskhand.domain.procedure import Procedure, Published
from deskhand.domain.requests import Connection
from deskhand.domain.steps.base import Surroundings
from deskhand.templates import template_names, template_text

SHOP = Connection(slug="shop", base_url="https://127.0.0.1:9000")
GIVEN = Given(at=0, workspace="w", conversation="c", version=1, connections={"shop": SHOP})


def template(name: str) -> Procedure:
    return read_procedure(parse_yaml(template_text(name), name))


class Talk:
    """One run of a template, told what the customer, the shop and the members do."""

    def __init__(self, name: str) -> None:
        self.published = Published(template(name), 1)
        self.effects: list = []
        self._take(begin(self.published, "run_1", {}, GIVEN))

    def _take(self, advanced: Advanced) -> None:
        self.run, self.turn = advanced.run, list(advanced.effects)
        self.effects += advanced.effects

    def says(self, text: str) -> None:
        self._take(advance(self.published, self.run, Answered(text=text), GIVEN))

    def act(self):
        (perform,) = [effect for effect in self.turn if effect.kind == "perform"]
        return perform

    def succeeds(self, output: object) -> None:
        event = EffectSucceeded(run=self.run.id, seq=self.act().seq, output=output)
        self._take(advance(self.published, self.run, event, GIVEN))

    def fails(self, status: int | None) -> None:
        event = EffectFailed(run=self.run.id, seq=self.act().seq, problem="It failed.", status=status)
        self._take(advance(self.published, self.run, event, GIVEN))

    def approves(self) -> None:
        (asked,) = [effect for effect in self.turn if effect.kind == "request_approval"]
        event = Decided(approval=asked.approval, decision="approve", by="Mia")
        self._take(advance(self.published, self.run, event, GIVEN))

    def told(self) -> list[str]:
        return [effect.text for effect in self.turn if effect.kind in ("say", "ask")]

    def handed_over(self) -> bool:
        return any(effect.kind == "hand_over" for effect in self.effects)


def test_there_are_three() -> None:
    assert template_names() == ("lead-qualification", "order-status", "refund-request")


@pytest.mark.parametrize("name", ["nothing", "../__init__", "refund-request.yaml"])
def test_another_name_is_refused(name) -> None:
    with pytest.raises(KeyError):
        template_text(name)


@pytest.mark.parametrize("name", template_names())
def test_a_template_has_neither_errors_nor_warnings(name) -> None:
    procedure = template(name)

    assert check(procedure, Surroundings(procedure, connections={"shop": SHOP}), simulated=True) == []
    assert errors(check(procedure, Surroundings(procedure, workspace_known=False))) == []


@pytest.mark.parametrize("name", template_names())
def test_a_template_stands_in_its_canonical_form(name) -> None:
    assert write_yaml(template(name)) == template_text(name)


@pytest.mark.parametrize("name", template_names())
def test_a_template_shows_what_customers_say(name) -> None:
    trigger = template(name).trigger

    assert 5 <= len(trigger.phrases) <= 10
    assert len(set(trigger.phrases)) == len(trigger.phrases)


def refund() -> Talk:
    talk = Talk("refund-request")
    assert talk.told()[0] == "I can help you with a refund. Let me gather some information."
    talk.says("A1001")
    talk.says("It arrived broken")
    return talk


def test_a_refund_that_is_approved_ends_with_its_ticket() -> None:
    talk = refund()
    request = talk.act().act.request
    assert (request.method, request.url, request.read_only) == ("GET", "https://127.0.0.1:9000/orders/A1001", True)

    talk.succeeds({"refundable": True})
    talk.approves()
    assert talk.act().act == CreateTicket(
        subject="Refund: Order #A1001", description="Reason given by the customer: It arrived broken", priority="HIGH"
    )
    talk.succeeds({"ticketId": 12})

    assert talk.told() == [
        "Your refund request has been submitted (Ticket #12). We'll process it within 2 business days."
    ]
    assert talk.run.status == "completed"
    assert not talk.handed_over()


def test_no_ticket_is_opened_before_the_approval() -> None:
    talk = refund()

    talk.succeeds({"refundable": True})

    kinds = [effect.kind for effect in talk.turn]
    assert "request_approval" in kinds
    assert "perform" not in kinds
    assert talk.run.status == "running"


@pytest.mark.parametrize("order", [{"refundable": False}, {}])
def test_an_order_that_cannot_be_refunded_goes_to_a_person(order) -> None:
    talk = refund()

    talk.succeeds(order)

    assert talk.told() == [
        "This order isn't eligible for a refund under our policy. "
        "Let me connect you with an agent who can review your case."
    ]
    assert talk.run.status == "escalated"
    assert talk.handed_over()


def test_an_unknown_order_is_asked_for_again_and_the_reason_is_not() -> None:
    talk = refund()

    talk.fails(404)
    assert talk.told() == ["I can't find an order with the number A1001. Could you check it and send it again?"]
    talk.says("A1002")

    assert talk.act().act.request.url == "https://127.0.0.1:9000/orders/A1002"


@pytest.mark.parametrize("name", ["refund-request", "order-status"])
@pytest.mark.parametrize("status", [500, 401, None])
def test_a_shop_that_does_not_answer_hands_over_to_a_person(name, status) -> None:
    talk = refund() if name == "refund-request" else Talk(name)
    if name == "order-status":
        talk.says("A1001")

    talk.fails(status)

    assert talk.run.status == "escalated"
    assert talk.told() == ["I can't look up your order right now. Let me connect you with an agent who can help you."]


@pytest.mark.parametrize(
    ("size", "message"),
    [
        ("50", "Thanks, Anna! Our sales team will reach out within 24 hours."),
        ("49", "Thanks, Anna! Check your inbox — we'll send you a link to get started."),
    ],
)
def test_a_lead_is_saved_exactly_once(size, message) -> None:
    talk = Talk("lead-qualification")
    assert talk.told()[0] == "I'd love to learn more about what you're looking for!"
    for answer in ("Anna", "anna@example.com", size):
        talk.says(answer)
    assert talk.act().act == CreateLead(name="Anna", email="anna@example.com", message=f"Company size: {size}")

    talk.succeeds({"leadId": "lead_1"})

    assert talk.told() == [message]
    assert talk.run.status == "completed"
    assert sum(effect.kind == "perform" for effect in talk.effects) == 1
    assert any(effect.kind == "notify" for effect in talk.effects) == (size == "50")
    assert not any(effect.kind == "request_approval" for effect in talk.effects)


def test_the_order_status_is_told() -> None:
    talk = Talk("order-status")
    talk.says("A1003")
    assert talk.act().act.request.url == "https://127.0.0.1:9000/orders/A1003/status"

    talk.succeeds({"state": "shipped", "eta": "2026-12-01"})

    assert talk.told() == ["Your order #A1003 is currently: shipped. Estimated delivery: 2026-12-01."]
    assert talk.run.status == "completed"


@pytest.mark.parametrize("name", ["refund-request", "order-status"])
def test_a_look_up_has_an_answer_for_simulation(name) -> None:
    (look_up,) = [step for step in template(name).steps if step.kind == "call"]

    assert look_up.sample_response.keys() & {"refundable", "state"}
