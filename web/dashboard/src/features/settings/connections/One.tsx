import type { ShownConnection } from "@deskhand/contract";
import { Alert, Button, Group, NativeSelect, Stack, TagsInput, Text, TextInput, Title } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useRef, useState } from "react";
import { useParams, useSearchParams } from "react-router";
import { $api, api, Problem } from "../../../api/client";
import { useMayBuild } from "../../../app/session";
import { useTexts } from "../../../i18n/language";
import { Confirm } from "../../../ui/confirm";
import { ErrorNote } from "../../../ui/ErrorNote";
import { Loaded } from "../../../ui/Loaded";
import { Prose } from "../../../ui/Prose";
import { useLeading } from "../../../ui/place";
import { AuthFields } from "../../actions/fields/AuthFields";
import { LeaveGuard } from "../../actions/LeaveGuard";
import { type Auth, authOf, slugOf } from "../../actions/model";
import { Uses } from "../../actions/Uses";
import { byField } from "../../actions/validate";
import { Section } from "../Section";
import { Reach } from "./Reach";
import { connections } from "./texts";

const KINDS = ["http", "mcp", "mcp_stdio"] as const;
type Kind = (typeof KINDS)[number];
const NONE: ReadonlyMap<string, string> = new Map();

interface Draft {
  readonly slug: string;
  readonly name: string;
  readonly kind: Kind;
  readonly base_url: string;
  readonly command: readonly string[];
  readonly auth: Auth | null;
  readonly test_auth: Auth | null;
}

export function NewConnection() {
  const say = useTexts(connections);
  const [search] = useSearchParams();
  const kind = KINDS.find(one => one === search.get("kind")) ?? "http";
  const blank = { slug: "", name: "", kind, base_url: "", command: [], auth: null, test_auth: null };
  return (
    <Section title={say("create")} lead={say("lead")}>
      <Form stored={null} begin={blank} />
    </Section>
  );
}

export function ExistingConnection() {
  const { slug = "" } = useParams();
  const query = $api.useQuery(
    "get",
    "/v1/connections/{slug}",
    { params: { path: { slug } } },
    { refetchOnWindowFocus: false },
  );
  return <Loaded query={query}>{shown => <Existing key={slug} shown={shown} />}</Loaded>;
}

function Existing({ shown }: { shown: ShownConnection }) {
  const say = useTexts(connections);
  const builds = useMayBuild();
  const [removing, setRemoving] = useState(false);
  const stored = draftOf(shown);
  const remove = builds && (
    <Button variant="subtle" color="red" onClick={() => setRemoving(true)}>
      {say("remove")}
    </Button>
  );
  return (
    <Section title={shown.name || shown.slug} actions={remove}>
      {!builds && <Alert color="gray">{say("readOnly")}</Alert>}
      <Form stored={stored} begin={stored} />
      {builds && <Reach connection={shown} />}
      <section>
        <Title order={3} fz="md" mb="xs">
          {say("usedBy")}
        </Title>
        <Uses of="connection" slug={shown.slug} none={say("unused")} />
      </section>
      {removing && <Remove of={shown} close={() => setRemoving(false)} />}
    </Section>
  );
}

