/** Deskhand's chat widget: what `widget.mjs` exports, and what `Deskhand(…)` of `widget.js` takes. */

export type Position = "right" | "left";
export type Theme = "auto" | "light" | "dark";
/** Texts in place of the widget's own, by key; `{name}` is filled in. Keys that are left out stay English. */
export type Texts = Record<string, string>;
/** A user token, or a function that brings a fresh one; null for nobody. */
export type Identity = string | (() => string | Promise<string>) | null;

export interface ChatOptions {
  /** `ws_….slug`, as the agent's page in the dashboard shows it. */
  agent: string;
  /** Where Deskhand is; where the script came from by default. */
  server?: string;
  /** `float` in a corner (default), `inline` in `target`, `page` over the whole page. */
  mode?: "float" | "inline" | "page";
  /** Where an inline chat goes: an element, or a CSS selector. */
  target?: Element | string;
  /** The corner; the agent's own by default. */
  position?: Position;
  /** The language, as in `de` or `de-AT`; the page's by default. */
  locale?: string;
  /** Texts in another language, or the address of a JSON file with them. */
  texts?: Texts | string;
  theme?: Theme;
  /** Whether it is open from the beginning. */
  open?: boolean;
  identity?: Identity;
  /** Values that the page knows and procedures may use, as if the customer had said them. */
  variables?: Record<string, unknown>;
  /** What members are told of the customer or the page. */
  attributes?: Record<string, unknown>;
  /** Names of custom elements that an agent may show. */
  elements?: string[];
}

export interface ChatEvents {
  /** The chat knows whose it is; also after `identify`. */
  ready: { conversation: string };
  open: Record<string, never>;
  close: Record<string, never>;
  /** Something was said: by the customer, the agent or a member. */
  message: { seq: number; from: "customer" | "agent" | "member"; text: string; by?: string };
  offer: { offer: string; name: string; text: string };
  /** A person takes over; `available` says whether somebody is there. */
  handover: { available: boolean };
  unread: { count: number };
  /** The service refused something, or the whole chat. */
  error: { message: string; status: number };
  /** A user token is missing, or was refused: call `identify` with a fresh one. */
  "identity-needed": Record<string, never>;
  /** A component, an element or a script gave a result. */
  result: { question: string; ok?: boolean; value?: unknown; error?: string };
}

export interface Chat {
  open(): void;
  close(): void;
  /** Write this as the customer, and open the chat. */
  send(text: string): void;
  /** Start a procedure, and open the chat. */
  start(procedure: string, variables?: Record<string, unknown>): void;
  identify(identity: Identity): void;
  /** What members read of the customer, now and in later conversations. */
  set(attributes: Record<string, unknown>): void;
  variables(values: Record<string, unknown>): void;
  locale(locale: string, texts?: Texts | string): void;
  theme(theme: Theme): void;
  /** Let agents show this custom element. */
  element(name: string): void;
  /** `heard` is told each time, with what it is about in `event.detail`. */
  on<E extends keyof ChatEvents>(event: E, heard: (event: CustomEvent<ChatEvents[E]>) => void): void;
  off<E extends keyof ChatEvents>(event: E, heard: (event: CustomEvent<ChatEvents[E]>) => void): void;
  /** Forget this customer in this browser: conversation, what is unsent, identity. */
  reset(): void;
  /** Take the chat off the page; what is unsent is kept. */
  destroy(): void;
}

/** Put a chat on the page. */
export function mount(options: ChatOptions): Chat;
