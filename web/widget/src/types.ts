// The visitor service's answers, as far as the widget reads them.

export interface Settings {
  agent?: { name?: string };
  title?: string;
  greeting?: string;
  color?: string;
  position?: "right" | "left";
  language?: string;
  lead_form?: { text?: string; fields: { name: LeadField; required?: boolean }[] } | null;
  attachments?: { allowed: boolean; most_bytes: number };
  suggestions?: string[];
  scripts?: boolean;
  people?: { live_chat?: boolean; available?: boolean };
  menu?: MenuItem[];
}

export type LeadField = "email" | "name" | "phone" | "company" | "message";

export interface MenuItem {
  procedure: string;
  name: string;
}

export interface Standing {
  id: string;
  status: "open" | "resolved";
  mode: "agent" | "member";
  member: string | null;
  seq: number;
  busy: boolean;
  thinking: boolean;
  menu?: MenuItem[];
  offers?: { offer: string }[];
  people?: { available?: boolean; present?: { by: string; doing: string }[] };
  language?: string;
}

export interface Session {
  token: string;
  visitor: string;
  settings: Settings;
  conversation: Standing | null;
}

export interface Receipt {
  conversation: string;
  seq: number;
}

export interface Entry {
  seq: number;
  kind: string;
  at: string;
  body: Body;
}

/** What an entry holds; which of it is there depends on its kind. */
export interface Body {
  text?: string;
  question?: string;
  choice?: string;
  choices?: string[];
  suggestions?: string[];
  by?: string;
  sources?: { title?: string; source?: string; url?: string; page?: number }[];
  attachments?: Attachment[];
  offer?: string;
  name?: string;
  status?: string;
  fields?: Field[];
  submit?: string;
  errors?: Record<string, string>;
  values?: Record<string, unknown>;
  label?: string;
  url?: string;
  new_tab?: boolean;
  component?: Component;
  script?: string;
  inputs?: Record<string, unknown>;
  until?: number;
  reaction?: string;
  about?: number;
  available?: boolean;
}

export interface Attachment {
  id: string;
  name: string;
  type?: string;
  size?: number;
}

export interface Field {
  name: string;
  type: string;
  label: string;
  required?: boolean;
  placeholder?: string;
  choices?: string[];
  value?: string | null;
  max_length?: number | null;
  sensitive?: boolean;
  autocomplete?: string;
}

export interface Component {
  kind: "video" | "image" | "flow" | "element";
  url?: string;
  title?: string;
  captions?: string;
  alt?: string;
  pages?: { title?: string; text?: string; image?: { url: string; alt?: string }; fields?: Field[] }[];
  submit?: string;
  name?: string;
  properties?: Record<string, unknown>;
}

/** What the customer did and the service may not know of yet: the last part of its address, and the body. */
export interface Item {
  id: string;
  conversation: string;
  kind:
    | "messages"
    | "clicks"
    | "forms"
    | "components"
    | "feedback"
    | "lead"
    | "start"
    | "variables"
    | "cancel"
    | "browser-results";
  body: Body & Record<string, unknown>;
  /** The last entry that was there when the customer did it. */
  after: number;
  /** Holds what nobody may read, and is written nowhere. */
  secret?: boolean | undefined;
  /** Its conversation was gone, and it began another. */
  moved?: boolean;
  /** The number of the entry that it became, once the service has it. */
  seq?: number;
  /** The log shows what seems to be its entry: it is not shown a second time, but sent until the service has it. */
  seen?: boolean;
  /** Why the service does not take it. */
  failed?: string;
}
