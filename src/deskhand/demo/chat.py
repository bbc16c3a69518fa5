"""The chat on the shop's page: what it looks like, what it may do, and how the shop proves who its customers are."""

from deskhand.application.services import Services
from deskhand.application.widget_settings import put_widget_settings, widget_settings
from deskhand.demo.seeded import BY
from deskhand.domain.agent import DEFAULT_AGENT
from deskhand.domain.live_chat import LiveChat
from deskhand.domain.widget import LeadField, LeadForm, WidgetLook

LOOK = WidgetLook(
    title="Ask the demo shop",
    greeting="Hello! What can we do for you?",
    color="#1f5a4a",
    suggestions=["Where is my order?", "I want a refund", "How do I clean a wool rug?", "I'd like a gift card"],
)
LEADS = LeadForm(
    text="Shall we tell you when something is back in stock? Leave your address.",
    fields=[LeadField(name="name"), LeadField(name="email")],
)


async def prepare_chat(services: Services, workspace: str) -> None:
    """Switch on what the agent that talks to customers does not have yet; what somebody has set stays."""
    agent = await services.configuration.agent(workspace, DEFAULT_AGENT)
    wanted = {
        "live_chat": agent.live_chat or LiveChat(),
        "lead_form": agent.lead_form or LEADS,
        "widget": LOOK if agent.widget == WidgetLook() else agent.widget,
    }
    await services.configuration.put_agent(workspace, agent.model_copy(update=wanted), BY)
    settings = await widget_settings(services.stores, workspace)
    files = settings.model_copy(update={"attachments": True})
    await put_widget_settings(services.stores, services.clock, workspace, files, BY)


async def identity_secret(services: Services, workspace: str) -> str:
    """What the shop signs its customers' tokens with: the workspace's own secret, made where there is none."""
    identity = services.visitors.identity
    return await identity.secret(workspace) or await identity.replace(workspace, BY)
