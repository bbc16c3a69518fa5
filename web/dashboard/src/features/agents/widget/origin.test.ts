import { describe, expect, it } from "vitest";
import { isOrigin, originOf, originsOf } from "./origin";

describe("an origin", () => {
  it.each([
    ["https://www.example.com", "https://www.example.com"],
    ["www.example.com", "https://www.example.com"],
    ["HTTPS://Shop.Example.com/cart?item=1", "https://shop.example.com"],
    ["https://example.com:443/", "https://example.com"],
    ["http://localhost:3000", "http://localhost:3000"],
    ["localhost:3000", "https://localhost:3000"],
    ["https://münchen.example", "https://xn--mnchen-3ya.example"],
    ["http://[::1]:8080/x", "http://[::1]:8080"],
  ])("is taken from %s", (typed, origin) => {
    expect(originOf(typed)).toBe(origin);
  });

  it.each(["", "shop", "*.example.com", "ftp://example.com", "mailto:a@example.com", "https://", "two words.com"])(
    "is not in “%s”",
    typed => {
      expect(originOf(typed)).toBeNull();
    },
  );

  it("stands once in a list, and what is none stays to be corrected", () => {
    const typed = ["example.com", "https://example.com/shop", " *.example.com "];
    expect(originsOf(typed)).toEqual(["https://example.com", "*.example.com"]);
    expect(originsOf(typed).map(isOrigin)).toEqual([true, false]);
  });
});
