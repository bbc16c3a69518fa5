"""What visitors bring into their conversations."""

from fastapi import APIRouter

from deskhand.api.conversations import BrowserResult, Click, ComponentResult, FilledForm, LeadForm
from deskhand.api.models import ConversationId, EventOptions
from deskhand.api.reactions import Feedback
from deskhand.api.widget.admission import Own, Owned, Visiting, VisitorRoute, owned
from deskhand.api.widget.models import Begin, PageValues, Picked, Standing, Taken, VisitorMessage
from deskhand.api.widget.standing import standing_of
from deskhand.application.ids import fresh_id
from deskhand.application.visitors import Opening, tells_news
from deskhand.domain import events as e
from deskhand.domain.errors import RuleError
from deskhand.domain.phrases import phrase

router = APIRouter(prefix="/v1/widget/conversations", tags=["Widget"], route_class=VisitorRoute)


@router.post("", summary="Open a visitor's conversation")
async def begin_conversation(who: Visiting, wanted: Begin) -> Taken:
    """Open a conversation, with the visitor's first message if there is one; sent again, nothing new happens."""
    who.take("conversation")
    page = {} if wanted.page is None else wanted.page.model_dump()
    visited = e.Visited(**page, attributes=wanted.attributes, variables=wanted.variables)
    language = wanted.language or await who.services.visitors.language(who.workspace)
    opening = Opening(wanted.id, wanted.event_id, language, visited)
    taken = await who.services.visitors.open(who.guest, opening)
    if wanted.text is not None:
        own = await owned(who, wanted.id)
        taken = await own.post(e.Said(text=wanted.text), wanted.event_id)
    return Taken.model_validate(taken)


@router.get("/{id}", summary="Look at a visitor's conversation")
async def get_standing(own: Own, id: ConversationId) -> Standing:
    """Who answers, and what can be clicked."""
    return await standing_of(own.who, own.id)


@router.post("/{id}/messages", summary="Write as the visitor")
async def post_message(own: Own, id: ConversationId, message: VisitorMessage) -> Taken:
    """Take in what the visitor wrote, with files that were brought before."""
    who = own.who
    who.take("message")
    who.services.presence.customer(who.workspace, own.id, typing=False)
    if not message.attachments:
        return await _taken(own, e.Said(text=message.text), message)
    event_id = message.event_id or f"files:{message.attachments[0]}"
    carried = who.services.attachments.carried(who.workspace, own.id, message.attachments, event_id)
    async with carried as files:
        text = message.text.strip() or ", ".join(one.name for one in files)
        return Taken.model_validate(await own.post(e.Said(text=text, attachments=files), event_id))


@router.post("/{id}/clicks", summary="Click as the visitor")
async def post_click(own: Own, id: ConversationId, click: Click) -> Taken:
    """Take in a click on a choice, an offer or an item of the menu."""
    return await _taken(own, e.Clicked(question=click.question, choice=click.choice), click)


@router.post("/{id}/forms", summary="Fill in a form as the visitor")
async def post_form(own: Own, id: ConversationId, form: FilledForm) -> Taken:
    """Take in a form. Where a field is wrong the form is shown again, with a sentence beside it."""
    return await _taken(own, e.FormSubmitted(question=form.question, values=form.values), form)


@router.post("/{id}/browser-results", summary="Bring a script's result as the visitor")
async def post_browser_result(own: Own, id: ConversationId, result: BrowserResult) -> Taken:
    """Take in what a script in the visitor's page gave back. It counts once, and nobody takes it at its word."""
    return await _taken(own, e.BrowserReturned(**result.model_dump(exclude={"event_id"})), result)


@router.post("/{id}/components", summary="Be through with a component as the visitor")
async def post_component(own: Own, id: ConversationId, result: ComponentResult) -> Taken:
    """Take in what a component gave. Where a field is wrong it is shown again, with a sentence beside it."""
    return await _taken(own, e.ComponentReturned(question=result.question, value=result.value), result)


@router.post("/{id}/feedback", summary="Rate an answer as the visitor")
async def post_feedback(own: Own, id: ConversationId, feedback: Feedback) -> Taken:
    """Take in a thumb."""
    return await _taken(own, e.FeedbackGiven(**feedback.model_dump(exclude={"event_id"})), feedback)


@router.post("/{id}/lead", summary="Leave details as the visitor")
async def post_lead(own: Own, id: ConversationId, lead: LeadForm) -> Taken:
    """Take in the agent's lead form: it becomes a lead, and proves nothing."""
    form = own.who.guest.agent.lead_form
    if form is None:
        raise RuleError("There is no form for this here any more.")
    asked = {str(field.name) for field in form.fields}
    given = {name: value for name, value in lead.model_dump(exclude={"event_id"}).items() if name in asked}
    missing = [field.name for field in form.fields if field.required and not given[field.name].strip()]
    if missing:
        raise RuleError(phrase("Something is missing in the form: `{name}`.", name=missing[0]))
    return await _taken(own, e.LeadGiven(lead=fresh_id("lead", own.who.services.clock), **given), lead)


@router.post("/{id}/typing", summary="Say that the visitor is typing")
async def post_typing(own: Own, id: ConversationId) -> Taken:
    """Tell the members; it is over after eight seconds, or with the next message."""
    own.who.take("event")
    own.who.services.presence.customer(own.who.workspace, own.id, typing=True)
    return Taken(conversation=own.id, seq=own.seq, duplicate=False)


@router.post("/{id}/start", summary="Start a procedure as the visitor")
async def post_start(own: Own, id: ConversationId, picked: Picked) -> Taken:
    """Start a procedure that the visitor picked in the page: one that is active, and for them.

    The arguments are checked like what the visitor says.
    """
    event = e.StartRequested(procedure=picked.procedure, arguments=picked.arguments, customer=True)
    return await _taken(own, event, picked)


@router.post("/{id}/variables", summary="Give values of the page")
async def post_variables(own: Own, id: ConversationId, values: PageValues) -> Taken:
    """Take in what the page says now: values that procedures which begin later need not ask for, and attributes.

    Values are checked like what the visitor says; members read the attributes. Both prove nothing. What was said before
    is no news, and makes no entry.
    """
    said = e.VariablesGiven(variables=values.variables, attributes=values.attributes)
    if not tells_news(own.state, said):
        return Taken(conversation=own.id, seq=own.seq, duplicate=True)
    return await _taken(own, said, values)


@router.post("/{id}/cancel", summary="Stop what is going on as the visitor")
async def post_cancel(own: Own, id: ConversationId, options: EventOptions | None = None) -> Taken:
    """Cancel what is going on."""
    return await _taken(own, e.Cancelled(by="customer"), options or EventOptions())


async def _taken(own: Owned, event: e.Event, options: EventOptions) -> Taken:
    return Taken.model_validate(await own.post(event, options.event_id))
