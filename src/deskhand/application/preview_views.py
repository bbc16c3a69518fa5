"""Beginning previews, changing how they are held, and what is shown of them."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from deskhand.application.mocking import MockResponse
from deskhand.application.painting import Paint
from deskhand.application.previewing import Calls, Done, Preview, Settings
from deskhand.application.previews import IDLE
from deskhand.application.reading import Act, MenuItem, OpenRun, StandingOffer, open_runs
from deskhand.application.rehearsing import as_published, prepared
from deskhand.application.services import Services
from deskhand.application.tracing import paint_run, readable
from deskhand.domain.audience import scope_of
from deskhand.domain.audience_why import explain
from deskhand.domain.contact import Contact
from deskhand.domain.phrases import joined, phrase
from deskhand.ports.turns import ApprovalChange, Entry

DRAFT = 2**31 - 1
"""In place of the draft's version: no published one has this number."""


@dataclass(frozen=True, slots=True)
class PreviewCall:
    """What would have been done."""

    run: str
    seq: int
    step: str
    kind: str
    request: dict[str, Any]
    curl: str | None
    at: int
    status: str
    how: str
    http_status: int | None
    response: Any
    problem: str | None
    sample: Any


@dataclass(frozen=True, slots=True)
class PreviewView:
    """A preview as it stands."""

    id: str
    procedure: str
    status: str
    mode: str
    language: str
    agent: str
    calls: Calls
    mocks: Mapping[str, MockResponse]
    entries: list[Entry]
    question: str | None
    runs: list[OpenRun]
    offers: list[StandingOffer]
    menu: list[MenuItem]
    not_for: str | None
    approvals: list[ApprovalChange]
    done: list[PreviewCall]
    variables: dict[str, Any]
    outcome: str | None
    paint: Paint
    expires_at: int


async def begin(
    services: Services,
    workspace: str,
    slug: str,
    document: Mapping[str, Any] | None,
    settings: Settings,
    contact: Contact | None,
) -> PreviewView:
    """Begin a preview of a draft, or of another document. Raises NotFound, Invalid, RuleError for an unknown agent."""
    row = await services.stores.procedures.get(workspace, slug)
    written = {**(document or json.loads(row.draft)), "slug": slug}
    published, snapshot, actions = await prepared(services, workspace, written)
    snapshot.check_agent(settings.agent)
    draft = replace(as_published(published.procedure, actions, snapshot.active), version=DRAFT)
    return view_of(services.previews.open(workspace, draft, snapshot, settings, contact))


def look(services: Services, workspace: str, id: str) -> PreviewView:
    """A preview as it stands. Raises NotFound."""
    return view_of(services.previews.get(workspace, id))


def change(services: Services, workspace: str, id: str, calls: Calls, mocks: Mapping[str, MockResponse]) -> PreviewView:
    """Answer calls in another way from here on. Raises NotFound."""
    preview = services.previews.get(workspace, id)
    preview.settings = replace(preview.settings, calls=calls, mocks=mocks)
    return view_of(preview)


def view_of(preview: Preview) -> PreviewView:
    """Everything that is shown of a preview."""
    state, snapshot = preview.state, preview.snapshot
    view = snapshot.view(state.agent)
    barred = snapshot.barred(view, state, preview.used_at)
    active = {slug: one for slug, one in view.catalogue.active.items() if slug not in barred}
    top = state.top
    own = [one for one in preview.runs.values() if one.state.procedure == preview.slug]
    latest = own[-1] if own else None
    acts = [_act(one) for one in preview.done]
    paint = Paint()
    if latest is not None:
        of_run = [act for act, one in zip(acts, preview.done, strict=True) if one.run == latest.state.id]
        paint = paint_run(
            preview.published, latest.state, latest.started, latest.ended, preview.entries, of_run
        )  # fmt: skip
    ended = latest is not None and latest.state.status != "running"
    return PreviewView(
        id=preview.id,
        procedure=preview.slug,
        status=state.status,
        mode=state.mode,
        language=state.language,
        agent=state.agent,
        calls=preview.settings.calls,
        mocks=preview.settings.mocks,
        entries=preview.entries,
        question="choice" if state.choice else top.question if top else None,
        runs=open_runs(view.catalogue, state.runs),
        offers=[
            StandingOffer(offer.id, offer.procedure, active[offer.procedure].name, offer.why)
            for offer in state.offers
            if offer.procedure in active
        ],
        menu=[MenuItem(slug, one.name) for slug, one in active.items() if one.procedure.trigger.always],
        not_for=_kept_out(preview, barred[preview.slug]) if preview.slug in barred else None,
        approvals=[one for one in preview.approvals.values() if one.status == "pending"],
        done=[PreviewCall(**asdict(one), sample=preview.sample_of(one)) for one in preview.done],
        variables=readable(latest.state, preview.published) if latest else {},
        outcome=latest.state.status if latest is not None and ended else None,
        paint=paint,
        expires_at=preview.used_at + IDLE,
    )


def _kept_out(preview: Preview, why: str) -> str:
    """Why the draft is not for this customer, with what their audience asks for."""
    procedure = preview.published.procedure
    told = phrase("“{name}” is not for this customer: {why}", name=procedure.name, why=why)
    audience = preview.snapshot.audiences.get(procedure.trigger.audience or "")
    return joined((told, explain(audience.rule, scope_of(preview.state, preview.used_at)))) if audience else told


def _act(done: Done) -> Act:
    return Act(done.seq, done.step, done.kind, done.status, "", done.at, done.request, done.response)
