"""What earlier conversations knew of a customer is known again, and nobody is taken for somebody else."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from deskhand.adapters.sql import open_stores
from deskhand.application.contact_import import ContactImport
from deskhand.application.contacts import Contacts
from deskhand.domain.contact import Contact, UnfitContact
from deskhand.ports.stores import Stores, Taken
from tests.clock import ScriptedClock
from tests.contract.samples import WORKSPACE, fresh, turn, workspace_row


@pytest.fixture
async def stores(database_url: str) -> AsyncIterator[Stores]:
    opened = await open_stores(database_url)
    await opened.settings.create_workspace(workspace_row(WORKSPACE))
    yield opened
    await opened.close()


@pytest.fixture
def contacts(stores: Stores) -> Contacts:
    return Contacts(stores, ScriptedClock())


async def count(stores: Stores) -> int:
    return len((await stores.contacts.page(WORKSPACE, limit=200)).items)


async def test_what_an_earlier_conversation_knew_is_known_again_by_id(contacts, stores) -> None:
    await contacts.known(WORKSPACE, Contact(id="17", first_name="Ada", attributes={"plan": "free", "seats": 3}))
    told = Contact(id="17", email="ada@example.com", attributes={"plan": "business", "seats": None})

    known = await contacts.known(WORKSPACE, told)

    assert known == Contact(id="17", first_name="Ada", email="ada@example.com", attributes={"plan": "business"})
    assert await contacts.known(WORKSPACE, Contact(id=" 17 ", first_name=" ")) == known
    assert await count(stores) == 1


async def test_an_email_finds_the_contact_that_has_it_and_an_id_is_added_to_it(contacts, stores) -> None:
    await contacts.known(WORKSPACE, Contact(email="Ada@example.com", first_name="Ada"))

    known = await contacts.known(WORKSPACE, Contact(id="17", email="ada@example.com"))

    assert known == Contact(id="17", first_name="Ada", email="ada@example.com")
    assert (await contacts.known(WORKSPACE, Contact(email="ADA@EXAMPLE.COM"))).id == "17"
    assert await count(stores) == 1


async def test_two_people_with_one_email_and_two_ids_stay_two(contacts, stores) -> None:
    for id in ("17", "18"):
        await contacts.known(WORKSPACE, Contact(id=id, email="family@example.com", attributes={"of": id}))

    assert (await contacts.known(WORKSPACE, Contact(id="18"))).attributes == {"of": "18"}
    # the e-mail alone does not tell which of the two it is
    assert (await contacts.known(WORKSPACE, Contact(email="family@example.com"))).attributes == {}
    assert (await contacts.known(WORKSPACE, Contact(email="family@example.com"))).id is None
    assert await count(stores) == 3


async def test_what_a_customer_only_typed_finds_nobody_and_replaces_nothing(contacts, stores) -> None:
    stored = await contacts.known(WORKSPACE, Contact(id="17", email="ada@example.com", first_name="Ada"))
    typed = Contact(email="ada@example.com")

    assert await contacts.known(WORKSPACE, typed, trusted=False) == typed
    assert await contacts.known(WORKSPACE, Contact(id="17", email="eve@example.com"), trusted=False) == stored
    assert await contacts.known(WORKSPACE, Contact(id="18", email="bob@example.com"), trusted=False)
    assert (await contacts.known(WORKSPACE, Contact(email="bob@example.com"))).id is None
    assert await count(stores) == 3


async def test_who_has_neither_id_nor_email_is_known_to_the_conversation_alone(contacts, stores) -> None:
    given = Contact(first_name="Somebody", attributes={"plan": "free"})

    assert await contacts.known(WORKSPACE, given, fresh("conv")) == given
    assert await count(stores) == 0


async def test_a_contact_is_found_with_its_conversations(contacts, stores) -> None:
    first, second = fresh("conv"), fresh("conv")
    for one in (first, second):
        await stores.conversations.commit(turn(one))
        for _ in range(2):  # a request that is sent twice changes nothing
            await contacts.known(WORKSPACE, Contact(id="17"), one)
    [row] = (await stores.contacts.page(WORKSPACE)).items

    assert [one.id for one in (await stores.contacts.conversations(WORKSPACE, row.id)).items] == [second, first]
    assert row.last_seen_at is not None
    assert row.revision == 1


@pytest.mark.parametrize("named", [{"id": "17"}, {"email": "ada@example.com"}, {"id": "17", "email": "a@example.com"}])
async def test_many_at_once_are_one_contact_that_knows_everything(contacts, stores, named: dict[str, Any]) -> None:
    told = [Contact(**named, attributes={f"a{n}": n}) for n in range(20)]

    await asyncio.gather(*(contacts.known(WORKSPACE, one, fresh("conv")) for one in told))

    [row] = (await stores.contacts.page(WORKSPACE)).items
    assert row.contact.attributes == {f"a{n}": n for n in range(20)}


async def test_an_id_and_an_email_that_come_at_the_same_time_lead_to_no_doubles(contacts, stores) -> None:
    both = Contact(id="17", email="ada@example.com")

    await asyncio.gather(*(contacts.known(WORKSPACE, one) for one in [both, Contact(email="ada@example.com")] * 10))

    ids = [row.contact.id for row in (await stores.contacts.page(WORKSPACE)).items]
    assert ids.count("17") == 1
    assert ids.count(None) <= 1


async def test_too_much_is_refused(contacts, stores) -> None:
    await contacts.known(WORKSPACE, Contact(id="17", attributes={f"a{n}": n for n in range(150)}))

    with pytest.raises(UnfitContact, match="at most 200 attributes, and this one 300"):
        await contacts.known(WORKSPACE, Contact(id="17", attributes={f"b{n}": n for n in range(150)}))
    with pytest.raises(UnfitContact, match="32,768 characters"):
        await contacts.known(WORKSPACE, Contact(id="17", attributes={"x": "y" * 33_000}))
    with pytest.raises(UnfitContact, match="1 to 100 characters"):
        await contacts.known(WORKSPACE, Contact(id="17", attributes={"x" * 101: 1}))
    assert len((await contacts.known(WORKSPACE, Contact(id="17"))).attributes) == 150


async def test_a_member_creates_changes_and_erases(contacts, stores) -> None:
    made = await contacts.create(
        WORKSPACE, Contact(id="17", email="ada@EXAMPLE.com", attributes={"plan": "free"}), "Ana"
    )
    with pytest.raises(Taken):
        await contacts.create(WORKSPACE, Contact(id="17"), "Ana")
    with pytest.raises(UnfitContact, match="`ada@` is no e-mail address"):
        await contacts.create(WORKSPACE, Contact(email="ada@"), "Ana")

    changes = {"email": None, "first_name": "Ada", "attributes": {"plan": None, "seats": 2}}
    changed = await contacts.change(WORKSPACE, made.id, changes, "Ana")
    assert changed.contact == Contact(id="17", first_name="Ada", attributes={"seats": 2})
    assert await stores.contacts.mailed(WORKSPACE, "ada@example.com") == []

    await contacts.remove(WORKSPACE, made.id, "Ana")
    assert await count(stores) == 0
    audit = (await stores.conversations.audit(WORKSPACE)).items
    assert [one.action for one in audit[:3]] == ["contact.removed", "contact.changed", "contact.created"]
    assert "ada" not in str([one.body for one in audit]).lower()


async def test_an_import_takes_the_good_ones_and_says_what_is_wrong_with_the_others(contacts, stores) -> None:
    bringing = ContactImport(contacts, stores, ScriptedClock())
    given = [
        {"id": 17, "first_name": "Ada", "attributes": {"plan": "free"}},
        {"email": "bob@example.com", "phone_number": " "},
        {"id": "17", "last_name": "Lovelace"},
        {"first_name": "Nobody"},
        {"email": "nonsense"},
        {"id": "1", "emial": "x@example.com"},
        {"id": "1", "plan": "free"},
        {"id": "1", "attributes": []},
        {"id": True},
        "text",
    ]

    brought = await bringing.bring(WORKSPACE, given, "Ana")

    assert (brought.created, brought.updated, brought.unchanged) == (2, 1, 0)
    assert [(one.index, one.reason) for one in brought.refused] == [
        (3, "It has neither `id` nor `email`: each import would store it anew."),
        (4, "`nonsense` is no e-mail address: write it like ada@example.com."),
        (5, "`emial` is no field of a contact; did you mean `email`?"),
        (6, "`plan` is no field of a contact: your own fields go under `attributes`."),
        (7, "`attributes`: input should be a valid dictionary."),
        (8, "`id`: input should be a valid string."),
        (9, "This is no object with the fields of a contact."),
    ]
    assert (await contacts.known(WORKSPACE, Contact(id="17"))).last_name == "Lovelace"
    again = await bringing.bring(WORKSPACE, given[:3], "Ana")
    assert (again.created, again.updated, again.unchanged) == (0, 0, 3)
