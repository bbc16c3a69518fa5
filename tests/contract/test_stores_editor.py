"""What lies beside a draft: positions step by step, pins, tests with a name of their own, notes of versions."""

import pytest

from deskhand.ports.editor import PinRow, Position, ProcedureTestRow, Publication
from deskhand.ports.stores import NotFound, Stale, Stores, Taken
from tests.contract.samples import NOW, OTHER, WORKSPACE, audit_row, fresh, procedure_row, version_of


def a_test(name: str = "The happy path") -> ProcedureTestRow:
    return ProcedureTestRow(fresh("test"), name, '{"script": {}}', NOW, NOW)


async def test_of_two_who_move_steps_the_last_one_wins_for_each_step(stores: Stores) -> None:
    row = procedure_row("refund")
    await stores.editor.place(WORKSPACE, row.id, {"ask": Position(1, 2), "tell": Position(3, 4)}, NOW)
    await stores.editor.place(WORKSPACE, row.id, {"ask": Position(-50, 60), "gone": None}, NOW + 1)
    assert await stores.editor.layout(WORKSPACE, row.id) == {"ask": Position(-50, 60), "tell": Position(3, 4)}
    await stores.editor.place(WORKSPACE, row.id, {"ask": None}, NOW + 2)
    assert await stores.editor.layout(WORKSPACE, row.id) == {"tell": Position(3, 4)}


async def test_a_version_keeps_its_note_and_its_positions(stores: Stores) -> None:
    row = procedure_row("refund")
    await stores.procedures.create(WORKSPACE, row, audit_row())
    written = Publication("Asks for the reason first", {"ask": Position(10, 20)})
    await stores.procedures.publish(WORKSPACE, version_of(row), 1, audit_row(), written)
    await stores.editor.place(WORKSPACE, row.id, {"ask": Position(0, 0)}, NOW)
    assert await stores.editor.publication(WORKSPACE, row.id, 1) == written
    assert await stores.editor.notes(WORKSPACE, row.id) == {1: "Asks for the reason first"}
    assert await stores.editor.publication(WORKSPACE, row.id, 2) == Publication()


async def test_a_version_that_was_not_published_leaves_no_note(stores: Stores) -> None:
    row = procedure_row("refund")
    await stores.procedures.create(WORKSPACE, row, audit_row())
    with pytest.raises(Stale):
        await stores.procedures.publish(WORKSPACE, version_of(row), 7, audit_row(), Publication("Never"))
    assert await stores.editor.notes(WORKSPACE, row.id) == {}


async def test_a_pin_replaces_the_one_before_and_can_be_taken_away(stores: Stores) -> None:
    row, pin = procedure_row("refund"), PinRow("ask", '{"values": {"n": 1}}', NOW)
    await stores.editor.pin(WORKSPACE, row.id, PinRow("ask", "{}", NOW - 1))
    await stores.editor.pin(WORKSPACE, row.id, pin)
    assert await stores.editor.pins(WORKSPACE, row.id) == [pin]
    await stores.editor.unpin(WORKSPACE, row.id, "ask")
    with pytest.raises(NotFound):
        await stores.editor.unpin(WORKSPACE, row.id, "ask")


async def test_tests_are_kept_in_their_order_and_changed_one_by_one(stores: Stores) -> None:
    row, first, second = procedure_row("refund"), a_test("b"), a_test("a")
    for one in (first, second):
        await stores.editor.add_test(WORKSPACE, row.id, one)
    changed = ProcedureTestRow(first.id, "c", "{}", first.created_at, NOW + 9)
    await stores.editor.save_test(WORKSPACE, row.id, changed)
    assert await stores.editor.tests(WORKSPACE, row.id) == [changed, second]
    assert await stores.editor.test(WORKSPACE, row.id, first.id) == changed
    await stores.editor.remove_test(WORKSPACE, row.id, first.id)
    with pytest.raises(NotFound):
        await stores.editor.test(WORKSPACE, row.id, first.id)
    with pytest.raises(NotFound):
        await stores.editor.save_test(WORKSPACE, row.id, changed)


async def test_two_tests_of_a_procedure_cannot_have_one_name(stores: Stores) -> None:
    row, other = procedure_row("refund"), procedure_row("lead")
    second = a_test("Second")
    await stores.editor.add_test(WORKSPACE, row.id, a_test("First"))
    await stores.editor.add_test(WORKSPACE, row.id, second)
    await stores.editor.add_test(WORKSPACE, other.id, a_test("First"))
    with pytest.raises(Taken, match="“First”"):
        await stores.editor.add_test(WORKSPACE, row.id, a_test("First"))
    with pytest.raises(Taken, match="“First”"):
        await stores.editor.save_test(WORKSPACE, row.id, ProcedureTestRow(second.id, "First", "{}", NOW, NOW))


async def test_a_draft_goes_with_all_that_lies_beside_it(stores: Stores) -> None:
    row = procedure_row("refund")
    await stores.procedures.create(WORKSPACE, row, audit_row())
    await stores.editor.place(WORKSPACE, row.id, {"ask": Position(1, 1)}, NOW)
    await stores.editor.pin(WORKSPACE, row.id, PinRow("ask", "{}", NOW))
    await stores.editor.add_test(WORKSPACE, row.id, a_test())
    await stores.procedures.remove(WORKSPACE, "refund", audit_row())
    assert await stores.procedures.all(WORKSPACE) == []
    assert await stores.editor.layout(WORKSPACE, row.id) == {}
    assert await stores.editor.pins(WORKSPACE, row.id) == []
    assert await stores.editor.tests(WORKSPACE, row.id) == []
    with pytest.raises(NotFound):
        await stores.procedures.remove(WORKSPACE, "refund", audit_row())


async def test_what_was_published_cannot_be_removed(stores: Stores) -> None:
    row = procedure_row("refund")
    await stores.procedures.create(WORKSPACE, row, audit_row())
    await stores.procedures.publish(WORKSPACE, version_of(row), 1, audit_row())
    with pytest.raises(Stale):
        await stores.procedures.remove(WORKSPACE, "refund", audit_row())
    assert len(await stores.procedures.all(WORKSPACE)) == 1


async def test_another_workspace_sees_and_changes_nothing(stores: Stores) -> None:
    row, test = procedure_row("refund"), a_test()
    await stores.procedures.create(WORKSPACE, row, audit_row())
    await stores.editor.place(WORKSPACE, row.id, {"ask": Position(1, 1)}, NOW)
    await stores.editor.pin(WORKSPACE, row.id, PinRow("ask", "{}", NOW))
    await stores.editor.add_test(WORKSPACE, row.id, test)
    assert await stores.editor.layout(OTHER, row.id) == {}
    assert await stores.editor.pins(OTHER, row.id) == []
    assert await stores.editor.tests(OTHER, row.id) == []
    for attempt in (
        stores.editor.test(OTHER, row.id, test.id),
        stores.editor.save_test(OTHER, row.id, test),
        stores.editor.remove_test(OTHER, row.id, test.id),
        stores.editor.unpin(OTHER, row.id, "ask"),
        stores.procedures.remove(OTHER, "refund", audit_row()),
    ):
        with pytest.raises(NotFound):
            await attempt
    assert await stores.editor.test(WORKSPACE, row.id, test.id) == test
