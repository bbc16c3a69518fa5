"""Reports: what the figures beside the log come to, for a stretch of time."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from deskhand.application import report_records as r
from deskhand.application.digesting import Digesting
from deskhand.application.report_periods import USUAL_DAYS, Asked, Period, period
from deskhand.application.zones import DAY, day_named
from deskhand.ports.clock import Clock
from deskhand.ports.reports import ApprovalCount, CallCount, MomentCount, MomentRow, RunCount, Span
from deskhand.ports.stores import Stores

LATEST = 50
"""Reactions and escalations that are shown one by one."""
MOST_QUESTIONS = 200


class Reports:
    """Use cases about figures. Each brings the digests up to date first, as far as a reader may wait."""

    def __init__(self, stores: Stores, digesting: Digesting, clock: Clock) -> None:
        self._store = stores.reports
        self._procedures = stores.procedures
        self._digesting = digesting
        self._clock = clock

    async def _begin(self, workspace: str, asked: Asked) -> tuple[Period, bool]:
        wanted = period(asked, self._clock.now() + 1)
        return wanted, not await self._digesting.catch_up(workspace)

    async def overview(self, workspace: str, asked: Asked) -> r.OverviewReport:
        """Now against the stretch of the same length before. Raises RuleError."""
        wanted, behind = await self._begin(workspace, asked)
        return r.OverviewReport(
            await self._overview(workspace, wanted, wanted.span),
            await self._overview(workspace, wanted, wanted.before),
            behind,
        )

    async def _overview(self, workspace: str, wanted: Period, span: Span) -> r.Overview:
        store, offsets = self._store, wanted.offsets
        reactions = Counter[str]()
        for one in await store.moments(workspace, "reaction", span, offsets):
            reactions[one.value] += one.count
        calls = await store.calls(workspace, span)
        waited = await store.waiting_times(workspace, span)
        return r.Overview(
            conversations=await store.conversations(workspace, span),
            runs=_outcomes(await store.runs(workspace, span, offsets)),
            escalations=_sum(await store.moments(workspace, "escalation", span, offsets)),
            unanswered=_sum(await store.moments(workspace, "unanswered", replace(span, procedure=None), offsets)),
            positive=reactions["positive"],
            negative=reactions["negative"],
            calls=_sum(calls),
            call_errors=_sum(one for one in calls if one.outcome != "succeeded"),
            approvals=_sum(await store.approvals(workspace, span, offsets)),
            waiting_median_ms=waited.median if waited else None,
        )

    async def runs(self, workspace: str, asked: Asked) -> r.RunsReport:
        """Runs by day and by procedure. Raises RuleError."""
        wanted, behind = await self._begin(workspace, asked)
        counts = await self._store.runs(workspace, wanted.span, wanted.offsets)
        times = {one.name: one for one in await self._store.durations(workspace, wanted.span)}
        times |= {one.name: one for one in await self._store.durations(workspace, wanted.span, together=True)}
        of_all = times.get("")
        slugs = sorted({one.procedure for one in counts})
        procedures = [
            r.RunsOf(
                slug,
                _outcomes(one for one in counts if one.procedure == slug),
                times[slug].median if slug in times else None,
                times[slug].p95 if slug in times else None,
            )
            for slug in slugs
        ]
        total = r.RunsOf(None, _outcomes(counts), of_all.median if of_all else None, of_all.p95 if of_all else None)
        by_day = [
            r.RunsOnDay(day_named(day), _outcomes(one for one in counts if one.day == day)) for day in wanted.days
        ]
        return r.RunsReport(total, by_day, sorted(procedures, key=lambda one: -one.outcomes.began), behind)

    async def run_days(self, workspace: str, asked: Asked) -> list[tuple[str, str, r.Outcomes]]:
        """Day, procedure and what became of its runs, where there were any."""
        wanted, _ = await self._begin(workspace, asked)
        counts = await self._store.runs(workspace, wanted.span, wanted.offsets)
        keys = sorted({(one.day, one.procedure) for one in counts})
        return [
            (day_named(day), slug, _outcomes(one for one in counts if (one.day, one.procedure) == (day, slug)))
            for day, slug in keys
        ]

    async def steps(self, workspace: str, procedure: str, version: int | None, asked: Asked) -> r.StepsReport:
        """Where runs of a procedure stop; without a version, of the newest that ran. Raises NotFound or RuleError."""
        await self._procedures.get(workspace, procedure)
        wanted, behind = await self._begin(workspace, replace(asked, procedure=procedure))
        versions = [r.VersionOf(*one) for one in await self._store.versions(workspace, wanted.span)]
        chosen = version if version is not None else (versions[0].version if versions else None)
        if chosen is None:
            return r.StepsReport(procedure, None, 0, [], [], behind)
        found: dict[str, Counter[str]] = {}
        for one in await self._store.steps(workspace, wanted.span, chosen):
            counts = found.setdefault(one.step, Counter())
            counts[one.standing] += one.runs
            counts["visits"] += one.visits
        steps = [
            r.StepOf(
                step, counts["left"] + counts["here"] + counts["stopped"], counts["left"], counts["here"],
                counts["stopped"], counts["visits"],
            )
            for step, counts in found.items()
        ]  # fmt: skip
        runs = next((one.runs for one in versions if one.version == chosen), 0)
        return r.StepsReport(procedure, chosen, runs, versions, sorted(steps, key=lambda one: -one.entered), behind)

    async def reactions(self, workspace: str, asked: Asked) -> r.ReactionsReport:
        """Thumbs by day and by procedure, and the newest ones. Raises RuleError."""
        wanted, behind = await self._begin(workspace, asked)
        counts = await self._store.moments(workspace, "reaction", wanted.span, wanted.offsets)
        latest = await self._store.last_moments(workspace, "reaction", wanted.span, LATEST)
        procedures = sorted({one.procedure for one in counts}, key=lambda slug: slug or "")
        return r.ReactionsReport(
            positive=_sum(one for one in counts if one.value == "positive"),
            negative=_sum(one for one in counts if one.value == "negative"),
            days=[_reactions([one for one in counts if one.day == day], day_named(day), None) for day in wanted.days],
            procedures=[
                _reactions([one for one in counts if one.procedure == slug], None, slug) for slug in procedures
            ],
            latest=[_happening(one) for one in latest],
            catching_up=behind,
        )

    async def escalations(self, workspace: str, asked: Asked) -> r.EscalationsReport:
        """How often the agent reached its limit, by day and by procedure. Raises RuleError."""
        wanted, behind = await self._begin(workspace, asked)
        counts = await self._store.moments(workspace, "escalation", wanted.span, wanted.offsets)
        runs = Counter[str]()
        for one in await self._store.runs(workspace, wanted.span, wanted.offsets):
            runs[one.procedure] += one.count
        days = []
        for day in wanted.days:
            of_day = Counter[str]()
            for count in counts:
                if count.day == day:
                    of_day[count.procedure or ""] += count.count
            days.append(r.EscalationsOnDay(day_named(day), of_day.total(), dict(of_day)))
        latest = await self._store.last_moments(workspace, "escalation", wanted.span, LATEST)
        slugs = {one.procedure for one in counts}
        procedures = [_escalations(slug, counts, runs[slug] if slug else 0) for slug in slugs]
        return r.EscalationsReport(
            _sum(counts),
            days,
            sorted(procedures, key=lambda one: (-one.count, one.procedure or "")),
            [_happening(one) for one in latest],
            behind,
        )

    async def escalation_counts(self, workspace: str, asked: Asked) -> list[MomentCount]:
        """Escalations by day, procedure and reason."""
        wanted, _ = await self._begin(workspace, asked)
        return await self._store.moments(workspace, "escalation", wanted.span, wanted.offsets)

    async def unanswered(self, workspace: str, asked: Asked) -> r.UnansweredReport:
        """Questions that nothing could answer, the most frequent first. They belong to no procedure."""
        wanted, behind = await self._begin(workspace, replace(asked, procedure=None))
        counts = Counter[int]()
        for one in await self._store.moments(workspace, "unanswered", wanted.span, wanted.offsets):
            counts[one.day] += one.count
        questions = await self._store.questions(workspace, wanted.span, MOST_QUESTIONS)
        return r.UnansweredReport(
            counts.total(),
            [r.CountOnDay(day_named(day), counts[day]) for day in wanted.days],
            [r.QuestionOf(one.text, one.count, one.last_at, one.conversation, one.seq) for one in questions],
            behind,
        )

    async def calls(self, workspace: str, asked: Asked) -> r.CallsReport:
        """Calls by day and by action: errors and times. Raises RuleError."""
        wanted, behind = await self._begin(workspace, asked)
        counts = await self._store.calls(workspace, wanted.span)
        times = {one.name: (one.median, one.p95) for one in await self._store.call_times(workspace, wanted.span)}
        names = sorted({(one.name, one.kind) for one in counts})
        actions = [
            _calls(name, kind, [one for one in counts if (one.name, one.kind) == (name, kind)], times.get(name))
            for name, kind in names
        ]
        by_day: dict[int, Counter[str]] = {day: Counter() for day in wanted.days}
        for one in await self._store.call_days(workspace, wanted.span, wanted.offsets):
            by_day[one.day][one.outcome] += one.count
        days = [
            r.CallsOnDay(day_named(day), found["succeeded"], found["failed"], found["unknown"])
            for day, found in by_day.items()
        ]
        errors = _sum(one for one in counts if one.outcome != "succeeded")
        return r.CallsReport(_sum(counts), errors, days, sorted(actions, key=lambda one: -one.count), behind)

    async def approvals(self, workspace: str, asked: Asked) -> r.ApprovalsReport:
        """What became of approvals, by day, by procedure and by who decided. Raises RuleError."""
        wanted, behind = await self._begin(workspace, asked)
        counts = await self._store.approvals(workspace, wanted.span, wanted.offsets)
        waited = await self._store.waiting_times(workspace, wanted.span)
        by_day = {day: [one for one in counts if one.day == day] for day in wanted.days}
        slugs = sorted({one.procedure for one in counts})
        people = sorted({one.decided_by for one in counts if one.decided_by})
        deciders = [(who, [one for one in counts if one.decided_by == who]) for who in people]
        statuses = _statuses(counts)
        return r.ApprovalsReport(
            asked=_sum(counts),
            pending=statuses.get("pending", 0),
            statuses=statuses,
            median_ms=waited.median if waited else None,
            p95_ms=waited.p95 if waited else None,
            days=[r.ApprovalsOnDay(day_named(day), _sum(found), _statuses(found)) for day, found in by_day.items()],
            procedures={slug: _statuses([one for one in counts if one.procedure == slug]) for slug in slugs},
            deciders=sorted(
                (r.DecidedBy(who, _sum(found), _statuses(found)) for who, found in deciders),
                key=lambda one: (-one.count, one.by),
            ),
            catching_up=behind,
        )

    async def approval_counts(self, workspace: str, asked: Asked) -> list[ApprovalCount]:
        """Approvals by day, procedure, status and who decided."""
        wanted, _ = await self._begin(workspace, asked)
        return await self._store.approvals(workspace, wanted.span, wanted.offsets)

    async def procedures(self, workspace: str) -> list[r.ProcedureReport]:
        """The figures that a list of procedures shows."""
        await self._digesting.catch_up(workspace)
        found = await self._store.procedures(workspace, self._clock.now() - USUAL_DAYS * DAY)
        return [
            r.ProcedureReport(
                one.procedure, one.last_run_at, one.runs, one.completed / one.ended if one.ended else None
            )
            for one in found
        ]


def _sum(counts: Iterable[RunCount | MomentCount | CallCount | ApprovalCount]) -> int:
    return sum(one.count for one in counts)


def _outcomes(counts: Iterable[RunCount]) -> r.Outcomes:
    found = Counter[str]()
    for one in counts:
        found[one.outcome] += one.count
    return r.Outcomes(
        found.total(), found["completed"], found["escalated"], found["cancelled"], found["failed"], found["running"]
    )


def _reactions(counts: list[MomentCount], day: str | None, procedure: str | None) -> r.Reactions:
    positive = _sum(one for one in counts if one.value == "positive")
    return r.Reactions(day, procedure, positive, _sum(counts) - positive)


def _happening(one: MomentRow) -> r.Happening:
    return r.Happening(one.conversation, one.seq, one.value, one.text, one.procedure, one.at)


def _escalations(slug: str | None, counts: list[MomentCount], runs: int) -> r.EscalationsOf:
    reasons = Counter[str]()
    for one in counts:
        if one.procedure == slug:
            reasons[one.value] += one.count
    share = min(1.0, reasons.total() / runs) if runs else None
    return r.EscalationsOf(slug, reasons.total(), runs, share, dict(reasons))


def _calls(name: str, kind: str, counts: list[CallCount], times: tuple[int, int] | None) -> r.CallsOf:
    statuses = Counter[int | None]()
    for one in counts:
        statuses[one.status] += one.count
    failed, unknown = (_sum(one for one in counts if one.outcome == outcome) for outcome in ("failed", "unknown"))
    count = _sum(counts)
    median, p95 = times or (None, None)
    return r.CallsOf(
        name, kind, count, failed, unknown, (failed + unknown) / count, median, p95,
        [r.StatusOf(status, number) for status, number in statuses.most_common()],
    )  # fmt: skip


def _statuses(counts: list[ApprovalCount]) -> dict[str, int]:
    found = Counter[str]()
    for one in counts:
        found[one.status] += one.count
    return dict(found)
