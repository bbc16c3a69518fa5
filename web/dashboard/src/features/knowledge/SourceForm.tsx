import type { Faq, NewSource, WholeSource } from "@deskhand/contract";
import {
  ActionIcon,
  Button,
  FileButton,
  Group,
  MultiSelect,
  NativeSelect,
  Paper,
  Stack,
  Switch,
  Text,
  Textarea,
  TextInput,
} from "@mantine/core";
import { IconPlus, IconTrash, IconUpload } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { $api, api } from "../../api/client";
import { useTexts } from "../../i18n/language";
import { ErrorNote } from "../../ui/ErrorNote";
import { useFilters } from "../../ui/filters";
import { useLeading } from "../../ui/place";
import { freeSlug } from "../../ui/slugs";
import { base64Of, LARGEST } from "./files";
import { knowledge } from "./texts";

const KINDS = ["page", "faq", "text", "markdown", "pdf"] as const;
const EVERY = [1, 24, 168] as const;

interface Props {
  /** Without it, a new one is made. */
  readonly of?: WholeSource;
  readonly done?: () => void;
}

/** Makes a source, or changes one. */
export function SourceForm({ of, done }: Props) {
  const say = useTexts(knowledge);
  const [{ kind, question }] = useFilters(["kind", "question"]);
  const [source, setSource] = useState<NewSource>(() => asking(question, begun(of, kind)));
  const { save, busy, error } = useSaving(of, done);
  const set = (change: Partial<NewSource>) => setSource(before => ({ ...before, ...change }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void save(source);
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        {!of && (
          <NativeSelect
            label={say("kind")}
            value={source.kind}
            onChange={event => set({ kind: event.currentTarget.value as NewSource["kind"] })}
            data={KINDS.map(value => ({ value, label: say(value) }))}
          />
        )}
        <TextInput
          label={say("sourceName")}
          description={say("sourceNameHint")}
          value={source.name}
          onChange={event => set({ name: event.currentTarget.value })}
          maxLength={200}
          required
          withAsterisk={false}
        />
        <Made source={source} set={set} stored={of !== undefined} />
        <TextInput
          label={say("language")}
          description={say("languageHint")}
          value={source.language ?? ""}
          onChange={event => set({ language: event.currentTarget.value || null })}
          maw={240}
        />
        <TopicChoice value={source.topics ?? []} choose={topics => set({ topics })} />
        <Switch
          label={say("enabled")}
          checked={source.enabled}
          onChange={event => set({ enabled: event.currentTarget.checked })}
        />
        {error !== null && <ErrorNote error={error} />}
        <Group justify="flex-end" gap="xs">
          {done && (
            <Button variant="default" onClick={done}>
              {say("cancel")}
            </Button>
          )}
          <Button type="submit" loading={busy} disabled={!source.name.trim()}>
            {say("save")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface MadeProps {
  readonly source: NewSource;
  readonly set: (change: Partial<NewSource>) => void;
  readonly stored: boolean;
}

/** What it is made of. */
function Made({ source, set, stored }: MadeProps) {
  const say = useTexts(knowledge);
  const url = (
    <TextInput
      label={say(source.kind === "page" ? "url" : "urlLink")}
      description={source.kind === "page" ? say("urlHint") : undefined}
      placeholder="https://"
      value={source.url ?? ""}
      onChange={event => set({ url: event.currentTarget.value || null })}
      required={source.kind === "page"}
      withAsterisk={false}
    />
  );
  switch (source.kind) {
    case "page":
      return (
        <>
          {url}
          <Every value={source.every ?? null} choose={every => set({ every })} />
        </>
      );
    case "faq":
      return (
        <>
          <Questions value={source.questions ?? []} change={questions => set({ questions })} />
          {url}
        </>
      );
    case "pdf":
      return (
        <>
          <Pdf
            stored={stored}
            choose={data => set({ data })}
            chosen={source.data !== null && source.data !== undefined}
          />
          {url}
        </>
      );
    default:
      return (
        <>
          <Textarea
            label={say("content")}
            value={source.content ?? ""}
            onChange={event => set({ content: event.currentTarget.value })}
            autosize
            minRows={8}
            maxRows={24}
          />
          {url}
        </>
      );
  }
}

function Every({ value, choose }: { value: number | null; choose: (every: number | null) => void }) {
  const say = useTexts(knowledge);
  const label = (hours: number) =>
    hours === 1
      ? say("everyHour")
      : hours === 24
        ? say("everyDay")
        : hours === 168
          ? say("everyWeek")
          : say("everyHours", { count: hours });
  const hours = value === null || EVERY.some(one => one === value) ? EVERY : [...EVERY, value];
  return (
    <NativeSelect
      label={say("every")}
      value={String(value ?? "")}
      onChange={event => choose(event.currentTarget.value ? Number(event.currentTarget.value) : null)}
      data={[{ value: "", label: say("everyNever") }, ...hours.map(one => ({ value: String(one), label: label(one) }))]}
      maw={320}
    />
  );
}

function Questions({ value, change }: { value: readonly Faq[]; change: (questions: Faq[]) => void }) {
  const say = useTexts(knowledge);
  const set = (at: number, fields: Partial<Faq>) =>
    change(value.map((one, index) => (index === at ? { ...one, ...fields } : one)));
  return (
    <Stack gap="sm" role="group" aria-label={say("questions")}>
      <Text fz="sm" fw={500}>
        {say("questions")}
      </Text>
      {value.map(({ question, answer }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: questions have no name
        <Paper key={at} withBorder p="sm">
          <Group gap="xs" align="flex-start" wrap="nowrap">
            <Stack gap="xs" flex={1}>
              <TextInput
                label={say("question")}
                value={question}
                onChange={event => set(at, { question: event.currentTarget.value })}
                required
                withAsterisk={false}
              />
              <Textarea
                label={say("answer")}
                description={at === 0 ? say("answerHint") : undefined}
                value={answer}
                onChange={event => set(at, { answer: event.currentTarget.value })}
                autosize
                minRows={2}
                required
                withAsterisk={false}
                // whoever follows a question here came to answer it
                autoFocus={question !== "" && answer === ""}
              />
            </Stack>
            <ActionIcon
              aria-label={say("removeQuestion", { number: at + 1 })}
              onClick={() => change(value.filter((_, index) => index !== at))}
            >
              <IconTrash size={16} />
            </ActionIcon>
          </Group>
        </Paper>
      ))}
      <div>
        <Button
          variant="default"
          size="compact-sm"
          leftSection={<IconPlus size={14} />}
          onClick={() => change([...value, { question: "", answer: "" }])}
        >
          {say("addQuestion")}
        </Button>
      </div>
    </Stack>
  );
}

interface PdfProps {
  readonly stored: boolean;
  readonly chosen: boolean;
  readonly choose: (data: string) => void;
}

function Pdf({ stored, chosen, choose }: PdfProps) {
  const say = useTexts(knowledge);
  const [name, setName] = useState("");
  const [large, setLarge] = useState(false);
  const read = async (file: File | null) => {
    if (!file) return;
    setLarge(file.size > LARGEST);
    if (file.size > LARGEST) return;
    setName(file.name);
    choose(await base64Of(file));
  };
  return (
    <Stack gap={4}>
      <Text fz="sm" fw={500}>
        {say("file")}
      </Text>
      <Group>
        <FileButton onChange={file => void read(file)} accept="application/pdf">
          {props => (
            <Button {...props} variant="default" leftSection={<IconUpload size={16} />}>
              {say("chooseFile")}
            </Button>
          )}
        </FileButton>
        <Text fz="sm" c="dimmed" role="status">
          {chosen ? name : stored ? say("keepFile") : ""}
        </Text>
      </Group>
      {large && (
        <Text fz="sm" role="alert" c="var(--mantine-color-error)">
          {say("tooLarge")}
        </Text>
      )}
    </Stack>
  );
}

function TopicChoice({ value, choose }: { value: string[]; choose: (topics: string[]) => void }) {
  const say = useTexts(knowledge);
  const { data } = $api.useQuery("get", "/v1/topics");
  if (!data?.items.length) return null;
  return (
    <MultiSelect
      label={say("topicsOf")}
      value={value}
      onChange={choose}
      data={data.items.map(one => ({ value: one.slug, label: one.name }))}
      searchable
    />
  );
}

function useSaving(of: WholeSource | undefined, done: (() => void) | undefined) {
  const queries = useQueryClient();
  const lead = useLeading();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const save = async (source: NewSource) => {
    setBusy(true);
    setError(null);
    try {
      const known = of ? [] : ((await api.GET("/v1/sources")).data?.items ?? []).map(one => one.slug);
      const slug = of?.slug ?? freeSlug(source.name, known, "source");
      await api.PUT("/v1/sources/{slug}", { params: { path: { slug } }, body: fitting(source) });
      await queries.invalidateQueries({
        predicate: ({ queryKey }) => /^\/v1\/(sources|topics)/.test(String(queryKey[1])),
      });
      if (done) done();
      else await lead(`/knowledge/sources/${slug}`);
    } catch (thrown) {
      setError(thrown);
    } finally {
      setBusy(false);
    }
  };
  return { save, busy, error };
}

/** Only what belongs to its kind: what was typed for another one is left out. */
function fitting({ content, questions, data, every, ...source }: NewSource): NewSource {
  const readable = source.kind === "text" || source.kind === "markdown";
  return {
    ...source,
    ...(source.kind === "page" && { every }),
    ...(source.kind === "faq" && { questions }),
    ...(source.kind === "pdf" && { data }),
    ...(readable && { content }),
  };
}

/** The source, with a question that it shall answer too. */
function asking(question: string, source: NewSource): NewSource {
  if (!question || source.kind !== "faq") return source;
  const before = (source.questions ?? []).filter(one => one.question || one.answer);
  return { ...source, questions: [...before, { question, answer: "" }] };
}

function begun(of: WholeSource | undefined, wanted: string): NewSource {
  const kind = KINDS.find(one => one === wanted) ?? "page";
  if (!of) return { name: "", kind, enabled: true, questions: [{ question: "", answer: "" }] };
  const { name, url, language, every, enabled, topics, content, questions } = of;
  const readable = of.kind === "text" || of.kind === "markdown";
  return {
    name,
    kind: of.kind,
    url,
    language,
    every,
    enabled,
    topics,
    ...(readable && { content }),
    ...(of.kind === "faq" && { questions }),
  };
}
