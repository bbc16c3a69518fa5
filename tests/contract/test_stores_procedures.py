"""Procedures: drafts are edited from the revision that was read, versions never change, the catalogue counts."""

import pytest

from deskhand.ports.stores import NotFound, Stale, Stores, Taken, Unstorable
from tests.contract.samples import NOW, WORKSPACE, audit_row, fresh, procedure_row, turn, version_of


async def test_a_procedure_comes_back_as_it_was_created(stores: Stores) -> None:
    row = procedure_row("refund")
    await stores.procedures.create(WORKSPACE, row, audit_row())
    assert await stores.procedures.get(WORKSPACE, "refund") == row
    assert len((await stores.conversations.audit(WORKSPACE)).items) == 1


async def test_a_slug_is_taken_once(stores: Stores) -> None:
    await stores.procedures.create(WORKSPACE, procedure_row("refund"), audit_row())
    with pytest.raises(Taken, match="`refund`"):
        await stores.procedures.create(WORKSPACE, procedure_row("refund"), audit_row())
    assert len((await stores.conversations.audit(WORKSPACE)).items) == 1


async def test_procedures_are_listed_by_slug_and_status(stores: Stores) -> None:
    made = [procedure_row("b"), procedure_row("a", status="archived"), procedure_row("B")]
    for row in made:
        await stores.procedures.create(WORKSPACE, row, audit_row())
    assert [row.slug for row in await stores.procedures.all(WORKSPACE)] == ["B", "a", "b"]
    assert [row.slug for row in await stores.procedures.all(WORKSPACE, "archived")] == ["a"]


async def test_saving_a_draft_counts_the_revision_up(stores: Stores) -> None:
    await stores.procedures.create(WORKSPACE, procedure_row("refund"), audit_row())
    saved = await stores.procedures.save_draft(
        WORKSPACE, "refund", '{"steps":[]}', "Refunds", 1, NOW + 5, "Ben", "refunds"
    )
    assert (saved.slug, saved.name, saved.draft, saved.revision) == ("refunds", "Refunds", '{"steps":[]}', 2)
    assert (saved.created_at, saved.updated_at) == (NOW, NOW + 5)
    assert (saved.saved_by, saved.saved_at) == ("Ben", NOW + 5)
    assert await stores.procedures.get(WORKSPACE, "refunds") == saved
    with pytest.raises(NotFound):
        await stores.procedures.get(WORKSPACE, "refund")


async def test_an_edit_of_an_old_revision_is_stale(stores: Stores) -> None:
    await stores.procedures.create(WORKSPACE, procedure_row("refund"), audit_row())
    await stores.procedures.save_draft(WORKSPACE, "refund", "{}", "Mine", 1, NOW, "Ada")
    with pytest.raises(Stale):
        await stores.procedures.save_draft(WORKSPACE, "refund", "{}", "Yours", 1, NOW, "Ben")
    assert (await stores.procedures.get(WORKSPACE, "refund")).name == "Mine"


async def test_a_draft_cannot_take_the_slug_of_another(stores: Stores) -> None:
    for slug in ("refund", "lead"):
        await stores.procedures.create(WORKSPACE, procedure_row(slug), audit_row())
    with pytest.raises(Taken, match="`lead`"):
        await stores.procedures.save_draft(WORKSPACE, "refund", "{}", "x", 1, NOW, "Ben", "lead")


async def test_publishing_makes_the_version_the_active_one(stores: Stores) -> None:
    row = procedure_row("refund")
    await stores.procedures.create(WORKSPACE, row, audit_row())
    before, active = await stores.procedures.active(WORKSPACE)
    assert active == []
    version = version_of(row)
    await stores.procedures.publish(WORKSPACE, version, 1, audit_row())
    after, active = await stores.procedures.active(WORKSPACE)
    assert active == [version]
    assert after > before
    stored = await stores.procedures.get(WORKSPACE, "refund")
    assert (stored.status, stored.active_version, stored.updated_at) == ("active", 1, version.published_at)
    assert (stored.saved_by, stored.saved_at) == ("Ada", NOW)
    assert await stores.procedures.version(WORKSPACE, "refund", 1) == version
    with pytest.raises(NotFound):
        await stores.procedures.version(WORKSPACE, "refund", 2)


async def test_a_conversation_is_loaded_with_the_catalogues_number(stores: Stores) -> None:
    conversation, row = fresh("conv"), procedure_row("refund")
    await stores.conversations.commit(turn(conversation))
    await stores.procedures.create(WORKSPACE, row, audit_row())
    await stores.procedures.publish(WORKSPACE, version_of(row), 1, audit_row())
    loaded = await stores.conversations.load(WORKSPACE, conversation)
    assert loaded is not None
    assert loaded.catalogue == (await stores.procedures.active(WORKSPACE))[0]


async def test_publishing_what_was_edited_meanwhile_is_stale(stores: Stores) -> None:
    row = procedure_row("refund")
    await stores.procedures.create(WORKSPACE, row, audit_row())
    await stores.procedures.save_draft(WORKSPACE, "refund", "{}", "Refund", 1, NOW, "Ada")
    with pytest.raises(Stale):
        await stores.procedures.publish(WORKSPACE, version_of(row), 1, audit_row())
    assert await stores.procedures.versions(WORKSPACE, "refund") == []


async def test_a_version_is_published_once(stores: Stores) -> None:
    row = procedure_row("refund")
    await stores.procedures.create(WORKSPACE, row, audit_row())
    first, second = version_of(row, 1), version_of(row, 2)
    await stores.procedures.publish(WORKSPACE, first, 1, audit_row())
    with pytest.raises(Stale, match="Version 1"):
        await stores.procedures.publish(WORKSPACE, first, 1, audit_row())
    await stores.procedures.publish(WORKSPACE, second, 1, audit_row())
    assert await stores.procedures.versions(WORKSPACE, "refund") == [second, first]
    assert (await stores.procedures.active(WORKSPACE))[1] == [second]


async def test_an_archived_procedure_leaves_the_catalogue(stores: Stores) -> None:
    row = procedure_row("refund")
    await stores.procedures.create(WORKSPACE, row, audit_row())
    await stores.procedures.publish(WORKSPACE, version_of(row), 1, audit_row())
    before, _ = await stores.procedures.active(WORKSPACE)
    await stores.procedures.set_status(WORKSPACE, "refund", "archived", NOW + 9, audit_row())
    after, active = await stores.procedures.active(WORKSPACE)
    assert (after > before, active) == (True, [])
    assert (await stores.procedures.get(WORKSPACE, "refund")).updated_at == NOW + 9


async def test_a_simulated_revision_is_remembered(stores: Stores) -> None:
    await stores.procedures.create(WORKSPACE, procedure_row("refund"), audit_row())
    await stores.procedures.simulated(WORKSPACE, "refund", 1)
    assert (await stores.procedures.get(WORKSPACE, "refund")).simulated_revision == 1


async def test_a_text_that_cannot_be_stored_is_neither_written_nor_found(stores: Stores) -> None:
    await stores.procedures.create(WORKSPACE, procedure_row("refund"), audit_row())
    for text in ("a\0b", "\udfff"):
        with pytest.raises(Unstorable):
            await stores.procedures.save_draft(WORKSPACE, "refund", text, "x", 1, NOW, "Ada")
        with pytest.raises(NotFound):
            await stores.procedures.get(WORKSPACE, text)
