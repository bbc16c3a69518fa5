import {
  ActionIcon,
  Button,
  Card,
  Group,
  MultiSelect,
  NativeSelect,
  NumberInput,
  Stack,
  Switch,
  Text,
} from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import { useTexts } from "../../../i18n/language";
import { useActions, useEditing } from "../editing";
import { Comparisons } from "../fields/Comparisons";
import { Pairs } from "../fields/Pairs";
import { TemplateInput } from "../fields/TemplateInput";
import { WordsInput } from "../fields/WordsInput";
import { type Precondition, replaced } from "../model";
import { rules } from "./ruleTexts";

/** What has to be true before the action is carried out, whoever asks for it. */
export function Preconditions() {
  const say = useTexts(rules);
  const { doc, set, locked } = useEditing();
  const values = doc.preconditions ?? [];
  const add = (one: Precondition) => set({ preconditions: [...values, one] });
  const own: Precondition = {
    kind: "holds",
    conditions: [{ variable: doc.variables?.[0]?.name ?? "customer_id", operator: "equals", value: "{{identity}}" }],
  };
  const adders: readonly (readonly [string, Precondition])[] = [
    [say("addSucceeded"), { kind: "succeeded", actions: [] }],
    [say("addOwn"), own],
    [say("addHolds"), { kind: "holds", conditions: [{ variable: "identity", operator: "exists", value: null }] }],
    [say("addAtMost"), { kind: "at_most", times: 1, per: "conversation" }],
  ];
  return (
    <Stack gap="sm">
      {values.map((one, at) => (
        <Rule
          // biome-ignore lint/suspicious/noArrayIndexKey: a rule has nothing else to be known by
          key={`${at} ${one.kind}`}
          at={at}
          value={one}
          onChange={changed => set({ preconditions: replaced(values, at, changed) })}
        />
      ))}
      {!locked && (
        <Group gap="xs">
          {adders.map(([label, one]) => (
            <Button
              key={label}
              size="compact-sm"
              variant="default"
              leftSection={<IconPlus size={14} />}
              onClick={() => add(one)}
            >
              {label}
            </Button>
          ))}
        </Group>
      )}
    </Stack>
  );
}

interface RuleProps {
  readonly at: number;
  readonly value: Precondition;
  readonly onChange: (value: Precondition | null) => void;
}

function Rule({ at, value, onChange }: RuleProps) {
  const say = useTexts(rules);
  const { locked, problem } = useEditing();
  const set = (patch: Partial<Precondition>) => onChange({ ...value, ...patch });
  const title = { succeeded: say("succeeded"), holds: say("holds"), at_most: say("atMost") };
  const wrong = ["", ".actions", ".conditions", ".times", ".per"].map(end => `preconditions.${at}${end}`);
  return (
    <Card withBorder padding="sm" role="group" aria-label={say("rule", { number: at + 1 })}>
      <Stack gap="xs">
        <Group justify="space-between" wrap="nowrap">
          <Text fz="sm" fw={600}>
            {title[value.kind]}
          </Text>
          {!locked && (
            <ActionIcon aria-label={say("remove")} onClick={() => onChange(null)}>
              <IconX size={16} />
            </ActionIcon>
          )}
        </Group>
        {value.kind === "succeeded" && <SucceededFields value={value} set={set} />}
        {value.kind === "holds" && <HoldsFields value={value} set={set} />}
        {value.kind === "at_most" && <AtMostFields value={value} set={set} />}
        {wrong.map(
          field =>
            problem(field) && (
              <Text key={field} fz="sm" c="red">
                {problem(field)}
              </Text>
            ),
        )}
        <NativeSelect
          label={say("otherwise")}
          data={[
            { value: "refuse", label: say("refuse") },
            { value: "hand_over", label: say("handOver") },
          ]}
          value={value.otherwise ?? "refuse"}
          onChange={event => set({ otherwise: event.currentTarget.value as Precondition["otherwise"] })}
          disabled={locked}
          maw={320}
        />
        <WordsInput label={say("message")} value={value.message} onChange={message => set({ message })} />
      </Stack>
    </Card>
  );
}

interface FieldsProps {
  readonly value: Precondition;
  readonly set: (patch: Partial<Precondition>) => void;
}

function SucceededFields({ value, set }: FieldsProps) {
  const say = useTexts(rules);
  const { doc, locked } = useEditing();
  const others = useActions().filter(one => one.slug !== doc.slug);
  const chosen = value.actions ?? [];
  const missing = chosen.filter(slug => !others.some(one => one.slug === slug));
  return (
    <>
      <MultiSelect
        aria-label={say("pickActions")}
        placeholder={chosen.length ? undefined : say("pickActions")}
        data={[...others.map(one => ({ value: one.slug, label: one.name })), ...missing]}
        value={[...chosen]}
        onChange={actions => set({ actions })}
        disabled={locked}
        searchable
      />
      <Switch
        label={say("succeededStart")}
        checked={value.start ?? false}
        onChange={event => set({ start: event.currentTarget.checked })}
        disabled={locked}
      />
    </>
  );
}

function HoldsFields({ value, set }: FieldsProps) {
  const say = useTexts(rules);
  const { doc, locked } = useEditing();
  const reading = useActions().filter(one => one.slug !== doc.slug);
  const names = (doc.variables ?? []).map(one => one.name);
  return (
    <>
      <NativeSelect
        label={say("fetch")}
        description={say("fetchHint")}
        data={[{ value: "", label: say("noFetch") }, ...reading.map(one => ({ value: one.slug, label: one.name }))]}
        value={value.fetch ?? ""}
        onChange={event => set({ fetch: event.currentTarget.value || null })}
        disabled={locked}
        maw={420}
      />
      {value.fetch && (
        <Pairs
          title={say("arguments")}
          hint={say("argumentsHint")}
          values={value.arguments}
          onChange={given => set({ arguments: given })}
        />
      )}
      <Comparisons
        label={say("holds")}
        values={value.conditions}
        onChange={conditions => set({ conditions })}
        paths={[...(value.fetch ? ["fetched.user_id"] : []), "identity", ...names]}
      />
    </>
  );
}

function AtMostFields({ value, set }: FieldsProps) {
  const say = useTexts(rules);
  const { doc, locked, nameable } = useEditing();
  const byValue = (value.per ?? "conversation") !== "conversation";
  const first = doc.variables?.[0]?.name ?? "order_id";
  return (
    <>
      <Group align="flex-end" gap="sm">
        <NumberInput
          label={say("times")}
          min={1}
          max={1000}
          value={value.times ?? 1}
          onChange={given => set({ times: Number(given) || 1 })}
          disabled={locked}
          w={100}
        />
        <NativeSelect
          label={say("per")}
          data={[
            { value: "conversation", label: say("perConversation") },
            { value: "value", label: say("perValue") },
          ]}
          value={byValue ? "value" : "conversation"}
          onChange={event => set({ per: event.currentTarget.value === "value" ? `{{${first}}}` : "conversation" })}
          disabled={locked}
          flex="1 1 220px"
        />
        {byValue && (
          <div style={{ flex: "1 1 200px" }}>
            <TemplateInput
              label={say("perTemplate")}
              value={value.per ?? ""}
              onChange={per => set({ per: per || "{{" })}
              nameable={nameable}
              disabled={locked}
              mono
            />
          </div>
        )}
      </Group>
      <Switch
        label={say("countsTried")}
        checked={value.counts === "tried"}
        onChange={event => set({ counts: event.currentTarget.checked ? "tried" : "done" })}
        disabled={locked}
      />
    </>
  );
}
