"""Contacts, on each backend."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from deskhand.domain.contact import Contact
from deskhand.ports.stores import BadCursor, ContactRow, NotFound, Stale, Stores, Taken
from tests.contract.samples import NOW, OTHER, WORKSPACE, audit_row, fresh, turn

ADA = Contact(
    id="17", first_name="Ada", last_name="Lovelace", email="Ada@example.com", phone_number="+44 20 7946 0018",
    attributes={"plan": "business", "größe": [1, None]},
)  # fmt: skip


def row(contact: Contact = ADA, **fields: Any) -> ContactRow:
    return replace(ContactRow(fresh("contact"), contact, contact.email is not None, 1, NOW, NOW), **fields)


async def added(stores: Stores, *contacts: Contact, workspace: str = WORKSPACE) -> list[ContactRow]:
    made = [row(one) for one in contacts]
    for one in made:
        await stores.contacts.add(workspace, one)
    return made


async def found(stores: Stores, search: str) -> list[str | None]:
    return [one.contact.first_name for one in (await stores.contacts.page(WORKSPACE, search)).items]


async def test_a_contact_is_kept_as_it_was_given(stores: Stores) -> None:
    [ada] = await added(stores, ADA)
    [bare] = await added(stores, Contact())

    assert await stores.contacts.get(WORKSPACE, ada.id) == ada
    assert await stores.contacts.get(WORKSPACE, bare.id) == bare
    assert await stores.contacts.named(WORKSPACE, "17") == ada
    assert await stores.contacts.named(WORKSPACE, "18") is None


async def test_a_vouched_mail_finds_contacts_whatever_its_case_those_without_an_id_first(stores: Stores) -> None:
    ada, alone = await added(stores, ADA, Contact(email="ada@EXAMPLE.com", first_name="A."))
    await stores.contacts.add(WORKSPACE, row(Contact(email="ada@example.com"), vouched=False))

    assert await stores.contacts.mailed(WORKSPACE, " ADA@example.com") == [alone, ada]
    assert await stores.contacts.mailed(WORKSPACE, "eve@example.com") == []


async def test_an_id_is_one_contacts_alone(stores: Stores) -> None:
    [ada, bob] = await added(stores, ADA, Contact(id="18"))

    with pytest.raises(Taken):
        await added(stores, Contact(id="17"))
    with pytest.raises(Taken):
        await stores.contacts.change(WORKSPACE, replace(bob, contact=ADA))
    assert await stores.contacts.get(WORKSPACE, bob.id) == bob
    assert (await added(stores, ADA, workspace=OTHER))[0].id != ada.id


async def test_a_vouched_mail_is_one_contacts_alone_among_those_without_an_id(stores: Stores) -> None:
    await added(stores, Contact(email="ada@example.com"), Contact(id="1", email="ada@example.com"))
    await stores.contacts.add(WORKSPACE, row(Contact(email="ada@example.com"), vouched=False))

    with pytest.raises(Taken):
        await added(stores, Contact(email="ADA@example.com"))


async def test_a_change_names_the_revision_that_it_is_based_on(stores: Stores) -> None:
    [ada] = await added(stores, ADA)
    changed = replace(
        ada, contact=Contact(id="17", first_name="Augusta"), vouched=False, updated_at=NOW + 5, last_seen_at=NOW + 5
    )

    await stores.contacts.change(WORKSPACE, changed, audit=audit_row("contact.changed"))

    assert await stores.contacts.get(WORKSPACE, ada.id) == replace(changed, revision=2)
    with pytest.raises(Stale):
        await stores.contacts.change(WORKSPACE, changed, audit=audit_row("contact.changed again"))
    assert [one.action for one in (await stores.conversations.audit(WORKSPACE)).items] == ["contact.changed"]


async def test_only_one_of_many_changes_at_once_is_kept(stores: Stores) -> None:
    [ada] = await added(stores, ADA)

    async def change(name: str) -> bool:
        try:
            await stores.contacts.change(WORKSPACE, replace(ada, contact=Contact(id="17", first_name=name)))
        except Stale:
            return False
        return True

    assert sum(await asyncio.gather(*map(change, "abcdefgh"))) == 1
    assert (await stores.contacts.get(WORKSPACE, ada.id)).revision == 2


async def test_the_conversations_of_a_contact_are_listed_newest_first(stores: Stores) -> None:
    first, second, others = fresh("conv"), fresh("conv"), fresh("conv")
    for one in (first, second, others):
        await stores.conversations.commit(turn(one))
    ada = row()
    await stores.contacts.add(WORKSPACE, ada, first)
    for _ in range(2):
        await stores.contacts.seen(WORKSPACE, ada.id, second, NOW + 9)
    await stores.contacts.seen(WORKSPACE, ada.id, fresh("conv"), NOW + 9)  # one that was never opened

    page = await stores.contacts.conversations(WORKSPACE, ada.id, limit=1)
    rest = await stores.contacts.conversations(WORKSPACE, ada.id, page.cursor, limit=1)

    assert [one.id for one in (*page.items, *rest.items)] == [second, first]
    assert rest.cursor is None
    assert (await stores.contacts.get(WORKSPACE, ada.id)).last_seen_at == NOW + 9


async def test_a_removed_contact_leaves_nothing_behind(stores: Stores) -> None:
    conversation = fresh("conv")
    await stores.conversations.commit(turn(conversation))
    ada = row()
    await stores.contacts.add(WORKSPACE, ada, conversation)

    await stores.contacts.remove(WORKSPACE, ada.id, audit_row("contact.removed"))

    assert await stores.contacts.named(WORKSPACE, "17") is None
    assert (await stores.contacts.page(WORKSPACE)).items == []
    for gone in (
        stores.contacts.get(WORKSPACE, ada.id),
        stores.contacts.conversations(WORKSPACE, ada.id),
        stores.contacts.remove(WORKSPACE, ada.id, audit_row()),
        stores.contacts.seen(WORKSPACE, ada.id, conversation, NOW),
    ):
        with pytest.raises(NotFound):
            await gone
    await stores.contacts.add(WORKSPACE, ada)
    assert (await stores.contacts.conversations(WORKSPACE, ada.id)).items == []
    assert (await stores.conversations.get(WORKSPACE, conversation)).id == conversation


@pytest.mark.parametrize(
    "search",
    ["ada", "LOVE", "lace ada", "@example", "7946", "442079460018", "17", "ada@example.com"],
)
async def test_a_search_finds_parts_of_names_mail_phone_and_id(stores: Stores, search: str) -> None:
    await added(stores, ADA, Contact(first_name="Bob", email="bob@elsewhere.org", id="9"))

    assert await found(stores, search) == ["Ada"]


async def test_a_search_takes_every_sign_as_it_is(stores: Stores) -> None:
    [umlaut, _] = await added(stores, Contact(first_name="ÖZGÜR 50%_!"), Contact(first_name="Ozgur 50"))

    for search in ("özgür", "50%", "%_!", "_!", umlaut.id):
        assert await found(stores, search) == ["ÖZGÜR 50%_!"]
    for search in ("a%a", "%%", "__", "!!", "\\", "\0", fresh("contact")):
        assert await found(stores, search) == []


async def test_contacts_come_in_pages_newest_first_searched_or_not(stores: Stores) -> None:
    made = await added(stores, *(Contact(first_name="Ada", last_name=f"{n}") for n in range(5)))

    for search in ("", "ada"):
        seen, cursor = [], None
        while True:
            page = await stores.contacts.page(WORKSPACE, search, cursor, 2)
            seen += page.items
            cursor = page.cursor
            if cursor is None:
                break
        assert seen == made[::-1]
    with pytest.raises(BadCursor):
        await stores.contacts.page(WORKSPACE, "ada", "no cursor")


async def test_the_longest_contact_can_be_stored_and_found(stores: Stores) -> None:
    widest = "\U0001d51e" * 320
    long = Contact(
        id=widest[:200], first_name=widest[:200], last_name=widest[:200], email=widest, phone_number=widest[:50]
    )
    [made] = await added(stores, long)

    assert await stores.contacts.get(WORKSPACE, made.id) == made
    assert (await stores.contacts.page(WORKSPACE, widest[:90])).items == [made]


async def test_nothing_is_read_or_changed_with_the_name_of_another_workspace(stores: Stores) -> None:
    conversation = fresh("conv")
    await stores.conversations.commit(turn(conversation))
    ada = row()
    await stores.contacts.add(WORKSPACE, ada, conversation)

    assert await stores.contacts.named(OTHER, "17") is None
    assert await stores.contacts.mailed(OTHER, "ada@example.com") == []
    assert (await stores.contacts.page(OTHER)).items == []
    assert (await stores.contacts.page(OTHER, ada.id)).items == []
    for refused in (
        stores.contacts.get(OTHER, ada.id),
        stores.contacts.conversations(OTHER, ada.id),
        stores.contacts.remove(OTHER, ada.id, audit_row()),
        stores.contacts.seen(OTHER, ada.id, conversation, NOW),
    ):
        with pytest.raises(NotFound):
            await refused
    with pytest.raises(Stale):
        await stores.contacts.change(OTHER, replace(ada, contact=Contact()))
    assert await stores.contacts.get(WORKSPACE, ada.id) == ada
