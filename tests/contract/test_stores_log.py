"""What turns wrote can be read: the log, runs, effects, approvals, wake-ups, tickets, leads, audit."""

import asyncio

import pytest

from deskhand.ports.stores import DueRow, NotFound, Stores
from deskhand.ports.turns import ApprovalChange, Conflict, DueChange, EffectChange, Entry, Lead, Ticket
from tests.contract.samples import NOW, WORKSPACE, audit_row, began, fresh, said, turn


async def test_entries_come_back_as_they_were_written(stores: Stores) -> None:
    conversation, run = fresh("conv"), fresh("run")
    written = (
        said(1, "evt-1"),
        Entry(2, "effect", NOW, '{"n":1}', "members", run),
        Entry(3, "say", NOW, '{"text":"done"}', "all", run),
    )
    await stores.conversations.commit(turn(conversation, seq=3, entries=written))
    assert await stores.conversations.entries(WORKSPACE, conversation) == list(written)
    assert await stores.conversations.entries(WORKSPACE, conversation, members=False) == [written[0], written[2]]
    assert await stores.conversations.entries(WORKSPACE, conversation, after=1, limit=1) == [written[1]]
    assert await stores.conversations.entries(WORKSPACE, fresh("conv")) == []


async def test_a_run_keeps_its_beginning_and_gets_its_end(stores: Stores) -> None:
    conversation, run = fresh("conv"), fresh("run")
    await stores.conversations.commit(turn(conversation, runs=(began(run),)))
    row = await stores.conversations.run(WORKSPACE, run)
    assert (row.conversation, row.procedure, row.version, row.waiting) == (conversation, "refund-request", 3, "answer")
    assert (row.started_at, row.ended_at, row.state) == (NOW, None, None)
    ended = began(run, new=False, status="completed", waiting=None, step="end", at=NOW + 60, state="{}")
    await stores.conversations.commit(turn(conversation, 1, runs=(ended,)))
    row = await stores.conversations.run(WORKSPACE, run)
    assert (row.status, row.waiting, row.step, row.state) == ("completed", None, "end", "{}")
    assert (row.started_at, row.ended_at) == (NOW, NOW + 60)


async def test_runs_are_found_by_conversation_status_and_procedure(stores: Stores) -> None:
    conversation, first, second, third = fresh("conv"), fresh("run"), fresh("run"), fresh("run")
    await stores.conversations.commit(turn(conversation, runs=(began(first), began(second, procedure="lead"))))
    await stores.conversations.commit(turn(fresh("conv"), runs=(began(third, status="completed", state="{}"),)))

    async def found(**asked: str) -> list[str]:
        return [row.id for row in (await stores.conversations.runs(WORKSPACE, **asked)).items]  # type: ignore[arg-type]

    assert await found() == [third, second, first]
    assert await found(conversation=conversation) == [second, first]
    assert await found(status="waiting") == [second, first]
    assert await found(procedure="lead") == [second]
    assert await found(procedure="lead", status="completed") == []


async def test_an_effect_keeps_its_request_and_gets_its_outcome(stores: Stores) -> None:
    conversation, run = fresh("conv"), fresh("run")
    sent = EffectChange(run, 4, "sent", NOW, True, "call_http", "refund", "key-1", '{"url":"x"}')
    await stores.conversations.commit(turn(conversation, effects=(sent,)))
    unfinished = await stores.conversations.unfinished()
    assert [(workspace, effect.run, effect.seq) for workspace, effect in unfinished] == [(WORKSPACE, run, 4)]
    done = EffectChange(run, 4, "succeeded", NOW + 7, response='{"status":200}')
    await stores.conversations.commit(turn(conversation, 1, effects=(done,)))
    effect = await stores.conversations.effect(WORKSPACE, run, 4)
    assert (effect.conversation, effect.step, effect.kind, effect.key) == (conversation, "refund", "call_http", "key-1")
    assert (effect.status, effect.request, effect.response) == ("succeeded", '{"url":"x"}', '{"status":200}')
    assert effect.at == NOW + 7
    assert await stores.conversations.effects(WORKSPACE, run) == [effect]
    assert await stores.conversations.unfinished() == []
    with pytest.raises(NotFound):
        await stores.conversations.effect(WORKSPACE, run, 5)


def _asked(approval: str, run: str) -> ApprovalChange:
    return ApprovalChange(
        approval, "pending", NOW, True, "approval", run, 4, "refund-request", '{"card":1}', NOW + 86_400_000
    )


