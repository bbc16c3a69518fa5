import { expect, it } from "vitest";
import { markdown } from "./markdown";

type Node = { tag: string; of: (Node | string)[]; href?: string };

/** Elements as text, so that what is markup and what is text can be told apart. */
const shown = (text: string) =>
  markdown<Node>(text, (tag, { href }, of) => ({ tag, of, ...(href && { href }) }))
    .map(written)
    .join("");
const written = (node: Node | string): string =>
  typeof node === "string"
    ? node
    : `<${node.tag}${node.href ? ` ${node.href}` : ""}>${node.of.map(written).join("")}</>`;

it.each([
  ["Hello **there**, _you_ and *you*", "<p>Hello <strong>there</>, <em>you</> and <em>you</></>"],
  ["one\ntwo\n\nthree", "<p>one<br></>two</><p>three</>"],
  ["- a\n- b `c`\n\ntext", "<ul><li>a</><li>b <code>c</></></><p>text</>"],
  ["1. a\n2) b", "<ol><li>a</><li>b</></>"],
  ["```\n<b>x</b>\n**y**\n```\nz", "<pre><b>x</b>\n**y**\n</><p>z</>"],
  ["# Title", "<p>Title</>"],
  ["**[a](https://x.example)**", "<p><strong><a https://x.example/>a</></></>"],
  ["See https://x.example/a_b_c(1).", "<p>See <a https://x.example/a_b_c(1>https://x.example/a_b_c(1</>).</>"],
  [
    "[call](tel:+49301234) or [write](mailto:a@b.example)",
    "<p><a tel:+49301234>call</> or <a mailto:a@b.example>write</></>",
  ],
])("draws %j", (text, tree) => {
  expect(shown(text)).toBe(tree);
});

it.each([
  "2*3*4 = 24",
  "order_id_7",
  "a * b * c",
  "**unclosed",
  "snake__case__name",
  "<img src=x onerror=alert(1)>",
  "<script>alert(1)</script>",
  "[a](javascript:alert(1))",
  "[a](JaVaScRiPt:alert(1))",
  "[a](data:text/html,x)",
  "[a](vbscript:x)",
  "[a](//evil.example)",
  "[a](/relative)",
  "[a](java\u0000script:x)",
  "![a](https-not)",
])("leaves %j as text", text => {
  expect(shown(text)).toBe(`<p>${text}</>`);
});

it("takes no longer for what is meant to be slow", () => {
  const nasty = ["*", "**a", "_", "__a_", "`", "[", "[a](", "[a](x(", "https://", "**_`[", "1. ", "\n- "];
  const began = performance.now();
  for (const one of nasty) markdown(one.repeat(10_000 / one.length), () => "");
  expect(performance.now() - began).toBeLessThan(5000);
});
