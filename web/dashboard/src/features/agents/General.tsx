/** What an agent is called, how it understands, and what it may do. */

import type { ShownAgent } from "@deskhand/contract";
import { MultiSelect, NativeSelect, Radio, Stack, Textarea, TextInput } from "@mantine/core";
import { $api } from "../../api/client";
import { useMayBuild } from "../../app/session";
import { useTexts } from "../../i18n/language";
import { Card } from "../../ui/Card";
import type { PartProps } from "./drafts";
import { agents } from "./texts";

export function About({ agent, set }: PartProps) {
  const say = useTexts(agents);
  const builds = useMayBuild();
  const models = $api.useQuery("get", "/v1/models");
  const known = (models.data?.items ?? []).map(one => ({ value: one.slug, label: `${one.slug} (${one.model})` }));
  return (
    <Card title={say("about")}>
      <Stack>
        <TextInput
          label={say("name")}
          value={agent.name}
          onChange={event => set({ name: event.currentTarget.value })}
          maxLength={100}
          required
          withAsterisk={false}
          readOnly={!builds}
        />
        <NativeSelect
          label={say("kind")}
          description={say("kindHint")}
          value={agent.kind}
          onChange={event => set({ kind: event.currentTarget.value as ShownAgent["kind"] })}
          data={(["customer", "team"] as const).map(value => ({ value, label: say(value) }))}
          disabled={!builds}
        />
        <TextInput
          label={say("number")}
          description={say("numberHint", { braces: "{{agent_number}}" })}
          type="tel"
          value={agent.number}
          onChange={event => set({ number: event.currentTarget.value })}
          maxLength={50}
          readOnly={!builds}
        />
        <NativeSelect
          label={say("model")}
          value={agent.model ?? ""}
          onChange={event => set({ model: event.currentTarget.value || null })}
          data={[{ value: "", label: say("modelUsual") }, ...known, { value: "offline", label: say("offline") }]}
          disabled={!builds}
        />
        <Textarea
          label={say("instructions")}
          description={say("instructionsHint", { example: "`refund-request`" })}
          value={agent.instructions}
          onChange={event => set({ instructions: event.currentTarget.value })}
          maxLength={20_000}
          autosize
          minRows={5}
          maxRows={20}
          readOnly={!builds}
        />
      </Stack>
    </Card>
  );
}

export function Abilities({ agent, set }: PartProps) {
  const say = useTexts(agents);
  const builds = useMayBuild();
  const actions = $api.useQuery("get", "/v1/actions");
  const procedures = $api.useQuery("get", "/v1/procedures", { params: { query: { status: "active" } } });
  const usable = (actions.data?.items ?? []).map(one => one as unknown as { slug: string; name?: string });
  const active = procedures.data?.items ?? [];
  return (
    <Card title={say("can")}>
      <Stack>
        <MultiSelect
          label={say("actions")}
          description={say(actions.data && usable.length === 0 ? "noActions" : "actionsHint")}
          value={agent.actions}
          onChange={chosen => set({ actions: chosen })}
          data={choices(usable, agent.actions)}
          searchable
          readOnly={!builds}
        />
        <Radio.Group
          label={say("procedures")}
          value={agent.procedures === null ? "all" : "some"}
          onChange={value => builds && set({ procedures: value === "all" ? null : active.map(one => one.slug) })}
        >
          <Stack gap={6} mt={6}>
            <Radio value="all" label={say("allProcedures")} disabled={!builds} />
            <Radio value="some" label={say("someProcedures")} disabled={!builds} />
          </Stack>
        </Radio.Group>
        {agent.procedures !== null && (
          <MultiSelect
            aria-label={say("someProcedures")}
            value={agent.procedures}
            onChange={chosen => set({ procedures: chosen })}
            data={choices(active, agent.procedures)}
            searchable
            readOnly={!builds}
          />
        )}
      </Stack>
    </Card>
  );
}

/** What there is, and what is chosen although it is gone. */
function choices(known: readonly { slug: string; name?: string }[], chosen: readonly string[]) {
  const gone = chosen.filter(slug => !known.some(one => one.slug === slug)).map(slug => ({ slug, name: slug }));
  return [...known, ...gone].map(one => ({ value: one.slug, label: one.name || one.slug }));
}
