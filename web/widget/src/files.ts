// Files: brought to the service one by one with their progress, and fetched again when they are clicked.

import { add, button, h, icon, iconButton, put, remove } from "./dom";
import { each, filter, map, pairs, push, read, setTimeout, some } from "./natives";
import type { Attachment } from "./types";
import { sizeOf, type View } from "./view";

/** Fetch something of the conversation, and give it to the browser to keep under a name. */
export async function download({ visit, state, link, say, note }: View, path: string, name: string): Promise<void> {
  try {
    const answer = await link.call("GET", `conversations/${state.conversation}/${path}`);
    const href = URL.createObjectURL(await answer.blob());
    h("a", { href, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(href), 1e4);
  } catch {
    note(say("unreachable"));
    visit.wake();
  }
}

/** Files of a message, to be downloaded. */
export const fileList = (view: View, files: Attachment[] = []) =>
  files[0] &&
  h(
    "div.files",
    map(files, ({ id, name, size }) =>
      button("file", () => download(view, `attachments/${id}`, name), icon("clip"), name, size && ` (${sizeOf(size)})`),
    ),
  );

export interface Files {
  node: Element;
  add(files?: ArrayLike<File> | null): void;
  /** What was brought so far, which then belongs to a message; null while something is still being brought. */
  take(): Attachment[] | null;
}

interface Upload {
  node: Element;
  done?: Attachment;
}

/** What is attached to the message that is being written. */
export function createFiles(view: View, changed: () => void): Files {
  const { say, link } = view;
  const node = h("div.files");
  let uploads: Upload[] = [];

  function drop(upload: Upload) {
    uploads = filter(uploads, one => one !== upload);
    remove(upload.node);
    changed();
  }

  async function bring(file: File, bar: HTMLProgressElement): Promise<Attachment | undefined> {
    const path = `conversations/${await view.visit.ensure()}/attachments`;
    const headers = {
      ...(await link.headers()),
      "X-Deskhand-Name": encodeURIComponent(file.name),
      "Content-Type": file.type || "application/octet-stream",
    };
    // fetch tells no progress
    const request = new XMLHttpRequest();
    request.open("POST", link.address(path));
    each(pairs(headers), ([name, value]) => request.setRequestHeader(name, value));
    request.upload.onprogress = ({ loaded, total }) => {
      bar.value = loaded / total;
    };
    await new Promise(done => {
      request.onloadend = done;
      request.send(file);
    });
    const told = read<Attachment & { detail?: string }>(request.responseText);
    if (!told?.id) throw new Error(told?.detail ?? say("unreachable"));
    return told;
  }

  async function take(file: File, most: number) {
    if (file.size > most) return view.note(say("big", { name: file.name, most: sizeOf(most) }));
    const bar = h("progress", { max: 1, value: 0, "aria-label": file.name });
    const cross = iconButton("plain", "close", `${say("remove")}: ${file.name}`, () => drop(upload));
    const upload: Upload = { node: h("span.file", file.name, bar, cross) };
    push(uploads, upload);
    add(node, upload.node);
    try {
      upload.done = await bring(file, bar);
      remove(bar);
    } catch (error) {
      drop(upload);
      view.note(`${file.name}: ${(error as Error).message}`);
    }
    changed();
  }

  return {
    node,
    add(files) {
      const { allowed, most_bytes: most = 0 } = view.state.settings.attachments ?? {};
      if (allowed) each(Array.from(files ?? []), one => take(one, most));
    },
    take() {
      if (some(uploads, ({ done }) => !done)) return null;
      const files = map(uploads, ({ done }) => done as Attachment);
      uploads = [];
      put(node);
      return files;
    },
  };
}
