"""The demo's procedures: published where they are missing, and leading to where the shop is."""

import json

from deskhand.application.services import Services
from deskhand.demo.content import PROCEDURES, SHOP, text_of
from deskhand.demo.seeded import BY
from deskhand.domain.documents import parse_yaml, read_procedure
from deskhand.domain.errors import DeskhandError
from deskhand.domain.problems import Invalid
from deskhand.ports.stores import ProcedureRow
from deskhand.templates import template_names, template_text


async def publish_missing(services: Services, workspace: str, shop: str) -> tuple[str, ...]:
    """Publish what was never published here; gives the slugs. What somebody has archived or edited stays so."""
    known = {row.slug: row for row in await services.stores.procedures.all(workspace)}
    published = []
    texts = {name: _leading(text_of(f"{name}.yaml"), SHOP, shop) for name in PROCEDURES}
    texts |= {name: template_text(name) for name in template_names()}  # last: lists begin with what is newest
    for name, text in texts.items():
        document = parse_yaml(text, name)
        row = known.get(document["slug"]) or await services.authoring.create(workspace, document, BY)
        # a draft that was never published is an earlier start that was broken off
        if row.status == "draft" and row.active_version is None and await _publish(services, workspace, row.slug):
            published.append(row.slug)
    return tuple(published)


async def follow_shop(services: Services, workspace: str, before: str, now: str) -> None:
    """Let the demo's own procedures lead to where the shop is now, with whatever else somebody changed in them."""
    for row in await services.stores.procedures.all(workspace):
        moved = _leading(row.draft, before, now)
        if row.slug not in PROCEDURES or moved == row.draft:
            continue
        as_published = await _is_as_published(services, workspace, row)
        await services.authoring.save(workspace, row.slug, json.loads(moved), row.revision, BY)
        if as_published:
            await _publish(services, workspace, row.slug)


def _leading(text: str, before: str, now: str) -> str:
    # with the slash behind it: another port may begin with the same figures
    return text.replace(f"{before}/", f"{now}/")


async def _is_as_published(services: Services, workspace: str, row: ProcedureRow) -> bool:
    """Whether customers get the draft as it stands: nobody is in the middle of changing it."""
    if row.status != "active" or row.active_version is None:
        return False
    try:
        draft = read_procedure(json.loads(row.draft))
    except DeskhandError:
        return False
    return draft == await services.authoring.version(workspace, row.slug, row.active_version)


async def _publish(services: Services, workspace: str, slug: str) -> bool:
    """Publish a draft, unless somebody has taken away what it needs, such as live chat."""
    try:
        await services.authoring.publish(workspace, slug, BY)
    except Invalid:
        return False
    return True
