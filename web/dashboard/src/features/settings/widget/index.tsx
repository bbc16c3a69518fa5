/** Settings, widget: what the chat may do on customers' pages, and the secret that proves who customers are. */

import type { WidgetSettings } from "@deskhand/contract";
import { Divider, Stack } from "@mantine/core";
import { $api } from "../../../api/client";
import { useTexts } from "../../../i18n/language";
import { Loaded } from "../../../ui/Loaded";
import { Waiting } from "../../../ui/Waiting";
import { Section } from "../Section";
import { Identity } from "./Identity";
import { Signing } from "./Signing";
import { Attachments, Scripts } from "./Switches";
import { widget } from "./texts";

export default function Widget() {
  const say = useTexts(widget);
  const query = $api.useQuery("get", "/v1/settings/widget");
  return (
    <Section title={say("title")} lead={say("lead")}>
      <Loaded query={query} waiting={<Waiting rows={4} />}>
        {settings => <Parts settings={settings} />}
      </Loaded>
    </Section>
  );
}

function Parts({ settings }: { settings: WidgetSettings }) {
  return (
    <Stack gap="xl">
      <Stack gap="lg">
        <Scripts on={settings.scripts} />
        <Attachments on={settings.attachments} />
      </Stack>
      <Divider />
      <Identity settings={settings} />
      <Signing />
    </Stack>
  );
}
