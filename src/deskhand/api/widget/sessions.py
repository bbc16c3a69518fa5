"""A page opens the widget: who the visitor is, how it looks, and where they left off."""

from contextlib import suppress

from fastapi import APIRouter, Request

from deskhand.api.bodies import OpenRoute
from deskhand.api.widget.admission import Admitted, address_of, check_origin, user_token_of
from deskhand.api.widget.models import NewSession, Session
from deskhand.api.widget.standing import settings_of, standing_of
from deskhand.application.services import Services
from deskhand.domain.errors import RuleError
from deskhand.ports.turns import Conflict

router = APIRouter(prefix="/v1/widget", tags=["Widget"], route_class=OpenRoute)


@router.post("/sessions", summary="Begin a visitor's session")
async def begin_session(request: Request, wanted: NewSession) -> Session:
    """Say who the visitor is: whom an earlier token names, or somebody new. It takes no key.

    A customer of whom the page's server can prove who they are comes with `X-Deskhand-User`. The conversation that goes
    on is led in the page's language from here on.
    """
    services: Services = request.app.state.services
    address = address_of(request)
    services.visitors.paces.take("session", None, address)
    guest = await services.visitors.begin(wanted.agent, wanted.visitor, user_token_of(request))
    check_origin(request, guest.agent)
    who = Admitted(services, guest, address)
    latest = await services.visitors.latest(guest)
    if latest is not None and wanted.locale is not None:
        # the chat opens all the same; the next page asks again
        with suppress(Conflict, RuleError):
            await services.visitors.speak(guest, latest, wanted.locale)
    return Session(
        token=services.visitors.tokens.issue(guest.visit),
        visitor=guest.visit.visitor,
        settings=await settings_of(who, wanted.locale),
        conversation=None if latest is None else await standing_of(who, latest.id),
    )
