/**
 * Files of a reply that is being written: each goes to the server at once, and to the customer with the reply.
 *
 * What the server has is kept with the draft; what is on its way goes on while the member looks elsewhere.
 */

import { useMemo, useSyncExternalStore } from "react";
import { ownPage, problemOf, Unreachable } from "../../api/client";
import type { Attached } from "../talk/attached";
import { keepDraft, useDraft } from "./drafts";

/** Files of one message. */
export const MOST = 10;
/** Bytes of one file. */
export const LARGEST = 10 * 1024 * 1024;

/** A file on its way to the server. */
export interface Bringing {
  readonly id: string;
  readonly name: string;
  /** How much of it is there, from 0 to 1. */
  readonly part: number;
  /** Why it is not going to be there. */
  readonly error?: Error | "large";
  readonly stop: () => void;
}

const KIND = "files";
const underWay = new Map<string, readonly Bringing[]>();
const listeners = new Set<() => void>();
const NONE: readonly Bringing[] = [];

export interface Files {
  readonly done: readonly Attached[];
  readonly bringing: readonly Bringing[];
  /** Bring more of them; those that are too many for one message are left. */
  readonly add: (files: readonly File[]) => void;
  readonly remove: (id: string) => void;
  /** Leave the draft without files, for they go with a message. */
  readonly clear: () => void;
}

export function useFiles(conversation: string): Files {
  const [kept, keep] = useDraft(conversation, KIND);
  const bringing = useSyncExternalStore(subscribe, () => underWay.get(conversation) ?? NONE);
  const done = useMemo(() => parsed(kept), [kept]);
  return {
    done,
    bringing,
    add: files => {
      const room = MOST - done.length - bringing.filter(one => !one.error).length;
      for (const file of files.slice(0, Math.max(room, 0))) void bring(conversation, file);
    },
    remove: id => {
      bringing.find(one => one.id === id)?.stop();
      drop(conversation, id);
      keep(written(done.filter(one => one.id !== id)));
    },
    clear: () => keep(""),
  };
}

/** Put files back beside a draft, such as those of a message that is edited before it goes out. */
export function keepFiles(conversation: string, files: readonly Attached[]): void {
  keepDraft(conversation, KIND, written(files));
}

async function bring(conversation: string, file: File): Promise<void> {
  const request = new XMLHttpRequest(); // fetch tells no progress
  const id = crypto.randomUUID();
  const change = (more: Partial<Bringing>) =>
    put(
      conversation,
      of(conversation).map(one => (one.id === id ? { ...one, ...more } : one)),
    );
  const error = file.size > LARGEST ? "large" : undefined;
  put(conversation, [...of(conversation), { id, name: file.name, part: 0, error, stop: () => request.abort() }]);
  if (error) return;
  request.upload.onprogress = ({ loaded, total }) => change({ part: total ? loaded / total : 0 });
  try {
    const found = await sent(request, conversation, file);
    if (!of(conversation).some(one => one.id === id)) return; // taken away meanwhile
    drop(conversation, id);
    keepFiles(conversation, [found]);
  } catch (error) {
    change({ error: error instanceof Error ? error : new Unreachable() });
  }
}

/** What the server made of a file. Throws Problem and Unreachable. */
async function sent(request: XMLHttpRequest, conversation: string, file: File): Promise<Attached> {
  request.open("POST", `/v1/conversations/${encodeURIComponent(conversation)}/attachments`);
  const headers = { ...ownPage(), "X-Deskhand-Name": encodeURIComponent(file.name.toWellFormed()) };
  for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
  request.setRequestHeader("Content-Type", "application/octet-stream");
  await new Promise(resolve => {
    request.onloadend = resolve;
    request.send(file);
  });
  if (!request.status) throw new Unreachable();
  const { status, statusText, responseText } = request;
  if (status >= 400) throw await problemOf(new Response(responseText, { status, statusText }));
  return JSON.parse(responseText) as Attached;
}

function of(conversation: string): readonly Bringing[] {
  return underWay.get(conversation) ?? NONE;
}

function drop(conversation: string, id: string): void {
  put(
    conversation,
    of(conversation).filter(one => one.id !== id),
  );
}

function put(conversation: string, files: readonly Bringing[]): void {
  if (files.length) underWay.set(conversation, files);
  else underWay.delete(conversation);
  for (const tell of listeners) tell();
}

function parsed(kept: string): readonly Attached[] {
  return kept
    .split("\n")
    .filter(Boolean)
    .reverse()
    .flatMap(line => {
      try {
        return [JSON.parse(line) as Attached];
      } catch {
        return []; // another version of this page wrote it
      }
    });
}

/** A line each, the last first, as what is put into a draft comes before what stands there. */
function written(files: readonly Attached[]): string {
  return files
    .map(file => JSON.stringify(file))
    .reverse()
    .join("\n");
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
