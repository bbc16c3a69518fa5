/** An action's document as it is edited: everything that may be left out may be missing. */

export const KINDS = ["http", "mcp", "form", "button", "javascript"] as const;
export type Kind = (typeof KINDS)[number];
export const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;
export const TYPES = ["text", "integer", "float", "number", "boolean", "date", "email", "phone", "json"] as const;
export type TypeName = (typeof TYPES)[number];
export const OPERATORS = ["equals", "contains", "gt", "lt", "gte", "lte", "exists", "not_exists"] as const;
export type Operator = (typeof OPERATORS)[number];

/** A text for customers: one, or one per language. */
export type Words = string | Readonly<Record<string, string>>;
export type Pairs = Readonly<Record<string, string>>;

export interface Comparison {
  readonly variable: string;
  readonly operator?: Operator;
  readonly value?: string | number | boolean | null;
}

export interface Variable {
  readonly name: string;
  readonly type?: string;
  readonly description?: string;
  readonly example?: string | null;
  readonly required?: boolean;
  readonly default?: unknown;
  readonly choices?: readonly string[];
  readonly prompt?: Words | null;
  readonly max_length?: number | null;
  readonly allow_empty?: boolean;
  readonly sensitive?: boolean;
  readonly ask_when?: readonly Comparison[];
  readonly schema?: unknown;
  /** Of a form's field only. */
  readonly label?: Words | null;
  readonly placeholder?: string;
}

export interface Auth {
  readonly kind: string;
  readonly secret?: string | null;
  readonly refresh_secret?: string | null;
  readonly username?: string;
  readonly name?: string;
  readonly token_url?: string;
  readonly client_id?: string;
  readonly scope?: string | null;
  readonly audience?: string | null;
  readonly style?: string;
}

export interface Request {
  readonly url: string;
  readonly method?: string;
  readonly connection?: string | null;
  readonly auth?: Auth | null;
  readonly headers?: Pairs;
  readonly query?: Pairs;
  readonly body?: string | null;
  readonly form?: Pairs;
  readonly text?: string | null;
  readonly read_only?: boolean | null;
  readonly idempotent?: boolean | null;
  readonly idempotency_header?: string;
  readonly timeout?: number;
  readonly definite_statuses?: readonly number[];
}

export interface ToolCall {
  readonly connection: string;
  readonly tool: string;
  readonly fingerprint?: string | null;
  readonly arguments?: string | null;
  readonly read_only?: boolean;
  readonly idempotent?: boolean;
  readonly timeout?: number;
}

export interface FormSpec {
  readonly text?: Words | null;
  readonly fields: readonly Variable[];
  readonly submit?: Words | null;
}

export interface ButtonSpec {
  readonly label: Words;
  readonly text?: Words | null;
  readonly url?: string | null;
  readonly new_tab?: boolean;
  readonly request?: Request | null;
}

export interface ScriptSpec {
  readonly source: string;
  readonly label?: Words | null;
  readonly text?: Words | null;
  readonly inputs?: string | null;
  readonly timeout?: number;
}

export interface Precondition {
  readonly kind: "succeeded" | "holds" | "at_most";
  readonly actions?: readonly string[];
  readonly start?: boolean;
  readonly fetch?: string | null;
  readonly arguments?: Pairs;
  readonly conditions?: readonly Comparison[];
  readonly times?: number;
  readonly per?: string;
  readonly counts?: "done" | "tried";
  readonly otherwise?: "refuse" | "hand_over";
  readonly message?: Words | null;
}

export interface ReadBack {
  readonly action: string;
  readonly arguments?: Pairs;
  readonly happened: readonly Comparison[];
  readonly not_happened?: readonly Comparison[];
}

export interface Doc {
  readonly kind: Kind;
  readonly slug: string;
  readonly name: string;
  readonly description?: string;
  readonly draft?: boolean;
  readonly enabled?: boolean;
  readonly disabled_reason?: string;
  readonly when_not_to_use?: string;
  readonly skip_when?: readonly Comparison[];
  readonly variables?: readonly Variable[];
  readonly approval?: "auto" | "notify" | "require";
  readonly irreversible?: boolean;
  readonly confirm?: Words | null;
  readonly preconditions?: readonly Precondition[];
  readonly success?: readonly Comparison[];
  readonly identity?: string | null;
  readonly messages?: Readonly<Record<string, Words>>;
  readonly hand_over_on_error?: boolean;
  readonly then?: { readonly success?: string | null; readonly error?: string | null };
  readonly transform?: string | null;
  readonly read_back?: ReadBack | null;
  readonly request?: Request;
  readonly call?: ToolCall;
  readonly form?: FormSpec;
  readonly button?: ButtonSpec;
  readonly script?: ScriptSpec;
}

