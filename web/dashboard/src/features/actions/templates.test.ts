import { describe, expect, it } from "vitest";
import { type Doc, docOf, moved, slugOf, toSend } from "./model";
import { declaration, jsonProblem, undeclared } from "./templates";

describe("a JSON body with placeholders", () => {
  it("holds together with placeholders as values and inside texts", () => {
    expect(
      jsonProblem('{"id": {{order_id}}, "note": "for {{contact.first_name}} \\"x\\"", "n": [1, {{n}}]}'),
    ).toBeNull();
    expect(jsonProblem("  ")).toBeNull();
  });
  it("tells where it breaks", () => {
    const text = '{"id": {{order_id}} "note": 1}';
    expect(jsonProblem(text)?.from).toBe(text.indexOf('"note"'));
    expect(jsonProblem('{"id": }')).not.toBeNull();
    expect(jsonProblem('{"id": "{{a}}}')).not.toBeNull();
  });
});

describe("an action's document", () => {
  const doc: Doc = {
    kind: "http",
    slug: "a",
    name: "A",
    variables: [{ name: "order_id" }],
    request: { url: "/o/{{order_id}}", query: { mail: "{{ email }}", by: "{{contact.id}}" }, body: '{"n": {{count}}}' },
  };
  it("knows which placeholders nobody declared", () => {
    expect(undeclared(doc)).toEqual(["email", "count"]);
  });
  it("is sent without what is empty, and keeps values that people gave", () => {
    const sent = toSend({ ...doc, when_not_to_use: "", success: [], request: { url: "x", headers: { A: "" } } });
    expect(sent).not.toHaveProperty("when_not_to_use");
    expect(sent).not.toHaveProperty("success");
    expect(sent.request).toEqual({ url: "x", headers: { A: "" } });
  });
  it("holds names of secrets and no dots", () => {
    const auth = { kind: "bearer", secret: "TOKEN", token: "••••••••" };
    const read = docOf({ ...doc, request: { url: "x", auth } });
    expect(read.request?.auth).toEqual({ kind: "bearer", secret: "TOKEN" });
  });
});

it("makes slugs and declarations of names", () => {
  expect(slugOf(" Größe & Preis ändern! ")).toBe("grosse-preis-andern");
  expect(declaration("customer_email").type).toBe("email");
  expect(moved(["a", "b", "c"], 2, -1)).toEqual(["a", "c", "b"]);
});
