"""A shop's desk as builders set one up, and what came of a customer's talk with it."""

from dataclasses import dataclass
from typing import Any

from deskhand.application.knowledge import Given
from deskhand.domain.knowledge import Faq, Source
from deskhand.domain.state import Conversation, Run
from tests.integration.actions.desk import Desk
from tests.integration.actions.shop import Reply, Seen, Shop

QUESTIONS = (
    ("What are your opening hours?", "We are open from 9 to 18, Monday to Friday."),
    ("How long does delivery take?", "Delivery takes three to five working days."),
    ("Do you ship to Switzerland?", "Yes, we ship to Switzerland for 12 francs."),
    ("How long can I send things back?", "You can send things back for 30 days."),
    ("Which ways of paying do you accept?", "We accept cards, PayPal and bank transfer."),
    ("Do you have a shop that I can visit?", "Our shop is at 5 Harbour Street."),
    ("Is there a warranty?", "Everything has a warranty of two years."),
    ("Can I pay in instalments?", "You can pay in three instalments from 100 euros on."),
    ("Do you wrap gifts?", "We wrap gifts for 3 euros."),
    ("How do I wash the shirts?", "Wash the shirts at 30 degrees."),
    ("Do you sell vouchers?", "Vouchers are sold from 10 to 200 euros."),
    ("Is the packaging recyclable?", "All packaging is made of paper."),
    ("Where are your mugs made?", "The mugs are made in Portugal."),
    ("Do you offer student discounts?", "Students get 10 % off."),
    ("How do I reset my password?", "Choose “Forgot password” on the sign-in page."),
)

