/** A redacted request as a command that sends it; what was redacted has to be put in by whoever runs it. */

export interface ShownRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** The HTTP request that an act shows, or null where it is none. */
export function requestOf(shown: Readonly<Record<string, unknown>> | null | undefined): ShownRequest | null {
  if (!shown || typeof shown.url !== "string") return null;
  return {
    method: typeof shown.method === "string" ? shown.method : "GET",
    url: shown.url,
    headers: texts(shown.headers),
    body: shown.body ?? null,
  };
}

export function curlOf(request: ShownRequest): string {
  const parts = [`curl ${quoted(request.url)}`];
  if (request.method !== "GET") parts.push(`-X ${request.method}`);
  for (const [name, value] of Object.entries(request.headers)) parts.push(`-H ${quoted(`${name}: ${value}`)}`);
  if (request.body !== null && request.body !== "") {
    parts.push(`--data-raw ${quoted(typeof request.body === "string" ? request.body : JSON.stringify(request.body))}`);
  }
  return parts.join(" \\\n  ");
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

function texts(value: unknown): Record<string, string> {
  if (!isObject(value)) return {};
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, String(one)]));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
