import { expect, it } from "vitest";
import { inWords, type Rule, typedValue, withOperator } from "./rules";

const plan = { variable: "contact.attributes.plan", operator: "in", value: ["business", "pro"] } as const;
const said = (key: string) => key;

it("tells a rule in words, with brackets where they matter", () => {
  const rule: Rule = {
    all: [
      plan,
      {
        any: [
          { variable: "medium", operator: "exists" },
          { variable: "agent.id", operator: "equals", value: "sam" },
        ],
      },
    ],
  };
  expect(inWords(rule, said)).toBe("plan in business, pro and (medium exists or agent.id equals sam)");
  expect(inWords({ not: plan }, said)).toBe("notWord (plan in business, pro)");
});

it("gives a value the form that the comparison needs", () => {
  expect(withOperator(plan, "equals").value).toBe("business");
  expect(withOperator({ ...plan, operator: "equals", value: "pro" }, "in").value).toEqual(["pro"]);
  expect("value" in withOperator(plan, "exists")).toBe(false);
  expect([typedValue("greater", "12"), typedValue("equals", "12"), typedValue("in", "a, b,")]).toEqual([
    12,
    "12",
    ["a", "b"],
  ]);
});
