"""What a visitor is told of a conversation, of its log, and of the widget: no more than is meant for customers."""

import json

from deskhand.api.conversations import MenuItem
from deskhand.api.models import rfc3339
from deskhand.api.widget.admission import Admitted
from deskhand.api.widget.models import (
    AgentShown,
    AttachmentRules,
    Doing,
    LeadFieldShown,
    LeadFormShown,
    People,
    PeopleRules,
    PublicEntry,
    Settings,
    Standing,
)
from deskhand.application import reading
from deskhand.application.live_chat import desk_of
from deskhand.application.widget_settings import widget_settings
from deskhand.domain.attachments import LARGEST
from deskhand.domain.public import public
from deskhand.domain.sentences import LANGUAGES, in_language
from deskhand.domain.state import Conversation
from deskhand.ports.turns import Entry


def entry_of(row: Entry) -> PublicEntry | None:
    """An entry as customers may see it; None for one that is not for them."""
    body = public(row.kind, row.visible_to, json.loads(row.body))
    return None if body is None else PublicEntry(seq=row.seq, kind=row.kind, at=rfc3339(row.at) or "", body=body)


async def standing_of(who: Admitted, id: str) -> Standing:
    """A conversation of this guest as it stands."""
    view = await reading.conversation(who.services, who.workspace, id)
    present = [
        Doing(by=one.by, doing=one.doing)
        for one in who.services.presence.present(who.workspace, id)
        # who only reads along is no business of the visitor's, unless they talk to each other
        if one.side == "member" and (one.doing == "typing" or one.by == view.member)
    ]
    people = People(available=(await people_of(who)).available, present=present)
    shown = {name: getattr(view, name) for name in Standing.model_fields if name != "people"}
    return Standing.model_validate({**shown, "people": people}, from_attributes=True)


async def settings_of(who: Admitted, locale: str | None) -> Settings:
    """How the widget looks and what it may do, for this guest."""
    agent, workspaces = who.guest.agent, await who.services.visitors.language(who.workspace)
    wanted = (locale or workspaces).replace("_", "-")
    language = next((one for one in (wanted[:2].lower(), workspaces[:2]) if one in LANGUAGES), LANGUAGES[0])
    look, rules = agent.widget, await widget_settings(who.services.stores, who.workspace)
    return Settings(
        agent=AgentShown(name=agent.name),
        title=in_language(look.title, wanted) or agent.name,
        greeting=in_language(look.greeting, wanted),
        color=look.color,
        position=look.position,
        language=language,
        lead_form=_lead_form(who, wanted),
        attachments=AttachmentRules(allowed=rules.attachments, most_bytes=LARGEST),
        suggestions=[in_language(one, wanted) for one in look.suggestions],
        scripts=rules.scripts,
        people=await people_of(who),
        menu=await _menu(who),
    )


async def people_of(who: Admitted) -> PeopleRules:
    """Whether visitors of the agent can talk to a person now."""
    services, workspace = who.services, who.workspace
    snapshot = await services.visitors.snapshot(workspace)
    desk = await desk_of(who.guest.agent, snapshot, services.attendance, workspace, services.clock.now())
    return PeopleRules(live_chat=desk.on, available=desk.available)


def _lead_form(who: Admitted, language: str) -> LeadFormShown | None:
    """What the guest is asked for; nothing where the host page's server has told how to reach them."""
    form, user = who.guest.agent.lead_form, who.guest.user
    if form is None or (user is not None and user.contact.email):
        return None
    fields = [LeadFieldShown(name=one.name, required=one.required) for one in form.fields]
    return LeadFormShown(text="" if form.text is None else in_language(form.text, language), fields=fields)


async def _menu(who: Admitted) -> list[MenuItem]:
    """What stands in the menu of somebody who has not said anything yet."""
    snapshot = await who.services.visitors.snapshot(who.workspace)
    contact = who.guest.user.contact if who.guest.user else None
    nobody = Conversation(id="", channel="widget", agent=who.guest.agent.slug, contact=contact)
    view = snapshot.view(who.guest.agent.slug)
    barred = snapshot.barred(view, nobody, who.services.clock.now())
    always = {slug: one for slug, one in view.catalogue.active.items() if one.procedure.trigger.always}
    return [MenuItem(procedure=slug, name=one.name) for slug, one in always.items() if slug not in barred]
