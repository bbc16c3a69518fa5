import { expect, it } from "vitest";
import { knownness, placeholders, unknownIn } from "./placeholders";

const scope = {
  step: "tell",
  variables: [
    {
      name: "order",
      type: null,
      always: true,
      set_by: ["look_up"],
      example: null,
      description: "",
      sensitive: false,
      fields: [],
    },
    {
      name: "reason",
      type: "text" as const,
      always: false,
      set_by: ["ask"],
      example: null,
      description: "",
      sensitive: false,
      fields: [],
    },
  ],
  context: [{ name: "contact.email", description: "" }],
  filters: [],
  secrets: ["shop"],
};

it("finds every placeholder with its path and whether a default stands in", () => {
  const found = placeholders('Order {{order.items.0.sku}} for {{ name | default("you") }}, {{}}');
  expect(found.map(one => [one.path, one.optional])).toEqual([
    ["order.items.0.sku", false],
    ["name", true],
    ["", false],
  ]);
});

it("tells what every way sets from what only some set, and from what nothing sets", () => {
  const names = ["order.total", "reason", "contact.email", "secrets.shop", "secrets.other", "nothing"];
  expect(names.map(name => knownness(scope, name))).toEqual([
    "always",
    "sometimes",
    "always",
    "always",
    "unknown",
    "unknown",
  ]);
});

it("names what is unknown once, and nothing while the scope is not there yet", () => {
  expect(unknownIn("{{colour}} {{colour.name}} {{order}}", scope)).toEqual(["colour"]);
  expect(unknownIn("{{colour}}", { ...scope, step: "" })).toEqual([]);
});
