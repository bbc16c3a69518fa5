/** The REST service as TypeScript sees it: types and the client are made of its OpenAPI description. */

import createClient, { type Client } from "openapi-fetch";
import type { paths } from "./generated";

export type * from "./generated";

export type Api = Client<paths>;

/** A client for one server; `base` is its address, empty for the one that the page came from. */
export function createApi(base: string, fetch: (request: Request) => Promise<Response>): Api {
  return createClient<paths>({ baseUrl: base, fetch });
}
