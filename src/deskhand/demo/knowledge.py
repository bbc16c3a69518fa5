"""What the demo's agent knows, and the agent that helps members."""

from deskhand.application.knowledge import Given
from deskhand.application.services import Services
from deskhand.demo.content import PAGES, text_of
from deskhand.domain.agent import Agent
from deskhand.domain.documents import parse_yaml
from deskhand.domain.knowledge import Faq, Source
from deskhand.ports.stores import NotFound

TEAM = Agent(
    slug="desk",
    name="Desk",
    kind="team",
    instructions="Help colleagues in a customer's conversation. For where an order is, use `order-status-lookup`.",
)


async def prepare_knowledge(services: Services, workspace: str, shop_address: str, by: str) -> None:
    """Store the sources and the team's agent that are missing, and let answers link to where the shop is."""
    for slug, name in PAGES.items():
        page = Source(slug=slug, name=name, kind="markdown", url=f"{shop_address}/{slug}", language="en")
        await _keep(services, workspace, page, Given(text=text_of(f"{slug}.md")), by)
    questions = Source(slug="questions", name="Questions and answers", kind="faq", language="en")
    asked = [Faq.model_validate(one) for one in parse_yaml(text_of("questions.yaml"))["questions"]]
    await _keep(services, workspace, questions, Given(questions=asked), by)
    known = await services.stores.settings.documents(workspace, "agent")
    if TEAM.slug not in {row.slug for row in known}:
        await services.configuration.put_agent(workspace, TEAM, by)


async def _keep(services: Services, workspace: str, source: Source, given: Given, by: str) -> None:
    """Store a source where it is missing; one that somebody has edited keeps its text."""
    try:
        kept = (await services.sources.get(workspace, source.slug)).source
    except NotFound:
        await services.sources.save(workspace, source, given, None, by)
        return
    if kept.kind == source.kind and kept.url != source.url:
        await services.sources.save(workspace, kept.model_copy(update={"url": source.url}), Given(), None, by)
