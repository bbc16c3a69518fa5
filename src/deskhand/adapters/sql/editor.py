"""What lies beside a procedure's draft, on SQLite or PostgreSQL."""

import json
from collections.abc import Mapping

from deskhand.adapters.sql import ids
from deskhand.adapters.sql.database import Do, Row, Script
from deskhand.adapters.sql.reading import Store, workspace_id
from deskhand.adapters.sql.statements import delete, insert, select, update
from deskhand.domain.phrases import phrase
from deskhand.ports.editor import PinRow, Position, ProcedureTestRow, Publication
from deskhand.ports.stores import NotFound, Taken

MINE = "workspace = ? AND procedure = ?"
LAYOUT = select("step, x, y", f"layouts WHERE {MINE}")
PLACE = insert(
    "layouts",
    "workspace, procedure, step, x, y, updated_at",
    "ON CONFLICT (workspace, procedure, step) DO UPDATE "
    "SET x = excluded.x, y = excluded.y, updated_at = excluded.updated_at",
)
DISPLACE = delete("layouts", f"{MINE} AND step = ?")
ADD_PUBLICATION = insert("publications", "workspace, procedure, version, note, layout")
PUBLICATION = select("note, layout", f"publications WHERE {MINE} AND version = ?")
NOTES = select("version, note", f"publications WHERE {MINE} AND note <> ''")
PINS = select("step, document, updated_at", f"pins WHERE {MINE} ORDER BY step")
PIN = insert(
    "pins",
    "workspace, procedure, step, document, updated_at",
    "ON CONFLICT (workspace, procedure, step) DO UPDATE "
    "SET document = excluded.document, updated_at = excluded.updated_at",
)
UNPIN = delete("pins", f"{MINE} AND step = ? RETURNING 1")
TEST = "id, name, document, created_at, updated_at"
TESTS = select(TEST, f"procedure_tests WHERE {MINE} ORDER BY id")
ONE_TEST = select(TEST, f"procedure_tests WHERE {MINE} AND id = ?")
ADD_TEST = insert("procedure_tests", f"workspace, procedure, {TEST}")
SAVE_TEST = update("procedure_tests", "name = ?, document = ?, updated_at = ?", f"{MINE} AND id = ? RETURNING 1")
REMOVE_TEST = delete("procedure_tests", f"{MINE} AND id = ? RETURNING 1")
BESIDE = ("layouts", "publications", "pins", "procedure_tests")


class SqlEditor(Store):
    """Positions, pinned values, tests, and what was written down with versions."""

    async def layout(self, workspace: str, procedure: str) -> dict[str, Position]:
        found = await self._database.rows(LAYOUT, _own(workspace, procedure))
        return {row[0]: Position(row[1], row[2]) for row in found}

    async def place(self, workspace: str, procedure: str, positions: Mapping[str, Position | None], at: int) -> None:
        await self._database.write(_placed(_own(workspace, procedure), positions, at), looked_up=False)

    async def publication(self, workspace: str, procedure: str, version: int) -> Publication:
        found = await self._database.rows(PUBLICATION, (*_own(workspace, procedure), ids.number(version)))
        return Publication(found[0][0], _layout(found[0][1])) if found else Publication()

    async def notes(self, workspace: str, procedure: str) -> dict[int, str]:
        return {row[0]: row[1] for row in await self._database.rows(NOTES, _own(workspace, procedure))}

    async def pins(self, workspace: str, procedure: str) -> list[PinRow]:
        return [PinRow(*row) for row in await self._database.rows(PINS, _own(workspace, procedure))]

    async def pin(self, workspace: str, procedure: str, row: PinRow) -> None:
        asked = (*_own(workspace, procedure), row.step, row.document, row.updated_at)
        await self._database.write(_once(Do(PIN, asked)), looked_up=False)

    async def unpin(self, workspace: str, procedure: str, step: str) -> None:
        await self._database.write(_found(Do(UNPIN, (*_own(workspace, procedure), step))), looked_up=False)

    async def tests(self, workspace: str, procedure: str) -> list[ProcedureTestRow]:
        return [_test(row) for row in await self._database.rows(TESTS, _own(workspace, procedure))]

    async def test(self, workspace: str, procedure: str, test: str) -> ProcedureTestRow:
        return _test(await self._one(ONE_TEST, (*_own(workspace, procedure), ids.raw(ids.TEST, test))))

    async def add_test(self, workspace: str, procedure: str, row: ProcedureTestRow) -> None:
        asked = (*_own(workspace, procedure), ids.raw(ids.TEST, row.id), *_kept(row), row.created_at, row.updated_at)
        await self._changed(_once(Do(ADD_TEST, asked)), row.name)

    async def save_test(self, workspace: str, procedure: str, row: ProcedureTestRow) -> None:
        own = _own(workspace, procedure)
        asked = (*_kept(row), row.updated_at, *own, ids.raw(ids.TEST, row.id))
        await self._changed(_found(Do(SAVE_TEST, asked)), row.name)

    async def remove_test(self, workspace: str, procedure: str, test: str) -> None:
        asked = (*_own(workspace, procedure), ids.raw(ids.TEST, test))
        await self._database.write(_found(Do(REMOVE_TEST, asked)), looked_up=False)

    async def _changed(self, script: Script[None], name: str) -> None:
        try:
            await self._database.write(script, looked_up=False)
        except Taken:
            raise Taken(phrase("There is a test “{name}” already: choose another name.", name=name)) from None


def publication_row(workspace: bytes, procedure: bytes, version: int, written: Publication) -> Do:
    """The statement that writes down what belongs to a version."""
    layout = {step: [place.x, place.y] for step, place in written.layout.items()}
    return Do(ADD_PUBLICATION, (workspace, procedure, version, written.note, json.dumps(layout)))


def forgotten(workspace: bytes, procedure: bytes) -> Script[None]:
    """Part of a script: all that lies beside a draft is taken away."""
    for table in BESIDE:
        yield Do(delete(table, MINE), (workspace, procedure))


def _own(workspace: str, procedure: str) -> tuple[bytes, bytes]:
    return workspace_id(workspace), ids.raw(ids.PROCEDURE, procedure)


def _kept(row: ProcedureTestRow) -> tuple[str, str]:
    return row.name, row.document


def _test(row: Row) -> ProcedureTestRow:
    return ProcedureTestRow(ids.shown(ids.TEST, row[0]), *row[1:])


def _layout(text: str) -> dict[str, Position]:
    return {step: Position(*place) for step, place in json.loads(text).items()}


def _placed(own: tuple[bytes, bytes], positions: Mapping[str, Position | None], at: int) -> Script[None]:
    for step, place in positions.items():
        if place is None:
            yield Do(DISPLACE, (*own, step))
        else:
            yield Do(PLACE, (*own, step, place.x, place.y, at))


def _once(step: Do) -> Script[None]:
    yield step


def _found(step: Do) -> Script[None]:
    if not (yield step):
        raise NotFound
