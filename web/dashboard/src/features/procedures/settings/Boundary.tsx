import { type AnyStep, setFields } from "@deskhand/flow";
import {
  Badge,
  Collapse,
  Group,
  MultiSelect,
  NativeSelect,
  NumberInput,
  Paper,
  SimpleGrid,
  Stack,
  Switch,
  Text,
  Title,
  UnstyledButton,
} from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconChevronDown, IconChevronUp, IconShieldCheck } from "@tabler/icons-react";
import { $api } from "../../../api/client";
import { useTexts } from "../../../i18n/language";
import { Empty } from "../../../ui/Empty";
import { SaidInput } from "../../../ui/SaidInput";
import { useUsual } from "../../agents/widget/useUsual";
import { changes, objectIn, outward, saidIn, type TabProps, textIn, textsIn, withFields } from "./fields";
import { settings } from "./texts";

const LEVELS = ["auto", "notify", "require"] as const;

/** What the agent never does alone. */
export default function Boundary({ document, change }: TabProps) {
  const say = useTexts(settings);
  const steps = outward(document);
  const marked = document.irreversible === true;
  return (
    <Stack maw={860}>
      <Switch
        label={say("irreversible")}
        description={say("irreversibleHint")}
        checked={marked}
        onChange={event => {
          const { checked } = event.currentTarget;
          change?.(before => withFields(before, { irreversible: checked }));
        }}
        disabled={!change}
      />
      <Switch
        label={say("escalation")}
        description={say("escalationHint")}
        checked={document.escalation === true}
        onChange={event => {
          const { checked } = event.currentTarget;
          change?.(before => withFields(before, { escalation: checked }));
        }}
        disabled={!change}
      />
      {steps.length === 0 ? (
        <Empty icon={IconShieldCheck} title={say("noActs")}>
          {say("noActsText")}
        </Empty>
      ) : (
        <section aria-label={say("acts")}>
          <Title order={2} fz="md">
            {say("acts")}
          </Title>
          <Text fz="sm" c="dimmed" mb="sm">
            {say("actsText")}
          </Text>
          <Stack gap="sm">
            {steps.map(step => (
              <Act
                key={step.id}
                step={step}
                marked={marked}
                set={change && (fields => change(before => setFields(before, step.id, fields)))}
              />
            ))}
          </Stack>
        </section>
      )}
    </Stack>
  );
}

interface ActProps {
  readonly step: AnyStep;
  /** Whether the procedure as a whole is marked. */
  readonly marked: boolean;
  readonly set: ((fields: Readonly<Record<string, unknown>>) => void) | undefined;
}

function Act({ step, marked, set }: ActProps) {
  const say = useTexts(settings);
  const [open, { toggle }] = useDisclosure(false);
  const own = step.irreversible === true;
  const enforced = own || (marked && changes(step));
  const level = LEVELS.find(one => one === step.approval) ?? "auto";
  return (
    <Paper withBorder p="sm">
      <Group justify="space-between" gap="sm" wrap="nowrap" align="flex-start">
        <div style={{ minWidth: 0 }}>
          <Text fz="sm" fw={600}>
            {textIn(step, "description") || told(step)}
          </Text>
          <Text fz="xs" c="dimmed" ff="monospace" truncate>
            {textIn(step, "description") ? `${step.id} · ${told(step)}` : step.id}
          </Text>
        </div>
        {enforced && <Badge color="red">{say("enforced")}</Badge>}
      </Group>
      <SimpleGrid cols={{ base: 1, sm: 2 }} mt="sm" spacing="sm">
        <NativeSelect
          label={say("level")}
          aria-label={say("levelOf", { step: step.id })}
          value={enforced ? "require" : level}
          onChange={event =>
            set?.({ approval: event.currentTarget.value === "auto" ? undefined : event.currentTarget.value })
          }
          data={LEVELS.map(value => ({ value, label: say(value) }))}
          disabled={!set || enforced}
        />
        <Who step={step} set={set} />
      </SimpleGrid>
      <Group justify="space-between" mt="sm">
        <Switch
          label={say("stepIrreversible")}
          aria-label={say("stepIrreversibleOf", { step: step.id })}
          checked={own}
          onChange={event => set?.({ irreversible: event.currentTarget.checked || undefined })}
          disabled={!set}
        />
        <UnstyledButton onClick={toggle} aria-expanded={open} fz="sm">
          <Group gap={4}>
            {say(open ? "less" : "more")}
            {open ? <IconChevronUp size={14} /> : <IconChevronDown size={14} />}
          </Group>
        </UnstyledButton>
      </Group>
      <Collapse expanded={open}>
        <More step={step} set={set} />
      </Collapse>
      {typeof step.action === "string" && step.kind === "call" && (
        <Text fz="xs" c="dimmed" mt="xs">
          {say("fromAction", { action: step.action })}
        </Text>
      )}
    </Paper>
  );
}

