"""Tickets and leads as members work with them, on each backend."""

import pytest

from deskhand.ports.registers import Sought
from deskhand.ports.stores import BadCursor, NotFound, Stores
from deskhand.ports.turns import Lead, Ticket
from tests.contract.samples import NOW, OTHER, WORKSPACE, audit_row, fresh, turn

ALL = Sought()


async def kept(stores: Stores) -> str:
    """Three tickets and two leads; gives their conversation."""
    conversation, run = fresh("conv"), fresh("run")
    tickets = tuple(
        Ticket(number, subject, "It broke 100%", email, "Ann", priority, run, NOW)
        for number, subject, email, priority in (
            (1, "Lamp", "ann@a.example", "LOW"), (2, "Chair_leg", "ann@a.example", "HIGH"),
            (3, "Lamp shade", "Bob@b.example", "HIGH"),
        )
    )  # fmt: skip
    leads = tuple(Lead(fresh("lead"), mail, "Ann", "", "Acme", "500 staff", None, NOW) for mail in ("a@x.y", "b@x.y"))
    await stores.conversations.commit(turn(conversation, tickets=tickets, leads=leads))
    return conversation


async def numbers(stores: Stores, sought: Sought) -> list[int]:
    return [one.number for one in (await stores.registers.tickets(WORKSPACE, sought)).items]


async def test_tickets_are_found_by_words_and_by_what_they_are(stores: Stores) -> None:
    conversation = await kept(stores)
    assert await numbers(stores, ALL) == [3, 2, 1]
    assert await numbers(stores, Sought(words="LAMP ann")) == [3, 1]
    assert await numbers(stores, Sought(words="chair_l")) == [2]
    assert await numbers(stores, Sought(words="_")) == [2]
    assert await numbers(stores, Sought(words="100%")) == [3, 2, 1]
    assert await numbers(stores, Sought(priority="HIGH", email="bob@B.example")) == [3]
    assert await numbers(stores, Sought(conversation=conversation)) == [3, 2, 1]
    assert await numbers(stores, Sought(conversation=fresh("conv"))) == []


async def test_a_ticket_is_open_and_nobodys_until_somebody_says_otherwise(stores: Stores) -> None:
    await kept(stores)
    store = stores.registers
    first = await store.ticket(WORKSPACE, 1)
    assert (first.status, first.assignee, first.updated_at) == ("open", None, None)
    await store.change_ticket(WORKSPACE, 1, "waiting", "ana@d.example", NOW + 1, audit_row("ticket.changed"))
    await store.change_ticket(WORKSPACE, 1, "solved", "ana@d.example", NOW + 2, audit_row("ticket.changed"))
    now = await store.ticket(WORKSPACE, 1)
    assert (now.status, now.assignee, now.updated_at) == ("solved", "ana@d.example", NOW + 2)
    assert await numbers(stores, Sought(status="solved")) == [1]
    assert await numbers(stores, Sought(status="open")) == [3, 2]
    assert await numbers(stores, Sought(assignee="ana@d.example")) == [1]
    assert len((await stores.conversations.audit(WORKSPACE)).items) == 2


async def test_tickets_come_in_pages_also_where_they_are_chosen(stores: Stores) -> None:
    await kept(stores)
    first = await stores.registers.tickets(WORKSPACE, Sought(words="lamp"), limit=1)
    second = await stores.registers.tickets(WORKSPACE, Sought(words="lamp"), first.cursor, limit=1)
    assert ([one.number for one in (*first.items, *second.items)], second.cursor) == ([3, 1], None)
    with pytest.raises(BadCursor):
        await stores.registers.tickets(WORKSPACE, ALL, "nonsense")


async def test_leads_are_found_too(stores: Stores) -> None:
    conversation = await kept(stores)
    page = await stores.registers.leads(WORKSPACE, Sought(words="acme", email="A@X.Y"))
    (found,) = page.items
    assert (found.email, found.run, found.conversation) == ("a@x.y", None, conversation)
    assert await stores.registers.lead(WORKSPACE, found.id) == found


async def test_nothing_of_another_workspace_is_reached(stores: Stores) -> None:
    await kept(stores)
    lead = (await stores.registers.leads(WORKSPACE, ALL)).items[0]
    store = stores.registers
    assert (await store.tickets(OTHER, ALL)).items == (await store.leads(OTHER, ALL)).items == []
    for wanted in (
        store.ticket(OTHER, 1),
        store.lead(OTHER, lead.id),
        store.change_ticket(OTHER, 1, "solved", None, NOW, audit_row("ticket.changed")),
    ):
        with pytest.raises(NotFound):
            await wanted
    assert (await store.ticket(WORKSPACE, 1)).status == "open"
