import type { ShownAudience } from "@deskhand/contract";
import {
  Button,
  Code,
  Group,
  SegmentedControl,
  SimpleGrid,
  Stack,
  Text,
  Textarea,
  TextInput,
  Tooltip,
} from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useParams } from "react-router";
import { $api, api } from "../../api/client";
import { useMayBuild } from "../../app/session";
import { useTexts } from "../../i18n/language";
import { Card } from "../../ui/Card";
import { CodeEditor } from "../../ui/Code";
import { Confirm } from "../../ui/confirm";
import { ErrorNote } from "../../ui/ErrorNote";
import { Loaded } from "../../ui/Loaded";
import { Page } from "../../ui/Page";
import { useLeading } from "../../ui/place";
import { freeSlug } from "../../ui/slugs";
import { Members } from "./Members";
import { RuleEditor } from "./RuleEditor";
import { BEGUN, inWords, type Rule } from "./rules";
import { TryContact } from "./TryContact";
import { audiences } from "./texts";

const NEW = "new";

/** One audience: its rule, who is in it, where it is used. */
export default function One() {
  const { slug = "" } = useParams();
  const say = useTexts(audiences);
  if (slug === NEW) {
    return (
      <Page title={say("add")} trail={[["/audiences", say("title")]]} width="narrow">
        <Form />
      </Page>
    );
  }
  return <Stored slug={slug} />;
}

function Stored({ slug }: { slug: string }) {
  const say = useTexts(audiences);
  const builds = useMayBuild();
  const query = $api.useQuery("get", "/v1/audiences/{slug}", { params: { path: { slug } } });
  return (
    <Page
      title={query.data?.name ?? slug}
      trail={[["/audiences", say("title")]]}
      lead={<Code>{slug}</Code>}
      actions={builds && query.data && <Remove of={query.data} />}
    >
      <Loaded query={query}>
        {of => (
          <SimpleGrid cols={{ base: 1, lg: 2 }}>
            <Card title={say("rule")}>
              <Form of={of} />
            </Card>
            <Stack>
              <Members slug={slug} />
              <TryContact slug={slug} />
              <Card title={say("where")}>
                <Text fz="sm">{of.used_by.join(", ") || say("nobody")}</Text>
              </Card>
            </Stack>
          </SimpleGrid>
        )}
      </Loaded>
    </Page>
  );
}

function Form({ of }: { of?: ShownAudience }) {
  const say = useTexts(audiences);
  const builds = useMayBuild();
  const [name, setName] = useState(of?.name ?? "");
  const [description, setDescription] = useState(of?.description ?? "");
  const [rule, setRule] = useState<Rule>(() => (of ? (of.rule as unknown as Rule) : BEGUN));
  const { save, busy, error, saved } = useSaving(of);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void save({ name, description, rule });
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <TextInput
          label={say("name")}
          value={name}
          onChange={event => setName(event.currentTarget.value)}
          maxLength={100}
          required
          withAsterisk={false}
          readOnly={!builds}
        />
        <Textarea
          label={say("description")}
          value={description}
          onChange={event => setDescription(event.currentTarget.value)}
          maxLength={500}
          autosize
          readOnly={!builds}
        />
        <RuleFields rule={rule} change={builds ? setRule : undefined} />
        {error !== null && <ErrorNote error={error} />}
        {builds && (
          <Group justify="flex-end">
            <Text fz="sm" c="dimmed" role="status">
              {saved && say("saved")}
            </Text>
            <Button type="submit" loading={busy} disabled={!name.trim()}>
              {say("save")}
            </Button>
          </Group>
        )}
      </Stack>
    </form>
  );
}

function RuleFields({ rule, change }: { rule: Rule; change: ((rule: Rule) => void) | undefined }) {
  const say = useTexts(audiences);
  const [form, setForm] = useState("form");
  const [text, setText] = useState("");
  const [wrong, setWrong] = useState(false);
  const show = (next: string) => {
    setText(JSON.stringify(rule, null, 2));
    setWrong(false);
    setForm(next);
  };
  const write = (typed: string) => {
    setText(typed);
    const read = parsed(typed);
    setWrong(read === null);
    if (read) change?.(read);
  };
  return (
    <Stack gap="xs">
      <SegmentedControl
        size="xs"
        aria-label={say("rule")}
        value={form}
        onChange={show}
        data={[
          { value: "form", label: say("ruleForm") },
          { value: "json", label: say("ruleJson") },
        ]}
      />
      {form === "form" ? (
        <RuleEditor rule={rule} change={change} />
      ) : (
        <CodeEditor label={say("rule")} language="json" value={text} onChange={write} readOnly={!change} />
      )}
      {wrong && (
        <Text role="alert" fz="xs" c="var(--mantine-color-error)">
          {say("jsonWrong")}
        </Text>
      )}
      <Text fz="sm" c="dimmed">
        {say("readsAs")}: {inWords(rule, say)}
      </Text>
    </Stack>
  );
}

function parsed(text: string): Rule | null {
  try {
    const value: unknown = JSON.parse(text);
    const rule = typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Rule) : null;
    return rule && ("all" in rule || "any" in rule || "not" in rule || "variable" in rule) ? rule : null;
  } catch {
    return null; // still being written
  }
}

function useSaving(of: ShownAudience | undefined) {
  const queries = useQueryClient();
  const lead = useLeading();
  const [busy, setBusy] = useState(false);
  const [saved, setSaved] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const save = async (audience: { name: string; description: string; rule: Rule }) => {
    setBusy(true);
    setSaved(false);
    setError(null);
    try {
      const known = of ? [] : ((await api.GET("/v1/audiences")).data?.items ?? []).map(one => one.slug);
      const slug = of?.slug ?? freeSlug(audience.name, [...known, NEW], "audience");
      await api.PUT("/v1/audiences/{slug}", { params: { path: { slug } }, body: audience as never });
      await queries.invalidateQueries({ predicate: one => String(one.queryKey[1]).startsWith("/v1/audiences") });
      setSaved(true);
      if (!of) await lead(`/audiences/${slug}`);
    } catch (thrown) {
      setError(thrown);
    } finally {
      setBusy(false);
    }
  };
  return { save, busy, error, saved };
}

function Remove({ of }: { of: ShownAudience }) {
  const say = useTexts(audiences);
  const queries = useQueryClient();
  const lead = useLeading();
  const [asked, setAsked] = useState(false);
  const used = of.used_by.length > 0;
  const run = async () => {
    await api.DELETE("/v1/audiences/{slug}", { params: { path: { slug: of.slug } } });
    await lead("/audiences");
    await queries.invalidateQueries({ queryKey: ["get", "/v1/audiences"] });
  };
  return (
    <>
      <Tooltip label={say("removeUsed")} disabled={!used}>
        <Button variant="subtle" color="red" onClick={() => setAsked(true)} disabled={used}>
          {say("remove")}
        </Button>
      </Tooltip>
      <Confirm
        opened={asked}
        close={() => setAsked(false)}
        title={say("removeTitle", { name: of.name })}
        action={say("remove")}
        danger
        run={run}
      >
        {say("removeText")}
      </Confirm>
    </>
  );
}
