/** One action: its parts in tabs, saved together. */

import { Alert, Badge, Button, Group, List, Stack, Text } from "@mantine/core";
import { useEffect, useMemo, useRef, useState } from "react";
import { Navigate, useNavigate, useParams } from "react-router";
import { $api } from "../../api/client";
import { useMayBuild } from "../../app/session";
import { useShortcuts } from "../../app/shortcuts";
import { useTexts } from "../../i18n/language";
import { ErrorNote } from "../../ui/ErrorNote";
import { Loaded } from "../../ui/Loaded";
import { Page } from "../../ui/Page";
import { ActionMenu } from "./ActionMenu";
import { EditingProvider } from "./editing";
import { LeaveGuard } from "./LeaveGuard";
import { type Doc, docOf } from "./model";
import { Panel } from "./Panel";
import { ActionTabs, type Tab, tabsOf } from "./Tabs";
import { NO_SAMPLES, type Samples } from "./tabs/Test";
import { actions } from "./texts";
import { useSaving } from "./useSaving";
import { problemsOf, tabOf } from "./validate";

export function Detail() {
  const { slug = "" } = useParams();
  const query = $api.useQuery(
    "get",
    "/v1/actions/{slug}",
    { params: { path: { slug } } },
    { refetchOnWindowFocus: false, staleTime: Number.POSITIVE_INFINITY, gcTime: 0 },
  );
  return (
    <Loaded query={query} page>
      {data => <Editor key={slug} stored={docOf(data)} />}
    </Loaded>
  );
}

function Editor({ stored }: { stored: Doc }) {
  const say = useTexts(actions);
  const navigate = useNavigate();
  const { tab = "about" } = useParams();
  const builds = useMayBuild();
  const [base, setBase] = useState(stored);
  const [doc, setDoc] = useState(stored);
  const [samples, setSamples] = useState<Samples>(NO_SAMPLES);
  const [checked, setChecked] = useState(false);
  const [gone, setGone] = useState(false);
  const saving = useSaving();
  const dirty = JSON.stringify(doc) !== JSON.stringify(base);
  useFollow(stored, base, dirty, found => {
    setBase(found);
    setDoc(found);
  });
  const own = useMemo(() => problemsOf(doc, say), [doc, say]);
  const problems = checked && own.size ? own : saving.problems;
  const wrong = useMemo(() => new Set([...problems.keys()].filter(Boolean).map(tabOf)), [problems]);
  const save = async (overwrite = false, wanted: Doc = doc) => {
    setChecked(true);
    const first = [...problemsOf(wanted, say).keys()].map(tabOf);
    if (first.length) {
      if (!first.includes(tab)) void navigate(`/actions/${doc.slug}/${first[0]}`);
      return;
    }
    const saved = await saving.save(wanted, base, overwrite);
    if (!saved) return;
    setChecked(false);
    setBase(saved);
    setDoc(now => (now === wanted ? saved : now)); // what was typed meanwhile is saved next
  };
  useShortcuts(say("title"), [{ key: "mod+s", label: say("save"), run: () => void save(), inFields: true }]);
  if (!tabsOf(doc).includes(tab as Tab)) return <Navigate to={`/actions/${doc.slug}`} replace />;
  const discard = () => {
    setDoc(base);
    setChecked(false);
    saving.forget();
  };
  const saveButtons = builds && (
    <>
      {dirty && (
        <Button variant="subtle" color="gray" onClick={discard}>
          {say("discard")}
        </Button>
      )}
      <Button onClick={() => void save()} loading={saving.busy} disabled={!dirty}>
        {say("save")}
      </Button>
    </>
  );
  return (
    <Page
      title={doc.name || doc.slug}
      trail={[["/actions", say("title")]]}
      beside={<Marks doc={doc} dirty={dirty} />}
      actions={
        <>
          {saveButtons}
          <ActionMenu doc={doc} dirty={dirty} removed={() => setGone(true)} />
        </>
      }
    >
      <Notes doc={doc} builds={builds} />
      {problems === own && own.size > 0 && <ToMend problems={own} />}
      {saving.error !== null && <ErrorNote error={saving.error} />}
      {saving.theirs && (
        <Stale
          overwrite={() => void save(true)}
          load={() => {
            const theirs = saving.theirs;
            if (!theirs) return;
            setBase(theirs);
            setDoc(theirs);
            saving.forget();
          }}
        />
      )}
      <ActionTabs doc={doc} current={tab as Tab} wrong={wrong} />
      <EditingProvider doc={doc} set={patch => setDoc(before => ({ ...before, ...patch }))} problems={problems}>
        <Panel tab={tab as Tab} samples={samples} setSamples={setSamples} />
      </EditingProvider>
      <LeaveGuard when={dirty && !gone} within={`/actions/${doc.slug}`} />
    </Page>
  );
}

/** Takes over what the server has by now, such as an accepted tool, where nothing was changed here. */
function useFollow(stored: Doc, base: Doc, dirty: boolean, take: (doc: Doc) => void) {
  const text = JSON.stringify(stored);
  const seen = useRef(text);
  const latest = useRef({ base, dirty, take });
  latest.current = { base, dirty, take };
  useEffect(() => {
    if (seen.current === text) return;
    seen.current = text;
    if (!latest.current.dirty) latest.current.take(JSON.parse(text) as Doc);
  }, [text]);
}

function Marks({ doc, dirty }: { doc: Doc; dirty: boolean }) {
  const say = useTexts(actions);
  return (
    <Group gap={6}>
      <Badge variant="default">{say(doc.kind)}</Badge>
      {doc.draft && <Badge color="yellow">{say("draft")}</Badge>}
      {doc.enabled === false && <Badge color="gray">{say("off")}</Badge>}
      {doc.irreversible && <Badge color="red">{say("irreversible")}</Badge>}
      <Text fz="sm" c="dimmed" role="status">
        {dirty ? say("unsaved") : ""}
      </Text>
    </Group>
  );
}

function Notes({ doc, builds }: { doc: Doc; builds: boolean }) {
  const say = useTexts(actions);
  return (
    <>
      {!builds && <Alert color="gray">{say("readOnly")}</Alert>}
      {doc.draft && <Alert color="yellow">{say("draftNote")}</Alert>}
      {doc.enabled === false && (
        <Alert color="yellow">
          {say("offNote")} {doc.disabled_reason}
        </Alert>
      )}
    </>
  );
}

function ToMend({ problems }: { problems: ReadonlyMap<string, string> }) {
  const say = useTexts(actions);
  return (
    <Alert color="red" role="alert" title={say("needTitle", { count: problems.size })}>
      <List size="sm">
        {[...problems].map(([field, message]) => (
          <List.Item key={field}>{message}</List.Item>
        ))}
      </List>
    </Alert>
  );
}

function Stale({ overwrite, load }: { overwrite: () => void; load: () => void }) {
  const say = useTexts(actions);
  return (
    <Alert color="yellow" role="alert" title={say("stale")}>
      <Stack gap="xs">
        <Text fz="sm">{say("staleText")}</Text>
        <Group gap="xs">
          <Button size="xs" onClick={overwrite}>
            {say("overwrite")}
          </Button>
          <Button size="xs" variant="default" onClick={load}>
            {say("loadTheirs")}
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
}