/** The fields of an authentication that hold a secret's name, by kind, with the field that shows dots for it. */
export const CREDENTIALS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  bearer: { secret: "token" },
  basic: { secret: "password" },
  header: { secret: "value" },
  query: { secret: "value" },
  body: { secret: "value" },
  oauth2_client_credentials: { secret: "client_secret" },
  oauth2_refresh_token: { secret: "client_secret", refresh_secret: "refresh_token" },
};

/** A document as the service shows it, without the dots that stand for credentials: a secret's name says enough. */
export function docOf(shown: unknown): Doc {
  return withoutDots(structuredClone(shown)) as Doc;
}

function withoutDots(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(withoutDots);
  if (typeof node !== "object" || node === null) return node;
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) => [key, key === "auth" ? authOf(value) : withoutDots(value)]),
  );
}

/** An authentication without the dots. */
export function authOf(shown: unknown): Auth | null {
  if (typeof shown !== "object" || shown === null) return null;
  const auth = shown as Auth;
  const dots = Object.values(CREDENTIALS[auth.kind] ?? {});
  return Object.fromEntries(Object.entries(auth).filter(([key]) => !dots.includes(key))) as unknown as Auth;
}

/** What is sent: nothing that is empty, so that the service's defaults hold. */
export function toSend(doc: Doc): Record<string, unknown> {
  return pruned(doc) as Record<string, unknown>;
}

const KEPT_EMPTY = new Set(["value", "source", "url", "name", "label", "default", "kind"]);

function pruned(node: unknown, isMap = false): unknown {
  if (Array.isArray(node)) return node.map(one => pruned(one));
  if (typeof node !== "object" || node === null) return node;
  const kept = Object.entries(node)
    .map(([key, value]) => [key, pruned(value, MAPS.has(key))] as const)
    .filter(([key, value]) => isMap || KEPT_EMPTY.has(key) || !isEmpty(value));
  return Object.fromEntries(kept);
}

/** Fields whose keys are people's own. */
const MAPS = new Set(["headers", "query", "arguments", "schema", "default"]);

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === "") return true;
  if (Array.isArray(value)) return value.length === 0;
  return typeof value === "object" && Object.keys(value).length === 0;
}

/** A slug made of a name, as the service makes it. */
export function slugOf(name: string): string {
  const plain = name
    .replaceAll("ß", "ss")
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "");
  return plain
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 64)
    .replace(/-+$/, "");
}

/** A new action of a kind, with nothing in it yet. */
export function blank(kind: Kind): Doc {
  const base = { kind, slug: "", name: "" };
  switch (kind) {
    case "http":
      return { ...base, request: { url: "", method: "GET" } };
    case "mcp":
      return { ...base, call: { connection: "", tool: "" } };
    case "form":
      return { ...base, form: { fields: [{ name: "email", type: "email" }] } };
    case "button":
      return { ...base, button: { label: "", url: "" } };
    case "javascript":
      return { ...base, script: { source: "" } };
  }
}

/** The HTTP request of an action, where it has one. */
export function requestOf(doc: Doc): Request | null {
  return doc.request ?? doc.button?.request ?? null;
}

export function withRequest(doc: Doc, request: Request): Doc {
  return doc.kind === "button" && doc.button ? { ...doc, button: { ...doc.button, request } } : { ...doc, request };
}

/** The connection that an action goes over. */
export function connectionOf(doc: Doc): string | null {
  return requestOf(doc)?.connection ?? doc.call?.connection ?? null;
}

/** Whether it asks something of an outside system, so that there is an answer and a log. */
export function reaches(doc: Doc): boolean {
  return doc.kind === "http" || doc.kind === "mcp" || doc.kind === "javascript" || requestOf(doc) !== null;
}

/** A list with one entry put in the place of another, or taken out. */
export function replaced<T>(list: readonly T[], at: number, one: T | null): readonly T[] {
  return one === null ? list.filter((_, index) => index !== at) : list.map((old, index) => (index === at ? one : old));
}

/** A list with one entry moved up or down. */
export function moved<T>(list: readonly T[], at: number, by: number): readonly T[] {
  const to = at + by;
  const one = list[at];
  if (one === undefined || to < 0 || to >= list.length) return list;
  const rest = list.filter((_, index) => index !== at);
  return [...rest.slice(0, to), one, ...rest.slice(to)];
}

/** A text for customers in one language, to be shown in a list. */
export function inWords(words: Words | null | undefined, language = "en"): string {
  if (!words) return "";
  return typeof words === "string" ? words : (words[language] ?? words.en ?? Object.values(words)[0] ?? "");
}
