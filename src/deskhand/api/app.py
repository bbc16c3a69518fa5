"""The HTTP service, put together from its resources."""

from fastapi import FastAPI
from starlette.middleware import Middleware

from deskhand import __version__
from deskhand.api import (
    action_templates,
    actions,
    agents,
    approvals,
    audiences,
    channels,
    chat_completions,
    connections,
    contacts,
    conversations,
    errors,
    executions,
    health,
    imports,
    keys,
    language_models,
    procedures,
    reactions,
    records,
    reference,
    runs,
    scripts,
    secrets,
    sources,
    streams,
    topics,
    webhooks,
)
from deskhand.api.auth import Keys
from deskhand.api.bodies import BodyLimit
from deskhand.api.description import describe
from deskhand.api.guarding import LoopbackOnly, Protection
from deskhand.api.page import PageSettings, serve_page
from deskhand.application.services import Services

ROUTERS = (
    health.router,
    health.account,
    conversations.router,
    reactions.router,
    streams.router,
    procedures.router,
    procedures.simulations,
    reference.router,
    runs.router,
    approvals.router,
    connections.router,
    actions.router,
    actions.trials,
    action_templates.router,
    agents.router,
    language_models.router,
    audiences.router,
    contacts.router,
    imports.router,
    secrets.router,
    secrets.hosts,
    keys.router,
    records.router,
    executions.router,
    sources.router,
    sources.searching,
    topics.router,
    webhooks.router,
    webhooks.deliveries,
    channels.router,
    channels.platforms,
    chat_completions.router,
)


def create_app(
    services: Services,
    *,
    page: PageSettings | None = None,
    loopback_only: bool = True,
    heartbeat: float = streams.HEARTBEAT,
) -> FastAPI:
    """The service as an ASGI application.

    loopback_only: answer only requests whose Host (and Origin, if any) is this machine.
    heartbeat: seconds of silence after which a stream says that it is alive.
    """
    app = FastAPI(
        title="Deskhand",
        version=__version__,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
        generate_unique_id_function=lambda route: route.name,
        middleware=[
            Middleware(Protection),
            Middleware(errors.Failsafe),
            *([Middleware(LoopbackOnly)] if loopback_only else []),
            Middleware(BodyLimit),
        ],
    )
    app.state.services = services
    app.state.keys = Keys(services)
    app.state.page = page or PageSettings()
    app.state.loopback_only = loopback_only
    app.state.heartbeat = heartbeat
    errors.install(app)
    for router in ROUTERS:
        app.include_router(router)
    app.include_router(scripts.router)
    describe(app)
    serve_page(app)
    return app
