"""Nothing of one workspace can be read or changed with the name of another."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import pytest

from deskhand.ports.stores import DocumentRow, KeyRow, Mail, NotFound, Stores
from deskhand.ports.turns import ApprovalChange, EffectChange, Lead, Ticket
from tests.contract.samples import (
    NOW,
    OTHER,
    WORKSPACE,
    audit_row,
    began,
    fresh,
    procedure_row,
    said,
    turn,
    version_of,
)


@dataclass
class Full:
    """A workspace with one of everything."""

    stores: Stores
    conversation: str
    run: str
    approval: str
    key: str
    procedure: Any


@pytest.fixture
async def full(stores: Stores) -> Full:
    made = Full(stores, fresh("conv"), fresh("run"), fresh("appr"), fresh("key"), procedure_row("refund"))
    run = made.run
    await stores.conversations.commit(
        turn(
            made.conversation,
            entries=(said(1, "evt-1"),),
            runs=(began(run),),
            effects=(EffectChange(run, 1, "sent", NOW, True, "call_http", "s", "k", "{}"),),
            approvals=(ApprovalChange(made.approval, "pending", NOW, True, run=run, card="{}"),),
            tickets=(Ticket(1, "s", "d", "e", "n", "LOW", run, NOW),),
            leads=(Lead(fresh("lead"), "e", "n", "p", "c", "m", run, NOW),),
            audit=(audit_row(),),
        )
    )
    await stores.procedures.create(WORKSPACE, made.procedure, audit_row())
    await stores.procedures.publish(WORKSPACE, version_of(made.procedure), 1, audit_row())
    await stores.settings.add_key(KeyRow(WORKSPACE, made.key, "ci", "admin", NOW, None), b"digest", audit_row())
    await stores.settings.put(WORKSPACE, "action", DocumentRow("look", "{}", NOW), audit_row())
    await stores.settings.put_secret(WORKSPACE, "TOKEN", b"sealed", NOW, audit_row())
    await stores.mailbox.add(WORKSPACE, Mail(fresh("mail"), "t", "s", "b", NOW))
    return made


Call = Callable[[Full, str], Awaitable[Any]]

ONE: dict[str, Call] = {
    "get": lambda f, w: f.stores.conversations.get(w, f.conversation),
    "run": lambda f, w: f.stores.conversations.run(w, f.run),
    "effect": lambda f, w: f.stores.conversations.effect(w, f.run, 1),
    "approval": lambda f, w: f.stores.conversations.approval(w, f.approval),
    "procedure": lambda f, w: f.stores.procedures.get(w, "refund"),
    "version": lambda f, w: f.stores.procedures.version(w, "refund", 1),
    "save_draft": lambda f, w: f.stores.procedures.save_draft(w, "refund", "{}", "x", 1, NOW, "Ada"),
    "simulated": lambda f, w: f.stores.procedures.simulated(w, "refund", 1),
    "publish": lambda f, w: f.stores.procedures.publish(w, version_of(f.procedure, 2), 1, audit_row()),
    "set_status": lambda f, w: f.stores.procedures.set_status(w, "refund", "archived", NOW, audit_row()),
    "revoke_key": lambda f, w: f.stores.settings.revoke_key(w, f.key, NOW, audit_row()),
    "remove": lambda f, w: f.stores.settings.remove(w, "action", "look", audit_row()),
    "secret": lambda f, w: f.stores.settings.secret(w, "TOKEN"),
    "remove_secret": lambda f, w: f.stores.settings.remove_secret(w, "TOKEN", audit_row()),
}

MANY: dict[str, Call] = {
    "load": lambda f, w: f.stores.conversations.load(w, f.conversation),
    "seen": lambda f, w: f.stores.conversations.seen(w, f.conversation, "evt-1"),
    "entries": lambda f, w: f.stores.conversations.entries(w, f.conversation),
    "effects": lambda f, w: f.stores.conversations.effects(w, f.run),
    "versions": lambda f, w: f.stores.procedures.versions(w, "refund"),
    "all": lambda f, w: f.stores.procedures.all(w),
    "keys": lambda f, w: f.stores.settings.keys(w),
    "documents": lambda f, w: f.stores.settings.documents(w, "action"),
    "secrets": lambda f, w: f.stores.settings.secrets(w),
}

PAGES: dict[str, Call] = {
    "page": lambda f, w: f.stores.conversations.page(w),
    "runs": lambda f, w: f.stores.conversations.runs(w),
    "runs_of": lambda f, w: f.stores.conversations.runs(w, conversation=f.conversation),
    "approvals": lambda f, w: f.stores.conversations.approvals(w),
    "approvals_of": lambda f, w: f.stores.conversations.approvals(w, status=None, conversation=f.conversation),
    "tickets": lambda f, w: f.stores.conversations.tickets(w),
    "leads": lambda f, w: f.stores.conversations.leads(w),
    "audit": lambda f, w: f.stores.conversations.audit(w),
    "mails": lambda f, w: f.stores.mailbox.page(w),
}


@pytest.mark.parametrize("name", ONE)
@pytest.mark.parametrize("elsewhere", [OTHER, "ws_" + "0" * 32, "ws_nonsense", "conv" + WORKSPACE[2:], ""])
async def test_what_is_named_is_not_found_elsewhere(full: Full, name: str, elsewhere: str) -> None:
    with pytest.raises(NotFound):
        await ONE[name](full, elsewhere)


async def test_what_was_asked_for_elsewhere_is_there_still(full: Full) -> None:
    for call in ONE.values():
        with pytest.raises(NotFound):
            await call(full, OTHER)
    row = await full.stores.procedures.get(WORKSPACE, "refund")
    assert (row.status, row.revision, row.active_version, row.simulated_revision) == ("active", 1, 1, None)
    assert await full.stores.settings.key(b"digest") is not None
    assert await full.stores.settings.secret(WORKSPACE, "TOKEN") == b"sealed"
    assert len(await full.stores.settings.documents(WORKSPACE, "action")) == 1
    assert (await full.stores.conversations.audit(OTHER)).items == []


@pytest.mark.parametrize("name", MANY)
async def test_lists_are_empty_elsewhere(full: Full, name: str) -> None:
    assert await MANY[name](full, WORKSPACE)
    assert not await MANY[name](full, OTHER)


@pytest.mark.parametrize("name", PAGES)
async def test_pages_are_empty_elsewhere(full: Full, name: str) -> None:
    assert (await PAGES[name](full, WORKSPACE)).items
    assert not (await PAGES[name](full, OTHER)).items


async def test_catalogues_are_apart(full: Full) -> None:
    assert await full.stores.procedures.active(OTHER) == (0, [])
    assert await full.stores.conversations.catalogue(OTHER) == 0
    here = await full.stores.conversations.catalogue(WORKSPACE)
    assert here == (await full.stores.procedures.active(WORKSPACE))[0] > 0
    with pytest.raises(NotFound):
        await full.stores.conversations.catalogue("ws_" + "0" * 32)


async def test_numbers_are_counted_apart(full: Full) -> None:
    assert await full.stores.conversations.next_number(WORKSPACE, "ticket") == 1
    assert await full.stores.conversations.next_number(OTHER, "ticket") == 1


@pytest.mark.parametrize("shown", ["", "run_", "run_12", "nonsense", "conv_" + "0" * 32, "run_" + "A" * 32, "run_é"])
async def test_an_ill_formed_identifier_names_nothing(full: Full, shown: str) -> None:
    with pytest.raises(NotFound):
        await full.stores.conversations.run(WORKSPACE, shown)


@pytest.mark.parametrize("number", [-1, 2**63, 10**40])
async def test_a_number_that_no_database_has_names_nothing(full: Full, number: int) -> None:
    with pytest.raises(NotFound):
        await full.stores.conversations.effect(WORKSPACE, full.run, number)
    with pytest.raises(NotFound):
        await full.stores.procedures.version(WORKSPACE, "refund", number)
