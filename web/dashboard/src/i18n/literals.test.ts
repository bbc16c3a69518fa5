import ts from "typescript";
import { expect, it } from "vitest";

const sources = import.meta.glob<string>("../**/*.tsx", { eager: true, query: "?raw", import: "default" });
/** Properties that people read or hear; those of Mantine and React Flow that carry words stand here too. */
const SPOKEN =
  /^(label|title|placeholder|description|alt|tooltip|error|aria-(label|description|roledescription|valuetext|placeholder)|ariaLabel|nothingFoundMessage|content|hint|legend|message|text|header|suffix|prefix|confirm|empty|caption|note)$/;
/** What is the same in every language: names of formats and protocols, examples of values. */
const SAME =
  /^(https?:|\/|[A-Z]{2,}|JSON|YAML|[\d\s.,:;%×–—·…→↵+*/()=?!#&"'“”„-]+$|dh_|[a-z_]+@|\{\{|[a-z]+(\.[a-z_]+)+|Idempotency-Key$|document\.|Authorization: |Deskhand$)/;
const CODE = new Set(["Code", "code", "Kbd", "kbd", "pre"]);

it("lets every text that people read come from the catalogue", () => {
  const found = Object.entries(sources).flatMap(([file, text]) => literals(file, text));
  expect(found).toEqual([]);
});

it.each([
  ['<p title="Hello there">Read me</p>', 2],
  ['<p>{a > 0 ? "Many of them" : "Nothing"}</p>', 2],
  [`<p>{\`\${count} left over\`}</p>`, 1],
  ['<p>{a && "Only sometimes"}</p>', 1],
  [`<A label={\`Remove \${name}\`} />`, 1],
  ['<A nothingFoundMessage={a ?? "Nothing found"} />', 1],
  ['<A aria-roledescription="Place of a step" />', 1],
  ['<A description={say("hint")} kind={a ? "one" : "two"}>{say(a ? "more" : "less")}</A>', 0],
  ["<Code>curl --head</Code>", 0],
])("finds what does not: %s", (planted, count) => {
  expect(literals("planted.tsx", `export const A = () => ${planted};`)).toHaveLength(count);
});

/** Texts that stand in a component: between tags, or in properties that are shown or read out. */
function literals(file: string, text: string): string[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const found: string[] = [];
  const note = (node: ts.Node, said: string) => {
    const words = said.trim();
    if (!/\p{L}{2}/u.test(words) || SAME.test(words)) return;
    found.push(`${file}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}: ${words}`);
  };
  const visit = (node: ts.Node) => {
    if (ts.isJsxText(node) && !insideCode(node)) note(node, node.text);
    if (ts.isJsxExpression(node) && node.expression && !insideCode(node) && isSpoken(node)) {
      for (const said of saidBy(node.expression)) note(said, wordsOf(said));
    }
    if (ts.isJsxAttribute(node) && SPOKEN.test(node.name.getText()) && node.initializer) {
      if (ts.isStringLiteral(node.initializer)) note(node, node.initializer.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** Whether what stands in these braces is shown: between tags, or as a property that is. */
function isSpoken({ parent }: ts.JsxExpression): boolean {
  return ts.isJsxAttribute(parent) ? SPOKEN.test(parent.name.getText()) : true;
}

type Said = ts.StringLiteralLike | ts.TemplateExpression;

/** The literals that an expression can come to. */
function saidBy(node: ts.Expression): readonly Said[] {
  if (ts.isStringLiteralLike(node) || ts.isTemplateExpression(node)) return [node];
  if (ts.isParenthesizedExpression(node)) return saidBy(node.expression);
  if (ts.isConditionalExpression(node)) return [...saidBy(node.whenTrue), ...saidBy(node.whenFalse)];
  if (!ts.isBinaryExpression(node)) return [];
  switch (node.operatorToken.kind) {
    case ts.SyntaxKind.AmpersandAmpersandToken:
      return saidBy(node.right);
    case ts.SyntaxKind.BarBarToken:
    case ts.SyntaxKind.QuestionQuestionToken:
    case ts.SyntaxKind.PlusToken:
      return [...saidBy(node.left), ...saidBy(node.right)];
    default:
      return [];
  }
}

function wordsOf(said: Said): string {
  if (ts.isStringLiteralLike(said)) return said.text;
  return [said.head.text, ...said.templateSpans.map(one => one.literal.text)].join(" ");
}

function insideCode({ parent }: ts.Node): boolean {
  return ts.isJsxElement(parent) && CODE.has(parent.openingElement.tagName.getText());
}
