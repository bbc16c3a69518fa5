import type { WidgetLook } from "@deskhand/contract";
import { Alert, Anchor, Stack, Switch, TagsInput } from "@mantine/core";
import { Link } from "react-router";
import { $api } from "../../../api/client";
import { useMayBuild } from "../../../app/session";
import { useTexts } from "../../../i18n/language";
import { Card } from "../../../ui/Card";
import type { PartProps } from "../drafts";
import { isOrigin, originsOf } from "./origin";
import { widget } from "./texts";

/** On which pages the widget works, and for whom. */
export function Access({ agent, set }: PartProps) {
  const say = useTexts(widget);
  const builds = useMayBuild();
  const settings = $api.useQuery("get", "/v1/settings/widget");
  const { origins, require_identity } = agent.widget;
  const put = (change: Partial<WidgetLook>) => set({ widget: { ...agent.widget, ...change } });
  const strange = origins.filter(one => !isOrigin(one));
  return (
    <Card title={say("access")}>
      <Stack>
        <TagsInput
          label={say("origins")}
          description={say("originsHint")}
          placeholder={origins.length ? undefined : say("allOrigins")}
          value={origins}
          onChange={typed => put({ origins: originsOf(typed) })}
          splitChars={[",", " ", "\n"]}
          maxTags={50}
          acceptValueOnBlur
          error={strange.length > 0 && say("noOrigin", { origin: strange.join(", ") })}
          readOnly={!builds}
        />
        <Switch
          label={say("requireIdentity")}
          description={say("requireIdentityHint")}
          checked={require_identity}
          onChange={event => put({ require_identity: event.currentTarget.checked })}
          disabled={!builds}
        />
        {require_identity && settings.data?.identity_secret_set_at === null && (
          <Alert color="yellow" p="xs">
            {say("noSecret")}{" "}
            <Anchor component={Link} to="/settings/widget" fz="sm">
              {say("toSecret")}
            </Anchor>
          </Alert>
        )}
      </Stack>
    </Card>
  );
}
