import { expect, it } from "vitest";
import { subjectPath } from "./subject";

const ID = "0".repeat(32);

it("leads to what has a page, and nowhere else", () => {
  expect(subjectPath("conversation.resolved", `conv_${ID}`)).toBe(`/conversations/conv_${ID}`);
  expect(subjectPath("approval.approved", `appr_${ID}`)).toBe(`/approvals/appr_${ID}`);
  expect(subjectPath("procedure.published", "refund-request")).toBe("/procedures/refund-request");
  expect(subjectPath("call_http", `run_${ID}`)).toBe(`/runs/run_${ID}`);
  expect(subjectPath("source.stored", "help")).toBe("/knowledge/sources/help");
  expect(subjectPath("connection.stored", "shop")).toBe("/settings/connections/shop");
  expect(subjectPath("member.joined", `member_${ID}`)).toBe("/settings/members");
  expect(subjectPath("secret.stored", "SHOP_TOKEN")).toBe("/settings/secrets");
  expect(subjectPath("settings.changed", "workspace")).toBeUndefined();
  expect(subjectPath("procedure.published", "javascript:alert(1)")).toBeUndefined();
});
