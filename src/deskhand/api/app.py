"""The HTTP service, put together from its resources."""

from functools import cache
from typing import Any

from fastapi import FastAPI
from starlette.middleware import Middleware

from deskhand import __version__
from deskhand.api import (
    action_templates,
    actions,
    agents,
    approvals,
    audiences,
    audit,
    channels,
    chat_completions,
    connections,
    contacts,
    conversation_lists,
    conversations,
    drafts,
    editor,
    errors,
    executions,
    files,
    handling,
    health,
    imports,
    inbox,
    joining,
    keys,
    language_models,
    layouts,
    leads,
    me,
    members,
    password_resets,
    previews,
    procedure_tests,
    procedures,
    reactions,
    records,
    reference,
    reports,
    runs,
    scripts,
    secrets,
    signing_in,
    sources,
    streams,
    tickets,
    timeline,
    topics,
    traces,
    uses,
    webhooks,
    widget_settings,
    workspace_settings,
)
from deskhand.api.auth import Keys
from deskhand.api.bodies import BodyLimit
from deskhand.api.description import describe, description
from deskhand.api.guarding import CrossOrigin, LoopbackOnly, Preflight, Protection
from deskhand.api.languages import Languages
from deskhand.api.page import PageSettings, serve_page
from deskhand.api.widget import files as visitor_files
from deskhand.api.widget import following, identity_secret, serving, sessions, talking
from deskhand.application.services import Services

ROUTERS = (
    health.router,
    me.router,
    signing_in.router,
    joining.router,
    members.router,
    members.invitations,
    password_resets.router,
    workspace_settings.router,
    widget_settings.router,
    identity_secret.router,
    conversation_lists.router,
    conversations.router,
    files.router,
    files.bringing,
    reactions.router,
    handling.router,
    inbox.router,
    timeline.router,
    streams.router,
    procedures.router,
    procedures.simulations,
    drafts.router,
    layouts.router,
    procedure_tests.router,
    previews.opening,
    previews.router,
    editor.router,
    reference.router,
    runs.router,
    traces.router,
    approvals.router,
    approvals.settings,
    connections.router,
    actions.router,
    actions.trials,
    uses.router,
    action_templates.router,
    agents.router,
    language_models.router,
    audiences.router,
    contacts.router,
    imports.router,
    secrets.router,
    secrets.hosts,
    keys.router,
    leads.router,
    tickets.router,
    records.router,
    audit.router,
    reports.router,
    executions.router,
    sources.router,
    sources.searching,
    topics.router,
    webhooks.router,
    webhooks.deliveries,
    channels.router,
    channels.platforms,
    chat_completions.router,
    sessions.router,
    talking.router,
    following.router,
    visitor_files.router,
    visitor_files.bringing,
)


def create_app(
    services: Services,
    *,
    page: PageSettings | None = None,
    loopback_only: bool = True,
    heartbeat: float = streams.HEARTBEAT,
    public_url: str | None = None,
) -> FastAPI:
    """The service as an ASGI application.

    loopback_only: answer only requests whose Host (and Origin, if any) is this machine.
    heartbeat: seconds of silence after which a stream says that it is alive.
    public_url: where people open it, for one that stands behind a proxy.
    """
    app = _with_routes(
        [
            Middleware(Languages),
            Middleware(Protection),
            Middleware(CrossOrigin),
            Middleware(errors.Failsafe),
            *([Middleware(LoopbackOnly)] if loopback_only else []),
            Middleware(Preflight),
            Middleware(BodyLimit),
        ]
    )
    app.state.services = services
    app.state.keys = Keys(services)
    app.state.page = page or PageSettings()
    app.state.loopback_only = loopback_only
    app.state.heartbeat = heartbeat
    app.state.public_url = public_url
    errors.install(app)
    app.include_router(scripts.router)
    app.include_router(serving.router)
    describe(app, describe_service)
    serve_page(app)
    return app


@cache
def describe_service() -> dict[str, Any]:
    """The OpenAPI description of the service; made once, for it is the same for every application."""
    return description(_with_routes([]))


def _with_routes(middleware: list[Middleware]) -> FastAPI:
    app = FastAPI(
        title="Deskhand",
        version=__version__,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
        generate_unique_id_function=lambda route: route.name,
        middleware=middleware,
    )
    for router in ROUTERS:
        # as they were made: a router that is included works its routes out a second time, at the first request
        app.router.routes.extend(router.routes)
    return app
