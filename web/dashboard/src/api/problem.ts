/** What goes wrong with a request, as sentences for people. */

/** One thing that is wrong with what was sent, and where. */
export interface Detail {
  readonly code?: string;
  readonly message: string;
  readonly step?: string | null;
  readonly field?: string | null;
  readonly [other: string]: unknown;
}

/** The server refused (RFC 9457); the message is its sentence. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly type: string,
    detail: string,
    readonly problems: readonly Detail[] = [],
    readonly body: Readonly<Record<string, unknown>> = {},
  ) {
    super(detail);
    this.name = "Problem";
  }

  /** Whether somebody else was faster. */
  get conflicts(): boolean {
    return this.status === 409;
  }
}

/** The server did not answer; it, or the way to it, is down. */
export class Unreachable extends Error {
  constructor() {
    super("The server cannot be reached.");
    this.name = "Unreachable";
  }
}

/** The problem that an answer tells of. */
export async function problemOf(response: Response): Promise<Problem> {
  const text = await response.text().catch(() => "");
  const body = parsed(text);
  const detail = typeof body.detail === "string" ? body.detail : `${response.status} ${response.statusText}`.trim();
  const problems = Array.isArray(body.problems) ? body.problems.map(detailOf) : [];
  return new Problem(response.status, typeof body.type === "string" ? body.type : "", detail, problems, body);
}

function detailOf(one: Readonly<Record<string, unknown>>): Detail {
  return { ...one, message: String(one.sentence ?? one.message ?? "") };
}

function parsed(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {}; // a proxy's page, say: the status has to do
  }
}
