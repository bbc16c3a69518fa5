"""A Deskhand with actions on a shop, and what tests do with it again and again."""

import json
from dataclasses import dataclass, field
from typing import Any

from deskhand.application import executions, reading
from deskhand.application.executions import Execution
from deskhand.bootstrap import Running
from deskhand.domain import events as e
from deskhand.domain.actions import AnyAction, read_action
from deskhand.domain.agent import Agent
from deskhand.domain.state import Conversation
from deskhand.domain.stored import load
from tests.clock import ScriptedClock
from tests.integration.actions.shop import Shop

PATIENCE = 30.0

VERIFIED: dict[str, Any] = {"kind": "succeeded", "actions": ["verify"]}
OWN_ORDER: dict[str, Any] = {
    "kind": "holds",
    "fetch": "get-order",
    "conditions": [{"variable": "fetched.user_id", "operator": "equals", "value": "{{identity}}"}],
}


@dataclass
class Desk:
    """A running Deskhand, its shop and its clock."""

    running: Running
    shop: Shop
    clock: ScriptedClock
    workspace: str
    enabled: list[str] = field(default_factory=list)

    # setting up

    async def put(self, slug: str, **fields: Any) -> AnyAction:
        """Store an action and switch it on for the agent."""
        document = {"slug": slug, "name": slug.capitalize(), "description": f"Tests what {slug} does.", **fields}
        if not any(kind in document for kind in ("request", "form", "button", "script", "call")):
            raise AssertionError(f"{slug} does nothing")
        action = read_action(document)
        await self.running.services.configuration.put_action(self.workspace, action, "test")
        if slug not in self.enabled:
            self.enabled.append(slug)
            await self.enable(*self.enabled)
        return action

    async def enable(self, *slugs: str) -> None:
        """Let the agent use these actions and no others."""
        agent = Agent(slug="default", name="Sam", actions=list(slugs))
        await self.running.services.configuration.put_agent(self.workspace, agent, "test")

    async def verify(self, **fields: Any) -> AnyAction:
        """The action that verifies the customer, by what its answer says and not by its status."""
        return await self.put(
            "verify",
            variables=[{"name": "email", "type": "email"}],
            request={"method": "POST", "url": f"{self.shop.url}/verify", "body": '{"email": "{{email}}"}'},
            success=[{"variable": "response.verified", "operator": "equals", "value": True}],
            identity="customer.id",
            messages={"success": "You are verified.", "error": "I could not verify you."},
            **fields,
        )

    async def get_order(self, **fields: Any) -> AnyAction:
        return await self.put(
            "get-order",
            **{
                "variables": [{"name": "order_id"}],
                "request": {"url": f"{self.shop.url}/orders/{{{{order_id}}}}"},
                **fields,
            },
        )

    async def cancel_order(self, *preconditions: dict[str, Any], **fields: Any) -> AnyAction:
        request = {"method": "POST", "url": f"{self.shop.url}/orders/{{{{order_id}}}}/cancel", "body": "{}"}
        told = {"success": "Cancelled {{order_id}}.", "error": "That did not work."}
        return await self.put(
            "cancel-order",
            **{
                "variables": [{"name": "order_id"}],
                "request": {**request, **fields.pop("request", {})},
                "messages": told,
                "preconditions": list(preconditions),
                **fields,
            },
        )

    async def publish(self, name: str, *steps: dict[str, Any], **fields: Any) -> str:
        """Publish a procedure; gives its slug."""
        authoring = self.running.services.authoring
        document = {"name": name, "trigger": {"description": f"When a customer wants {name}."}, "steps": list(steps)}
        made = await authoring.create(self.workspace, {**document, **fields}, "test")
        await authoring.publish(self.workspace, made.slug, "test")
        slug: str = made.slug
        return slug

    # talking

    async def open(self, **about: Any) -> str:
        return (await self.running.services.engine.open(self.workspace, about=about)).conversation

    async def event(self, conversation: str, event: e.Event) -> list[str]:
        """Give an event and wait until nothing is under way; what the customer read of it."""
        before = (await self.state_row(conversation)).seq
        await self.running.services.engine.handle(self.workspace, conversation, event)
        assert await self.running.services.engine.settle(self.workspace, conversation, PATIENCE)
        return [entry["text"] for kind, entry in await self.entries(conversation, before) if kind in ("say", "ask")]

    async def use(self, conversation: str, action: str, **arguments: Any) -> list[str]:
        return await self.event(conversation, e.ActionRequested(action=action, arguments=arguments))

    async def verified(self, email: str = "ada@example.com") -> str:
        """A conversation with a customer who has proved who they are."""
        conversation = await self.open()
        assert await self.use(conversation, "verify", email=email) == ["You are verified."]
        return conversation

    async def says(self, conversation: str, text: str) -> list[str]:
        return await self.event(conversation, e.Said(text=text))

    async def clicks(self, conversation: str, choice: str = "yes", question: str | None = None) -> list[str]:
        """Click a choice of the question that stands."""
        question = question or await self.question(conversation)
        return await self.event(conversation, e.Clicked(question=question, choice=choice))

    async def submits(self, conversation: str, **values: Any) -> list[str]:
        question = await self.question(conversation)
        return await self.event(conversation, e.FormSubmitted(question=question, values=values))

    async def returns(self, conversation: str, value: Any = None, **fields: Any) -> list[str]:
        """The customer's page brings a script's result back."""
        question = await self.question(conversation)
        known = {"ok": True, "value": value, **fields}
        return await self.event(conversation, e.BrowserReturned(question=question, **known))

    async def decides(self, conversation: str, decision: Any, reason: str = "Because.") -> list[str]:
        """A member decides what waits for a decision."""
        approvals = self.running.services.stores.conversations.approvals
        [approval] = (await approvals(self.workspace, conversation=conversation)).items
        decided = e.Decided(approval=approval.id, decision=decision, by="Ben", reason=reason)
        return await self.event(conversation, decided)

    # looking

    async def state_row(self, conversation: str) -> Any:
        return await self.running.services.stores.conversations.get(self.workspace, conversation)

    async def state(self, conversation: str) -> Conversation:
        return load(Conversation, (await self.state_row(conversation)).state)

    async def question(self, conversation: str) -> str:
        top = (await self.state(conversation)).top
        assert top is not None
        assert top.question is not None
        return top.question

    async def waits_for(self, conversation: str) -> str | None:
        top = (await self.state(conversation)).top
        return top.waiting.kind if top and top.waiting else None

    async def entries(self, conversation: str, after: int = 0) -> list[tuple[str, Any]]:
        """Kind and body of the log's entries."""
        rows = await self.running.services.stores.conversations.entries(self.workspace, conversation, after, 1000)
        return [(row.kind, json.loads(row.body)) for row in rows]

    async def last(self, conversation: str, kind: str) -> Any:
        """The body of the newest entry of a kind."""
        return [body for one, body in await self.entries(conversation) if one == kind][-1]

    async def guarded(self, conversation: str) -> list[tuple[str, str]]:
        """Action and rule of everything that the guard stopped."""
        return [(one["action"], one["rule"]) for kind, one in await self.entries(conversation) if kind == "guarded"]

    async def executions(self, **filters: Any) -> list[Execution]:
        """The log, newest first."""
        page = await executions.executions(self.running.services, self.workspace, None, 200, **filters)
        return list(page.items)

    async def run_view(self, conversation: str) -> reading.RunView:
        """The newest run of a conversation as members see it."""
        runs = await self.running.services.stores.conversations.runs(self.workspace, conversation=conversation)
        return await reading.run(self.running.services, self.workspace, runs.items[0].id)
