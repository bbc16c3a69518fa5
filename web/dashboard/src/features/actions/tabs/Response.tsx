import { NativeSelect, SimpleGrid, Stack, Switch, Text, TextInput } from "@mantine/core";
import type { ReactNode } from "react";
import { $api } from "../../../api/client";
import { useTexts } from "../../../i18n/language";
import { useEditing } from "../editing";
import { Comparisons } from "../fields/Comparisons";
import { Part } from "../fields/Part";
import { Messages } from "./Messages";
import { response } from "./responseTexts";
import { Transformer } from "./Transformer";

/** What is made of an answer: success, messages, transformer, what comes after. */
export function Response({ brief }: { brief?: boolean }) {
  const say = useTexts(response);
  const { doc, set, locked, problem } = useEditing();
  const answers = doc.kind !== "form";
  return (
    <Stack gap="xl" maw={900}>
      {answers && (
        <Part title={say("success")} hint={say("successHint")}>
          <Comparisons
            label={say("success")}
            values={doc.success}
            onChange={success => set({ success })}
            paths={["status", "response.ok", "response.status", "response.verified"]}
          />
        </Part>
      )}
      <Part
        title={say("messages")}
        hint={say("messagesHint", { response: "{{response.field}}", status: "{{status}}" })}
      >
        <Messages />
        <Switch
          mt="sm"
          label={say("handOver")}
          checked={doc.hand_over_on_error ?? false}
          onChange={event => set({ hand_over_on_error: event.currentTarget.checked })}
          disabled={locked}
        />
      </Part>
      {answers && !brief && <Transformer />}
      {!brief && <Afterwards />}
      {answers && !brief && doc.kind !== "javascript" && (
        <Part title={say("identity")} hint={say("identityHint", { example: "{{identity}}" })}>
          <TextInput
            aria-label={say("identity")}
            placeholder="customer.id"
            value={doc.identity ?? ""}
            onChange={event => set({ identity: event.currentTarget.value || null })}
            error={problem("identity")}
            disabled={locked}
            maw={320}
            spellCheck={false}
          />
          <Text fz="xs" c="dimmed" mt={4}>
            {say("facts")}
          </Text>
        </Part>
      )}
    </Stack>
  );
}

function Afterwards(): ReactNode {
  const say = useTexts(response);
  const { doc, set, locked, problem } = useEditing();
  const { data } = $api.useQuery("get", "/v1/procedures");
  const known = (data?.items ?? []).map(one => ({ value: one.slug, label: one.name }));
  const choice = (key: "success" | "error", label: string) => {
    const value = doc.then?.[key] ?? "";
    const listed = !value || known.some(one => one.value === value);
    return (
      <NativeSelect
        label={label}
        data={[{ value: "", label: say("nothing") }, ...known, ...(listed ? [] : [value])]}
        value={value}
        onChange={event => set({ then: { ...doc.then, [key]: event.currentTarget.value || null } })}
        error={problem(`then.${key}`)}
        disabled={locked}
      />
    );
  };
  return (
    <Part title={say("then")} hint={say("thenHint")}>
      <SimpleGrid cols={{ base: 1, sm: 2 }} maw={640}>
        {choice("success", say("thenSuccess"))}
        {choice("error", say("thenError"))}
      </SimpleGrid>
    </Part>
  );
}
