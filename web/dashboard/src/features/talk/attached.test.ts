import { describe, expect, it } from "vitest";
import { addressOf, filesOf, sizeText, typeText, wordsBeside } from "./attached";

const BILL = { id: "att_1", name: "bill.pdf", type: "application/pdf", size: 81_234 };

describe("files of a message", () => {
  it("are read from its entry, where it has some", () => {
    expect(filesOf({ body: { text: "Here", attachments: [BILL] } })).toEqual([BILL]);
    expect(filesOf({ body: { text: "Here" } })).toEqual([]);
  });

  it("stand alone where nothing was written beside them", () => {
    const attachments = [BILL, { ...BILL, name: "photo.png" }];
    expect(wordsBeside({ body: { text: "bill.pdf, photo.png", attachments } })).toBe("");
    expect(wordsBeside({ body: { text: "Look", attachments } })).toBe("Look");
    expect(wordsBeside({ body: { text: "bill.pdf" } })).toBe("bill.pdf");
  });

  it("are downloaded from their conversation, and from nowhere else", () => {
    expect(addressOf("conv_1", BILL)).toBe("/v1/conversations/conv_1/attachments/att_1");
    expect(addressOf("conv_1", { ...BILL, id: "../../me" })).toBe("/v1/conversations/conv_1/attachments/..%2F..%2Fme");
  });

  it("have a type that people know", () => {
    expect(["application/pdf", "image/png", "text/plain", "text/csv"].map(typeText)).toEqual([
      "PDF",
      "PNG",
      "TXT",
      "CSV",
    ]);
  });

  it("have a size in the largest unit that fits", () => {
    expect([812, 81_234, 999_499, 999_500, 1_440_000, 10_485_760].map(size => sizeText(size, "en"))).toEqual([
      "812 byte",
      "81 kB",
      "999 kB",
      "1 MB",
      "1.4 MB",
      "10.5 MB",
    ]);
    expect(sizeText(1_440_000, "de")).toBe("1,4 MB");
  });
});