REFUND = {
    "trigger": {
        "description": "When a customer wants their money back for an order",
        "phrases": ["I want a refund", "give me my money back", "can I return this for a refund", "refund please"],
    },
    "steps": [
        {"id": "order", "kind": "collect", "variable": "order_id", "prompt": "Which order?", "example": "A1001"},
        {"id": "look", "kind": "call", "url": "{shop}/orders/{{order_id}}", "response_variable": "order"},
        {"id": "why", "kind": "collect", "variable": "reason", "prompt": "What is the reason?"},
        {"id": "mail", "kind": "collect", "variable": "email", "prompt": "Your email?", "validation": "email"},
        {"id": "pay", "kind": "call", "method": "POST", "url": "{shop}/refunds", "body": '{"order": "{{order_id}}"}'},
        {"id": "done", "kind": "message", "text": "Refunded {{order_id}} ({{order.state}}) to {{email}}: {{reason}}."},
        {"id": "liked", "kind": "collect", "variable": "stars", "prompt": "How many stars do you give us?",
         "validation": "integer"},
        {"id": "thanks", "kind": "message", "text": "Thanks for {{stars}} stars."},
    ],
}  # fmt: skip
STATUS = {
    "trigger": {
        "description": "When a customer wants to know where their order is",
        "phrases": ["where is my order", "track my package", "what is the status of my order", "order status"],
    },
    "steps": [
        {"id": "order", "kind": "collect", "variable": "order_id", "prompt": "Which order shall I look up?",
         "example": "A1001"},
        {"id": "look", "kind": "call", "url": "{shop}/orders/{{order_id}}", "response_variable": "order"},
        {"id": "done", "kind": "message", "text": "Order {{order_id}} is {{order.state}}."},
    ],
}  # fmt: skip
ADDRESS = {
    "trigger": {
        "description": "When a customer has moved and wants to change their delivery address",
        "phrases": ["change my address", "I moved", "new delivery address", "update my shipping address"],
    },
    "variables": [
        {"name": "order_id", "prompt": "For which order?", "example": "A1001"},
        {"name": "address", "prompt": "What is the new address?"},
    ],
    "steps": [
        {"id": "move", "kind": "call", "method": "PUT", "url": "{shop}/orders/{{order_id}}/address",
         "body": '{"address": "{{address}}"}', "confirm": "Send {{order_id}} to {{address}}?"},
        {"id": "done", "kind": "message", "text": "{{order_id}} goes to {{address}}."},
    ],
}  # fmt: skip
CALL = {
    "trigger": {
        "description": "When a customer wants to book a call with an adviser",
        "phrases": ["book a call", "schedule a phone call", "can I have an appointment for a call"],
    },
    "variables": [
        {"name": "day", "type": "date", "prompt": "On which day?"},
        {"name": "number", "type": "phone", "prompt": "Which number shall we call?"},
        {"name": "topic", "choices": ["order", "invoice"], "prompt": "Is it about an order or an invoice?"},
    ],
    "steps": [
        {"id": "book", "kind": "call", "method": "POST", "url": "{shop}/calls",
         "body": '{"day": "{{day}}", "number": "{{number}}", "topic": "{{topic}}"}'},
        {"id": "done", "kind": "message", "text": "Booked for {{day}} on {{number}} about your {{topic}}."},
    ],
}  # fmt: skip
REORDER = {
    "trigger": {
        "description": "When a customer wants to buy more of something",
        "phrases": ["I want to order more mugs", "buy another shirt", "reorder"],
    },
    "variables": [
        {"name": "product", "choices": ["mug", "shirt"], "prompt": "A mug or a shirt?"},
        {"name": "quantity", "type": "integer", "prompt": "How many?"},
        {"name": "gift", "type": "boolean", "prompt": "Is it a gift?"},
    ],
    "steps": [
        {"id": "buy", "kind": "call", "method": "POST", "url": "{shop}/orders",
         "body": '{"product": "{{product}}", "quantity": {{quantity}}, "gift": {{gift}}}',
         "confirm": "Order {{quantity}} x {{product}}?"},
        {"id": "done", "kind": "message", "text": "Ordered {{quantity}} x {{product}}."},
    ],
}  # fmt: skip
SUBSCRIPTION = {
    "irreversible": True,
    "trigger": {
        "description": "When a customer wants to cancel their subscription",
        "phrases": ["cancel my subscription", "end my membership", "unsubscribe me", "stop my monthly plan"],
    },
    "steps": [
        {"id": "mail", "kind": "collect", "variable": "email", "prompt": "Which email is it under?",
         "validation": "email"},
        {"id": "stop", "kind": "call", "method": "POST", "url": "{shop}/subscriptions/end",
         "body": '{"email": "{{email}}"}', "confirm": "End the subscription of {{email}} for good?"},
        {"id": "done", "kind": "message", "text": "The subscription of {{email}} has ended."},
    ],
}  # fmt: skip
COLLEAGUE = {
    "trigger": {"on_unanswered": True},
    "variables": [{"name": "question", "prompt": "What shall I ask my colleagues?"}],
    "steps": [
        {"id": "note", "kind": "internal", "action": "create_ticket",
         "parameters": {"subject": "Question", "description": "{{question}}"}},
        {"id": "done", "kind": "message", "text": "I've passed it on."},
    ],
}  # fmt: skip
PROCEDURES: dict[str, dict[str, Any]] = {
    "Refund": REFUND, "Order status": STATUS, "Change of address": ADDRESS, "Book a call": CALL, "Reorder": REORDER,
    "Cancel subscription": SUBSCRIPTION, "Ask a colleague": COLLEAGUE,
}  # fmt: skip


async def furnish(desk: Desk) -> None:
    """Give the desk its procedures, its actions and its questions."""
    shop = desk.shop
    shop.owners = {"A1001": "C1", "A1002": "C1", "B2001": "C2"}
    shop.answers |= {
        "POST /refunds": Reply({"ok": True}),
        "POST /calls": Reply({"ok": True}),
        "POST /orders": Reply({"ok": True}),
        "POST /subscriptions/end": Reply({"ok": True}),
        "PUT /orders/A1001/address": Reply({"ok": True}),
        "PUT /orders/A1002/address": Reply({"ok": True}),
        "GET /stock": _stock,
    }
    for name, document in PROCEDURES.items():
        await desk.publish(name, **_at(shop, document))
    await _actions(desk)
    source = Source(slug="faq", name="Questions", kind="faq", url="https://shop.example/faq")
    given = Given(questions=[Faq(question=question, answer=answer) for question, answer in QUESTIONS])
    await desk.running.services.sources.save(desk.workspace, source, given, None, "test")