function More({ step, set }: Omit<ActProps, "marked">) {
  const say = useTexts(settings);
  const usual = useUsual();
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }} mt="sm" spacing="sm">
      <SaidInput
        label={say("confirmOf", { step: step.id })}
        hint={say("confirmHint")}
        value={saidIn(step, "confirm")}
        set={confirm => set?.({ confirm: confirm || undefined })}
        usual={usual}
        maxLength={2000}
        readOnly={!set}
      />
      <NumberInput
        label={say("expires")}
        value={typeof step.expires_hours === "number" ? step.expires_hours : 24}
        onChange={value => set?.({ expires_hours: typeof value === "number" && value !== 24 ? value : undefined })}
        min={1}
        readOnly={!set}
      />
    </SimpleGrid>
  );
}

function Who({ step, set }: Omit<ActProps, "marked">) {
  const say = useTexts(settings);
  const approvers = objectIn(step, "approvers");
  const members = textsIn(approvers, "members");
  const role = textIn(approvers, "role");
  const mode = "members" in approvers ? "members" : role === "agent" ? "" : role;
  const choose = (value: string) => {
    if (value === "members") set?.({ approvers: { members: [] } });
    else set?.({ approvers: value ? { role: value } : undefined });
  };
  return (
    <Stack gap="xs">
      <NativeSelect
        label={say("approvers")}
        aria-label={say("approversOf", { step: step.id })}
        value={mode}
        onChange={event => choose(event.currentTarget.value)}
        data={[
          { value: "", label: say("anyMember") },
          { value: "admin", label: say("role_admin") },
          { value: "owner", label: say("role_owner") },
          { value: "members", label: say("members") },
        ]}
        disabled={!set}
      />
      {mode === "members" && (
        <Members
          step={step}
          value={members}
          choose={set && (members => set({ approvers: { ...approvers, members } }))}
        />
      )}
    </Stack>
  );
}

interface MembersProps {
  readonly step: AnyStep;
  readonly value: string[];
  readonly choose: ((members: string[]) => void) | undefined;
}

function Members({ step, value, choose }: MembersProps) {
  const say = useTexts(settings);
  const { data } = $api.useQuery("get", "/v1/members");
  const known = (data?.items ?? []).map(one => ({ value: one.email, label: `${one.name} (${one.email})` }));
  const gone = value.filter(email => !known.some(one => one.value === email));
  return (
    <MultiSelect
      aria-label={say("membersOf", { step: step.id })}
      value={value}
      onChange={choose}
      data={[...known, ...gone.map(email => ({ value: email, label: email }))]}
      searchable
      readOnly={!choose}
    />
  );
}

/** What a step does, in the fewest words. */
function told(step: AnyStep): string {
  const { kind, action, method, url, tool } = step;
  if (kind === "call") return typeof action === "string" ? action : `${String(method ?? "GET")} ${String(url ?? "")}`;
  if (kind === "tool") return String(tool ?? kind);
  if (kind === "internal") return String(action ?? kind).replaceAll("_", " ");
  return kind;
}
