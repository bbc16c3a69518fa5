/** Chooses whom something is tried as. */

import { Select, SimpleGrid, Stack } from "@mantine/core";
import { $api } from "../../api/client";
import { useLanguage, useTexts } from "../../i18n/language";
import { sentence } from "../../ui/ErrorNote";
import { Customer } from "./Customer";
import { trying } from "./texts";
import { languagesFor, type Who } from "./who";

interface Props {
  readonly who: Who;
  readonly change: (who: Who) => void;
  /** What is tried: its texts may be in languages of their own. */
  readonly document: unknown;
  /** What the customer is needed for. */
  readonly hint?: string;
}

export function WhoFields({ who, change, document, hint }: Props) {
  const say = useTexts(trying);
  const { language } = useLanguage();
  const agents = $api.useQuery("get", "/v1/agents", {}, { staleTime: 60_000 });
  const named = new Map(agents.data?.items.map(one => [one.slug, one.name]));
  if (!named.has(who.agent)) named.set(who.agent, who.agent);
  const spoken = who.language ?? language;
  const names = new Intl.DisplayNames(language, { type: "language" });
  return (
    <Stack gap="sm">
      <Customer chosen={who.contact} choose={contact => change({ ...who, contact })} hint={hint} />
      <SimpleGrid cols={2} spacing="xs">
        <Select
          size="xs"
          label={say("agent")}
          value={who.agent}
          data={[...named].map(([value, label]) => ({ value, label }))}
          error={agents.error && sentence(agents.error)}
          onChange={agent => agent && change({ ...who, agent })}
          allowDeselect={false}
        />
        <Select
          size="xs"
          label={say("language")}
          value={spoken}
          data={languagesFor(document, spoken).map(value => ({ value, label: names.of(value) ?? value }))}
          onChange={chosen => chosen && change({ ...who, language: chosen })}
          allowDeselect={false}
        />
      </SimpleGrid>
    </Stack>
  );
}
