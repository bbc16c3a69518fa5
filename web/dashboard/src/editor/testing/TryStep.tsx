/** Tries one step with sample or pinned values. */

import type { MockResponse, ScopeOfStep, StepResult as Tried } from "@deskhand/contract";
import {
  Button,
  Group,
  SegmentedControl,
  Select,
  Skeleton,
  Stack,
  Switch,
  Text,
  Textarea,
  TextInput,
} from "@mantine/core";
import { IconPin, IconPinnedOff, IconPlayerPlay, IconPointer } from "@tabler/icons-react";
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { $api, api } from "../../api/client";
import type { Who } from "../../features/trying/who";
import { useLanguage, useTexts } from "../../i18n/language";
import { Empty } from "../../ui/Empty";
import { Loaded } from "../../ui/Loaded";
import { kindName } from "../canvas/useCanvasKeys";
import { type DraftStep, type PanelProps, stepOf, stepsOf } from "../panel";
import { stepTexts } from "../steps";
import { useKeptWho } from "./kept";
import { Mock } from "./Mock";
import { Refusal } from "./Refusal";
import { StepResult } from "./StepResult";
import { typed } from "./script";
import { TriedAs } from "./TriedAs";
import { testing } from "./texts";
import { type Typed, textOf, typical, Values, valuesOf } from "./Values";

const PINS = "/v1/procedures/{slug}/pins";
const MASK = "••••••";

interface Pinned {
  readonly values: Typed;
  readonly reply: string;
  readonly response: MockResponse | null;
}

export function TryStep(panel: PanelProps) {
  const say = useTexts(testing);
  const sayStep = useTexts(stepTexts);
  const { slug, document, step, onSelect } = panel;
  const chosen = stepOf(document, step);
  const [who, keepWho] = useKeptWho(slug);
  return (
    <Stack gap="sm">
      <Select
        label={say("step")}
        searchable
        value={chosen?.id ?? null}
        data={stepsOf(document).map(one => ({ value: one.id, label: `${one.id} · ${kindName(one.kind, sayStep)}` }))}
        onChange={id => id && onSelect(id)}
        allowDeselect={false}
      />
      {chosen ? (
        <>
          <TriedAs who={who} change={keepWho} document={document} />
          <Loading key={chosen.id} {...panel} chosen={chosen} who={who} />
        </>
      ) : (
        <Empty icon={IconPointer} title={say("chooseStep")}>
          {say("chooseStepText")}
        </Empty>
      )}
    </Stack>
  );
}

function Loading({ chosen, ...panel }: Omit<TryingProps, "scope" | "pinned">) {
  const { slug, document } = panel;
  const scope = useQuery<ScopeOfStep>({
    queryKey: ["scope", document, chosen.id],
    queryFn: async ({ signal }) => {
      const body = { document: { ...document }, step: chosen.id };
      const { data } = await api.POST("/v1/scope", { body, signal });
      if (!data) throw new Error("/v1/scope came back empty");
      return data;
    },
    placeholderData: keepPreviousData,
  });
  const pins = $api.useQuery("get", PINS, { params: { path: { slug } } });
  const pinned = pins.data?.items.find(one => one.step === chosen.id)?.pin;
  if (pins.isPending) return <Skeleton h={120} />;
  return (
    <Loaded query={scope} waiting={<Skeleton h={120} />}>
      {found => (
        <Trying
          {...panel}
          chosen={chosen}
          scope={found}
          pinned={
            pinned
              ? {
                  values: Object.fromEntries(
                    Object.entries(pinned.values).map(([name, value]) => [name, value === MASK ? "" : textOf(value)]),
                  ),
                  reply: textOf(pinned.reply),
                  response: (pinned.response ?? null) as MockResponse | null,
                }
              : null
          }
        />
      )}
    </Loaded>
  );
}

interface TryingProps extends PanelProps {
  readonly who: Who;
  readonly chosen: DraftStep;
  readonly scope: ScopeOfStep;
  readonly pinned: Pinned | null;
}