def _stock(seen: Seen) -> Reply:
    return Reply({"left": 7, "size": seen.query.get("size", "any")})


async def _actions(desk: Desk) -> None:
    await desk.put(
        "check-stock",
        name="Check stock",
        description="Says how many pieces of an article are in stock. Use it when a customer asks if it is available.",
        when_not_to_use="Not for orders that were placed already.",
        skip_when=[{"variable": "conversation.channel", "operator": "equals", "value": "phone"}],
        variables=[
            {"name": "sku", "description": "The article number", "example": "PROD-12345", "prompt": "Which article?"},
            {"name": "size", "choices": ["small", "large"], "prompt": "Small or large?"},
            {"name": "branch", "description": "The branch", "required": False},
        ],
        request={
            "url": f"{desk.shop.url}/stock",
            "query": {"sku": "{{sku}}", "size": "{{size}}", "branch": "{{branch | default(\"\")}}"},
        },
        messages={"success": "{{sku}}, {{size}}: {{response.left}} left."},
    )  # fmt: skip
    await desk.verify()
    await desk.put(
        "cancel-order",
        name="Cancel an order",
        description="Cancels an order that was placed. Use it when a customer wants to cancel an order.",
        variables=[{"name": "order_id", "example": "A1001", "prompt": "Which order shall I cancel?"}],
        request={"method": "POST", "url": f"{desk.shop.url}/orders/{{{{order_id}}}}/cancel", "body": "{}"},
        messages={"success": "Cancelled {{order_id}}.", "error": "That did not work."},
        confirm="Cancel {{order_id}}?",
        irreversible=True,
        preconditions=[{"kind": "succeeded", "actions": ["verify"]}],
    )


def _at(shop: Shop, document: dict[str, Any]) -> dict[str, Any]:
    steps = [
        {**step, "url": step["url"].replace("{shop}", shop.url)} if "url" in step else step
        for step in document["steps"]
    ]
    return {**document, "steps": steps}


@dataclass
class Talk:
    """One conversation with the shop's desk, and what came of it."""

    desk: Desk
    id: str

    async def says(self, *texts: str) -> list[str]:
        """The customer writes one message after the other; what they read after the last."""
        told: list[str] = []
        for text in texts:
            told = await self.desk.says(self.id, text)
        return told

    async def state(self) -> Conversation:
        return await self.desk.state(self.id)

    async def top(self) -> Run:
        top = (await self.state()).top
        assert top is not None
        return top

    async def open(self) -> list[tuple[str, str]]:
        """The runs from the bottom up, each with the variable that is asked for, or the kind of what it waits for."""
        return [(run.procedure, _waits_for(run)) for run in (await self.state()).runs]

    async def ended(self) -> list[tuple[str, str]]:
        """The runs that are over, the newest first, each with how it ended."""
        runs = await self.desk.running.services.stores.conversations.runs(self.desk.workspace, conversation=self.id)
        return [(run.procedure, run.status) for run in runs.items if run.status != "running"]

    async def knows(self) -> dict[str, Any]:
        """What the customer said to the run on top."""
        top = await self.top()
        return {name: top.variables[name] for name, source in top.sources.items() if source == "customer"}

    async def bodies(self, kind: str) -> list[Any]:
        """The bodies of the log's entries of a kind."""
        return [body for one, body in await self.desk.entries(self.id) if one == kind]

    @property
    def sent(self) -> list[str]:
        """What the shop was sent that changes something."""
        return [f"{one.path} {one.body}" for one in self.desk.shop.seen if one.method != "GET"]


def _waits_for(run: Run) -> str:
    waiting = run.waiting
    return getattr(waiting, "variable", None) or (waiting.kind if waiting else "")


async def talk_at(desk: Desk, **about: Any) -> Talk:
    """A new conversation."""
    engine = desk.running.services.engine
    return Talk(desk, (await engine.open(desk.workspace, **about)).conversation)
