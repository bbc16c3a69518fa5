/** What a sentence came to, read from a preview's log. */

import type { Entry } from "@deskhand/contract";

export type Verdict =
  | { readonly kind: "starts" | "offers"; readonly slug: string }
  | { readonly kind: "asks"; readonly between: readonly string[] }
  | { readonly kind: "answers" | "nothing" };

type Logged = Pick<Entry, "kind" | "body">;

/** What answers: a procedure that begins or is offered, a question which one is meant, the knowledge, or nothing. */
export function verdictOf(entries: readonly Logged[]): Verdict {
  const began = entries.find(({ kind, body }) => kind === "steps" && body.began === true);
  if (typeof began?.body.procedure === "string") return { kind: "starts", slug: began.body.procedure };
  const commands = entries.flatMap(({ kind, body }) => (kind === "understood" ? listOf(body.commands) : []));
  const between = commands.find(one => one.kind === "clarify")?.between;
  if (Array.isArray(between)) return { kind: "asks", between: between.map(String) };
  if (commands.some(one => one.kind === "answer")) return { kind: "answers" };
  const offer = entries.find(one => one.kind === "offer")?.body;
  if (typeof offer?.procedure === "string") return { kind: "offers", slug: offer.procedure };
  return { kind: "nothing" };
}

/** What the customer reads. */
export function wordsOf(entries: readonly Logged[]): readonly string[] {
  return entries.flatMap(({ kind, body }) =>
    ["say", "ask", "offer", "show_form", "show_button", "suggest", "show_component"].includes(kind) &&
    typeof body.text === "string"
      ? [body.text]
      : [],
  );
}

function listOf(value: unknown): readonly Record<string, unknown>[] {
  return Array.isArray(value) ? (value as Record<string, unknown>[]) : [];
}
