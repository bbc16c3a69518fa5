import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, expect, it, vi } from "vitest";

let server: Server;
beforeAll(async () => {
  server = createServer((request, response) => response.end(request.headers["accept-language"]));
  await new Promise<void>(listening => server.listen(0, "127.0.0.1", listening));
});
afterAll(() => server.close());
afterEach(() => vi.unstubAllGlobals());

it.each([["de-AT"], ["en-GB"]])("asks the server for sentences in the language that is shown: %s", async wanted => {
  vi.stubGlobal("navigator", { languages: [wanted] });
  vi.resetModules();
  const { ownPage } = await import("./client");
  const { port } = server.address() as AddressInfo;
  const answer = await fetch(`http://127.0.0.1:${port}/`, { headers: ownPage() });
  expect(await answer.text()).toBe(wanted.slice(0, 2));
});