function Trying({ slug, document, chosen, scope, pinned, onSelect, who }: TryingProps) {
  const say = useTexts(testing);
  const { language } = useLanguage();
  const [values, setValues] = useState<Typed>(() => pinned?.values ?? samples(scope));
  const [reply, setReply] = useState(pinned?.reply ?? "");
  const [mode, setMode] = useState<"dry" | "mock" | "send">("mock");
  const [mock, setMock] = useState<MockResponse | null>(pinned?.response ?? null);
  const calls = ["call", "tool", "button", "javascript"].includes(chosen.kind);
  const [there, setThere] = useState(true);
  const fills = chosen.kind === "form" || chosen.kind === "component";
  const asks = chosen.kind === "collect" || fills;
  const given = asks && reply !== "" ? typed(reply, fills ? "json" : chosen.validation) : null;
  const attempt = useMutation<Tried>({
    mutationFn: async () => {
      const sample = {
        values: valuesOf(values, scope.variables),
        context: {},
        mode: calls ? mode : ("mock" as const),
        response: mode === "mock" ? mock : null,
        reply: given,
        confirm: true,
        click: true,
        live_chat: there,
        contact: who.contact,
        agent: who.agent,
        language: who.language ?? language,
      };
      const body = { document: { ...document }, step: chosen.id, sample };
      const { data } = await api.POST("/v1/try-step", { body });
      if (!data) throw new Error("/v1/try-step came back empty");
      return data;
    },
  });
  return (
    <Stack gap="sm">
      <div>
        <Text fz="sm" fw={500} mb={4}>
          {say("variables")}
        </Text>
        {pinned && (
          <Text fz="xs" c="dimmed" mb={4}>
            {say("pinned")}
          </Text>
        )}
        <Values variables={scope.variables} values={values} change={setValues} />
      </div>
      {chosen.kind === "collect" && (
        <TextInput
          label={say("reply")}
          value={reply}
          placeholder={typeof chosen.example === "string" ? chosen.example : ""}
          onChange={event => setReply(event.currentTarget.value)}
        />
      )}
      {chosen.kind === "live_chat" && (
        <Switch
          label={say("somebodyThere")}
          checked={there}
          onChange={event => setThere(event.currentTarget.checked)}
        />
      )}
      {fills && (
        <Textarea
          label={say(chosen.kind === "form" ? "formReply" : "componentReply")}
          value={reply}
          autosize
          minRows={2}
          placeholder="{}"
          onChange={event => setReply(event.currentTarget.value)}
        />
      )}
      {calls && (
        <>
          <SegmentedControl
            size="xs"
            aria-label={say("mode")}
            value={mode}
            onChange={one => setMode(one as typeof mode)}
            data={[
              { value: "dry", label: say("dry") },
              { value: "mock", label: say("mock") },
              { value: "send", label: say("send") },
            ]}
          />
          {mode === "mock" && (
            <Mock mock={mock ?? undefined} sample={chosen.sample_response} onChange={setMock} label={say("answers")} />
          )}
          {mode === "send" && (
            <Text fz="xs" c="dimmed">
              {say("sendWarning")}
            </Text>
          )}
        </>
      )}
      <Group gap={6}>
        <Button
          leftSection={<IconPlayerPlay size={15} />}
          loading={attempt.isPending}
          onClick={() => attempt.mutate()}
          data-testid="try-step"
        >
          {say("run")}
        </Button>
        <PinButton
          {...{ slug, step: chosen.id, pinned: pinned !== null }}
          pin={{ values: valuesOf(values, scope.variables), reply: given, response: mock }}
        />
      </Group>
      {attempt.error && <Refusal error={attempt.error} onSelect={onSelect} />}
      {attempt.data && !attempt.isPending && <StepResult tried={attempt.data} onSelect={onSelect} />}
    </Stack>
  );
}

function samples(scope: ScopeOfStep): Typed {
  return Object.fromEntries(scope.variables.map(one => [one.name, one.always ? typical(one) : ""]));
}

interface PinProps {
  readonly slug: string;
  readonly step: string;
  readonly pinned: boolean;
  readonly pin: { values: Record<string, unknown>; reply: unknown; response: MockResponse | null };
}

/** Keeps the values for the next time, or lets go of them. */
function PinButton({ slug, step, pinned, pin }: PinProps) {
  const say = useTexts(testing);
  const queries = useQueryClient();
  const path = { slug, step };
  const change = useMutation({
    mutationFn: async (keep: boolean) => {
      if (keep)
        await api.PUT(`${PINS}/{step}`, { params: { path }, body: { ...pin, response: asRecord(pin.response) } });
      else await api.DELETE(`${PINS}/{step}`, { params: { path } });
      await queries.invalidateQueries({ queryKey: ["get", PINS] });
    },
  });
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconPin size={15} />}
        loading={change.isPending}
        onClick={() => change.mutate(true)}
      >
        {say("pin")}
      </Button>
      {pinned && (
        <Button variant="subtle" leftSection={<IconPinnedOff size={15} />} onClick={() => change.mutate(false)}>
          {say("unpin")}
        </Button>
      )}
      {change.error && (
        <Text fz="sm" c="red" role="alert">
          {change.error.message}
        </Text>
      )}
    </>
  );
}

function asRecord(mock: MockResponse | null): Record<string, unknown> | null {
  return mock ? { ...mock } : null;
}
