import type { Lead } from "@deskhand/contract";
import { Anchor, Group, SimpleGrid, Text } from "@mantine/core";
import { Link, useParams } from "react-router";
import { $api } from "../../api/client";
import { useTexts } from "../../i18n/language";
import { Card } from "../../ui/Card";
import { CopyId } from "../../ui/Copy";
import { Facts } from "../../ui/Facts";
import { Loaded } from "../../ui/Loaded";
import { Page } from "../../ui/Page";
import { At } from "../../ui/time";
import { leads } from "./texts";

/** One lead. */
export default function One() {
  const { id = "" } = useParams();
  const say = useTexts(leads);
  const query = $api.useQuery("get", "/v1/leads/{id}", { params: { path: { id } } });
  return (
    <Page title={query.data?.name || query.data?.email || say("title")} trail={[["/leads", say("title")]]}>
      <Loaded query={query}>
        {lead => (
          <SimpleGrid cols={{ base: 1, md: 2 }}>
            <Card title={say("message")}>
              <Text fz="sm" style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
                {lead.message || say("noMessage")}
              </Text>
            </Card>
            <About lead={lead} />
          </SimpleGrid>
        )}
      </Loaded>
    </Page>
  );
}

function About({ lead }: { lead: Lead }) {
  const say = useTexts(leads);
  const conversation = `/conversations/${lead.conversation}`;
  return (
    <Card title={say("about")}>
      <Facts
        facts={[
          [say("name"), lead.name],
          [
            say("email"),
            <Group key="email" gap={6}>
              <Anchor href={`mailto:${lead.email}`} fz="sm">
                {lead.email}
              </Anchor>
              <Anchor component={Link} to={`/contacts?q=${encodeURIComponent(lead.email)}`} fz="xs">
                {say("contact")}
              </Anchor>
            </Group>,
          ],
          [
            say("phone"),
            lead.phone && (
              <Anchor href={`tel:${lead.phone}`} fz="sm">
                {lead.phone}
              </Anchor>
            ),
          ],
          [say("company"), lead.company],
          [say("at"), <At key="at" at={lead.at} />],
          [
            say("conversation"),
            <Group key="conversation" gap="xs">
              <Anchor component={Link} to={conversation} fz="sm">
                {say("openConversation")}
              </Anchor>
              {lead.run ? (
                <Anchor component={Link} to={`${conversation}?run=${lead.run}`} fz="sm">
                  {say("openRun")}
                </Anchor>
              ) : (
                say("byForm")
              )}
            </Group>,
          ],
          [say("id"), <CopyId key="id" id={lead.id} />],
        ]}
      />
    </Card>
  );
}
