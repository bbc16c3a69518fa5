import { expect, test } from "vitest";
import { curlOf, requestOf } from "./curl";

test("a request becomes a command that a shell reads as it stands", () => {
  const request = requestOf({
    method: "POST",
    url: "https://shop.example/orders",
    headers: { authorization: "Bearer {{secrets.TOKEN}}" },
    body: '{"name": "O\'Hara"}',
  });
  expect(request && curlOf(request)).toBe(
    [
      "curl 'https://shop.example/orders' \\",
      "  -X POST \\",
      "  -H 'authorization: Bearer {{secrets.TOKEN}}' \\",
      `  --data-raw '{"name": "O'\\''Hara"}'`,
    ].join("\n"),
  );
});

test("what is no HTTP request has no command", () => {
  expect(requestOf({ subject: "Refund" })).toBeNull();
  expect(requestOf(null)).toBeNull();
});
