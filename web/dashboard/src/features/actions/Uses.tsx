import { Anchor, Badge, Group, List, Text } from "@mantine/core";
import { Link } from "react-router";
import { $api } from "../../api/client";
import { useTexts } from "../../i18n/language";
import { Loaded } from "../../ui/Loaded";
import { Waiting } from "../../ui/Waiting";
import { actions } from "./texts";

interface Props {
  readonly of: "action" | "connection";
  readonly slug: string;
  /** What is said where nothing uses it. */
  readonly none: string;
}

/** What uses an action or a connection, each with its link. */
export function Uses({ of, slug, none }: Props) {
  const say = useTexts(actions);
  const action = $api.useQuery("get", "/v1/actions/{slug}/uses", at(slug), { enabled: of === "action" });
  const connection = $api.useQuery("get", "/v1/connections/{slug}/uses", at(slug), { enabled: of === "connection" });
  return (
    <Loaded query={of === "action" ? action : connection} waiting={<Waiting rows={2} />}>
      {({ items }) =>
        items.length ? (
          <List listStyleType="none" spacing={6} size="sm">
            {items.map(one => (
              <List.Item key={`${one.kind} ${one.slug}`}>
                <Group gap="xs">
                  <Badge variant="default">{say(one.kind)}</Badge>
                  <Anchor component={Link} to={`/${one.kind}s/${one.slug}`} fz="sm">
                    {one.name}
                  </Anchor>
                </Group>
              </List.Item>
            ))}
          </List>
        ) : (
          <Text fz="sm" c="dimmed">
            {none}
          </Text>
        )
      }
    </Loaded>
  );
}

function at(slug: string) {
  return { params: { path: { slug } } };
}
