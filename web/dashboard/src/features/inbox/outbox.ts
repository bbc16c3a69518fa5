/**
 * What members send, kept until the server has it.
 *
 * Each message has an id of its own: sent again after a break, it is the same one, so nothing arrives twice. Those of one
 * conversation go in their order; one that crossed with somebody else's words waits for the member to look.
 */

import type { Entry } from "@deskhand/contract";
import { useSyncExternalStore } from "react";
import { api, Problem, Unreachable } from "../../api/client";
import { owner } from "../../app/personal";
import { sentence } from "../../ui/ErrorNote";
import type { Attached } from "../talk/attached";

export type Kind = "reply" | "note";

export interface Sending {
  readonly id: string;
  readonly owner: string | null;
  readonly conversation: string;
  readonly kind: Kind;
  readonly text: string;
  readonly files?: readonly Attached[];
  /** The last entry that the member saw. */
  readonly basedOn: number;
  /** `waiting`: the server could not be reached, and it is tried again. */
  readonly state: "sending" | "waiting" | "crossed" | "refused";
  /** Nothing where the server could not be reached. */
  readonly problem?: string;
  /** What was written in between. */
  readonly entries?: readonly Entry[];
}

const KEPT = "deskhand.outbox";

const FIRST_WAIT = 1_500;
const LONGEST_WAIT = 30_000;

let all: readonly Sending[] = restored();
const listeners = new Set<() => void>();
const busy = new Set<string>();
const waits = new Map<string, number>();

/** What of a conversation is not with the server yet. */
export function useOutbox(conversation: string): readonly Sending[] {
  const everything = useSyncExternalStore(subscribe, () => all);
  return everything.filter(one => one.conversation === conversation && isOwn(one));
}

/** Send a message; it goes out as soon as it can. */
export function send(
  conversation: string,
  kind: Kind,
  text: string,
  basedOn: number,
  files: readonly Attached[] = [],
): void {
  const id = crypto.randomUUID();
  change([...all, { id, owner: owner(), conversation, kind, text, files, basedOn, state: "sending" }]);
  void flush(conversation);
}

/** Send again what crossed or was refused, now that the member has seen everything up to `basedOn`. */
export function sendAgain(id: string, basedOn: number): void {
  const found = all.find(one => one.id === id);
  if (!found) return;
  replace({ ...found, basedOn, state: "sending", problem: undefined, entries: undefined });
  void flush(found.conversation);
}

/** Take a message back that was not sent. */
export function takeBack(id: string): void {
  change(all.filter(one => one.id !== id));
}

/** Try everything that waits, such as after the page was loaded. */
export function flushAll(): void {
  for (const conversation of new Set(all.map(one => one.conversation))) void flush(conversation);
}

async function flush(conversation: string): Promise<void> {
  if (busy.has(conversation)) return;
  busy.add(conversation);
  try {
    for (;;) {
      const next = all.find(one => one.conversation === conversation && isOwn(one));
      if (!next || next.state === "crossed" || next.state === "refused") return;
      if (!(await attempt(next))) return;
    }
  } finally {
    busy.delete(conversation);
  }
}

/** Whether the server has it now. */
async function attempt(one: Sending): Promise<boolean> {
  const params = { path: { id: one.conversation }, query: { wait: 0 } };
  try {
    if (one.kind === "note") {
      await api.POST("/v1/conversations/{id}/note", { params, body: { text: one.text, event_id: one.id } });
    } else {
      const attachments = (one.files ?? []).map(file => file.id);
      const body = { text: one.text, attachments, event_id: one.id, based_on: one.basedOn };
      await api.POST("/v1/conversations/{id}/reply", { params, body });
    }
    waits.delete(one.conversation);
    takeBack(one.id);
    return true;
  } catch (error) {
    if (!all.some(other => other.id === one.id)) return true; // taken back meanwhile
    failed(one, error);
    return false;
  }
}

function failed(one: Sending, error: unknown): void {
  if (error instanceof Problem && error.type.endsWith(":crossed")) {
    const entries = error.body.entries as Entry[] | undefined;
    replace({ ...one, state: "crossed", problem: error.message, entries: entries ?? [] });
  } else if (error instanceof Problem && error.status < 500 && error.status !== 401 && error.status !== 429) {
    replace({ ...one, state: "refused", problem: error.message });
  } else {
    const wait = waits.get(one.conversation) ?? FIRST_WAIT;
    waits.set(one.conversation, Math.min(wait * 2, LONGEST_WAIT));
    replace({ ...one, state: "waiting", problem: error instanceof Unreachable ? undefined : sentence(error) });
    setTimeout(() => void flush(one.conversation), wait);
  }
}

/** Another tab may have let somebody else in while it waited: it is never sent in their name. */
function isOwn(one: Sending): boolean {
  return one.owner === owner();
}

function replace(one: Sending): void {
  change(all.map(other => (other.id === one.id ? one : other)));
}

function change(next: readonly Sending[]): void {
  all = next;
  try {
    const own = next.filter(isOwn);
    if (own.length) localStorage.setItem(KEPT, JSON.stringify(own));
    else localStorage.removeItem(KEPT);
  } catch {
    // a browser that keeps nothing: it is sent as long as the page is open
  }
  for (const tell of listeners) tell();
}

function restored(): readonly Sending[] {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(KEPT) ?? "[]");
    return Array.isArray(found) ? (found as Sending[]) : [];
  } catch {
    return [];
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
