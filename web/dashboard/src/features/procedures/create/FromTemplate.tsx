import type { ActionTemplateShown } from "@deskhand/contract";
import { Button, Group, Radio, Stack, Text, TextInput, Title } from "@mantine/core";
import { useState } from "react";
import { $api, api } from "../../../api/client";
import { useTexts } from "../../../i18n/language";
import { ErrorNote } from "../../../ui/ErrorNote";
import { Loaded } from "../../../ui/Loaded";
import classes from "./Create.module.css";
import { type Example, examplesOf, linesOf } from "./examples";
import { type MakeProps, useMaking } from "./making";
import { creating } from "./texts";

/** The worked examples, each with what it does. */
export function FromTemplate({ made }: MakeProps) {
  const templates = $api.useQuery("get", "/v1/templates");
  const kits = $api.useQuery("get", "/v1/action-templates");
  return (
    <Loaded query={templates}>
      {({ items }) => <Gallery examples={examplesOf(items, kits.data?.items ?? [])} made={made} />}
    </Loaded>
  );
}

function Gallery({ examples, made }: MakeProps & { examples: readonly Example[] }) {
  const say = useTexts(creating);
  const [chosen, setChosen] = useState(examples[0]?.id ?? "");
  const example = examples.find(one => one.id === chosen);
  return (
    <div className={classes.gallery}>
      <Radio.Group value={chosen} onChange={setChosen} aria-label={say("choose")}>
        <Stack gap={6}>
          {examples.map(({ id, title }) => (
            <Radio.Card key={id} value={id} className={classes.card} aria-label={title}>
              <Group wrap="nowrap" gap="xs">
                <Radio.Indicator size="xs" />
                <Text fz="sm" fw={550}>
                  {title}
                </Text>
              </Group>
            </Radio.Card>
          ))}
        </Stack>
      </Radio.Group>
      {example && <Preview key={example.id} example={example} made={made} />}
    </div>
  );
}

function Preview({ example, made }: MakeProps & { example: Example }) {
  const say = useTexts(creating);
  const read = $api.useQuery("post", "/v1/check", { body: { yaml: example.yaml } }, { staleTime: Infinity });
  const document = read.data?.document ?? {};
  const trigger = (document.trigger ?? {}) as { description?: string };
  return (
    <Stack gap="sm" miw={0}>
      <div>
        <Title order={3}>{example.title}</Title>
        <Text fz="sm" c="dimmed">
          {example.description || (document.description as string | undefined)}
        </Text>
      </div>
      {trigger.description && (
        <Text fz="sm">
          <b>{say("trigger")}</b> {trigger.description}
        </Text>
      )}
      {example.kit ? <UseKit kit={example.kit} made={made} /> : <UseDocument yaml={example.yaml} made={made} />}
      <Loaded query={read}>
        {() => (
          <ol className={classes.steps} aria-label={say("preview")}>
            {linesOf(document).map(({ id, kind, text }) => (
              <li key={id} className={classes.step}>
                <Text span fz="xs" c="dimmed">
                  <Kind kind={kind} />
                </Text>
                <span>
                  <Told text={text} />
                </span>
              </li>
            ))}
          </ol>
        )}
      </Loaded>
    </Stack>
  );
}

function Kind({ kind }: { kind: string }) {
  const say = useTexts(creating);
  const key = `step_${kind}`;
  return isKey(key) ? say(key) : kind;
}

function Told({ text }: { text: string }) {
  const say = useTexts(creating);
  const key = `act_${text}`;
  return isKey(key) ? say(key) : text;
}

type StepKey = Extract<keyof typeof creating.en, `step_${string}` | `act_${string}`>;

function isKey(key: string): key is StepKey {
  return key in creating.en;
}

function UseDocument({ yaml, made }: MakeProps & { yaml: string }) {
  const say = useTexts(creating);
  const { make, busy, error } = useMaking(made);
  return (
    <Stack gap="xs" align="flex-start">
      <Button onClick={() => void make({ yaml })} loading={busy}>
        {say("use")}
      </Button>
      {error !== null && <ErrorNote error={error} />}
    </Stack>
  );
}

function UseKit({ kit, made }: MakeProps & { kit: ActionTemplateShown }) {
  const say = useTexts(creating);
  const [address, setAddress] = useState("");
  const [filled, setFilled] = useState<Readonly<Record<string, string>>>({});
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const use = async () => {
    setBusy(true);
    setError(null);
    try {
      const { data } = await api.POST("/v1/action-templates/{name}/use", {
        params: { path: { name: kit.name } },
        body: { base_url: address.trim() || null, agent: "default", fill_in: { ...filled } },
      });
      if (data?.procedure) await made({ slug: data.procedure });
    } catch (thrown) {
      setError(thrown);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Stack gap="xs" align="flex-start">
      <Text fz="sm">{say("makes")}</Text>
      {kit.secrets.length > 0 && <Text fz="sm">{say("needs", { secrets: kit.secrets.join(", ") })}</Text>}
      <TextInput
        label={say("address")}
        description={say("addressHint", { url: kit.base_url })}
        value={address}
        onChange={event => setAddress(event.currentTarget.value)}
        w="100%"
      />
      {Object.entries(kit.fill_in).map(([field, what]) => (
        <TextInput
          key={field}
          label={field}
          description={what}
          value={filled[field] ?? ""}
          onChange={event => {
            const { value } = event.currentTarget;
            setFilled(before => ({ ...before, [field]: value }));
          }}
          w="100%"
        />
      ))}
      <Button onClick={() => void use()} loading={busy}>
        {say("use")}
      </Button>
      {error !== null && <ErrorNote error={error} />}
    </Stack>
  );
}
