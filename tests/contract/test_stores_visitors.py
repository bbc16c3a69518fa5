"""Which conversations are whose, and the files of conversations."""

import pytest

from deskhand.ports.stores import NotFound, Stores
from deskhand.ports.visitors import AttachmentRow
from tests.contract.samples import NOW, OTHER, WORKSPACE, fresh

ADA, EVE = b"ada".ljust(16), b"eve".ljust(16)
CONTENT = bytes(range(256)) * 4000


def file_of(conversation: str, at: int = NOW, event: str | None = None) -> AttachmentRow:
    return AttachmentRow(fresh("att"), conversation, "Größe der Kiste.png", "image/png", len(CONTENT), at, event)


async def test_the_latest_conversation_of_an_owner_comes_first(stores: Stores) -> None:
    old, new, others = fresh("conv"), fresh("conv"), fresh("conv")
    await stores.visits.note(WORKSPACE, "sales", ADA, new, NOW + 9)
    await stores.visits.note(WORKSPACE, "sales", ADA, old, NOW)
    await stores.visits.note(WORKSPACE, "sales", EVE, others, NOW + 20)
    assert await stores.visits.latest(WORKSPACE, "sales", ADA) == [new, old]
    assert await stores.visits.latest(WORKSPACE, "sales", ADA, 1) == [new]
    assert await stores.visits.latest(WORKSPACE, "support", ADA) == []
    assert await stores.visits.latest(OTHER, "sales", ADA) == []


async def test_what_is_noted_twice_stays_as_it_was(stores: Stores) -> None:
    one, other = fresh("conv"), fresh("conv")
    await stores.visits.note(WORKSPACE, "sales", ADA, one, NOW)
    await stores.visits.note(WORKSPACE, "sales", ADA, other, NOW + 1)
    await stores.visits.note(WORKSPACE, "sales", ADA, one, NOW + 2)
    assert await stores.visits.latest(WORKSPACE, "sales", ADA) == [other, one]


async def test_a_file_comes_back_as_it_was_brought(stores: Stores) -> None:
    conversation = fresh("conv")
    row = file_of(conversation)
    await stores.attachments.add(WORKSPACE, row, CONTENT)
    assert await stores.attachments.content(WORKSPACE, conversation, row.id) == (row, CONTENT)
    assert await stores.attachments.several(WORKSPACE, conversation, [row.id, fresh("att")]) == [row]
    assert await stores.attachments.several(WORKSPACE, conversation, []) == []
    assert await stores.attachments.held(WORKSPACE, conversation) == (1, len(CONTENT))


async def test_a_file_is_one_conversations_and_one_workspaces(stores: Stores) -> None:
    conversation = fresh("conv")
    row = file_of(conversation)
    await stores.attachments.add(WORKSPACE, row, CONTENT)
    for place in ((OTHER, conversation), (WORKSPACE, fresh("conv"))):
        with pytest.raises(NotFound):
            await stores.attachments.content(*place, row.id)
        with pytest.raises(NotFound):
            await stores.attachments.send(*place, [row.id], "event")
        assert await stores.attachments.several(*place, [row.id]) == []
        assert await stores.attachments.held(*place) == (0, 0)
    for name in ("nonsense", "conv_" + "0" * 32, "att_1"):
        with pytest.raises(NotFound):
            await stores.attachments.content(WORKSPACE, conversation, name)


async def test_one_message_carries_a_file_and_the_same_one_again(stores: Stores) -> None:
    conversation = fresh("conv")
    one, other = file_of(conversation), file_of(conversation)
    for row in (one, other):
        await stores.attachments.add(WORKSPACE, row, CONTENT)
    for _ in range(2):
        await stores.attachments.send(WORKSPACE, conversation, [one.id], "first")
    with pytest.raises(NotFound):
        await stores.attachments.send(WORKSPACE, conversation, [other.id, one.id], "second")
    sent = {row.id: row.event for row in await stores.attachments.several(WORKSPACE, conversation, [one.id, other.id])}
    assert sent == {one.id: "first", other.id: None}


async def test_what_a_message_was_to_carry_is_unsent_again(stores: Stores) -> None:
    conversation = fresh("conv")
    one, other = file_of(conversation), file_of(conversation)
    for row in (one, other):
        await stores.attachments.add(WORKSPACE, row, CONTENT)
        await stores.attachments.send(WORKSPACE, conversation, [row.id], f"for {row.id}")
    await stores.attachments.keep_back(OTHER, conversation, f"for {one.id}")
    await stores.attachments.keep_back(WORKSPACE, conversation, f"for {one.id}")
    await stores.attachments.send(WORKSPACE, conversation, [one.id], "another")
    with pytest.raises(NotFound):
        await stores.attachments.send(WORKSPACE, conversation, [other.id], "another")


async def test_old_files_that_were_never_sent_are_removed_in_portions(stores: Stores) -> None:
    conversation = fresh("conv")
    rows = [file_of(conversation, NOW - 5), file_of(conversation, NOW - 3), file_of(conversation, NOW)]
    sent = file_of(conversation, NOW - 9, "sent")
    for row in (*rows, sent):
        await stores.attachments.add(WORKSPACE, row, CONTENT)
    assert await stores.attachments.prune(NOW, 1) == 1
    assert await stores.attachments.prune(NOW, 10) == 1
    assert await stores.attachments.prune(NOW, 10) == 0
    left = await stores.attachments.several(WORKSPACE, conversation, [row.id for row in (*rows, sent)])
    assert {row.id for row in left} == {rows[2].id, sent.id}
