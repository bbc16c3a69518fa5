// Server-sent events over fetch: EventSource cannot send an Authorization header.

import { clearTimeout, each, setTimeout } from "./natives";

/** What came; the entries' ids stand in them too. */
export type Heard = (event: string, data: string) => void;

const SILENCE = 45_000; // the service writes a comment every 15 seconds: three missed ones mean that the line is dead

/** Takes a stream's text as it comes, in any pieces, and tells its whole events. */
export function reader(heard: Heard): (text: string) => void {
  let rest = "";
  let event = "";
  let data = "";
  return text => {
    const lines = (rest + text).split(/\r?\n/);
    rest = lines.pop() as string;
    each(lines, line => {
      const [, name, value = ""] = /^(\w+): ?(.*)/s.exec(line) ?? [];
      if (name === "data") data += `${value}\n`;
      if (name === "event") event = value;
      if (line) return;
      if (data) heard(event, data);
      event = data = "";
    });
  };
}

/** Read the events of an answer until it ends; `line` is cut where it is silent for too long. */
export async function readEvents(asked: Promise<Response>, heard: Heard, line: AbortController): Promise<void> {
  const patient = <T>(coming: Promise<T>) => {
    const silence = setTimeout(() => line.abort(), SILENCE);
    return coming.finally(() => clearTimeout(silence));
  };
  const body = ((await patient(asked)).body as ReadableStream<Uint8Array>).getReader();
  const read = reader(heard);
  const decoder = new TextDecoder();
  for (;;) {
    const { done, value } = await patient(body.read());
    if (done) return;
    read(decoder.decode(value, { stream: true }));
  }
}
