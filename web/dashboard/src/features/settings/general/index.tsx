/** Settings, General: name, language, time zone; which hosts of the own network calls may reach. */

import { Divider } from "@mantine/core";
import { $api } from "../../../api/client";
import { useTexts } from "../../../i18n/language";
import { Loaded } from "../../../ui/Loaded";
import { Waiting } from "../../../ui/Waiting";
import { Section } from "../Section";
import { About } from "./About";
import { Hosts } from "./Hosts";
import { general } from "./texts";

export default function General() {
  const say = useTexts(general);
  const about = $api.useQuery("get", "/v1/settings");
  const hosts = $api.useQuery("get", "/v1/settings/internal-hosts");
  return (
    <>
      <Section title={say("title")} lead={say("lead")}>
        <Loaded query={about} waiting={<Waiting rows={3} />}>
          {settings => <About settings={settings} />}
        </Loaded>
      </Section>
      <Divider my="xl" />
      <Loaded query={hosts} waiting={<Waiting rows={2} />}>
        {found => <Hosts hosts={found.hosts} />}
      </Loaded>
    </>
  );
}
