import { Checkbox, Stack } from "@mantine/core";
import { $api } from "../../../api/client";
import { useTexts } from "../../../i18n/language";
import { Loaded } from "../../../ui/Loaded";
import { Waiting } from "../../../ui/Waiting";
import { wizard } from "./texts";

interface Props {
  readonly chosen: readonly string[];
  readonly choose: (agents: readonly string[]) => void;
}

/** For which agents the new action is switched on. */
export function AgentChoice({ chosen, choose }: Props) {
  const say = useTexts(wizard);
  const query = $api.useQuery("get", "/v1/agents");
  return (
    <Loaded query={query} waiting={<Waiting rows={2} />}>
      {({ items }) => (
        <Checkbox.Group label={say("openIn")} description={say("agentsHint")} value={[...chosen]} onChange={choose}>
          <Stack gap="xs" mt="sm">
            {items.map(one => (
              <Checkbox key={one.slug} value={one.slug} label={one.name} />
            ))}
          </Stack>
        </Checkbox.Group>
      )}
    </Loaded>
  );
}