function Form({ stored, begin }: { stored: Draft | null; begin: Draft }) {
  const say = useTexts(connections);
  const builds = useMayBuild();
  const lead = useLeading();
  const queries = useQueryClient();
  const [draft, setDraft] = useState(begin);
  const [base, setBase] = useState(begin);
  const [own, setOwn] = useState(false);
  const { data: known } = $api.useQuery("get", "/v1/connections", {}, { enabled: stored === null });
  const set = (patch: Partial<Draft>) => setDraft(before => ({ ...before, ...patch }));
  const slug = stored || own ? draft.slug : slugOf(draft.name);
  const taken = !stored && (known?.items ?? []).some(one => one.slug === slug);
  const wrong = slug !== "" && !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(slug);
  const sent = useRef(draft);
  const saving = $api.useMutation("put", "/v1/connections/{slug}", {
    onSuccess: async data => {
      const now = draftOf(data);
      setBase(now);
      setDraft(before => (before === sent.current ? now : before)); // what was typed meanwhile is saved next
      await queries.invalidateQueries({ predicate: query => /connections|secrets/.test(String(query.queryKey[1])) });
      if (!stored) await lead(`/settings/connections/${data.slug}`);
    },
  });
  const problems = saving.error instanceof Problem ? byField(saving.error.problems) : NONE;
  const dirty = JSON.stringify(draft) !== JSON.stringify(base);
  const save = () => {
    sent.current = draft;
    saving.mutate({ params: { path: { slug } }, body: bodyOf(draft) as never });
  };
  const problem = (field: string) => {
    const sentence = problems.get(field);
    return sentence && <Prose text={sentence} />;
  };
  return (
    <Stack maw={640} gap="md">
      <TextInput
        label={say("name")}
        value={draft.name}
        onChange={event => set({ name: event.currentTarget.value })}
        error={problem("name")}
        maxLength={100}
        disabled={!builds}
      />
      <TextInput
        label={say("slug")}
        description={say("slugHint")}
        value={slug}
        onChange={event => {
          setOwn(true);
          set({ slug: event.currentTarget.value.toLowerCase() });
        }}
        error={taken ? say("slugTaken") : wrong ? say("slugWrong") : problem("slug")}
        disabled={stored !== null || !builds}
        required
      />
      <Place draft={draft} set={set} problem={problem} locked={!builds} />
      {draft.kind !== "mcp_stdio" && (
        <>
          <AuthFields
            value={draft.auth}
            onChange={auth => set({ auth })}
            owner={slug}
            otherwise={say("noAuth")}
            locked={!builds}
            field="auth"
            problem={problem}
          />
          {draft.auth && (
            <div>
              <AuthFields
                label={say("testAuth")}
                value={draft.test_auth}
                onChange={auth => set({ test_auth: auth })}
                owner={`${slug}_TEST`}
                otherwise={say("sameAuth")}
                locked={!builds}
                field="test_auth"
                problem={problem}
              />
              <Text fz="xs" c="dimmed" mt={4}>
                {say("testAuthHint")}
              </Text>
            </div>
          )}
        </>
      )}
      {stored && dirty && (
        <Text fz="sm" c="dimmed">
          {say("lapse")}
        </Text>
      )}
      {saving.error && <ErrorNote error={saving.error} />}
      {builds && (
        <Group gap="sm">
          <Button onClick={save} loading={saving.isPending} disabled={!dirty || !slug || taken || wrong}>
            {say("save")}
          </Button>
          {stored && dirty && (
            <Button variant="subtle" color="gray" onClick={() => setDraft(base)}>
              {say("discard")}
            </Button>
          )}
          <Text role="status" fz="sm" c="dimmed">
            {saving.isSuccess && !dirty ? say("saved") : ""}
          </Text>
        </Group>
      )}
      <LeaveGuard when={dirty && !saving.isPending} within={`/settings/connections/${slug}`} />
    </Stack>
  );
}

interface PlaceProps {
  readonly draft: Draft;
  readonly set: (patch: Partial<Draft>) => void;
  readonly problem: (field: string) => ReactNode;
  readonly locked: boolean;
}

function Place({ draft, set, problem, locked }: PlaceProps) {
  const say = useTexts(connections);
  return (
    <>
      <NativeSelect
        label={say("kind")}
        data={KINDS.map(one => ({ value: one, label: say(one) }))}
        value={draft.kind}
        onChange={event => set({ kind: event.currentTarget.value as Kind })}
        disabled={locked}
      />
      {draft.kind === "mcp_stdio" ? (
        <TagsInput
          label={say("command")}
          description={say("commandHint")}
          value={[...draft.command]}
          onChange={command => set({ command })}
          error={problem("command")}
          disabled={locked}
          splitChars={[]}
          acceptValueOnBlur
          allowDuplicates
        />
      ) : (
        <TextInput
          label={say(draft.kind === "mcp" ? "serverUrl" : "baseUrl")}
          description={draft.kind === "mcp" ? undefined : say("baseUrlHint")}
          placeholder={draft.kind === "mcp" ? "https://mcp.example.com/mcp" : "https://api.example.com/v2"}
          value={draft.base_url}
          onChange={event => set({ base_url: event.currentTarget.value })}
          error={problem("base_url")}
          disabled={locked}
          spellCheck={false}
          required
        />
      )}
    </>
  );
}

function Remove({ of, close }: { of: ShownConnection; close: () => void }) {
  const say = useTexts(connections);
  const lead = useLeading();
  const queries = useQueryClient();
  const run = async () => {
    await api.DELETE("/v1/connections/{slug}", { params: { path: { slug: of.slug } } });
    await lead("/settings/connections");
    await queries.invalidateQueries({ queryKey: ["get", "/v1/connections"] });
  };
  return (
    <Confirm
      opened
      close={close}
      title={say("removeTitle", { name: of.name || of.slug })}
      action={say("remove")}
      danger
      run={run}
    >
      <Stack gap="sm">
        <span>{say("removeText")}</span>
        <Uses of="connection" slug={of.slug} none={say("unused")} />
      </Stack>
    </Confirm>
  );
}

function draftOf(shown: ShownConnection): Draft {
  const { slug, name, kind, base_url, command } = shown;
  return { slug, name, kind, base_url, command, auth: authOf(shown.auth), test_auth: authOf(shown.test_auth) };
}

function bodyOf(draft: Draft): Record<string, unknown> {
  const { slug: _, base_url, command, ...rest } = draft;
  return draft.kind === "mcp_stdio" ? { ...rest, command, auth: null, test_auth: null } : { ...rest, base_url };
}
