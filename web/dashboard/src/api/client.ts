/** The dashboard's client of the REST service, and its hooks: `$api.useQuery("get", "/v1/procedures")`. */

import type { paths } from "@deskhand/contract";
import { createApi } from "@deskhand/contract";
import createHooks, { type OpenapiQueryClient } from "openapi-react-query";
import { spokenLanguage } from "../i18n/language";
import { Problem, problemOf, Unreachable } from "./problem";

/**
 * What shows the server that a request comes from this page (other origins cannot send it without being asked), and
 * which language its sentences are read in.
 */
export function ownPage(): Record<string, string> {
  return { "X-Deskhand": "dashboard", "Accept-Language": spokenLanguage() };
}

const signedOut = new Set<() => void>();

/** Hear of it when the server no longer knows who is asking. */
export function onSignedOut(listener: () => void): () => void {
  signedOut.add(listener);
  return () => signedOut.delete(listener);
}

async function send(request: Request): Promise<Response> {
  for (const [name, value] of Object.entries(ownPage())) request.headers.set(name, value);
  let response: Response;
  try {
    response = await fetch(request, { credentials: "same-origin" });
  } catch (cause) {
    if (request.signal.aborted) throw cause;
    throw new Unreachable();
  }
  if (response.ok) return response;
  const problem = await problemOf(response);
  // who asks for themselves is told by the answer
  const lost = problem.type.endsWith(":unauthenticated") && !request.url.endsWith("/v1/me");
  if (lost) for (const tell of signedOut) tell();
  throw problem;
}

/** Typed requests; what goes wrong is thrown as a Problem or as Unreachable. */
export const api = createApi("", send);

/** The same as hooks; a query's key is `[method, path, init]`. */
export const $api: OpenapiQueryClient<paths> = createHooks(api);

export { Problem, problemOf, Unreachable };
