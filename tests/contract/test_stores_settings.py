"""Workspaces, keys, actions, connections, secrets and the local mailbox."""

import pytest

from deskhand.ports.stores import DocumentRow, KeyRow, Mail, NotFound, Stores, Taken
from tests.contract.samples import NOW, OTHER, WORKSPACE, audit_row, fresh, workspace_row

SEALED = bytes(range(256))


async def test_workspaces_come_back_as_they_were_made(stores: Stores) -> None:
    assert await stores.settings.workspace(WORKSPACE) == workspace_row(WORKSPACE)
    assert {row.id for row in await stores.settings.workspaces()} == {WORKSPACE, OTHER}
    with pytest.raises(Taken):
        await stores.settings.create_workspace(workspace_row(WORKSPACE))
    with pytest.raises(NotFound):
        await stores.settings.workspace(fresh("ws"))


async def test_internal_hosts_are_replaced(stores: Stores) -> None:
    await stores.settings.set_internal_hosts(WORKSPACE, ("10.0.0.0/8:443", "crm:80"), audit_row())
    assert (await stores.settings.workspace(WORKSPACE)).internal_hosts == ("10.0.0.0/8:443", "crm:80")
    assert (await stores.settings.workspace(OTHER)).internal_hosts == ("shop.internal:8080",)
    assert len((await stores.conversations.audit(WORKSPACE)).items) == 1


async def test_changing_the_internal_hosts_counts_the_catalogue_up(stores: Stores) -> None:
    before = await stores.conversations.catalogue(WORKSPACE)
    await stores.settings.set_internal_hosts(WORKSPACE, (), audit_row())
    assert await stores.conversations.catalogue(WORKSPACE) == before + 1


async def test_a_key_is_found_by_its_digest_until_it_is_revoked(stores: Stores) -> None:
    row = KeyRow(WORKSPACE, fresh("key"), "ci", "admin", NOW, None)
    await stores.settings.add_key(row, b"\x01" * 32, audit_row())
    assert await stores.settings.key(b"\x01" * 32) == row
    assert await stores.settings.key(b"\x02" * 32) is None
    await stores.settings.revoke_key(WORKSPACE, row.id, NOW + 5, audit_row())
    await stores.settings.revoke_key(WORKSPACE, row.id, NOW + 9, audit_row())
    assert await stores.settings.key(b"\x01" * 32) is None
    assert [key.revoked_at for key in await stores.settings.keys(WORKSPACE)] == [NOW + 5]


async def test_a_digest_belongs_to_one_key(stores: Stores) -> None:
    await stores.settings.add_key(KeyRow(WORKSPACE, fresh("key"), "a", "owner", NOW, None), b"d", audit_row())
    with pytest.raises(Taken):
        await stores.settings.add_key(KeyRow(OTHER, fresh("key"), "b", "owner", NOW, None), b"d", audit_row())


async def test_documents_are_put_replaced_and_removed(stores: Stores) -> None:
    settings = stores.settings
    for slug in ("b", "a"):
        await settings.put(WORKSPACE, "action", DocumentRow(slug, "{}", NOW), audit_row())
    await settings.put(WORKSPACE, "connection", DocumentRow("a", '{"url":"x"}', NOW), audit_row())
    changed = DocumentRow("a", '{"method":"GET"}', NOW + 1)
    await settings.put(WORKSPACE, "action", changed, audit_row())
    assert await settings.documents(WORKSPACE, "action") == [changed, DocumentRow("b", "{}", NOW)]
    await settings.remove(WORKSPACE, "action", "b", audit_row())
    assert await settings.documents(WORKSPACE, "action") == [changed]
    assert [row.slug for row in await settings.documents(WORKSPACE, "connection")] == ["a"]
    with pytest.raises(NotFound):
        await settings.remove(WORKSPACE, "action", "b", audit_row())


async def test_changing_an_action_counts_the_catalogue_up(stores: Stores) -> None:
    seen = [(await stores.procedures.active(WORKSPACE))[0]]
    await stores.settings.put(WORKSPACE, "action", DocumentRow("a", "{}", NOW), audit_row())
    seen.append((await stores.procedures.active(WORKSPACE))[0])
    await stores.settings.remove(WORKSPACE, "action", "a", audit_row())
    seen.append((await stores.procedures.active(WORKSPACE))[0])
    assert seen == sorted(set(seen))
    assert (await stores.procedures.active(OTHER))[0] == seen[0]


async def test_secrets_are_replaced_listed_by_name_and_removed(stores: Stores) -> None:
    settings = stores.settings
    await settings.put_secret(WORKSPACE, "TOKEN", b"old", NOW, audit_row())
    await settings.put_secret(WORKSPACE, "TOKEN", SEALED, NOW + 1, audit_row())
    await settings.put_secret(WORKSPACE, "API", b"", NOW, audit_row())
    assert await settings.secret(WORKSPACE, "TOKEN") == SEALED
    assert await settings.secrets(WORKSPACE) == [("API", NOW), ("TOKEN", NOW + 1)]
    await settings.remove_secret(WORKSPACE, "TOKEN", audit_row())
    with pytest.raises(NotFound):
        await settings.secret(WORKSPACE, "TOKEN")
    with pytest.raises(NotFound):
        await settings.remove_secret(WORKSPACE, "TOKEN", audit_row())


async def test_a_change_that_fails_leaves_no_audit_row(stores: Stores) -> None:
    with pytest.raises(NotFound):
        await stores.settings.put(fresh("ws"), "action", DocumentRow("a", "{}", NOW), audit_row())
    with pytest.raises(NotFound):
        await stores.settings.remove(WORKSPACE, "action", "a", audit_row())
    assert (await stores.conversations.audit(WORKSPACE)).items == []


async def test_mail_arrives_once(stores: Stores) -> None:
    mails = [Mail(fresh("mail"), "a@b.example", "Hello", "Text\nand more", NOW) for _ in range(2)]
    for mail in (*mails, mails[0]):
        await stores.mailbox.add(WORKSPACE, mail)
    assert (await stores.mailbox.page(WORKSPACE)).items == mails[::-1]
