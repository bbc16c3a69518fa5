import { Anchor, Badge, Group, Stack, Text } from "@mantine/core";
import { useQueries } from "@tanstack/react-query";
import { Link } from "react-router";
import { $api, api } from "../../api/client";
import { useTexts } from "../../i18n/language";
import { Card } from "../../ui/Card";
import { Loaded } from "../../ui/Loaded";
import { contacts } from "./texts";

const SHOWN = 20;

/** In which audiences a contact is, and what keeps them out of the others. */
export function InAudiences({ id }: { id: string }) {
  const say = useTexts(contacts);
  const query = $api.useQuery("get", "/v1/audiences");
  const audiences = (query.data?.items ?? []).slice(0, SHOWN);
  const outcomes = useQueries({
    queries: audiences.map(({ slug }) => ({
      queryKey: ["post", "/v1/audiences/{slug}/test", slug, id],
      queryFn: async () => {
        const params = { path: { slug } };
        return (
          (await api.POST("/v1/audiences/{slug}/test", { params, body: { contact_id: id, context: {} } })).data ?? null
        );
      },
    })),
  });
  return (
    <Card title={say("audiences")}>
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Text fz="sm">{say("noAudiences")}</Text>
          ) : (
            <Stack gap={6}>
              {audiences.map(({ slug, name }, at) => (
                <div key={slug}>
                  <Group gap={6}>
                    <Anchor component={Link} to={`/audiences/${slug}?contact=${id}`} fz="sm">
                      {name}
                    </Anchor>
                    <Membership in={outcomes[at]?.data?.matches} />
                  </Group>
                  <Text fz="xs" c="dimmed">
                    {outcomes[at]?.data?.why}
                  </Text>
                </div>
              ))}
              <Text fz="xs" c="dimmed">
                {say("audiencesHint")}
              </Text>
            </Stack>
          )
        }
      </Loaded>
    </Card>
  );
}

function Membership({ in: inside }: { in: boolean | undefined }) {
  const say = useTexts(contacts);
  if (inside === undefined) return null;
  return <Badge color={inside ? "teal" : "gray"}>{say(inside ? "in" : "out")}</Badge>;
}
