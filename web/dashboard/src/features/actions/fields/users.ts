/** What uses a secret, in the viewer's language: the service names it as "the connection `shop`". */

import { useTexts } from "../../../i18n/language";
import type { PlainKey } from "../../../i18n/texts";
import { fields } from "./texts";

const KINDS: Readonly<Record<string, PlainKey<typeof fields.en>>> = {
  connection: "ofConnectionKind",
  action: "ofAction",
  webhook: "ofWebhook",
  channel: "ofChannel",
  model: "ofModel",
  procedure: "ofProcedure",
};

export function useUsers(): (users: readonly string[]) => string {
  const say = useTexts(fields);
  const one = (user: string) => {
    const [, kind = "", slug = ""] = /^the (\w+) `(.+)`$/.exec(user) ?? [];
    const label = KINDS[kind];
    return label ? `${say(label)} ${slug}` : user;
  };
  return users => users.map(one).join(", ");
}
