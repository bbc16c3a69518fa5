import type { Problem } from "@deskhand/contract";
import { Group, MultiSelect, NativeSelect, Stack, Switch, TagsInput, Text, Textarea } from "@mantine/core";
import { IconBulb, IconCheck } from "@tabler/icons-react";
import { $api } from "../../../api/client";
import { useTexts } from "../../../i18n/language";
import { Card } from "../../../ui/Card";
import { Prose } from "../../../ui/Prose";
import { Comparisons } from "./Comparisons";
import { comparisonsIn, objectIn, type TabProps, textIn, textsIn, withTrigger } from "./fields";
import { settings } from "./texts";

interface Props extends TabProps {
  /** What publishing would say; the one about the description stands beneath it. */
  readonly problems?: readonly Pick<Problem, "field" | "sentence">[];
}

/** When it comes, for whom, how it starts, and when it must not. */
export default function Triggers({ document, change, problems = [] }: Props) {
  const trigger = objectIn(document, "trigger");
  const set: Set | undefined = change && (fields => change(before => withTrigger(before, fields)));
  return (
    <Stack maw={760}>
      <Asked trigger={trigger} set={set} problems={problems} />
      <Unasked trigger={trigger} set={set} />
      <Who trigger={trigger} set={set} />
      <NotWhen trigger={trigger} set={set} />
    </Stack>
  );
}

type Set = (fields: Parameters<typeof withTrigger>[1]) => void;

interface PartProps {
  readonly trigger: Readonly<Record<string, unknown>>;
  readonly set: Set | undefined;
}

function Asked({ trigger, set, problems }: PartProps & { problems: NonNullable<Props["problems"]> }) {
  const say = useTexts(settings);
  const description = textIn(trigger, "description");
  const hint = problems.find(one => one.field === "trigger.description");
  return (
    <Card title={say("asking")}>
      <Stack>
        <div>
          <Textarea
            label={say("whenDescription")}
            description={say("whenHint")}
            value={description}
            onChange={event => set?.({ description: event.currentTarget.value })}
            autosize
            minRows={2}
            readOnly={!set}
          />
          {(hint || description.trim()) && (
            <Group gap={6} mt={6} wrap="nowrap" align="flex-start" role="status">
              {hint ? <IconBulb size={16} /> : <IconCheck size={16} />}
              <Text fz="xs">
                <Prose text={hint ? `${say("quality")}: ${hint.sentence}` : say("good")} />
              </Text>
            </Group>
          )}
        </div>
        <TagsInput
          label={say("phrases")}
          description={say("phrasesHint")}
          value={textsIn(trigger, "phrases")}
          onChange={phrases => set?.({ phrases })}
          splitChars={["\n"]}
          acceptValueOnBlur
          readOnly={!set}
        />
      </Stack>
    </Card>
  );
}

function Unasked({ trigger, set }: PartProps) {
  const say = useTexts(settings);
  const { data } = $api.useQuery("get", "/v1/sources");
  const chosen = textsIn(trigger, "sources");
  const known = data?.items ?? [];
  const gone = chosen.filter(slug => !known.some(one => one.slug === slug));
  return (
    <Card title={say("other")}>
      <Stack>
        <MultiSelect
          label={say("sources")}
          description={data && known.length === 0 ? say("noSources") : say("sourcesHint")}
          value={chosen}
          onChange={sources => set?.({ sources })}
          data={[
            ...known.map(one => ({ value: one.slug, label: one.name })),
            ...gone.map(value => ({ value, label: value })),
          ]}
          searchable
          readOnly={!set}
        />
        <Switch
          label={say("feedback")}
          description={say("feedbackHint")}
          checked={trigger.on_negative_feedback === true}
          onChange={event => set?.({ on_negative_feedback: event.currentTarget.checked })}
          disabled={!set}
        />
        <Switch
          label={say("unanswered")}
          description={say("unansweredHint")}
          checked={trigger.on_unanswered === true}
          onChange={event => set?.({ on_unanswered: event.currentTarget.checked })}
          disabled={!set}
        />
        <Switch
          label={say("always")}
          description={say("alwaysHint")}
          checked={trigger.always === true}
          onChange={event => set?.({ always: event.currentTarget.checked })}
          disabled={!set}
        />
      </Stack>
    </Card>
  );
}

function Who({ trigger, set }: PartProps) {
  const say = useTexts(settings);
  const { data } = $api.useQuery("get", "/v1/audiences");
  const audience = textIn(trigger, "audience");
  const known = (data?.items ?? []).map(one => ({ value: one.slug, label: one.name }));
  const gone = audience && !known.some(one => one.value === audience) ? [{ value: audience, label: audience }] : [];
  return (
    <Card title={say("who")}>
      <Stack>
        <NativeSelect
          label={say("audience")}
          description={say("audienceHint")}
          value={audience}
          onChange={event => set?.({ audience: event.currentTarget.value || null })}
          data={[{ value: "", label: say("everybody") }, ...known, ...gone]}
          disabled={!set}
        />
        <NativeSelect
          label={say("start")}
          value={textIn(trigger, "start")}
          onChange={event => set?.({ start: (event.currentTarget.value || null) as "agent" | "offer" | null })}
          data={[
            { value: "", label: say("startUsual") },
            { value: "agent", label: say("startAgent") },
            { value: "offer", label: say("startOffer") },
          ]}
          disabled={!set}
        />
      </Stack>
    </Card>
  );
}

function NotWhen({ trigger, set }: PartProps) {
  const say = useTexts(settings);
  return (
    <Card title={say("notWhen")}>
      <Stack>
        <Textarea
          label={say("notWhenText")}
          description={say("notWhenHint")}
          value={textIn(trigger, "when_not_to_use")}
          onChange={event => set?.({ when_not_to_use: event.currentTarget.value })}
          autosize
          minRows={2}
          readOnly={!set}
        />
        <Comparisons
          label={say("skipWhen")}
          hint={say("skipWhenHint")}
          value={comparisonsIn(trigger, "skip_when")}
          change={set && (skip_when => set({ skip_when: skip_when as never }))}
        />
      </Stack>
    </Card>
  );
}
