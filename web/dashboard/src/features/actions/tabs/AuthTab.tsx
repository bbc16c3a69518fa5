import { Anchor, Stack, Text } from "@mantine/core";
import { Link } from "react-router";
import { useTexts } from "../../../i18n/language";
import { useEditing, useRequest } from "../editing";
import { AuthFields } from "../fields/AuthFields";
import { fields } from "../fields/texts";

/** How the request proves who sends it: its own way, or the connection's. */
export function AuthTab() {
  const say = useTexts(fields);
  const { doc, locked, problem } = useEditing();
  const [request, set] = useRequest();
  return (
    <Stack gap="sm">
      <AuthFields
        value={request.auth}
        onChange={auth => set({ auth })}
        owner={doc.slug || doc.name}
        otherwise={say(request.connection ? "ofConnection" : "noAuth")}
        locked={locked}
        field="request.auth"
        problem={problem}
        without={(request.method ?? "GET") === "GET" ? ["body"] : []}
      />
      {request.connection && !request.auth && (
        <Text fz="sm">
          <Anchor component={Link} to={`/settings/connections/${request.connection}`}>
            {request.connection}
          </Anchor>
        </Text>
      )}
    </Stack>
  );
}
