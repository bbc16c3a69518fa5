"""Reports: runs, where they stop, reactions, escalations, unanswered questions, calls, approvals."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from pydantic import AwareDatetime
from starlette.responses import Response

from deskhand.api import report_models as m
from deskhand.api.auth import Member
from deskhand.api.bodies import KeyedRoute
from deskhand.api.csv_answers import AsCsv, csv_answer
from deskhand.api.models import Slug, milliseconds, rfc3339
from deskhand.application.report_periods import Asked
from deskhand.application.report_records import Outcomes, Overview
from deskhand.application.zones import day_named
from deskhand.domain.preconditions import SLUG

router = APIRouter(prefix="/v1/reports", tags=["Reports"], route_class=KeyedRoute)

COUNTS = ("began", "completed", "escalated", "cancelled", "failed", "running")
RUN_SLUG = r"^(action:)?[a-z0-9]+(-[a-z0-9]+)*$"


async def _asked(
    since: Annotated[AwareDatetime | None, Query(description="Without it, 30 days with today among them.")] = None,
    until: Annotated[AwareDatetime | None, Query(description="Not in it any more; now, if left out.")] = None,
    zone: Annotated[
        str,
        Query(max_length=60, description="IANA name of the zone whose days count.", examples=["Europe/Berlin"]),
    ] = "UTC",
    procedure: Annotated[str | None, Query(pattern=RUN_SLUG, max_length=80, description="Only of this one.")] = None,
    agent: Annotated[str | None, Query(pattern=SLUG, max_length=64, description="Only of this agent's talks.")] = None,
) -> Asked:
    return Asked(milliseconds(since), milliseconds(until), zone, procedure, agent)


Wanted = Annotated[Asked, Depends(_asked)]


@router.get("/overview", summary="See how it goes", response_model=m.OverviewReport)
async def report_overview(who: Member, asked: Wanted, table: AsCsv) -> m.OverviewReport | Response:
    """Figures at a glance, now and for the stretch of the same length before."""
    found = await who.services.reports.overview(who.workspace, asked)
    if table:
        now, before = _figures(found.now), _figures(found.before)
        return csv_answer("overview", ("figure", "now", "before"), [(name, now[name], before[name]) for name in now])
    return m.OverviewReport.model_validate(found)


@router.get("/runs", summary="Count runs", response_model=m.RunsReport)
async def report_runs(who: Member, asked: Wanted, table: AsCsv) -> m.RunsReport | Response:
    """Runs by day and by procedure, what became of them, how long they took."""
    if table:
        days = await who.services.reports.run_days(who.workspace, asked)
        return csv_answer(
            "runs", ("day", "procedure", *COUNTS), [(day, slug, *_counts(one)) for day, slug, one in days]
        )
    return m.RunsReport.model_validate(await who.services.reports.runs(who.workspace, asked))


@router.get("/steps/{slug}", summary="See where runs stop", response_model=m.StepsReport)
async def report_steps(
    who: Member,
    slug: Slug,
    asked: Wanted,
    table: AsCsv,
    version: Annotated[int | None, Query(ge=0, le=2**53, description="The newest that ran, if left out.")] = None,
) -> m.StepsReport | Response:
    """For each step of a procedure: runs that came to it, went on, are there, or stopped there."""
    found = await who.services.reports.steps(who.workspace, slug, version, asked)
    if table:
        header = ("procedure", "version", "step", "entered", "left", "here", "stopped", "visits")
        rows = [
            (slug, found.version, one.step, one.entered, one.left, one.here, one.stopped, one.visits)
            for one in found.steps
        ]
        return csv_answer(f"steps-{slug}", header, rows)
    return m.StepsReport.model_validate(found)


@router.get("/reactions", summary="See what customers made of it", response_model=m.ReactionsReport)
async def report_reactions(who: Member, asked: Wanted, table: AsCsv) -> m.ReactionsReport | Response:
    """Thumbs up and down by day and by procedure, and the newest with their reasons."""
    found = await who.services.reports.reactions(who.workspace, asked)
    if table:
        rows = [(one.day, one.positive, one.negative) for one in found.days]
        return csv_answer("reactions", ("day", "positive", "negative"), rows)
    return m.ReactionsReport.model_validate(found)


@router.get("/escalations", summary="Count escalations", response_model=m.EscalationsReport)
async def report_escalations(who: Member, asked: Wanted, table: AsCsv) -> m.EscalationsReport | Response:
    """How often the agent reached its limit, by day, by procedure and by reason. A run counts once."""
    if table:
        counts = await who.services.reports.escalation_counts(who.workspace, asked)
        rows = [(day_named(one.day), one.procedure, one.value, one.count) for one in counts]
        return csv_answer("escalations", ("day", "procedure", "reason", "count"), rows)
    return m.EscalationsReport.model_validate(await who.services.reports.escalations(who.workspace, asked))


@router.get("/unanswered", summary="List unanswered questions", response_model=m.UnansweredReport)
async def report_unanswered(who: Member, asked: Wanted, table: AsCsv) -> m.UnansweredReport | Response:
    """Questions that nothing could answer, those of the same words together, the most frequent first."""
    found = await who.services.reports.unanswered(who.workspace, asked)
    if table:
        rows = [(one.text, one.count, rfc3339(one.last_at), one.conversation, one.seq) for one in found.questions]
        return csv_answer("unanswered", ("question", "count", "last_at", "conversation", "seq"), rows)
    return m.UnansweredReport.model_validate(found)


@router.get("/calls", summary="See errors and times of calls", response_model=m.CallsReport)
async def report_calls(who: Member, asked: Wanted, table: AsCsv) -> m.CallsReport | Response:
    """Calls to other systems by day and by action: errors, statuses, median and 95th percentile of their time."""
    found = await who.services.reports.calls(who.workspace, asked)
    if table:
        header = ("action", "kind", "count", "failed", "unknown", "error_rate", "median_ms", "p95_ms")
        return csv_answer("calls", header, [tuple(getattr(one, name) for name in header) for one in found.actions])
    return m.CallsReport.model_validate(found)


@router.get("/approvals", summary="See how long approvals wait", response_model=m.ApprovalsReport)
async def report_approvals(who: Member, asked: Wanted, table: AsCsv) -> m.ApprovalsReport | Response:
    """Approvals by day, procedure and who decided, and how long they waited."""
    if table:
        counts = await who.services.reports.approval_counts(who.workspace, asked)
        rows = [(day_named(one.day), one.procedure, one.status, one.decided_by, one.count) for one in counts]
        return csv_answer("approvals", ("day", "procedure", "status", "decided_by", "count"), rows)
    return m.ApprovalsReport.model_validate(await who.services.reports.approvals(who.workspace, asked))


@router.get("/procedures", summary="See each procedure's figures", response_model=m.ProcedureReports)
async def report_procedures(who: Member, table: AsCsv) -> m.ProcedureReports | Response:
    """For each procedure that ever ran: the last run, the runs of the last 30 days, how many completed."""
    found = await who.services.reports.procedures(who.workspace)
    if table:
        rows = [(one.procedure, rfc3339(one.last_run_at), one.runs, one.completion) for one in found]
        return csv_answer("procedures", ("procedure", "last_run_at", "runs", "completion"), rows)
    return m.ProcedureReports(items=[m.ProcedureReport.model_validate(one) for one in found])


def _counts(outcomes: Outcomes) -> list[int]:
    return [getattr(outcomes, name) for name in COUNTS]


def _figures(found: Overview) -> dict[str, int | None]:
    names = ("conversations", "escalations", "unanswered", "positive", "negative", "calls", "call_errors", "approvals")
    figures: dict[str, int | None] = {f"runs_{name}": getattr(found.runs, name) for name in COUNTS}
    figures |= {name: getattr(found, name) for name in names}
    return figures | {"waiting_median_ms": found.waiting_median_ms}
