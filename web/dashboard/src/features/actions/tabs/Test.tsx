import { Alert, Button, Collapse, Group, Stack, Switch, Text, UnstyledButton } from "@mantine/core";
import { IconChevronDown, IconChevronRight, IconPlayerPlay } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { $api } from "../../../api/client";
import { useShortcuts } from "../../../app/shortcuts";
import { useLanguage, useTexts } from "../../../i18n/language";
import type { Language } from "../../../i18n/texts";
import { ErrorNote } from "../../../ui/ErrorNote";
import { useLeading } from "../../../ui/place";
import { NOBODY, type Who } from "../../trying/who";
import { useEditing } from "../editing";
import { type Doc, reaches, toSend } from "../model";
import { sampleOf } from "../templates";
import { ContextFields, context, usesContext } from "./ContextFields";
import { Earlier } from "./Earlier";
import { SampleField } from "./SampleField";
import { TrialShown } from "./TrialShown";
import { tests } from "./testTexts";

/** What was typed to test with stays while the action is open, also on other tabs. */
export interface Samples extends Who {
  readonly values: Readonly<Record<string, string>>;
  readonly context: Readonly<Record<string, string>>;
}

export const NO_SAMPLES: Samples = { ...NOBODY, values: {}, context: {} };

interface Props {
  readonly samples: Samples;
  readonly setSamples: (samples: Samples) => void;
  /** Whether the action is stored, so that the agent could use it. */
  readonly stored: boolean;
}

/** Tries the action as it stands: sample values in, request and response side by side, what to mend. */
export function Test({ samples, setSamples, stored }: Props) {
  const say = useTexts(tests);
  const { doc, locked } = useEditing();
  const queries = useQueryClient();
  const { language } = useLanguage();
  const [dry, setDry] = useState(false);
  const trying = $api.useMutation("post", "/v1/try-action", {
    onSuccess: () => void queries.invalidateQueries({ queryKey: ["get", "/v1/executions"] }),
  });
  const run = () => {
    trying.mutate({ body: { document: tried(doc) as never, ...sample(doc, samples, language), dry } });
  };
  useShortcuts(say("test"), [{ key: "mod+Enter", label: say("send"), run, inFields: true }]);
  // a script runs in the page of a customer who clicks, and nowhere else
  const sends = reaches(doc) && doc.kind !== "javascript";
  return (
    <Stack gap="lg">
      <Text fz="sm" c="dimmed" maw={680}>
        {say(sends ? "lead" : "leadShown")} {say("leadUnsaved")}
      </Text>
      <Values samples={samples} setSamples={setSamples} />
      <Group gap="md">
        <Button leftSection={<IconPlayerPlay size={16} />} onClick={run} loading={trying.isPending} disabled={locked}>
          {say(dry || !sends ? "show" : "send")}
        </Button>
        {sends && <Switch label={say("dry")} checked={dry} onChange={event => setDry(event.currentTarget.checked)} />}
      </Group>
      <div aria-live="polite">
        {trying.error ? (
          <ErrorNote error={trying.error} />
        ) : trying.data ? (
          <TrialShown trial={trying.data} />
        ) : (
          <Text fz="sm" c="dimmed">
            {say(sends ? "empty" : "emptyShown")}
          </Text>
        )}
      </div>
      {stored && <AsAgent samples={samples} />}
      {stored && sends && <Earlier action={doc.slug} />}
    </Stack>
  );
}

function Values({ samples, setSamples }: Pick<Props, "samples" | "setSamples">) {
  const say = useTexts(tests);
  const { doc } = useEditing();
  const [open, setOpen] = useState(usesContext(doc));
  const variables = doc.variables ?? [];
  return (
    <Stack gap="sm" maw={720}>
      {variables.length === 0 && (
        <Text fz="sm" c="dimmed">
          {say("noValues")}
        </Text>
      )}
      {variables.map(one => (
        <SampleField
          key={one.name}
          variable={one}
          value={samples.values[one.name] ?? sampleOf(one)}
          onChange={value => setSamples({ ...samples, values: { ...samples.values, [one.name]: value } })}
        />
      ))}
      <UnstyledButton onClick={() => setOpen(!open)} aria-expanded={open} fz="sm" fw={500}>
        <Group gap={4}>
          {open ? <IconChevronDown size={14} /> : <IconChevronRight size={14} />}
          {say("who")}
        </Group>
      </UnstyledButton>
      <Collapse expanded={open}>
        <ContextFields samples={samples} setSamples={setSamples} />
      </Collapse>
    </Stack>
  );
}

function AsAgent({ samples }: { samples: Samples }) {
  const say = useTexts(tests);
  const { doc, locked } = useEditing();
  const { language } = useLanguage();
  const lead = useLeading();
  const using = $api.useMutation("post", "/v1/actions/{slug}/use-as-agent", {
    onSuccess: ({ conversation }) => void lead(`/conversations/${conversation}`),
  });
  return (
    <Alert color="gray" variant="light">
      <Group justify="space-between" gap="sm">
        <Text fz="sm" maw={560}>
          {say("asAgentHint")}
        </Text>
        <Button
          variant="default"
          size="xs"
          disabled={locked}
          loading={using.isPending}
          onClick={() => using.mutate({ params: { path: { slug: doc.slug } }, body: sample(doc, samples, language) })}
        >
          {say("asAgent")}
        </Button>
      </Group>
      {using.error && <ErrorNote error={using.error} />}
    </Alert>
  );
}

/** The document as it is tried: a draft is tried like any other, and without a slug yet it has one for the log. */
function tried(doc: Doc): Record<string, unknown> {
  return { ...toSend(doc), draft: true, slug: doc.slug || "new-action", name: doc.name || "New action" };
}

function sample(doc: Doc, samples: Samples, viewers: Language) {
  const values = Object.fromEntries(
    (doc.variables ?? [])
      .map(one => [one.name, samples.values[one.name] ?? sampleOf(one)] as const)
      .filter(([, value]) => value !== ""),
  );
  return {
    values,
    contact: samples.contact,
    context: context(samples.context) as never,
    agent: samples.agent,
    language: samples.language ?? viewers,
  };
}
