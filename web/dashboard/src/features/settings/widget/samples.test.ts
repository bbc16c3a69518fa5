import { execFileSync } from "node:child_process";
import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { SAMPLES, type Sample } from "./samples";

const documented = readFileSync(new URL("../../../../../../docs/widget.md", import.meta.url), "utf8");

it.each(Object.keys(SAMPLES) as Sample[])("is the same in the documentation: %s", sample => {
  expect(documented).toContain(SAMPLES[sample]);
});

it("signs a token that the secret proves", () => {
  const customer = { id: 7, email: "ada@example.com", name: "Ada Löwe", plan: "gold" };
  const run = `${SAMPLES.node}\nprocess.stdout.write(userToken("dhid_secret", ${JSON.stringify(customer)}))`;
  const token = execFileSync(process.execPath, ["--input-type=module", "--eval", run], { encoding: "utf8" });
  const [header = "", claims = "", signature] = token.split(".");
  expect(decoded(header)).toEqual({ alg: "HS256", typ: "JWT" });
  expect(decoded(claims)).toMatchObject({ sub: "7", name: "Ada Löwe", attributes: { plan: "gold" } });
  expect(signature).toBe(createHmac("sha256", "dhid_secret").update(`${header}.${claims}`).digest("base64url"));
});

function decoded(part: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(part, "base64url").toString()) as Record<string, unknown>;
}