async def test_an_approval_is_decided_once(stores: Stores) -> None:
    conversation, run, approval = fresh("conv"), fresh("run"), fresh("appr")
    await stores.conversations.commit(turn(conversation, runs=(began(run),), approvals=(_asked(approval, run),)))
    pending = await stores.conversations.approval(WORKSPACE, approval)
    assert (pending.conversation, pending.run, pending.seq, pending.card) == (conversation, run, 4, '{"card":1}')
    assert (pending.requested_at, pending.expires_at, pending.decided_at) == (NOW, NOW + 86_400_000, None)
    assert (await stores.conversations.approvals(WORKSPACE)).items == [pending]
    no = ApprovalChange(approval, "rejected", NOW + 3, by="member:ada", reason="too much")
    await stores.conversations.commit(turn(conversation, 1, approvals=(no,)))
    decided = await stores.conversations.approval(WORKSPACE, approval)
    assert (decided.status, decided.decided_at, decided.decided_by) == ("rejected", NOW + 3, "member:ada")
    assert (decided.reason, decided.requested_at, decided.card) == ("too much", NOW, '{"card":1}')
    yes = ApprovalChange(approval, "approved", NOW + 4, by="member:bob")
    with pytest.raises(Conflict):
        await stores.conversations.commit(turn(conversation, 2, approvals=(yes,)))
    assert await stores.conversations.approval(WORKSPACE, approval) == decided


async def test_approvals_are_found_by_status_and_conversation(stores: Stores) -> None:
    first, second, conversation, run = fresh("appr"), fresh("appr"), fresh("conv"), fresh("run")
    await stores.conversations.commit(turn(fresh("conv"), approvals=(_asked(first, run),)))
    closed = ApprovalChange(second, "approved", NOW + 1, by="member:ada")
    await stores.conversations.commit(turn(conversation, approvals=(_asked(second, run),)))
    await stores.conversations.commit(turn(conversation, 1, approvals=(closed,)))
    page = stores.conversations.approvals
    assert [row.id for row in (await page(WORKSPACE)).items] == [first]
    assert [row.id for row in (await page(WORKSPACE, status="approved")).items] == [second]
    assert [row.id for row in (await page(WORKSPACE, status=None)).items] == [second, first]
    assert [row.id for row in (await page(WORKSPACE, status=None, conversation=conversation)).items] == [second]


async def test_wake_ups_come_when_their_time_has_come(stores: Stores) -> None:
    conversation = fresh("conv")
    assert await stores.conversations.next_due() is None
    late, soon = DueChange("timer", "b", NOW + 90), DueChange("expiry", "a", NOW + 10)
    await stores.conversations.commit(turn(conversation, due=(late, soon)))
    assert await stores.conversations.next_due() == NOW + 10
    assert await stores.conversations.due(NOW) == []
    expiry = DueRow(WORKSPACE, conversation, "expiry", "a", NOW + 10)
    assert await stores.conversations.due(NOW + 10) == [expiry]
    moved = DueChange("timer", "b", NOW + 5)
    await stores.conversations.commit(turn(conversation, 1, due=(DueChange("expiry", "a"), moved)))
    assert await stores.conversations.due(NOW + 1000) == [DueRow(WORKSPACE, conversation, "timer", "b", NOW + 5)]
    await stores.conversations.commit(turn(conversation, 2, due=(DueChange("timer", "b"), DueChange("timer", "c"))))
    assert await stores.conversations.next_due() is None


async def test_tickets_and_leads_come_back_as_they_were_written(stores: Stores) -> None:
    run = fresh("run")
    tickets = tuple(Ticket(n, "Broken", "It broke", "a@b.example", "Ann", "HIGH", run, NOW) for n in (1, 2))
    lead = Lead(fresh("lead"), "a@b.example", "Ann", "+491711234567", "Acme", "500 staff", run, NOW)
    await stores.conversations.commit(turn(fresh("conv"), tickets=tickets, leads=(lead,)))
    assert (await stores.conversations.tickets(WORKSPACE)).items == [tickets[1], tickets[0]]
    assert (await stores.conversations.leads(WORKSPACE)).items == [lead]
    first = await stores.conversations.tickets(WORKSPACE, limit=1)
    assert (await stores.conversations.tickets(WORKSPACE, first.cursor)).items == [tickets[0]]


async def test_the_audit_trail_keeps_what_turns_add(stores: Stores) -> None:
    rows = (audit_row("sent"), audit_row("approved"))
    await stores.conversations.commit(turn(fresh("conv"), audit=rows))
    assert (await stores.conversations.audit(WORKSPACE)).items == [rows[1], rows[0]]


async def test_numbers_are_counted_by_kind_and_never_repeated(stores: Stores) -> None:
    found = await asyncio.gather(*(stores.conversations.next_number(WORKSPACE, "ticket") for _ in range(20)))
    assert sorted(found) == list(range(1, 21))
    assert await stores.conversations.next_number(WORKSPACE, "invoice") == 1
