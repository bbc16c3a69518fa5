import { describe, expect, it } from "vitest";
import { createLink } from "./link";

describe("link", () => {
  it("asks the page again who the customer is where it could not say", async () => {
    const link = createLink(
      "https://desk.example/",
      async () => {},
      () => {},
    );
    const answers = [() => Promise.reject(new TypeError("no line")), () => "c-42:00"];
    link.identify(() => (answers.shift() as () => Promise<string> | string)());

    await expect(link.user()).rejects.toThrow("no line");
    expect(await link.user()).toBe("c-42");
    expect(await link.headers()).toEqual({ "X-Deskhand-User": "c-42:00" });
    expect(answers).toEqual([]);
  });
});
