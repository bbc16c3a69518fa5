// Calls of the visitor service: one place for the tokens, and for what it means when a call fails.

import { fetch, json, read } from "./natives";

export type Identity = string | (() => string | Promise<string>) | null;

/** What is thrown where the service refused, or (`status` 0) nobody answered. No Error: a page may have frozen that. */
export interface Problem {
  status: number;
  message: string;
  /** Whether it is about the user token. */
  identity?: boolean;
  /** Milliseconds after which the service wants to be asked again. */
  pause?: number;
}

export interface Link {
  token: string;
  /** Take another user token, or a function that brings one; null for nobody. */
  identify(identity: Identity): void;
  /** Whose conversations these are: the customer's own id, as the token says without proof; empty for nobody. */
  user(): Promise<string>;
  headers(): Promise<Record<string, string>>;
  address(path: string): string;
  call(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<Response>;
  send<T>(path: string, body: unknown): Promise<T>;
}

const PATIENCE = 30_000;

/** `renew` opens a session anew when its token is refused; `wanted` is told when a user token is missing or refused. */
export function createLink(server: string, renew: () => Promise<unknown>, wanted: () => void): Link {
  let source: Identity = null;
  let known: Promise<string> | null = null;

  const bring = async () => {
    const token = typeof source === "function" ? await source() : source;
    return /^[\x21-\x7e]+$/.test(token ?? "") ? (token as string) : "";
  };
  const userToken = () =>
    (known ??= bring().catch(error => {
      known = null;
      throw error;
    }));

  async function call(
    method: string,
    path: string,
    body?: unknown,
    signal = AbortSignal.timeout(PATIENCE),
    again = true,
  ): Promise<Response> {
    const headers: Record<string, string> = {
      ...(await link.headers()),
      ...(body ? { "Content-Type": "application/json" } : {}),
    };
    const wish: RequestInit = {
      method,
      headers,
      body: body ? json(body) : null,
      signal,
      cache: "no-store",
      credentials: "omit",
    };
    const answer = await fetch(link.address(path), wish).catch(() => null);
    if (answer?.ok) return answer;
    const { type = "", detail = "" } = read<Record<string, string>>(await answer?.text().catch(() => "")) ?? {};
    const code = answer?.status ?? 0;
    // a proxy may answer for a server which does not
    const status = !type && code > 501 && code < 505 ? 0 : code;
    const identity = type.includes("identity");
    const problem: Problem = {
      status,
      message: detail || `${status}`,
      identity,
      pause: Number(answer?.headers.get("Retry-After")) * 1000,
    };
    const renews = identity ? typeof source === "function" : path !== "sessions";
    if (status !== 401 || !again || !renews) {
      if (identity) wanted();
      throw problem;
    }
    if (identity) known = null;
    else await renew();
    return call(method, path, body, signal, false);
  }

  const link: Link = {
    token: "",
    identify(identity) {
      source = identity;
      known = null;
    },
    user: async () => subject(await userToken()),
    address: path => `${server}v1/widget/${path}`,
    async headers() {
      const user = await userToken();
      const own: Record<string, string> = link.token ? { Authorization: `Bearer ${link.token}` } : {};
      return user ? { ...own, "X-Deskhand-User": user } : own;
    },
    call,
    send: async (path, body) => (await call("POST", path, body)).json(),
  };
  return link;
}

/** Who a user token speaks of: a JWT's `sub`, or what stands before the `:`. */
export function subject(token: string): string {
  const claims = /^[\w-]+\.([\w-]+)\.[\w-]+$/.exec(token)?.[1];
  try {
    if (!claims) return token.replace(/:\w+$/, "");
    const text = atob(claims.replace(/-/g, "+").replace(/_/g, "/"));
    return `${read<{ sub?: string }>(text)?.sub ?? ""}`;
  } catch {
    return "";
  }
}
