import { Anchor, Stack, Text } from "@mantine/core";
import { Link } from "react-router";
import { $api } from "../../api/client";
import { useTexts } from "../../i18n/language";
import { Card } from "../../ui/Card";
import { Loaded } from "../../ui/Loaded";
import { audiences } from "./texts";

/** How many contacts are in it, and some of them. */
export function Members({ slug }: { slug: string }) {
  const say = useTexts(audiences);
  const query = $api.useQuery("get", "/v1/audiences/{slug}/contacts", { params: { path: { slug } } });
  return (
    <Card title={say("who")}>
      <Loaded query={query}>
        {({ matching, looked_at: count, more, items }) => (
          <Stack gap={6}>
            <Text fz="sm" fw={600}>
              {say(more ? "countedMore" : "counted", { matching, count })}
            </Text>
            {items.length === 0 && <Text fz="sm">{say("noneIn")}</Text>}
            {items.map(({ id, name, email }) => (
              <Anchor key={id} component={Link} to={`/contacts/${id}`} fz="sm">
                {name || email || say("unnamed")}
              </Anchor>
            ))}
            <Text fz="xs" c="dimmed">
              {say("whoHint")}
            </Text>
          </Stack>
        )}
      </Loaded>
    </Card>
  );
}
