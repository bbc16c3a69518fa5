import type { Procedure } from "@deskhand/contract";
import type { Doc } from "@deskhand/flow";
import { expect, it } from "vitest";
import { Problem } from "../../../api/problem";
import { Keeper, type Server } from "./keeping";

const begun = { name: "Refund", trigger: { description: "When …" }, variables: [], steps: [] };
const procedure = (document: Doc, revision: number) => ({ slug: "refund", document, revision }) as unknown as Procedure;

/** A server with optimistic locking, and another editor. */
class Shared implements Server {
  stored: Doc = begun;
  revision = 1;
  saves = 0;
  readonly save = async (_: string, document: Doc, basedOn: number) => {
    if (basedOn !== this.revision) throw new Problem(409, "urn:deskhand:problem:stale", "Somebody else saved.");
    this.elsewhere(document);
    this.saves += 1;
    return procedure(this.stored, this.revision);
  };
  readonly load = async () => procedure(this.stored, this.revision);
  elsewhere(document: Doc): void {
    this.stored = document;
    this.revision += 1;
  }
}

function opened(): [Keeper, Shared] {
  const server = new Shared();
  return [new Keeper(procedure(begun, 1), server, () => {}), server];
}

it("saves what was changed, once", async () => {
  const [keeper, server] = opened();
  keeper.change(document => ({ ...document, name: "Refunds" }));
  keeper.change(document => ({ ...document, escalation: true }));
  await keeper.flush();
  await keeper.flush();
  expect(server.stored).toMatchObject({ name: "Refunds", escalation: true });
  expect([server.saves, keeper.get().saving.kind]).toEqual([1, "saved"]);
});

it("joins what somebody else saved meanwhile", async () => {
  const [keeper, server] = opened();
  server.elsewhere({ ...begun, description: "Theirs" });
  keeper.change(document => ({ ...document, name: "Mine" }));
  await keeper.flush();
  expect(server.stored).toMatchObject({ name: "Mine", description: "Theirs" });
  expect(keeper.get().saving.kind).toBe("joined");
});

it("asks about what both changed, and loses neither", async () => {
  const [keeper, server] = opened();
  server.elsewhere({ ...begun, name: "Theirs" });
  keeper.change(document => ({ ...document, name: "Mine", escalation: true }));
  await keeper.flush();
  expect(keeper.get().saving).toMatchObject({ kind: "conflict", clashes: [{ kind: "field", name: "name" }] });
  expect(keeper.get().document.name).toBe("Mine");
  expect(server.stored.name).toBe("Theirs");
  keeper.keepMine();
  await keeper.flush();
  expect(server.stored).toMatchObject({ name: "Mine", escalation: true });
});

it("takes theirs where that is chosen", async () => {
  const [keeper, server] = opened();
  server.elsewhere({ ...begun, name: "Theirs" });
  keeper.change(document => ({ ...document, name: "Mine" }));
  await keeper.flush();
  keeper.takeTheirs();
  await keeper.flush();
  expect(keeper.get()).toMatchObject({ document: { name: "Theirs" }, saving: { kind: "saved" } });
  expect(server.stored.name).toBe("Theirs");
});

it("keeps what was typed where saving fails, and saves it with the next change", async () => {
  const [keeper, server] = opened();
  const save = server.save;
  const broken: Server = {
    ...server,
    load: server.load,
    save: async () => {
      throw new Problem(503, "urn:deskhand:problem:storage-failed", "Try again.");
    },
  };
  const failing = new Keeper(
    procedure(begun, 1),
    { ...broken, save: (...given) => (down ? broken.save(...given) : save(...given)) },
    () => {},
  );
  let down = true;
  failing.change(document => ({ ...document, name: "Typed" }));
  await failing.flush();
  expect(failing.get()).toMatchObject({ document: { name: "Typed" }, saving: { kind: "failed" } });
  down = false;
  await failing.flush();
  expect(server.stored.name).toBe("Typed");
  expect(keeper.get().saving.kind).toBe("saved");
});

it("saves nothing while there is no name", async () => {
  const [keeper, server] = opened();
  keeper.change(document => ({ ...document, name: " " }));
  await keeper.flush();
  expect([server.saves, keeper.get().saving.kind]).toEqual([0, "waiting"]);
});
