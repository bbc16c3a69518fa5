/** Where the subject of a row of the audit trail is shown. */

const BY_PREFIX: Readonly<Record<string, string>> = {
  conv: "/conversations/",
  appr: "/approvals/",
  contact: "/contacts/",
  lead: "/leads/",
  run: "/runs/",
};
/** What is on a page with others of its kind. */
const TOGETHER: Readonly<Record<string, string>> = {
  member: "/settings/members",
  inv: "/settings/members",
  key: "/settings/keys",
  topic: "/knowledge/topics",
  secret: "/settings/secrets",
  model: "/settings/models",
  webhook: "/settings/webhooks",
  channel: "/settings/channels",
};
const BY_ACTION: Readonly<Record<string, string>> = {
  procedure: "/procedures/",
  action: "/actions/",
  agent: "/agents/",
  audience: "/audiences/",
  source: "/knowledge/sources/",
  connection: "/settings/connections/",
};

/** The address of a subject, or undefined where it has no page. */
export function subjectPath(action: string, subject: string): string | undefined {
  const id = /^([a-z]+)_[0-9a-f]{32}$/.exec(subject)?.[1];
  if (id) return BY_PREFIX[id] ? BY_PREFIX[id] + subject : TOGETHER[id];
  const kind = action.split(".")[0] ?? "";
  const base = BY_ACTION[kind];
  return base && /^[a-z0-9-]+$/.test(subject) ? base + subject : TOGETHER[kind];
}
